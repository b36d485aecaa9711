"""HTTP for agents' states. Thin: every rule is in the use cases."""

from collections.abc import Sequence
from typing import Annotated

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta, Struct

from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id
from frontdesk.staff import states
from frontdesk.staff.lookup import agent_view
from frontdesk.staff.types import MAX_REASON, AgentView, Status


class StateBody(Struct, frozen=True):
    status: Status
    reason: Annotated[str, Meta(max_length=MAX_REASON)] = ""


class StateAnswer(Struct, frozen=True):
    agent: AgentView


class StateChangeView(Struct, frozen=True):
    """`by` is who changed it; null when nobody did (a connection came or went)."""

    id: str
    at: Millis
    before: Status
    after: Status
    reason: str
    by: str | None


class StateChanges(Struct, frozen=True):
    items: Sequence[StateChangeView]
    cursor: str | None


@put("/agents/{agent_id:str}/status", summary="Choose the status of an agent whom one watches over")
async def set_status_of(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    agent_id: FromPath[str],
    data: JSONBody[StateBody],
) -> StateAnswer:
    one = path_id(agent_id, what="agent")
    return StateAnswer(
        agent_view(await states.set_status_of(platform, subject, one, data.status, data.reason))
    )


@get("/agents/{agent_id:str}/states", summary="What an agent was when, newest first")
async def states_of(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    agent_id: FromPath[str],
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> StateChanges:
    one = path_id(agent_id, what="agent")
    page = await states.states_of(platform, subject, one, cursor=cursor, limit=limit)
    items = [
        StateChangeView(
            str(each.id),
            each.at,
            each.before,
            each.after,
            each.reason,
            str(each.by_id) if each.by_id else None,
        )
        for each in page.items
    ]
    return StateChanges(items, page.cursor)


STATE_ROUTES = Router("/v1", route_handlers=[set_status_of, states_of])
