"""What is left of an entry whose conversation was erased: its number, kind, sender and time. Pure."""

from typing import Final

import msgspec
from msgspec import UNSET, Raw, Struct, structs

from frontdesk.conversations.decoding import decode_body
from frontdesk.conversations.entries import (
    Entry,
    EntryKind,
    Opened,
    Rated,
    WrappedUp,
)

ERASED_NAME: Final = "—"
"""What an erased person is called in headers; the same in every language."""
ERASED_REASON: Final = "erased"
_encode: Final = msgspec.json.Encoder().encode
_BLANK: Final = Raw(b'{"erased":true}')
# Kinds that say nothing of the visitor: who of the staff had it, when it waited. Whatever is not here is emptied.
_HARMLESS: Final = frozenset(
    {
        EntryKind.QUEUED,
        EntryKind.UNQUEUED,
        EntryKind.ASSIGNED,
        EntryKind.TRANSFERRED,
        EntryKind.JOINED,
        EntryKind.LEFT,
        EntryKind.RECALLED,
        EntryKind.RATING_INVITED,
        EntryKind.ANSWER_RATED,
        EntryKind.SNOOZED,
        EntryKind.WOKEN,
        EntryKind.CLOSED,
        EntryKind.REOPENED,
        EntryKind.HIDDEN,
        EntryKind.ERASED,
    }
)


def tombstone(entry: Entry) -> Entry:
    """The entry without what anybody wrote or where the visitor was. A tombstone's tombstone is itself.

    Scores, categories and who had it stay, so that reports count as before; remarks go.
    """
    if entry.kind in _HARMLESS:
        return entry
    match entry.kind:
        case EntryKind.OPENED:
            body: Struct = structs.replace(decode_body(entry, Opened), page=None, answers=())
        case EntryKind.RATED:
            body = structs.replace(decode_body(entry, Rated), remark="")
        case EntryKind.WRAPPED_UP:
            body = structs.replace(decode_body(entry, WrappedUp), remark="")
        case _:
            return structs.replace(entry, body=_BLANK, client_id=UNSET, recalled=True)
    return structs.replace(entry, body=Raw(_encode(body)))
