"""The HTTP side of realtime: sessions for clients whose network breaks sockets, and the protocol's own description."""

from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from frontdesk.access import asyncapi, sse
from frontdesk.access.hub import Hub
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject

LARGEST_POST: Final = 2 * 1024 * 1024
_STREAM_HEADERS: Final = {"cache-control": "no-store", "x-accel-buffering": "no"}


class SessionOpened(Struct, frozen=True):
    connection: str


@post(
    "/v1/realtime/sessions",
    status_code=201,
    request_max_body_size=LARGEST_POST,
    summary="Open a realtime session",
)
async def open_session(request: Request[Any, Any, Any], hub: NamedDependency[Hub]) -> SessionOpened:
    """The body is a `hello` frame. Open the event stream within 15 seconds, or the session is dropped."""
    body = await request.body()
    if len(body) > hub.platform.config.access.max_frame:
        raise FrontdeskError(ErrorKind.TOO_LARGE, "access.too-large", "This frame is too large.")
    return SessionOpened(sse.open_session(hub, body).connection.id)


@get(
    "/v1/realtime/sessions/{connection:str}/events", summary="The frames of a realtime session, as they come"
)
async def events(
    connection: FromPath[str],
    hub: NamedDependency[Hub],
    subject: NamedDependency[Subject],
    last_event_id: Annotated[str | None, HeaderParameter(name="Last-Event-ID")] = None,
) -> Stream:
    """One server frame a `data:` line; comments keep the line alive. Ends with `bye`."""
    stream = sse.find_session(hub, subject, connection)
    last = None if last_event_id is None else parse_id(last_event_id)
    return Stream(stream.open(last), media_type="text/event-stream", headers=_STREAM_HEADERS)


@post(
    "/v1/realtime/sessions/{connection:str}/frames",
    status_code=202,
    request_max_body_size=LARGEST_POST,
    summary="Send frames in a realtime session",
)
async def frames(
    request: Request[Any, Any, Any],
    connection: FromPath[str],
    hub: NamedDependency[Hub],
    subject: NamedDependency[Subject],
) -> None:
    """The body is an array of client frames. Each is answered on the event stream."""
    sse.receive(hub, sse.find_session(hub, subject, connection), await request.body())


@get("/v1/asyncapi.json", include_in_schema=False, sync_to_thread=False)
def asyncapi_document() -> Response[bytes]:
    return Response(asyncapi.document(), media_type="application/json")


ROUTES: Final[list[ControllerRouterHandler]] = [open_session, events, frames]
DESCRIPTION: Final[list[ControllerRouterHandler]] = [asyncapi_document]
