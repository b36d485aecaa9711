"""Reading what dispatch knows: agents with their load, and why a conversation went where it went."""

from msgspec import structs

from frontdesk.auth import Permission, get_organization
from frontdesk.conversations import Entry, EntryKind, Queued, decode_body, entries_of_kind_in, get_readable
from frontdesk.core.subject import Subject
from frontdesk.dispatch.rights import require_agent
from frontdesk.dispatch.store import decisions, seats
from frontdesk.dispatch.views import (
    AgentOnDuty,
    Agents,
    Decisions,
    Me,
    OrganizationView,
    QueuedView,
    decision_view,
)
from frontdesk.platform import Platform, Reader
from frontdesk.staff import Agent, agent_view, cards, list_agents, load


async def agents_with_load(platform: Platform, subject: Subject) -> Agents:
    """Everybody of the organization, with the places that are taken of each."""
    agents = await list_agents(platform, subject)
    loads = await platform.database.read(
        subject.organization_id, lambda reader: seats.all_of(reader, subject.organization_id)
    )
    return Agents([_with_load(agent, loads[agent.id].load if agent.id in loads else 0) for agent in agents])


async def me(platform: Platform, subject: Subject) -> Me:
    """Who asks, as agent, and what it may."""
    require_agent(subject)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Me:
        seat = await seats.find(reader, organization_id, subject.id)
        organization = await get_organization(reader, organization_id)
        return Me(
            _with_load(await load(reader, organization_id, subject.id), 0 if seat is None else seat.load),
            OrganizationView(str(organization.id), organization.slug, organization.name),
            [Permission(name) for name in sorted(subject.permissions)],
        )

    return await platform.database.read(organization_id, read)


async def load_of(reader: Reader, organization_id: int, agent_id: int) -> int:
    """How many places of an agent are taken."""
    seat = await seats.find(reader, organization_id, agent_id)
    return 0 if seat is None else seat.load


async def loads_of(reader: Reader, organization_id: int) -> dict[int, int]:
    """How many places of each agent are taken; who never had a conversation may be left out."""
    return {agent_id: seat.load for agent_id, seat in (await seats.all_of(reader, organization_id)).items()}


async def decisions_of(platform: Platform, subject: Subject, conversation_id: int) -> Decisions:
    """Why a conversation that the asking agent may read came to wait, and every decision about it, oldest first."""
    require_agent(subject)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Decisions:
        await get_readable(reader, subject, conversation_id)
        found = await decisions.of_conversation(reader, organization_id, conversation_id)
        agents = sorted({candidate.agent_id for decision in found for candidate in decision.candidates})
        known = await cards(reader, organization_id, agents)
        names = {agent_id: card.name for agent_id, card in known.items()}
        queued = await entries_of_kind_in(reader, organization_id, conversation_id, EntryKind.QUEUED)
        return Decisions([decision_view(one, names) for one in found], [_queued_view(one) for one in queued])

    return await platform.database.read(organization_id, read)


def _queued_view(entry: Entry) -> QueuedView:
    body = decode_body(entry, Queued)
    return QueuedView(entry.at, body.team_id, body.reason)


def _with_load(agent: Agent, load_now: int) -> AgentOnDuty:
    return AgentOnDuty(**structs.asdict(agent_view(agent)), load=load_now)
