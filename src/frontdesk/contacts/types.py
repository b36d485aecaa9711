"""Contacts as values, commands and events."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from frontdesk.core.clock import Millis

MAX_NAME: Final = 80
MAX_EMAIL: Final = 150
MAX_PHONE: Final = 30
MAX_REMARK: Final = 1_000
MAX_COMPANY: Final = 100
MAX_VERSION: Final = (1 << 31) - 1
MAX_EXTERNAL_ID: Final = 128
MAX_URL: Final = 2_000
MAX_PAGE_TITLE: Final = 300
LANGUAGES: Final = ("zh-CN", "en")
MAX_FIELDS: Final = 100
MAX_LABEL: Final = 50
MAX_CHOICES: Final = 100
MAX_CHOICE: Final = 80
MAX_TEXT: Final = 500
MAX_TAG: Final = 30
MAX_TAGS: Final = 500
MAX_TAGS_EACH: Final = 30
MAX_TRACK: Final = 100
MAX_ATTRIBUTES: Final = 20
MAX_ATTRIBUTE_TEXT: Final = 200
MAX_NUMBER: Final = 9_007_199_254_740_991  # beyond it, JavaScript would show another number

Value = str | int | float | bool
"""What a contact has in a field of the organization's own. Dates are `2026-11-29`."""


class VisitedPage(Struct, frozen=True):
    """Where a visitor is. Only http and https addresses are kept: staff click on them."""

    url: Annotated[str, Meta(max_length=MAX_URL)] = ""
    title: Annotated[str, Meta(max_length=MAX_PAGE_TITLE)] = ""
    referrer: Annotated[str, Meta(max_length=MAX_URL)] = ""


class Contact(Struct, frozen=True):
    """The record of somebody who visited. `name_given` is False while the name is one that we made up.

    `external_id` is who the company's own back end says this is; None while nobody has said it. `fields` are the values
    of the organization's own fields by key, those of archived ones among them; `tags` are ids. `version` grows with every change.
    `page_attributes` is what the page around the chat says.
    """

    id: int
    organization_id: int
    channel_id: int
    name: str
    name_given: bool
    email: str
    phone: str
    remark: str
    language: str
    first_seen_at: Millis
    last_seen_at: Millis
    visits: int
    page: VisitedPage | None
    external_id: str | None = None
    company: str = ""
    fields: Mapping[str, Value] = {}
    tags: tuple[int, ...] = ()
    version: int = 1
    page_attributes: Mapping[str, Value] = {}


class Identity(Struct, frozen=True):
    """What the company's back end says about its user. Empty: it does not say.

    `fields` are values for the organization's own fields by key, as they came; None empties one.
    """

    external_id: str
    name: str = ""
    email: str = ""
    phone: str = ""
    company: str = ""
    fields: Mapping[str, object] = {}


class Wanted(Struct, frozen=True):
    """Which contacts: those with `text` in a name, an address, a number or a field, with the tag, and of these ids alone."""

    text: str = ""
    tag_id: int | None = None
    among: Sequence[int] | None = None


class ContactView(Struct, frozen=True):
    """A contact on the wire, for staff. `page_attributes` is what the page around the chat says; nobody has signed it."""

    id: str
    name: str
    email: str
    phone: str
    remark: str
    language: str
    first_seen_at: Millis
    last_seen_at: Millis
    page: VisitedPage | None
    visits: int
    external_id: str | None
    company: str
    fields: Mapping[str, Value]
    tags: tuple[str, ...]
    version: int
    page_attributes: Mapping[str, Value]


class ContactChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes. An empty name is refused; the other fields may be emptied.

    `fields` has the organization's own by key; null or an empty text empties one, those that are left out stay. With
    `version`, the one that was seen, nothing is written over what somebody else has changed since.
    """

    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    remark: str | UnsetType = UNSET
    company: str | UnsetType = UNSET
    fields: Mapping[str, Value | None] | UnsetType = UNSET
    version: Annotated[int, Meta(ge=0, le=MAX_VERSION)] | UnsetType = UNSET


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    LINK = "link"


class Field(Struct, frozen=True):
    """One of the organization's own fields. `choices` only for that kind; an archived one is neither shown nor set."""

    id: int
    key: str
    label: str
    kind: FieldKind
    choices: Sequence[str]
    position: int
    archived: bool


class NewField(Struct, frozen=True, kw_only=True):
    """`key` is how programs name it (`a-z`, digits, `_`). Key and kind stay."""

    key: str
    label: str
    kind: FieldKind
    choices: Sequence[str] = ()


class FieldChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes. `position` is the index among all of them, from 0."""

    label: str | UnsetType = UNSET
    choices: Sequence[str] | UnsetType = UNSET
    archived: bool | UnsetType = UNSET
    position: int | UnsetType = UNSET


class Color(StrEnum):
    GRAY = "gray"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    VIOLET = "violet"


class Tag(Struct, frozen=True):
    """What contacts and conversations are marked with. An archived one is given to nobody anew."""

    id: int
    name: str
    color: Color
    archived: bool


class NewTag(Struct, frozen=True, kw_only=True):
    name: str
    color: Color = Color.GRAY


class TagChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    name: str | UnsetType = UNSET
    color: Color | UnsetType = UNSET
    archived: bool | UnsetType = UNSET


class Stop(Struct, frozen=True):
    """A page that a visitor was on, from `at` until the next one."""

    id: int
    at: Millis
    page: VisitedPage


class StopView(Struct, frozen=True):
    at: Millis
    url: str
    title: str
    referrer: str


class Source(StrEnum):
    """Where a change of a contact comes from; `company` is its back end, saying who a visitor is."""

    AGENT = "agent"
    VISITOR = "visitor"
    COMPANY = "company"


class Author(Struct, frozen=True):
    """`id` is the agent's; 0 for the other sources."""

    source: Source
    id: int = 0


class Pick(StrEnum):
    """Whose word stands when two records become one."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


class Merge(Struct, frozen=True):
    """The record that becomes a part of another, and whose word stands: by `name`, `email`, `phone`, `company`, `remark`, or
    `fields.` and a key. Both words only of remarks. What is not picked is the kept one's, or the other's where that knows
    nothing; of remarks it is both, as far as they fit.

    The versions are those that were seen; None where nobody looked.
    """

    other_id: int
    picks: Mapping[str, Pick] = {}
    version: int | None = None
    other_version: int | None = None


class Change(Struct, frozen=True):
    """One fact of a contact before and after. `field` is a name of the record's, `fields.` and a key, or `tags.` and an id;
    what has a tag has it as `true`. `merged` is the name of a record that became a part.
    """

    id: int
    at: Millis
    by: Author
    field: str
    before: Value | None
    after: Value | None


class ChangeView(Struct, frozen=True):
    """`agent_id` only where an agent did it. `field` is a name of the record's, `fields.` and a key, `tags.` and an id, or
    `merged`: the name of a record that became a part of this one.
    """

    id: str
    at: Millis
    source: Source
    agent_id: str | None
    field: str
    before: Value | None
    after: Value | None


class ContactChanged(Struct, frozen=True):
    """Somebody changed a contact; visits alone are not told."""

    organization_id: int
    contact_id: int
    name: str


class FieldsChanged(Struct, frozen=True):
    """The organization's own fields changed."""

    organization_id: int


class TagsChanged(Struct, frozen=True):
    """The tags that there are changed."""

    organization_id: int


class ContactErased(Struct, frozen=True):
    """What webhooks are told, so that their owners erase too."""

    id: str
