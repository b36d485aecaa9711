"""Which entries a conversation takes in which state. The drawing is in `state.py`."""

from typing import Final

from frontdesk.conversations.entries import Draft, EntryKind
from frontdesk.conversations.state import ConversationState
from frontdesk.core.errors import conflict

_ALWAYS: Final = frozenset({EntryKind.NOTE, EntryKind.RECALLED, EntryKind.RATED, EntryKind.RATING_INVITED})
_OPEN: Final = _ALWAYS | {
    EntryKind.MESSAGE,
    EntryKind.QUEUED,
    EntryKind.ASSIGNED,
    EntryKind.TRANSFERRED,
    EntryKind.CLOSED,
}
_ALLOWED: Final = {
    ConversationState.BOT: _OPEN | {EntryKind.OPENED},
    ConversationState.WAITING: _OPEN | {EntryKind.UNQUEUED},
    ConversationState.ACTIVE: _OPEN
    | {EntryKind.WRAPPED_UP, EntryKind.WHISPER, EntryKind.JOINED, EntryKind.LEFT},
    ConversationState.CLOSED: _ALWAYS | {EntryKind.REOPENED, EntryKind.WRAPPED_UP},
}


def check(state: ConversationState, draft: Draft) -> None:
    """Raise a `conflict` error when a conversation in `state` does not take this entry."""
    if draft.kind in _ALLOWED[state]:
        return
    if state is ConversationState.CLOSED:
        raise conflict(
            "conversations.closed",
            "This conversation is closed.",
            hint="Start a new conversation.",
        )
    raise conflict(
        "conversations.state",
        f"A conversation that is {state} cannot be {draft.kind}.",
        hint="Load the conversation again: it has moved on.",
        details={"state": state, "entry": draft.kind},
    )
