"""What chains of overflow may be: to teams that there are, and never in a circle."""

from collections.abc import Mapping

from frontdesk.core.errors import conflict, invalid
from frontdesk.dispatch.store import routings
from frontdesk.dispatch.types import Onward, Routing
from frontdesk.platform import Reader
from frontdesk.staff import find_team


async def check_overflow(reader: Reader, organization_id: int, team_id: int, routing: Routing) -> None:
    """Raise an `invalid` error for a step that says too little or too much, `not_found` for a team that is not there,
    and a `conflict` when somebody could come back to this team, by whatever chains of other teams.
    """
    for chain in (routing.when_full, routing.when_late):
        for place, step in enumerate(chain, start=1):
            if (step.to is Onward.TEAM) != (step.team_id is not None):
                raise invalid(
                    "dispatch.overflow-step",
                    "A step to a team names the team.",
                    hint="Other steps name none.",
                )
            if step.to is Onward.LEAVE_MESSAGE and place < len(chain):
                raise invalid(
                    "dispatch.overflow-end",
                    "A message can always be left: nothing comes after it.",
                    hint="Put it last, or leave it out.",
                )
    for target in sorted(teams_after(routing)):
        await find_team(reader, organization_id, target)
    graph = {
        stored.team_id: teams_after(stored.routing)
        for stored in await routings.all_current(reader, organization_id)
    }
    if comes_back(team_id, {**graph, team_id: teams_after(routing)}):
        raise conflict(
            "dispatch.overflow-circle",
            "Somebody could be passed on in a circle and come back to this team.",
            hint="Take this team out of the chains of the teams after it.",
        )


def teams_after(routing: Routing) -> frozenset[int]:
    """The teams to which somebody may be passed on from here."""
    steps = (*routing.when_full, *routing.when_late)
    return frozenset(int(step.team_id) for step in steps if step.team_id is not None)


def comes_back(team_id: int, graph: Mapping[int, frozenset[int]]) -> bool:
    """Whether a way leads from a team to itself. Pure."""
    seen: set[int] = set()
    ahead = set(graph.get(team_id, ()))
    while ahead:
        other = ahead.pop()
        if other == team_id:
            return True
        if other not in seen:
            seen.add(other)
            ahead |= graph.get(other, frozenset())
    return False
