"""Reading the log from where one stopped: for whoever must miss nothing (the relay of webhooks, the indexer).

The log is its own outbox: an entry is there exactly when it is committed, and a reader that keeps its position in the
transaction of what it made of the entries neither skips nor doubles one.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations.entries import EntryKind
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader

_LINES: Final = """
select id, organization_id, conversation_id, seq, kind, at from entry where id > $1 order by id limit $2"""


class Position(Struct, frozen=True):
    """How far somebody has read: everything up to this entry."""

    entry_id: int


class Line(Struct, frozen=True):
    """That there is an entry; what it says is read when it is needed, as it is then."""

    entry_id: int
    organization_id: int
    conversation_id: int
    seq: int
    kind: EntryKind
    at: Millis


async def end_of_log(reader: Reader) -> Position:
    """The position behind everything that is committed."""
    row = await reader.fetch_one("select coalesce(max(id), 0) from entry")
    return Position(0 if row is None else row[0])


async def lines_after(reader: Reader, position: Position, *, limit: int) -> tuple[Sequence[Line], Position]:
    """The next entries of all conversations and the position behind them.

    Entries of one conversation come in the order of their seq. Fewer than `limit` means that this was the end.
    """
    rows = await reader.fetch(_LINES, position.entry_id, limit)
    lines = [Line(row[0], row[1], row[2], row[3], EntryKind(row[4]), row[5]) for row in rows]
    return lines, Position(lines[-1].entry_id) if lines else position
