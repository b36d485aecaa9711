"""HTTP for channels and for visitors who come. Thin: every rule is in the use cases."""

from typing import Any

from litestar import Request, Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET, Struct, UnsetType

from frontdesk.auth import Authenticator
from frontdesk.channels import manage, opening, sessions
from frontdesk.channels.types import (
    DEFAULT_COLOR,
    Channel,
    ChannelChanges,
    ConversationBody,
    ConversationOpened,
    LocalizedLines,
    NewChannel,
    SessionBody,
    SessionOpened,
)
from frontdesk.conversations import Snapshot
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import client_address, is_secure, optional_path_id, path_id
from frontdesk.settings import LocalizedText


class ChannelView(Struct, frozen=True):
    id: str
    code: str
    name: str
    team_id: str | None
    bot_id: str | None
    title: str
    subtitle: str
    color: str
    greeting: LocalizedText
    hot_questions: LocalizedLines
    enabled: bool
    snippet: str


class NewChannelBody(Struct, frozen=True, kw_only=True):
    name: str
    code: str = ""
    team_id: str | None = None
    bot_id: str | None = None
    title: str = ""
    subtitle: str = ""
    color: str = DEFAULT_COLOR
    greeting: LocalizedText = LocalizedText()
    hot_questions: LocalizedLines = LocalizedLines()


class ChannelBody(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    name: str | UnsetType = UNSET
    team_id: str | UnsetType | None = UNSET
    bot_id: str | UnsetType | None = UNSET
    title: str | UnsetType = UNSET
    subtitle: str | UnsetType = UNSET
    color: str | UnsetType = UNSET
    greeting: LocalizedText | UnsetType = UNSET
    hot_questions: LocalizedLines | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class ChannelAnswer(Struct, frozen=True):
    channel: ChannelView


class ChannelsAnswer(Struct, frozen=True):
    items: list[ChannelView]


class OwnConversations(Struct, frozen=True):
    items: list[Snapshot]
    more: bool


@post("/visitor/session", status_code=200, summary="A visitor comes, or renews its token")
async def open_session(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    data: JSONBody[SessionBody],
) -> SessionOpened:
    address = client_address(request, platform.config)
    return await sessions.open_session(platform, authenticator.keys, data, address=address)


@post("/visitor/conversations", status_code=200, summary="The open conversation, opened if there is none")
async def open_conversation(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    data: JSONBody[ConversationBody],
) -> ConversationOpened:
    return await opening.open_conversation(platform, subject, data)


@get("/visitor/conversations", summary="The visitor's own conversations, newest first")
async def list_own(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    before: FromQuery[str | None] = None,
    limit: FromQuery[int] = 10,
) -> OwnConversations:
    position = optional_path_id(before, what="conversation")
    page = await opening.list_own_conversations(platform, subject, before=position, limit=limit)
    return OwnConversations(list(page.items), page.cursor is not None)


@get("/channels", summary="Channels")
async def list_channels(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
) -> ChannelsAnswer:
    address = _address(request, platform)
    found = await manage.list_channels(platform, subject)
    return ChannelsAnswer([_view(channel, address) for channel in found])


@post("/channels", summary="Add a channel")
async def create_channel(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    data: JSONBody[NewChannelBody],
) -> ChannelAnswer:
    new = NewChannel(
        name=data.name,
        code=data.code,
        team_id=optional_path_id(data.team_id, what="team"),
        bot_id=optional_path_id(data.bot_id, what="bot"),
        title=data.title,
        subtitle=data.subtitle,
        color=data.color,
        greeting=data.greeting,
        hot_questions=data.hot_questions,
    )
    channel = await manage.create_channel(platform, subject, new)
    return ChannelAnswer(_view(channel, _address(request, platform)))


@patch("/channels/{channel_id:str}", summary="Change a channel")
async def update_channel(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    channel_id: FromPath[str],
    data: JSONBody[ChannelBody],
) -> ChannelAnswer:
    changes = ChannelChanges(
        name=data.name,
        team_id=_maybe_id(data.team_id, what="team"),
        bot_id=_maybe_id(data.bot_id, what="bot"),
        title=data.title,
        subtitle=data.subtitle,
        color=data.color,
        greeting=data.greeting,
        hot_questions=data.hot_questions,
        enabled=data.enabled,
    )
    channel = await manage.update_channel(platform, subject, path_id(channel_id, what="channel"), changes)
    return ChannelAnswer(_view(channel, _address(request, platform)))


def _view(channel: Channel, address: str) -> ChannelView:
    return ChannelView(
        id=str(channel.id),
        code=channel.code,
        name=channel.name,
        team_id=None if channel.team_id is None else str(channel.team_id),
        bot_id=None if channel.bot_id is None else str(channel.bot_id),
        title=channel.title,
        subtitle=channel.subtitle,
        color=channel.color,
        greeting=channel.greeting,
        hot_questions=channel.hot_questions,
        enabled=channel.enabled,
        snippet=manage.snippet_of(channel, address=address),
    )


def _maybe_id(text: str | UnsetType | None, *, what: str) -> int | UnsetType | None:
    return path_id(text, what=what) if isinstance(text, str) else text


def _address(request: Request[Any, Any, Any], platform: Platform) -> str:
    """Where people reach us: as configured, else as they asked."""
    public = platform.config.listen.public_url.rstrip("/")
    if public:
        return public
    scheme = "https" if is_secure(request, platform.config) else "http"
    return f"{scheme}://{request.headers.get('host', request.url.netloc)}"


ROUTES = [
    Router(
        "/v1",
        route_handlers=[
            open_session,
            open_conversation,
            list_own,
            list_channels,
            create_channel,
            update_channel,
        ],
        tags=["channels"],
    )
]
