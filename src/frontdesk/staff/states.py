"""The ledger of what agents were when, and changing the state of somebody whom one watches over."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.clock import Millis
from frontdesk.core.errors import forbidden, not_found
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff.lookup import announce, load
from frontdesk.staff.presence import apply_in
from frontdesk.staff.store import agents, presence, states, teams
from frontdesk.staff.types import MAX_REASON, Agent, AgentKind, StateChange, Status

MOST: Final = 100
_LAST: Final = (1 << 63) - 1


async def watched_by(reader: Reader, subject: Subject) -> frozenset[int] | None:
    """Whom the reach of the subject's role holds: of its department, and of its teams. None: everybody."""
    if subject.may(Permission.CONVERSATION_READ_ALL):
        return None
    organization_id, found = subject.organization_id, set[int]()
    if subject.may(Permission.CONVERSATION_READ_DEPARTMENT):
        found |= set(await agents.find_colleagues(reader, organization_id, subject.id))
    if subject.may(Permission.CONVERSATION_READ_TEAM):
        places = await teams.find_memberships(reader, organization_id)
        own = {team_id for team_id, agent_id, _weight in places if agent_id == subject.id}
        found |= {agent_id for team_id, agent_id, _weight in places if team_id in own}
    return frozenset(found)


async def watches_over(reader: Reader, subject: Subject, agent_id: int) -> bool:
    """Whether the reach of the subject's role holds this agent."""
    watched = await watched_by(reader, subject)
    return watched is None or agent_id in watched


async def set_status_of(
    platform: Platform, subject: Subject, agent_id: int, status: Status, reason: str = ""
) -> Agent:
    """Choose the status of an agent whom one watches over, as if they had chosen it. They may choose another.

    It holds at once while they are connected, else from the next connection on. Raises `forbidden` out of reach.
    """
    require(subject, Permission.CONVERSATION_SUPERVISE)
    reason = clean_line(reason, field="reason", limit=MAX_REASON)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> Agent:
        agent = await load(tx, organization_id, agent_id)
        known = await presence.find(tx, organization_id, agent_id)
        if known is None or agent.kind is not AgentKind.HUMAN:
            raise not_found("agent")
        if not await watches_over(tx, subject, agent_id):
            raise _out_of_reach()
        target = Target("agent", agent_id, agent.name)
        await record_in(platform, tx, subject, Action.AGENT_STATUS_SET, target, status=status.value)
        present = await presence.count_sockets(tx, organization_id, agent_id) > 0
        present = present or known.status is not Status.OFFLINE
        holds = status if present and agent.enabled else Status.OFFLINE
        chosen = replace(known, wanted=status)
        await apply_in(platform, tx, organization_id, chosen, holds, reason=reason, now=now, by=subject.id)
        return await announce(platform, tx, organization_id, agent_id)

    return await platform.database.write(organization_id, work)


async def states_of(
    platform: Platform, subject: Subject, agent_id: int, *, cursor: str | None = None, limit: int = 50
) -> Page[StateChange]:
    """What an agent was when, the newest first: one's own, and of those whom one watches over."""
    require(subject, Permission.STAFF_READ)
    if agent_id != subject.id:
        require(subject, Permission.CONVERSATION_SUPERVISE)
    limit = min(max(limit, 1), MOST)
    before = parse_cursor(cursor) or _LAST
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Page[StateChange]:
        await load(reader, organization_id, agent_id)
        if agent_id != subject.id and not await watches_over(reader, subject, agent_id):
            raise _out_of_reach()
        found = await states.of_agent(reader, organization_id, agent_id, before=before, limit=limit + 1)
        return page_of(found, limit=limit, key=lambda change: change.id)

    return await platform.database.read(organization_id, read)


async def online_spells_in(
    reader: Reader, organization_id: int, agents_now: Mapping[int, Status], since: Millis, until: Millis
) -> Mapping[int, Sequence[tuple[Millis, Millis]]]:
    """When each of these agents, who are now as given, could be given conversations between the two moments."""
    spells: dict[int, list[tuple[Millis, Millis]]] = {one: [] for one in agents_now}
    online_from: dict[int, Millis | None] = {}
    for agent_id, at, before, after in await states.since(reader, organization_id, list(agents_now), since):
        began = online_from.get(agent_id, since if before is Status.ONLINE else None)
        if began is not None and after is not Status.ONLINE:
            spells[agent_id].append((began, at))
        online_from[agent_id] = at if began is None and after is Status.ONLINE else began
        if after is not Status.ONLINE:
            online_from[agent_id] = None
    for agent_id, status in agents_now.items():
        began = online_from.get(agent_id, since if status is Status.ONLINE else None)
        if began is not None:
            spells[agent_id].append((began, until))
    return spells


def _out_of_reach() -> Exception:
    return forbidden(
        "staff.out-of-reach",
        "This agent is neither of your department nor of your teams.",
        hint="Ask a leader of theirs.",
    )
