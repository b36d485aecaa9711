"""Leave-messages as values and commands."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis

MAX_NAME: Final = 80
MAX_TEXT: Final = 2_000
MAX_REMARK: Final = 1_000
MAX_CLIENT_ID: Final = 64
MAX_PER_DAY: Final = 20  # of one visitor


class LeaveMessageState(StrEnum):
    OPEN = "open"
    HANDLED = "handled"


class NewLeaveMessage(Struct, frozen=True, kw_only=True):
    """What a visitor leaves: a name, a text, and a telephone number or an e-mail address to be reached at."""

    client_id: str
    name: str
    text: str
    phone: str = ""
    email: str = ""
    conversation_id: int | None = None


class TicketLink(Struct, frozen=True):
    """The ticket that was made of it, by id and by the number that people call it."""

    id: str
    number: int


class LeaveMessage(Struct, frozen=True):
    id: int
    contact_id: int
    channel_id: int
    conversation_id: int | None
    client_id: str
    name: str
    phone: str
    email: str
    text: str
    state: LeaveMessageState
    created_at: Millis
    handled_by: int | None
    handled_at: Millis | None
    remark: str
    ticket: TicketLink | None


class LeaveMessageView(Struct, frozen=True):
    """A leave-message on the wire, for staff."""

    id: str
    name: str
    phone: str
    email: str
    text: str
    state: LeaveMessageState
    created_at: Millis
    contact_id: str
    conversation_id: str | None
    handled_by: str | None
    handled_at: Millis | None
    remark: str
    ticket: TicketLink | None


class LeaveMessagePage(Struct, frozen=True):
    """`open` counts all that wait for somebody, whatever the page shows."""

    items: Sequence[LeaveMessage]
    cursor: str | None
    open: int
