"""HTTP for service levels: what a team promises, and how a conversation stands."""

from collections.abc import Sequence
from typing import Final

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.dispatch.service_levels import promising
from frontdesk.dispatch.service_levels.types import Measure, Result, ServiceLevel, Standing
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

_TEAM: Final = "/v1/teams/{team_id:str}/service-level"


class ServiceLevelAnswer(Struct, frozen=True):
    service_level: ServiceLevel


class DueView(Struct, frozen=True):
    """What is promised and runs. `standing` as of the last look, of which there are several a second."""

    measure: Measure
    since: Millis
    warns_at: Millis
    due_at: Millis
    standing: Standing


class ResultView(Struct, frozen=True):
    """What became of a promise. `took_ms` counts while the team was open. `agent_id` null: nobody had it."""

    measure: Measure
    team_id: str
    agent_id: str | None
    since: Millis
    due_at: Millis
    ended_at: Millis
    took_ms: Millis
    met: bool


class MeasuredAnswer(Struct, frozen=True):
    """`due`: the most urgent first. `results`: in the order in which they ended."""

    due: Sequence[DueView]
    results: Sequence[ResultView]


@get(_TEAM, summary="Within what time a team means to answer and to finish")
async def get_service_level(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], team_id: FromPath[str]
) -> ServiceLevelAnswer:
    return ServiceLevelAnswer(
        await promising.get_service_level(platform, subject, path_id(team_id, what="team"))
    )


@put(_TEAM, summary="Say within what time a team means to answer and to finish")
async def set_service_level(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    team_id: FromPath[str],
    data: JSONBody[ServiceLevel],
) -> ServiceLevelAnswer:
    return ServiceLevelAnswer(
        await promising.set_service_level(platform, subject, path_id(team_id, what="team"), data)
    )


@get("/v1/conversations/{conversation_id:str}/service-level", summary="Whether what was promised is kept")
async def measured(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> MeasuredAnswer:
    found = await promising.measured(platform, subject, path_id(conversation_id, what="conversation"))
    due = [
        DueView(one.measure, one.since, one.warns_at or 0, one.due_at or 0, one.standing)
        for one in found.clock.due
    ]
    return MeasuredAnswer(due, [_result_view(one) for one in found.results])


def _result_view(result: Result) -> ResultView:
    return ResultView(
        result.measure,
        str(result.team_id),
        None if result.agent_id is None else str(result.agent_id),
        result.since,
        result.due_at,
        result.ended_at,
        result.took_ms,
        result.met,
    )


SERVICE_LEVEL_ROUTES: Final[Sequence[ControllerRouterHandler]] = (
    get_service_level, set_service_level, measured,
)  # fmt: skip
