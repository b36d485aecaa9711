"""The HTTP application of a process: the routes of its targets, the same errors everywhere, health."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, TypeVar

from litestar import Litestar, Request, Router
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.routes import BaseRoute
from litestar.types import ControllerRouterHandler
from typing_extensions import override

import frontdesk.access.routes
import frontdesk.auth.routes
import frontdesk.auth.routes_audit
import frontdesk.auth.routes_reset
import frontdesk.auth.routes_roles
import frontdesk.bots.routes
import frontdesk.channels.routes
import frontdesk.contacts.routes
import frontdesk.conversations.routes
import frontdesk.desk.routes
import frontdesk.dispatch.routes
import frontdesk.help.routes
import frontdesk.media.routes
import frontdesk.panels.routes
import frontdesk.previews.routes
import frontdesk.privacy.routes
import frontdesk.push.routes
import frontdesk.quality.routes
import frontdesk.settings.routes
import frontdesk.sso.routes
import frontdesk.staff.routes
import frontdesk.tickets.routes
import frontdesk.tickets.routes_tickets
import frontdesk.translation.routes
import frontdesk.webhooks.routes
from frontdesk import __version__
from frontdesk.access import Hub
from frontdesk.app.health import health_routes
from frontdesk.app.openapi import DocumentPlugin
from frontdesk.app.runtime import Runtime
from frontdesk.app.static import static_routes
from frontdesk.app.targets import EVERYTHING, Target
from frontdesk.auth import Authenticator, provide_subject
from frontdesk.channels import require_admitted
from frontdesk.conversations import Log
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import ERROR_HANDLERS, require_json, secure_headers, traced
from frontdesk.previews import Previewer
from frontdesk.sso import Directory
from frontdesk.translation import Translator

Service = TypeVar("Service")
_SERVICES: Final = (
    frontdesk.auth.routes,
    frontdesk.auth.routes_roles,
    frontdesk.auth.routes_audit,
    frontdesk.auth.routes_reset,
    frontdesk.sso.routes,
    frontdesk.staff.routes,
    frontdesk.contacts.routes,
    frontdesk.settings.routes,
    frontdesk.media.routes,
    frontdesk.conversations.routes,
    frontdesk.dispatch.routes,
    frontdesk.bots.routes,
    frontdesk.channels.routes,
    frontdesk.desk.routes,
    frontdesk.panels.routes,
    frontdesk.previews.routes,
    frontdesk.push.routes,
    frontdesk.quality.routes,
    frontdesk.tickets.routes,
    frontdesk.tickets.routes_tickets,
    frontdesk.translation.routes,
    frontdesk.webhooks.routes,
    frontdesk.privacy.routes,
    frontdesk.help.routes,
)


class _OneDocument(Router):
    """The framework's router for the OpenAPI document, without its other addresses and its page of HTML for them."""

    @override
    def register(self, value: ControllerRouterHandler) -> list[BaseRoute]:
        known = isinstance(value, HTTPRouteHandler) and "/" in value.paths
        return super().register(value) if known else []


_DOCUMENT: Final = OpenAPIConfig(
    title="Frontdesk",
    version=__version__,
    description="Conversations, people and settings over HTTP. Realtime is described by /v1/asyncapi.json.",
    openapi_router=_OneDocument("/v1/openapi.json", route_handlers=[], include_in_schema=False),
    render_plugins=[DocumentPlugin(path="/")],
)


def build_app(runtime: Runtime) -> Litestar:
    """The application of one process over its running services: what its targets serve, and health."""
    pages = static_routes() if Target.API in runtime.targets else ()
    return _application(lambda: runtime, runtime.targets, pages)


def describe_app() -> Litestar:
    """The application of every target without services or pages: it can be described, not run."""

    def nothing_runs() -> Runtime:
        raise RuntimeError("this application is only for its description")

    return _application(nothing_runs, EVERYTHING, ())


def _application(
    running: Callable[[], Runtime], targets: Collection[Target], pages: Sequence[ControllerRouterHandler]
) -> Litestar:
    def give_platform() -> Platform:
        return running().platform

    def give_authenticator() -> Authenticator:
        return _present(running().authenticator)

    async def give_subject(
        request: Request[Any, Any, Any],
        authenticator: NamedDependency[Authenticator],
        platform: NamedDependency[Platform],
    ) -> Subject:
        """Who asks. A visitor who is blocked gets no further than this, whatever is asked."""
        subject = provide_subject(request, authenticator)
        await require_admitted(platform, subject)
        return subject

    def give_directory() -> Directory:
        return _present(running().directory)

    def give_previewer() -> Previewer:
        return _present(running().previewer)

    def give_translator() -> Translator:
        return _present(running().translator)

    def give_hub() -> Hub:
        return _present(running().hub)

    def give_log() -> Log:
        return _present(running().log)

    handlers: list[ControllerRouterHandler] = [*health_routes(running), *pages]
    if Target.ACCESS in targets:
        handlers.extend(frontdesk.access.routes.ROUTES)
    if Target.API in targets:
        handlers.extend(frontdesk.access.routes.DESCRIPTION)
        for service in _SERVICES:
            handlers.extend(service.ROUTES)
    return Litestar(
        handlers,
        dependencies={
            "platform": Provide(give_platform, sync_to_thread=False),
            "authenticator": Provide(give_authenticator, sync_to_thread=False),
            "subject": Provide(give_subject),
            "directory": Provide(give_directory, sync_to_thread=False),
            "previewer": Provide(give_previewer, sync_to_thread=False),
            "translator": Provide(give_translator, sync_to_thread=False),
            "hub": Provide(give_hub, sync_to_thread=False),
            "log": Provide(give_log, sync_to_thread=False),
        },
        exception_handlers=ERROR_HANDLERS,
        middleware=[traced],
        before_request=require_json,
        after_request=secure_headers,
        openapi_config=_DOCUMENT if Target.API in targets else None,
        request_max_body_size=1024 * 1024,
        signature_types=[Platform, Authenticator, Directory, Previewer, Translator, Hub, Log, Subject],
        logging_config=None,
    )


def _present(service: Service | None) -> Service:
    """What a route needs runs wherever the route is served."""
    if service is None:
        raise RuntimeError("a route is served without the service that it needs")
    return service
