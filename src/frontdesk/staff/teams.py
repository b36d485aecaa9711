"""Teams: who may be given conversations, and by which policy."""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from frontdesk.audit import Action, Facts, Target, changed_fields, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.errors import conflict, forbidden, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff.hours import Hours, checked
from frontdesk.staff.lookup import announce, announce_list, find_team
from frontdesk.staff.store import agents as agent_rows
from frontdesk.staff.store import teams as rows
from frontdesk.staff.types import (
    MAX_MEMBERS,
    MAX_NAME,
    MAX_OFFER_TIMEOUT,
    MAX_WEIGHT,
    AgentKind,
    Policy,
    Team,
    TeamChanges,
    Weight,
)


async def list_teams(platform: Platform, subject: Subject) -> list[tuple[Team, list[Weight]]]:
    """Every team with its members, in the order of their creation."""
    require(subject, Permission.STAFF_READ)
    organization_id = subject.organization_id

    async def work(reader: Reader) -> tuple[list[Team], list[tuple[int, int, int]]]:
        return await rows.find_all(reader, organization_id), await rows.find_memberships(
            reader, organization_id
        )

    teams, memberships = await platform.database.read(organization_id, work)
    members: dict[int, list[Weight]] = {team.id: [] for team in teams}
    for team_id, agent_id, weight in memberships:
        if team_id in members:
            members[team_id].append(Weight(agent_id, weight))
    return [(team, members[team.id]) for team in teams]


async def create_team(
    platform: Platform,
    subject: Subject,
    name: str,
    policy: Policy = Policy.LEAST_BUSY,
    offer_timeout: int | None = None,
    *,
    hours: Hours | None = None,
    wrap_up_required: bool = False,
    members: Sequence[Weight] = (),
) -> Team:
    """Add a team. Raises `conflict` when the name is taken and `not_found` for a member who is no agent here; then
    nothing was added.
    """
    require(subject, Permission.TEAM_MANAGE)
    _require_everywhere(subject)
    _check_weights(members)
    name = clean_line(name, field="name", limit=MAX_NAME, required=True)
    hours = None if hours is None else checked(hours)
    team = Team(platform.ids.new(), name, policy, _offer_timeout(offer_timeout), hours, wrap_up_required)
    now = platform.clock.now()

    async def work(tx: Transaction) -> None:
        await _check_name(tx, subject.organization_id, team)
        await rows.insert(tx, subject.organization_id, team, now)
        facts = await _replace_members_in(platform, tx, subject.organization_id, team.id, members)
        target = Target("team", team.id, team.name)
        await record_in(platform, tx, subject, Action.TEAM_CREATED, target, **(facts if members else {}))
        announce_list(platform, tx, subject.organization_id, "teams")

    await platform.database.write(subject.organization_id, work)
    return team


async def update_team(
    platform: Platform, subject: Subject, team_id: int, changes: TeamChanges
) -> tuple[Team, list[Weight]]:
    """Change what is set, and return the team with its members. What is dispatched from now on follows it."""
    require(subject, Permission.TEAM_MANAGE)

    async def work(tx: Transaction) -> tuple[Team, list[Weight]]:
        team = await find_team(tx, subject.organization_id, team_id)
        await require_reach(tx, subject, team_id)
        if changes.name is not UNSET:
            name = clean_line(changes.name, field="name", limit=MAX_NAME, required=True)
            team = msgspec.structs.replace(team, name=name)
            await _check_name(tx, subject.organization_id, team)
        if changes.policy is not UNSET:
            team = msgspec.structs.replace(team, policy=changes.policy)
        if changes.offer_timeout is not UNSET:
            team = msgspec.structs.replace(team, offer_timeout=_offer_timeout(changes.offer_timeout))
        if changes.hours is not UNSET:
            hours = None if changes.hours is None else checked(changes.hours)
            team = msgspec.structs.replace(team, hours=hours)
        if changes.wrap_up_required is not UNSET:
            team = msgspec.structs.replace(team, wrap_up_required=changes.wrap_up_required)
        await rows.update(tx, subject.organization_id, team)
        target = Target("team", team.id, team.name)
        await record_in(platform, tx, subject, Action.TEAM_CHANGED, target, **changed_fields(changes))
        announce_list(platform, tx, subject.organization_id, "teams")
        members = await rows.find_members(tx, subject.organization_id, team_id)
        return team, [Weight(member.agent_id, member.weight) for member in members]

    return await platform.database.write(subject.organization_id, work)


async def delete_team(platform: Platform, subject: Subject, team_id: int) -> None:
    """Remove a team. Whether somebody waits for it is dispatch's to know: see `delete_team_in`."""
    await platform.database.write(
        subject.organization_id, lambda tx: delete_team_in(platform, tx, subject, team_id)
    )


