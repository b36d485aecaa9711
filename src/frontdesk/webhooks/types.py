"""Webhooks as values, states, commands and events."""

from enum import StrEnum
from typing import Final

from msgspec import UNSET, Struct, UnsetType
from typing_extensions import override

from frontdesk.core.clock import Millis

MAX_WEBHOOKS: Final = 20  # of one organization
MAX_SECRETS: Final = 2  # the old one and the new one
MAX_DESCRIPTION: Final = 200
TEST_EVENT: Final = "webhook.test"


class EventType(StrEnum):
    """What a webhook can be told (docs/webhooks.md)."""

    CONVERSATION_OPENED = "conversation.opened"
    CONVERSATION_QUEUED = "conversation.queued"
    CONVERSATION_UNQUEUED = "conversation.unqueued"
    CONVERSATION_ASSIGNED = "conversation.assigned"
    CONVERSATION_TRANSFERRED = "conversation.transferred"
    CONVERSATION_JOINED = "conversation.joined"
    CONVERSATION_LEFT = "conversation.left"
    CONVERSATION_RATING_INVITED = "conversation.rating_invited"
    CONVERSATION_RATED = "conversation.rated"
    CONVERSATION_WRAPPED_UP = "conversation.wrapped_up"
    CONVERSATION_CLOSED = "conversation.closed"
    CONVERSATION_REOPENED = "conversation.reopened"
    CONVERSATION_ERASED = "conversation.erased"
    MESSAGE_CREATED = "message.created"
    MESSAGE_RECALLED = "message.recalled"
    MESSAGE_RATED = "message.rated"
    NOTE_CREATED = "note.created"
    WHISPER_CREATED = "whisper.created"
    CONTACT_CREATED = "contact.created"
    CONTACT_CHANGED = "contact.changed"
    CONTACT_ERASED = "contact.erased"
    LEAVE_MESSAGE_CREATED = "leave_message.created"
    LEAVE_MESSAGE_CHANGED = "leave_message.changed"
    TICKET_CREATED = "ticket.created"
    TICKET_CHANGED = "ticket.changed"
    AGENT_STATUS_CHANGED = "agent.status_changed"
    AGENT_SILENT = "agent.silent"
    SERVICE_LEVEL_WARNED = "service_level.warned"
    SERVICE_LEVEL_BREACHED = "service_level.breached"
    WEBHOOK_DISABLED = "webhook.disabled"


class DisabledFor(StrEnum):
    """Why a webhook is off: a person did it, the receiver answered 410, or nothing but failure for days."""

    ASKED = "asked"
    GONE = "gone"
    FAILING = "failing"


class DeliveryState(StrEnum):
    """What became of an event for one webhook.

    made ──► pending ──── 2xx ───────────────────────► delivered
               ▲  │ └──── tried in vain for a day, 410 ──► dead
               │  └ anything else: again later               │
               └─────────────── replay ◄─────────────────────┴ (delivered ones as well)
    """

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


class Webhook(Struct, frozen=True):
    """`enabled_at`: what happened before is not told. `failing_since`: nothing has succeeded since then."""

    id: int
    organization_id: int
    url: str
    description: str
    events: tuple[EventType, ...]
    enabled: bool
    enabled_at: Millis
    disabled_for: DisabledFor | None
    failing_since: Millis | None
    created_by: int
    created_at: Millis


class Secret(Struct, frozen=True):
    """What signs. `text` is shown to a person once, when it is made."""

    id: int
    text: str
    created_at: Millis

    @override
    def __repr__(self) -> str:
        return f"Secret(id={self.id})"  # so that no log and no trace shows it


class Delivery(Struct, frozen=True):
    """One event for one webhook. `event_id` is what receivers tell repeats by: retries and replays keep it.

    `about` names the object whose events keep their order among themselves, `position` that order. Of an entry of the
    log `seq` is set, of other events `data`. `since` is when it was made, or last replayed; `next_at` is None when it
    is done or waits behind an earlier one.
    """

    id: int
    organization_id: int
    webhook_id: int
    event_id: str
    event: str
    at: Millis
    about: int
    position: int
    seq: int | None
    data: str | None
    state: DeliveryState
    attempts: int
    since: Millis
    next_at: Millis | None


class Attempt(Struct, frozen=True):
    """`status` is None when there was no answer; then `error` says why. `answer` is its beginning."""

    id: int
    at: Millis
    duration_ms: int
    status: int | None
    answer: str
    error: str


# ---- commands ------------------------------------------------------------------------------------------------------


class NewWebhook(Struct, frozen=True, kw_only=True):
    url: str
    events: tuple[EventType, ...]
    description: str = ""


class WebhookChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    url: str | UnsetType = UNSET
    events: tuple[EventType, ...] | UnsetType = UNSET
    description: str | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


# ---- events --------------------------------------------------------------------------------------------------------


class WebhookDisabled(Struct, frozen=True):
    """A webhook was switched off because of its receiver; on the wire the data of `webhook.disabled`."""

    webhook_id: str
    url: str
    reason: DisabledFor
