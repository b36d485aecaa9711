"""Drafts, marks and preferences, as they are kept and as their owner gets them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from frontdesk.core.clock import Millis

MAX_DRAFT: Final = 20_000
MAX_WRITER: Final = 64
MAX_MARKS: Final = 1_000
LISTED_DRAFTS: Final = 500
DAY: Final = 86_400_000
MAX_TABLES: Final = 20


class WrittenDraft(Struct, frozen=True, kw_only=True):
    """What stands in a composer. `age`: milliseconds since it was written; no device's clock has to be right.

    `quotes` is the seq of the message that is answered. `writer` names the device, so that it knows its own echo.
    """

    text: str
    note: bool = False
    quotes: int | None = None
    age: int = 0
    writer: str = ""


class DraftView(Struct, frozen=True):
    """A draft as it stands; an empty one says that there is none any more."""

    conversation: str
    text: str
    note: bool
    quotes: int | None
    written_at: Millis


class KeptDraft(Struct, frozen=True):
    """The draft that stands now. `kept` is false when another device had written later."""

    draft: DraftView
    kept: bool


class Marks(Struct, frozen=True):
    pinned: bool
    important: bool


class MarksView(Struct, frozen=True):
    conversation: str
    pinned: bool
    important: bool


Undo = Annotated[
    int, Meta(ge=0, le=30, description="Seconds in which a message can be taken back before it leaves.")
]
Columns = Annotated[Sequence[Annotated[str, Meta(max_length=60)]], Meta(max_length=120)]


class Preferences(Struct, frozen=True):
    """`columns` are those that are shown, by table. A table that is not named shows what it shows to everybody."""

    undo_s: Undo = 0
    columns: Mapping[str, Columns] = {}


class PreferenceChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes; of `columns` only the tables that are named."""

    undo_s: Undo | UnsetType = UNSET
    columns: Annotated[Mapping[Annotated[str, Meta(max_length=40)], Columns], Meta(max_length=MAX_TABLES)] | UnsetType = UNSET  # fmt: skip


class Desk(Struct, frozen=True):
    """Everything an agent has kept: drafts, the last written first, marks, the last set first, and preferences."""

    drafts: Sequence[DraftView]
    marks: Sequence[MarksView]
    preferences: Preferences
