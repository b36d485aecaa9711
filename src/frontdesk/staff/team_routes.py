"""HTTP for teams. Thin: every rule is in the use cases."""

from litestar import Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id
from frontdesk.staff import teams
from frontdesk.staff.hours import Hours
from frontdesk.staff.types import DEFAULT_WEIGHT, Policy, Team, TeamChanges, Weight


class WeightView(Struct, frozen=True):
    agent_id: str
    weight: int = DEFAULT_WEIGHT


class TeamView(Struct, frozen=True):
    id: str
    name: str
    policy: Policy
    offer_timeout: int | None
    hours: Hours | None
    wrap_up_required: bool
    members: list[WeightView]


class TeamsAnswer(Struct, frozen=True):
    items: list[TeamView]


class TeamAnswer(Struct, frozen=True):
    team: TeamView


class NewTeamBody(Struct, frozen=True):
    name: str
    policy: Policy = Policy.LEAST_BUSY
    offer_timeout: int | None = None
    hours: Hours | None = None
    wrap_up_required: bool = False
    members: list[WeightView] = []


class MembersAnswer(Struct, frozen=True):
    members: list[WeightView]


def _wanted(members: list[WeightView]) -> list[Weight]:
    return [Weight(path_id(member.agent_id, what="agent"), member.weight) for member in members]


def _weights(weights: list[Weight]) -> list[WeightView]:
    return [WeightView(str(weight.agent_id), weight.weight) for weight in weights]


def _team(team: Team, weights: list[Weight]) -> TeamView:
    return TeamView(
        id=str(team.id),
        name=team.name,
        policy=team.policy,
        offer_timeout=team.offer_timeout,
        hours=team.hours,
        wrap_up_required=team.wrap_up_required,
        members=_weights(weights),
    )


@get(summary="Teams with their members")
async def list_teams(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> TeamsAnswer:
    return TeamsAnswer([_team(team, weights) for team, weights in await teams.list_teams(platform, subject)])


@post(summary="Add a team")
async def create_team(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewTeamBody]
) -> TeamAnswer:
    members = _wanted(data.members)
    team = await teams.create_team(
        platform,
        subject,
        data.name,
        data.policy,
        data.offer_timeout,
        hours=data.hours,
        wrap_up_required=data.wrap_up_required,
        members=members,
    )
    return TeamAnswer(_team(team, members))


@patch("/{team_id:str}", summary="Change a team")
async def update_team(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    team_id: FromPath[str],
    data: JSONBody[TeamChanges],
) -> TeamAnswer:
    team, weights = await teams.update_team(platform, subject, path_id(team_id, what="team"), data)
    return TeamAnswer(_team(team, weights))


@delete("/{team_id:str}", summary="Remove a team")
async def delete_team(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], team_id: FromPath[str]
) -> None:
    await teams.delete_team(platform, subject, path_id(team_id, what="team"))


@put("/{team_id:str}/members", summary="Replace a team's members")
async def set_members(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    team_id: FromPath[str],
    data: JSONBody[list[WeightView]],
) -> MembersAnswer:
    wanted = _wanted(data)
    return MembersAnswer(
        _weights(await teams.set_members(platform, subject, path_id(team_id, what="team"), wanted))
    )


TEAM_ROUTES = Router(
    "/v1/teams", route_handlers=[list_teams, create_team, update_team, delete_team, set_members]
)