async def delete_team_in(platform: Platform, tx: Transaction, subject: Subject, team_id: int) -> None:
    """Remove a team within somebody's transaction, so that a service above can first make sure that it is unused."""
    require(subject, Permission.TEAM_MANAGE)
    _require_everywhere(subject)
    organization_id = subject.organization_id
    team = await find_team(tx, organization_id, team_id)
    await record_in(platform, tx, subject, Action.TEAM_REMOVED, Target("team", team.id, team.name))
    members = await rows.find_members(tx, organization_id, team_id)
    await rows.delete(tx, organization_id, team_id, platform.clock.now())
    for member in members:
        await announce(platform, tx, organization_id, member.agent_id)
    announce_list(platform, tx, organization_id, "teams")


async def set_members(
    platform: Platform, subject: Subject, team_id: int, weights: Sequence[Weight]
) -> list[Weight]:
    """Replace a team's members. Raises `not_found` for an id that is no agent here; then nothing was replaced."""
    require(subject, Permission.TEAM_MANAGE)
    _check_weights(weights)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> list[Weight]:
        team = await find_team(tx, organization_id, team_id)
        await require_reach(tx, subject, team_id)
        facts = await _replace_members_in(platform, tx, organization_id, team_id, weights)
        target = Target("team", team.id, team.name)
        await record_in(platform, tx, subject, Action.TEAM_CHANGED, target, fields=["members"], **facts)
        announce_list(platform, tx, organization_id, "teams")
        return sorted(weights, key=lambda weight: weight.agent_id)

    return await platform.database.write(organization_id, work)


async def _replace_members_in(
    platform: Platform, tx: Transaction, organization_id: int, team_id: int, weights: Sequence[Weight]
) -> Facts:
    """Whom the audit log names as members now; who came, went or weighs otherwise is told."""
    wanted = {weight.agent_id for weight in weights}
    agents = await agent_rows.find_some(tx, organization_id, sorted(wanted))
    if len(agents) < len(wanted):
        raise not_found("agent")
    if any(agent.kind is AgentKind.BOT for agent in agents):
        raise invalid(
            "staff.bot-in-team",
            "A bot cannot be a member of a team.",
            hint="Bots answer on channels, before teams.",
        )
    before = {
        member.agent_id: member.weight for member in await rows.find_members(tx, organization_id, team_id)
    }
    await rows.replace_members(tx, organization_id, team_id, weights)
    after = {weight.agent_id: weight.weight for weight in weights}
    for agent_id in sorted(
        agent_id for agent_id in before | after if before.get(agent_id) != after.get(agent_id)
    ):
        await announce(platform, tx, organization_id, agent_id)
    return {"members": [str(agent_id) for agent_id in sorted(wanted)]}


def _check_weights(weights: Sequence[Weight]) -> None:
    if len(weights) > MAX_MEMBERS:
        raise invalid("staff.too-many-members", f"A team has at most {MAX_MEMBERS} members.")
    if len({weight.agent_id for weight in weights}) < len(weights):
        raise invalid("staff.member-twice", "An agent is listed twice.", hint="List each agent once.")
    if any(not 1 <= weight.weight <= MAX_WEIGHT for weight in weights):
        raise invalid("staff.weight", f"A weight is between 1 and {MAX_WEIGHT}.")


def _offer_timeout(value: int | None) -> int | None:
    if value is not None and not 1 <= value <= MAX_OFFER_TIMEOUT:
        raise invalid(
            "staff.offer-timeout",
            f"An offer lasts between 1 and {MAX_OFFER_TIMEOUT} seconds.",
            hint="Leave it empty to assign without asking.",
        )
    return value


async def require_reach(reader: Reader, subject: Subject, team_id: int | None) -> None:
    """Who does not reach the whole organization manages the teams that it is in, and nothing of no team."""
    if subject.may(Permission.CONVERSATION_READ_ALL):
        return
    mine = await rows.find_of_agent(reader, subject.organization_id, subject.id)
    if not any(team.id == team_id for team in mine):
        _require_everywhere(subject)


def _require_everywhere(subject: Subject) -> None:
    if not subject.may(Permission.CONVERSATION_READ_ALL):
        raise forbidden(
            "staff.not-your-team", "You may change the teams that you are in.", hint="Ask an administrator."
        )


async def _check_name(tx: Transaction, organization_id: int, team: Team) -> None:
    if await rows.name_taken(tx, organization_id, team.name, besides=team.id):
        raise conflict(
            "staff.team-exists", f"There is a team called “{team.name}” already.", hint="Use another name."
        )
