"""Finding agents and teams: what other services ask staff for."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from frontdesk.auth import Account, Permission, find_account, find_accounts
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff.events import AGENT_CHANGED, STAFF_CHANGED
from frontdesk.staff.hours import Hours
from frontdesk.staff.store import agents as rows
from frontdesk.staff.store import teams as team_rows
from frontdesk.staff.types import (
    Agent,
    AgentCard,
    AgentChanged,
    AgentView,
    Member,
    Policy,
    StaffChanged,
    Status,
    Team,
)

AVATAR_PATH: Final = "/v1/avatars"


async def load(reader: Reader, organization_id: int, agent_id: int) -> Agent:
    """The agent. Raises `not_found` for an id that is not an agent of this organization."""
    row = await rows.find(reader, organization_id, agent_id)
    account = await find_account(reader, organization_id, agent_id)
    if row is None or account is None:
        raise not_found("agent")
    teams = await team_rows.find_of_agent(reader, organization_id, agent_id)
    return _agent(organization_id, row, account, tuple(team.id for team in teams))


async def load_all(reader: Reader, organization_id: int) -> list[Agent]:
    """Every agent of the organization, people and bots, in the order of their creation."""
    accounts = {account.id: account for account in await find_accounts(reader, organization_id)}
    teams: dict[int, list[int]] = {}
    for team_id, agent_id, _weight in await team_rows.find_memberships(reader, organization_id):
        teams.setdefault(agent_id, []).append(team_id)
    return [
        _agent(organization_id, row, accounts[row.id], tuple(teams.get(row.id, ())))
        for row in await rows.find_all(reader, organization_id)
        if row.id in accounts
    ]


async def card(reader: Reader, organization_id: int, agent_id: int) -> AgentCard:
    """How the agent looks to visitors. Raises `not_found` for an id that is not an agent of this organization."""
    row = await rows.find(reader, organization_id, agent_id)
    if row is None:
        raise not_found("agent")
    return _card(row)


async def cards(reader: Reader, organization_id: int, agent_ids: Sequence[int]) -> dict[int, AgentCard]:
    """The cards of those ids that are agents of this organization; the others are left out."""
    wanted = list(dict.fromkeys(agent_ids))
    return {row.id: _card(row) for row in await rows.find_some(reader, organization_id, wanted)}


async def avatar_of(reader: Reader, agent_id: int) -> tuple[int, int] | None:
    """The (organization, media id) of an agent's picture, or None.

    For the public avatar route, which must serve it only when it is a picture of that organization which an agent
    uploaded: nothing here has checked that.
    """
    return await rows.find_avatar(reader, agent_id)


async def find_team(reader: Reader, organization_id: int, team_id: int) -> Team:
    """The team. Raises `not_found` for a team that was removed or is not this organization's."""
    team = await team_rows.find(reader, organization_id, team_id)
    if team is None:
        raise not_found("team")
    return team


async def hours_of(reader: Reader, organization_id: int, team_id: int) -> Hours | None:
    """When visitors can reach the team; None for always, and for a team that was removed or is not known here."""
    team = await team_rows.find(reader, organization_id, team_id)
    return None if team is None else team.hours


async def is_picked_by_hand(reader: Reader, organization_id: int, team_id: int) -> bool:
    """Whether who waits for the team is given to nobody; not so for a team that was removed or is not known here."""
    team = await team_rows.find(reader, organization_id, team_id)
    return team is not None and team.policy is Policy.MANUAL


async def wants_wrap_up(reader: Reader, organization_id: int, team_id: int) -> bool:
    """Whether the team's agents wrap up before they close; not for a team that was removed or is not known here."""
    team = await team_rows.find(reader, organization_id, team_id)
    return team is not None and team.wrap_up_required


async def team_members(reader: Reader, organization_id: int, team_id: int) -> Sequence[Member]:
    """The team's agents by id; empty for a team that was removed or is not this organization's."""
    return await team_rows.find_members(reader, organization_id, team_id)


