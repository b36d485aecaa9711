"""Drafts and marks, as they are kept and as their owner gets them."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis

MAX_DRAFT: Final = 20_000
MAX_WRITER: Final = 64
MAX_MARKS: Final = 1_000
LISTED_DRAFTS: Final = 500
DAY: Final = 86_400_000


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


class Desk(Struct, frozen=True):
    """Everything an agent has kept: drafts, the last written first, and marks, the last set first."""

    drafts: Sequence[DraftView]
    marks: Sequence[MarksView]
