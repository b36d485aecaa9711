"""The header of a conversation: what its log adds up to, and the pointers of who has seen what."""

from enum import StrEnum

from msgspec import UNSET, Struct, UnsetType

from frontdesk.conversations.entries import Sender
from frontdesk.core.clock import Millis
from frontdesk.staff import AgentCard


class ConversationState(StrEnum):
    """Where a conversation stands.

              ┌──────────── unqueued ────────────┐
              ▼                                  │
    opened → BOT ──────────── queued ────────→ WAITING ──── assigned ────→ ACTIVE ─┐
              │                                  ▲  │                       │  │   │ assigned (transfer)
              │                                  └──┼──── queued (transfer) ┘  │ ←─┘
              └──────────────── closed ─────────────┴──────────────────────────┘
                                   │
                                 CLOSED ── reopened (within the window) → BOT, WAITING or ACTIVE
                                   │
                                   └───── erased → CLOSED for ever, `close_reason` is erased
    """

    BOT = "bot"
    WAITING = "waiting"
    ACTIVE = "active"
    CLOSED = "closed"


class ContactCard(Struct, frozen=True):
    id: str
    name: str


class LastMessage(Struct, frozen=True):
    """`preview` is at most 120 characters, empty for a recalled message."""

    seq: int
    sender: Sender
    preview: str
    type: str
    at: Millis


class Pointers(Struct, frozen=True):
    """Highest seq per side. They only move forward."""

    visitor: int = 0
    agent: int = 0


class Rating(Struct, frozen=True):
    """`levels` as in the entry: absent for 5."""

    score: int
    remark: str
    resolved: bool | None
    levels: int | UnsetType = UNSET


class WrapUp(Struct, frozen=True):
    category: str
    remark: str
    solved: bool | None = None


class Snapshot(Struct, frozen=True):
    """The header as clients see it. `wrap_up` is always null for visitors.

    For staff alone: `snoozed_until`, while its agent has put it aside, and `woken_seq`, the entry that ended this early or
    in time; neither outlives the owner.
    `guests` are colleagues who joined the agent; there are none but while a person has the conversation.
    """

    id: str
    channel_id: str
    contact: ContactCard
    state: ConversationState
    team_id: str | None
    agent: AgentCard | None
    language: str
    opened_at: Millis
    waiting_since: Millis | None
    closed_at: Millis | None
    close_reason: str | None
    head: int
    last_message: LastMessage | None
    received: Pointers
    read: Pointers
    rating_invited: bool
    rating: Rating | None
    wrap_up: WrapUp | None
    guests: tuple[AgentCard, ...] = ()
    snoozed_until: Millis | UnsetType = UNSET
    woken_seq: int | UnsetType = UNSET