async def is_anybody(
    reader: Reader, organization_id: int, team_id: int, statuses: Collection[Status]
) -> bool:
    """Whether any of the team's people has one of these statuses. Bots are not people."""
    return await team_rows.is_anybody(reader, organization_id, team_id, statuses)


async def members_of_departments(
    reader: Reader, organization_id: int, department_ids: Sequence[int]
) -> Mapping[int, Sequence[Member]]:
    """By department, its agents by id. Departments that were removed or are not this organization's are left out."""
    return await rows.find_members_of(reader, organization_id, department_ids)


async def teams_of(reader: Reader, organization_id: int, agent_id: int) -> Sequence[Team]:
    """The teams that the agent is a member of, by id."""
    return await team_rows.find_of_agent(reader, organization_id, agent_id)


async def teams_watched_by(reader: Reader, subject: Subject) -> Sequence[Team]:
    """The teams whose queue this agent follows: every team when its role reaches everything, else those it is in."""
    if subject.may(Permission.CONVERSATION_READ_ALL):
        return await team_rows.find_all(reader, subject.organization_id)
    return await team_rows.find_of_agent(reader, subject.organization_id, subject.id)


async def colleagues_of(reader: Reader, organization_id: int, agent_id: int) -> Sequence[int]:
    """The ids of everybody in the agent's department, the agent's own too; just that where there is no department."""
    return await rows.find_colleagues(reader, organization_id, agent_id)


def agent_view(agent: Agent) -> AgentView:
    """The agent as clients of this organization's staff see it, without the load."""
    return AgentView(
        id=str(agent.id),
        username=agent.username,
        name=agent.name,
        nickname=agent.nickname,
        avatar_url=_avatar_url(agent.id, agent.avatar_media_id),
        kind=agent.kind,
        role=agent.role,
        department_id=None if agent.department_id is None else str(agent.department_id),
        status=agent.status,
        status_since=agent.status_since,
        capacity=agent.capacity,
        enabled=agent.enabled,
        team_ids=tuple(str(team_id) for team_id in agent.team_ids),
        skills=agent.skills,
        reason=agent.reason,
        email=agent.email,
        limits=agent.limits,
    )


async def announce(platform: Platform, tx: Transaction, organization_id: int, agent_id: int) -> Agent:
    """Tell everybody, once committed, how this agent is now; returns it."""
    agent = await load(tx, organization_id, agent_id)
    event = AgentChanged(organization_id, agent.id, agent.status, agent.capacity, agent.enabled)
    tx.after_commit(lambda: AGENT_CHANGED.publish(platform.bus, event))
    return agent


def announce_list(platform: Platform, tx: Transaction, organization_id: int, topic: str) -> None:
    """Tell everybody, once committed, that a list changed."""
    event = StaffChanged(organization_id, topic)
    tx.after_commit(lambda: STAFF_CHANGED.publish(platform.bus, event))


def _avatar_url(agent_id: int, media_id: int | None) -> str | None:
    """A lasting address (cards are kept in the log); the media id makes a new picture a new address."""
    return None if media_id is None else f"{AVATAR_PATH}/{agent_id}?v={media_id}"


def _card(row: rows.AgentRow) -> AgentCard:
    return AgentCard(str(row.id), row.nickname, _avatar_url(row.id, row.avatar_media_id), row.kind)


def _agent(organization_id: int, row: rows.AgentRow, account: Account, team_ids: tuple[int, ...]) -> Agent:
    return Agent(
        id=row.id,
        organization_id=organization_id,
        username=account.username,
        name=row.name,
        nickname=row.nickname,
        avatar_media_id=row.avatar_media_id,
        kind=row.kind,
        role=account.role,
        department_id=row.department_id,
        capacity=row.capacity,
        enabled=account.enabled,
        status=row.status,
        status_since=row.status_since,
        team_ids=team_ids,
        skills=row.skills,
        reason=row.reason,
        email=account.email,
        limits=row.limits,
    )
