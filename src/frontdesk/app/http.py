"""The HTTP application: every service's routes, the same errors everywhere, health and metrics."""

from collections.abc import Callable, Sequence
from typing import Final

from litestar import Litestar, Response, Router, get
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.routes import BaseRoute
from litestar.types import ControllerRouterHandler
from msgspec import Struct
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from typing_extensions import override

import frontdesk.access.routes
import frontdesk.auth.routes
import frontdesk.bots.routes
import frontdesk.channels.routes
import frontdesk.contacts.routes
import frontdesk.conversations.routes
import frontdesk.dispatch.routes
import frontdesk.media.routes
import frontdesk.settings.routes
import frontdesk.staff.routes
import frontdesk.tickets.routes
from frontdesk import __version__
from frontdesk.access import Hub
from frontdesk.app.openapi import DocumentPlugin
from frontdesk.app.runtime import Runtime
from frontdesk.app.static import static_routes
from frontdesk.auth import Authenticator, provide_subject
from frontdesk.conversations import Log
from frontdesk.core.subject import Subject
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader
from frontdesk.platform.telemetry import REGISTRY
from frontdesk.platform.web import ERROR_HANDLERS, require_json, secure_headers, traced

_SERVICES: Final = (
    frontdesk.auth.routes,
    frontdesk.staff.routes,
    frontdesk.contacts.routes,
    frontdesk.settings.routes,
    frontdesk.media.routes,
    frontdesk.conversations.routes,
    frontdesk.dispatch.routes,
    frontdesk.bots.routes,
    frontdesk.channels.routes,
    frontdesk.tickets.routes,
    frontdesk.access.routes,
)


class _OneDocument(Router):
    """The framework's router for the OpenAPI document, without its other addresses and its page of HTML for them."""

    @override
    def register(self, value: ControllerRouterHandler) -> list[BaseRoute]:
        known = isinstance(value, HTTPRouteHandler) and "/" in value.paths
        return super().register(value) if known else []


class Health(Struct, frozen=True):
    status: str
    version: str


def build_app(runtime: Runtime) -> Litestar:
    """The application of one process over its running services."""
    return _application(lambda: runtime, static_routes())


def describe_app() -> Litestar:
    """The application without services or pages: it can be described, not run."""

    def nothing_runs() -> Runtime:
        raise RuntimeError("this application is only for its description")

    return _application(nothing_runs, ())


def _application(running: Callable[[], Runtime], pages: Sequence[ControllerRouterHandler]) -> Litestar:
    @get("/health", summary="The process is alive")
    async def health() -> Health:
        return Health("ok", __version__)

    @get("/ready", summary="The process can serve: its database answers")
    async def ready() -> Health:
        async def probe(reader: Reader) -> None:
            await reader.fetch_one("select 1")

        await running().platform.database.read(EVERY_ORGANIZATION, probe)
        return Health("ok", __version__)

    @get("/metrics", include_in_schema=False)
    async def metrics() -> Response[bytes]:
        return Response(generate_latest(REGISTRY), headers={"content-type": CONTENT_TYPE_LATEST})

    def give_platform() -> Platform:
        return running().platform

    def give_authenticator() -> Authenticator:
        return running().authenticator

    def give_hub() -> Hub:
        return running().hub

    def give_log() -> Log:
        return running().log

    handlers: list[ControllerRouterHandler] = [health, ready, metrics, *pages]
    for service in _SERVICES:
        handlers.extend(service.ROUTES)
    return Litestar(
        handlers,
        dependencies={
            "platform": Provide(give_platform, sync_to_thread=False),
            "authenticator": Provide(give_authenticator, sync_to_thread=False),
            "subject": Provide(provide_subject, sync_to_thread=False),
            "hub": Provide(give_hub, sync_to_thread=False),
            "log": Provide(give_log, sync_to_thread=False),
        },
        exception_handlers=ERROR_HANDLERS,
        middleware=[traced],
        before_request=require_json,
        after_request=secure_headers,
        openapi_config=OpenAPIConfig(
            title="Frontdesk",
            version=__version__,
            description="Conversations, people and settings over HTTP. Realtime is described by /v1/asyncapi.json.",
            openapi_router=_OneDocument("/v1/openapi.json", route_handlers=[], include_in_schema=False),
            render_plugins=[DocumentPlugin(path="/")],
        ),
        request_max_body_size=1024 * 1024,
        signature_types=[Platform, Authenticator, Hub, Log, Subject],
        logging_config=None,
    )
