"""HTTP for channels and for visitors who come. Thin: every rule is in the use cases."""

from typing import Any

from litestar import Request, Response, Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET, Struct, UnsetType

from frontdesk.auth import Authenticator
from frontdesk.channels import keys, link, manage, opening, sessions, transcripts
from frontdesk.channels.form import Form
from frontdesk.channels.types import (
    DEFAULT_COLOR,
    Channel,
    ChannelChanges,
    ChannelKey,
    ConversationBody,
    ConversationOpened,
    LocalizedLines,
    NewChannel,
    Places,
    SessionBody,
    SessionOpened,
    TranscriptBody,
)
from frontdesk.channels.widget import Widget
from frontdesk.conversations import Snapshot
from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import client_address, optional_path_id, path_id, public_address
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
    identity_required: bool
    allowed_origins: tuple[str, ...]
    weight: int
    kind: ChannelKind
    form: Form
    widget: Widget
    snippet: str


class KeyView(Struct, frozen=True):
    """A key that signs identities; its secret is shown once."""

    id: str
    created_at: Millis


class KeyMade(Struct, frozen=True):
    key: KeyView
    secret: str


class KeysAnswer(Struct, frozen=True):
    items: list[KeyView]


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
    weight: Places = 1
    kind: ChannelKind = ChannelKind.SITE
    form: Form = ()
    widget: Widget = Widget()


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
    identity_required: bool | UnsetType = UNSET
    allowed_origins: tuple[str, ...] | UnsetType = UNSET
    weight: Places | UnsetType = UNSET
    kind: ChannelKind | UnsetType = UNSET
    form: Form | UnsetType = UNSET
    widget: Widget | UnsetType = UNSET


class ChannelAnswer(Struct, frozen=True):
    channel: ChannelView


class ChannelsAnswer(Struct, frozen=True):
    items: list[ChannelView]


class ChannelName(Struct, frozen=True):
    id: str
    name: str


class ChannelNames(Struct, frozen=True):
    items: list[ChannelName]


class TranscriptSent(Struct, frozen=True):
    """The mail server has taken it."""

    sent: bool = True


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
    return await sessions.open_session(
        platform,
        authenticator.keys,
        data,
        address=address,
        origin=request.headers.get("origin"),
        own_origin=public_address(request, platform.config),
    )


@delete("/visitor/session", summary="A visitor leaves this browser")
async def end_session(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> None:
    await sessions.end_session(platform, subject)


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


@post(
    "/conversations/{conversation_id:str}/transcript",
    status_code=200,
    summary="Send the visitor's conversation to an e-mail address",
)
async def mail_transcript(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[TranscriptBody],
) -> TranscriptSent:
    identity = path_id(conversation_id, what="conversation")
    await transcripts.mail_transcript(
        platform, subject, identity, email=data.email, language=data.language, time_zone=data.time_zone
    )
    return TranscriptSent()


@get("/channels", summary="Channels")
async def list_channels(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
) -> ChannelsAnswer:
    address = public_address(request, platform.config)
    found = await manage.list_channels(platform, subject)
    return ChannelsAnswer([_view(channel, address) for channel in found])


@get("/channels/names", summary="The channels' names, for everybody who reads conversations")
async def list_channel_names(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> ChannelNames:
    found = await manage.channel_names(platform, subject)
    return ChannelNames([ChannelName(str(channel_id), name) for channel_id, name in found])


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
        weight=data.weight,
        kind=data.kind,
        form=data.form,
        widget=data.widget,
    )
    channel = await manage.create_channel(platform, subject, new)
    return ChannelAnswer(_view(channel, public_address(request, platform.config)))


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
        identity_required=data.identity_required,
        allowed_origins=data.allowed_origins,
        weight=data.weight,
        kind=data.kind,
        form=data.form,
        widget=data.widget,
    )
    channel = await manage.update_channel(platform, subject, path_id(channel_id, what="channel"), changes)
    return ChannelAnswer(_view(channel, public_address(request, platform.config)))


@get("/channels/{channel_id:str}/link", summary="A channel's chat as a page of its own, and its QR code")
async def get_link(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    channel_id: FromPath[str],
) -> link.ChannelLink:
    address = public_address(request, platform.config)
    return await link.link_of(platform, subject, path_id(channel_id, what="channel"), address=address)


@get("/channels/{channel_id:str}/keys", summary="The keys that sign who a channel's visitors are")
async def list_keys(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], channel_id: FromPath[str]
) -> KeysAnswer:
    found = await keys.list_keys(platform, subject, path_id(channel_id, what="channel"))
    return KeysAnswer([_key_view(key) for key in found])


@post("/channels/{channel_id:str}/keys", summary="Make a key; its secret is shown now and never again")
async def add_key(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], channel_id: FromPath[str]
) -> Response[KeyMade]:
    key = await keys.add_key(platform, subject, path_id(channel_id, what="channel"))
    return Response(
        KeyMade(_key_view(key), key.secret), status_code=201, headers={"cache-control": "no-store"}
    )


@delete("/channels/{channel_id:str}/keys/{key_id:str}", summary="Remove a key")
async def remove_key(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    channel_id: FromPath[str],
    key_id: FromPath[str],
) -> None:
    channel, key = path_id(channel_id, what="channel"), path_id(key_id, what="key")
    await keys.remove_key(platform, subject, channel, key)


def _key_view(key: ChannelKey) -> KeyView:
    return KeyView(str(key.id), key.created_at)


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
        identity_required=channel.identity_required,
        allowed_origins=channel.allowed_origins,
        weight=channel.weight,
        kind=channel.kind,
        form=channel.form,
        widget=channel.widget,
        snippet=manage.snippet_of(channel, address=address),
    )


def _maybe_id(text: str | UnsetType | None, *, what: str) -> int | UnsetType | None:
    return path_id(text, what=what) if isinstance(text, str) else text


ROUTES = [
    Router(
        "/v1",
        route_handlers=[
            open_session,
            end_session,
            open_conversation,
            list_own,
            mail_transcript,
            list_channels,
            list_channel_names,
            create_channel,
            update_channel,
            get_link,
            list_keys,
            add_key,
            remove_key,
        ],
        tags=["channels"],
    )
]
