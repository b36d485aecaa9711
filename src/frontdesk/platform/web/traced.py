"""Requests of the API as steps of a trace: named by their route, part of the caller's trace when the caller says so."""

from typing import Final, cast

from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from frontdesk.platform import tracing

_FAILED: Final = 500


def traced(app: ASGIApp) -> ASGIApp:
    """Middleware of the application. A caller that follows a request decides that we do; otherwise it goes by turns."""

    async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
        span = _begin(cast("HTTPScope", scope)) if scope["type"] == "http" else None
        if span is None:
            await app(scope, receive, send)
            return

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                span.note(**{"http.response.status_code": message["status"]})
                if message["status"] >= _FAILED:
                    span.end(error=str(message["status"]))
            await send(message)

        with tracing.within(span):
            await app(scope, receive, note)

    return middleware


def _begin(scope: HTTPScope) -> tracing.Span | None:
    if not tracing.is_on() or not scope["path"].startswith("/v1/"):
        return None
    method = scope["method"]
    name = f"{method} {scope['path_template']}"
    for header, value in scope["headers"]:
        if header == b"traceparent":
            return tracing.resume(name, value.decode("latin-1"), **{"http.request.method": method})
    return tracing.begin(name, **{"http.request.method": method})
