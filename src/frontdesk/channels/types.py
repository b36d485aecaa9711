"""Channels as values, commands and events; classes named `...View` and `...Look` are the wire's."""

from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from frontdesk.channels.asking import AskedLine, FormValues
from frontdesk.channels.form import Form
from frontdesk.channels.widget import Theme, Widget
from frontdesk.conversations import Entry, Snapshot, VisitedPage
from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import Millis
from frontdesk.settings import LocalizedText
from frontdesk.staff import AgentCard

MAX_NAME: Final = 80
MAX_TITLE: Final = 60
MAX_SUBTITLE: Final = 120
MAX_HOT: Final = 12
MAX_ORIGINS: Final = 20
MAX_ORIGIN: Final = 200
DEFAULT_COLOR: Final = "#b3402a"

Line = Annotated[str, Meta(min_length=1, max_length=120)]
Origins = Annotated[tuple[Annotated[str, Meta(max_length=MAX_ORIGIN)], ...], Meta(max_length=MAX_ORIGINS)]
Places = Annotated[int, Meta(ge=1, le=20)]
Lines = Annotated[tuple[Line, ...], Meta(max_length=MAX_HOT)]


class LocalizedLines(Struct, frozen=True, forbid_unknown_fields=True, rename={"zh_cn": "zh-CN"}):
    """Lines in each language."""

    zh_cn: Lines = ()
    en: Lines = ()

    def of(self, language: str) -> tuple[str, ...]:
        return self.en if language == "en" else self.zh_cn


class Channel(Struct, frozen=True, kw_only=True):
    """An entry point: a web widget with its look. Its bot answers first, its team is who comes after.

    With `identity_required` only those come in whom the company's back end has signed in. `allowed_origins` are the
    pages that may show the chat; none is any. `form` is what visitors are asked before it. `weight`: how many of an agent's
    places one of its conversations takes. `kind`: what its visitors write from.
    """

    id: int
    organization_id: int
    code: str
    name: str
    team_id: int | None = None
    bot_id: int | None = None
    title: str = ""
    subtitle: str = ""
    color: str = DEFAULT_COLOR
    greeting: LocalizedText = LocalizedText()
    hot_questions: LocalizedLines = LocalizedLines()
    enabled: bool = True
    identity_required: bool = False
    allowed_origins: Origins = ()
    weight: Places = 1
    kind: ChannelKind = ChannelKind.SITE
    form: Form = ()
    widget: Widget = Widget()


class ChannelKey(Struct, frozen=True):
    """What a company's back end signs identities with."""

    id: int
    channel_id: int
    secret: str
    created_at: Millis


class NewChannel(Struct, frozen=True, kw_only=True):
    """Without a code a random one is made."""

    name: str
    code: str = ""
    team_id: int | None = None
    bot_id: int | None = None
    title: str = ""
    subtitle: str = ""
    color: str = DEFAULT_COLOR
    greeting: LocalizedText = LocalizedText()
    hot_questions: LocalizedLines = LocalizedLines()
    weight: int = 1
    kind: ChannelKind = ChannelKind.SITE
    form: Form = ()
    widget: Widget = Widget()


class ChannelChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes. The code never does: it is written into pages that we cannot see."""

    name: str | UnsetType = UNSET
    team_id: int | UnsetType | None = UNSET
    bot_id: int | UnsetType | None = UNSET
    title: str | UnsetType = UNSET
    subtitle: str | UnsetType = UNSET
    color: str | UnsetType = UNSET
    greeting: LocalizedText | UnsetType = UNSET
    hot_questions: LocalizedLines | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    identity_required: bool | UnsetType = UNSET
    allowed_origins: tuple[str, ...] | UnsetType = UNSET
    weight: int | UnsetType = UNSET
    kind: ChannelKind | UnsetType = UNSET
    form: Form | UnsetType = UNSET
    widget: Widget | UnsetType = UNSET


class ChannelsChanged(Struct, frozen=True):
    """An organization's channels changed."""

    organization_id: int


class ChannelLook(Struct, frozen=True):
    """How the widget looks and what it offers, in the visitor's language. `opens_at`: outside of the team's hours.

    `mails`: a conversation can be sent by e-mail.
    """

    code: str
    name: str
    title: str
    subtitle: str
    color: str
    language: str
    greeting: str
    hot_questions: tuple[str, ...]
    bot: AgentCard | None
    max_upload: int
    rating_levels: int
    on_duty: bool
    opens_at: Millis | None = None
    theme: Theme = "auto"
    mails: bool = False


class ContactView(Struct, frozen=True):
    id: str
    name: str


class SessionOpened(Struct, frozen=True):
    """A visitor's session. `visitor_key` is the browser's lasting secret; `conversation` is the open one.

    `form` is what they are asked before a new one; what is known of them is not among it.
    """

    token: str
    expires_at: Millis
    visitor_key: str
    contact: ContactView
    channel: ChannelLook
    conversation: Snapshot | None
    unread: int
    form: tuple[AskedLine, ...] = ()


class ConversationOpened(Struct, frozen=True):
    conversation: Snapshot
    entries: list[Entry]


class SessionBody(Struct, frozen=True):
    channel: Annotated[str, Meta(min_length=1, max_length=64)]
    language: Annotated[str, Meta(max_length=35)] = "zh-CN"
    visitor_key: Annotated[str, Meta(max_length=128)] | None = None
    page: VisitedPage | None = None
    identity: Annotated[str, Meta(max_length=4096)] | None = None


class TranscriptBody(Struct, frozen=True):
    """Where to send it. `time_zone` is that of its times, like Europe/Berlin; an unknown one is UTC."""

    email: Annotated[str, Meta(max_length=400)]
    language: Annotated[str, Meta(max_length=35)] = "zh-CN"
    time_zone: Annotated[str, Meta(max_length=64)] = "UTC"


class ConversationBody(Struct, frozen=True):
    """`form`: the answers to what the session asks before a conversation, by the ids of its lines."""

    language: Annotated[str, Meta(max_length=35)] = "zh-CN"
    page: VisitedPage | None = None
    form: FormValues = {}
