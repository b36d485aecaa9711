"""Which event each kind of entry is. What is not here is never told: `hidden` is only how visitors see others."""

from collections.abc import Mapping
from typing import Final

from frontdesk.conversations import EntryKind
from frontdesk.webhooks.types import EventType

EVENT_OF: Final[Mapping[EntryKind, EventType]] = {
    EntryKind.OPENED: EventType.CONVERSATION_OPENED,
    EntryKind.QUEUED: EventType.CONVERSATION_QUEUED,
    EntryKind.UNQUEUED: EventType.CONVERSATION_UNQUEUED,
    EntryKind.ASSIGNED: EventType.CONVERSATION_ASSIGNED,
    EntryKind.TRANSFERRED: EventType.CONVERSATION_TRANSFERRED,
    EntryKind.JOINED: EventType.CONVERSATION_JOINED,
    EntryKind.LEFT: EventType.CONVERSATION_LEFT,
    EntryKind.RATING_INVITED: EventType.CONVERSATION_RATING_INVITED,
    EntryKind.RATED: EventType.CONVERSATION_RATED,
    EntryKind.WRAPPED_UP: EventType.CONVERSATION_WRAPPED_UP,
    EntryKind.CLOSED: EventType.CONVERSATION_CLOSED,
    EntryKind.REOPENED: EventType.CONVERSATION_REOPENED,
    EntryKind.ERASED: EventType.CONVERSATION_ERASED,
    EntryKind.MESSAGE: EventType.MESSAGE_CREATED,
    EntryKind.RECALLED: EventType.MESSAGE_RECALLED,
    EntryKind.ANSWER_RATED: EventType.MESSAGE_RATED,
    EntryKind.NOTE: EventType.NOTE_CREATED,
    EntryKind.WHISPER: EventType.WHISPER_CREATED,
}
