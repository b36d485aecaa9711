"""Tickets as values and commands."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from frontdesk.core.clock import Millis

MAX_TITLE: Final = 200
MAX_DESCRIPTION: Final = 10_000
MAX_REMARK: Final = 4_000
MAX_CLIENT_ID: Final = 64
NOBODY: Final = 0

Version = Annotated[int, Meta(ge=1, le=(1 << 31) - 1)]
Moment = Annotated[int, Meta(ge=0, le=(1 << 52))]


class TicketState(StrEnum):
    """Whose turn it is. People say so, from any state to any other; only the customer's answer opens it by itself.

    made ──► open ◄─── the customer answered ─── waiting
              │ ├──── the customer is asked ──────► │
      solved ◄┘ │                                   │
        │ ▲     └◄── taken up again ──┐             │
        │ └───────────────────────────┼──── done ───┘
        └─────────────────────────────┘
    """

    OPEN = "open"
    WAITING = "waiting"
    SOLVED = "solved"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class DeedKind(StrEnum):
    """What somebody did with a ticket. Beside `made` and `remarked` it is the name of the field that was changed."""

    MADE = "made"
    REMARKED = "remarked"
    TITLE = "title"
    DESCRIPTION = "description"
    STATE = "state"
    PRIORITY = "priority"
    ASSIGNEE = "assignee"
    TEAM = "team"
    DUE = "due"


class NewTicket(Struct, frozen=True, kw_only=True):
    """It comes from a conversation, from a leave-message, or from neither."""

    client_id: str
    title: str
    description: str = ""
    priority: Priority = Priority.NORMAL
    assignee_id: int | None = None
    team_id: int | None = None
    due_at: Moment | None = None
    conversation_id: int | None = None
    leave_message_id: int | None = None


class TicketChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    state: TicketState | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    assignee_id: int | UnsetType | None = UNSET
    team_id: int | UnsetType | None = UNSET
    due_at: Moment | UnsetType | None = UNSET


class Ticket(Struct, frozen=True):
    """`number` is what people call it: 1, 2, 3… within the organization, and never given again."""

    id: int
    number: int
    client_id: str
    title: str
    description: str
    state: TicketState
    priority: Priority
    assignee_id: int | None
    team_id: int | None
    due_at: Millis | None
    contact_id: int | None
    conversation_id: int | None
    leave_message_id: int | None
    made_by: int
    made_at: Millis
    changed_at: Millis
    version: int


class Deed(Struct, frozen=True):
    """One line of a ticket's history. `after` is the remark, or what the field is now; people and teams are ids. What
    happened by itself was done by `NOBODY`.
    """

    id: int
    ticket_id: int
    by: int
    at: Millis
    kind: DeedKind
    before: str = ""
    after: str = ""
    client_id: str | None = None


class WantedTickets(Struct, frozen=True, kw_only=True):
    """Which tickets are wanted; without anything all. An assignee of `NOBODY` wants those that nobody has."""

    states: Sequence[TicketState] = tuple(TicketState)
    assignee_id: int | None = None
    team_id: int | None = None
    text: str = ""


class TicketView(Struct, frozen=True):
    """A ticket on the wire."""

    id: str
    number: int
    title: str
    description: str
    state: TicketState
    priority: Priority
    assignee_id: str | None
    team_id: str | None
    due_at: Millis | None
    contact_id: str | None
    contact_name: str
    conversation_id: str | None
    leave_message_id: str | None
    made_by: str
    made_at: Millis
    changed_at: Millis
    version: int


class DeedView(Struct, frozen=True):
    """A line of its history on the wire; `by` is `0` for what the customer's answer did."""

    id: str
    by: str
    at: Millis
    kind: DeedKind
    before: str
    after: str
