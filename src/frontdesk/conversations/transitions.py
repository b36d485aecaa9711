"""Which entries a conversation takes in which state. The drawing is in `state.py`."""

from typing import Final

from frontdesk.conversations.entries import Draft, EntryKind
from frontdesk.conversations.state import ConversationState
from frontdesk.core.errors import FrontdeskError, conflict

_ALWAYS: Final = frozenset(
    {
        EntryKind.NOTE,
        EntryKind.RECALLED,
        EntryKind.RATED,
        EntryKind.RATING_INVITED,
        EntryKind.ANSWER_RATED,
    }
)
_OPEN: Final = _ALWAYS | {
    EntryKind.MESSAGE,
    EntryKind.QUEUED,
    EntryKind.ASSIGNED,
    EntryKind.TRANSFERRED,
    EntryKind.CLOSED,
}
_ENDED: Final = _ALWAYS | {EntryKind.REOPENED, EntryKind.WRAPPED_UP, EntryKind.ERASED}
_ALLOWED: Final = {
    ConversationState.BOT: _OPEN | {EntryKind.OPENED},
    ConversationState.WAITING: _OPEN | {EntryKind.UNQUEUED},
    ConversationState.ACTIVE: _OPEN
    | {
        EntryKind.WRAPPED_UP,
        EntryKind.WHISPER,
        EntryKind.JOINED,
        EntryKind.LEFT,
        EntryKind.SNOOZED,
        EntryKind.WOKEN,
    },
    ConversationState.CLOSED: _ENDED,
}


def check(state: ConversationState, draft: Draft, *, erased: bool = False) -> None:
    """Raise a `conflict` error when a conversation in `state` does not take this entry; an erased one takes none."""
    if erased:
        raise words_erased()
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


def words_erased() -> FrontdeskError:
    return conflict(
        "conversations.erased",
        "What was said in this conversation was erased.",
        hint="Nothing can be added to it any more.",
    )
