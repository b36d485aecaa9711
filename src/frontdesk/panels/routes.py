"""HTTP for panels. Thin: every rule is in the use cases."""

from litestar import MediaType, Response, Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET, Struct, UnsetType

from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.panels import frames, manage
from frontdesk.panels.context import sign_context
from frontdesk.panels.types import NewPanel, Panel, PanelChanges
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

FRAMES = "/v1/panel-frames"


class NewPanelBody(Struct, frozen=True):
    name: str
    url: str


class PanelBody(Struct, frozen=True):
    """Only what is set changes."""

    name: str | UnsetType = UNSET
    url: str | UnsetType = UNSET


class ContextBody(Struct, frozen=True):
    conversation_id: str


class PanelView(Struct, frozen=True):
    """`frame` is the page to show, `origin` the one that a context is for and is to be handed to."""

    id: str
    name: str
    url: str
    origin: str
    frame: str
    created_at: Millis


class PanelsAnswer(Struct, frozen=True):
    items: list[PanelView]


class PanelAnswer(Struct, frozen=True):
    panel: PanelView


class PanelSecretAnswer(Struct, frozen=True):
    """The one time that the secret is shown."""

    panel: PanelView
    secret: str


class ContextAnswer(Struct, frozen=True):
    token: str
    expires_at: Millis


def _view(panel: Panel) -> PanelView:
    frame = f"{FRAMES}/{panel.code}"
    return PanelView(str(panel.id), panel.name, panel.url, panel.origin, frame, panel.created_at)


@get("/panels", summary="Panels: pages of other programs beside a conversation")
async def list_panels(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> PanelsAnswer:
    return PanelsAnswer([_view(panel) for panel in await manage.list_panels(platform, subject)])


@post("/panels", summary="Add a panel; the answer shows its secret, once")
async def create_panel(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewPanelBody]
) -> PanelSecretAnswer:
    panel = await manage.create_panel(platform, subject, NewPanel(data.name, data.url))
    return PanelSecretAnswer(_view(panel), panel.secret)


@patch("/panels/{panel_id:str}", summary="Change a panel")
async def update_panel(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    panel_id: FromPath[str],
    data: JSONBody[PanelBody],
) -> PanelAnswer:
    changes = PanelChanges(data.name, data.url)
    return PanelAnswer(_view(await manage.update_panel(platform, subject, _panel(panel_id), changes)))


@post("/panels/{panel_id:str}/secret", status_code=200, summary="Replace the secret, at once; shown once")
async def renew_secret(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], panel_id: FromPath[str]
) -> PanelSecretAnswer:
    panel = await manage.renew_secret(platform, subject, _panel(panel_id))
    return PanelSecretAnswer(_view(panel), panel.secret)


@delete("/panels/{panel_id:str}", summary="Remove a panel")
async def remove_panel(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], panel_id: FromPath[str]
) -> None:
    await manage.remove_panel(platform, subject, _panel(panel_id))


@post(
    "/panels/{panel_id:str}/context",
    status_code=200,
    summary="A token that tells a panel's page, for five minutes, whom a conversation is with",
)
async def create_context(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    panel_id: FromPath[str],
    data: JSONBody[ContextBody],
) -> ContextAnswer:
    conversation_id = path_id(data.conversation_id, what="conversation")
    context = await sign_context(platform, subject, _panel(panel_id), conversation_id)
    return ContextAnswer(context.token, context.expires_at)


@get("/panel-frames/{frame:str}", include_in_schema=False, media_type=MediaType.HTML)
async def serve_frame(platform: NamedDependency[Platform], frame: FromPath[str]) -> Response[str]:
    panel = await frames.find_framed(platform, frame)
    headers = {"content-security-policy": frames.policy_of(panel), "cache-control": "no-store"}
    return Response(frames.page_of(panel), media_type=MediaType.HTML, headers=headers)


def _panel(text: str) -> int:
    return path_id(text, what="panel")


ROUTES = [
    Router(
        "/v1",
        route_handlers=[
            list_panels,
            create_panel,
            update_panel,
            renew_secret,
            remove_panel,
            create_context,
            serve_frame,
        ],
    )
]
