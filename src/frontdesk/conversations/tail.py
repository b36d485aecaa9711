"""Reading the log from where one stopped: for whoever must miss nothing.

The log is its own outbox: an entry is there exactly when it is committed, and a reader that keeps its position in the
transaction of what it made of the entries neither skips nor doubles one.

On SQLite one writer makes the order of ids the order of commits. On PostgreSQL transactions end in any order: there the
log is read in the order of the transactions that wrote it, and only what is below the oldest one that still runs.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations.entries import EntryKind
from frontdesk.core.clock import Millis
from frontdesk.platform import Platform, Reader
from frontdesk.platform.database import Row

_HORIZON: Final = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_NEXT: Final = {
    "sqlite": """select id, organization_id, conversation_id, seq, kind, at, 0 from entry where 0 = $1 and id > $2
        order by id limit $3""",
    "postgres": """select id, organization_id, conversation_id, seq, kind, at, written_by
        from entries_after($1, $2, $3)""",
}
_END: Final = {
    "sqlite": "select 0, coalesce(max(id), 0) from entry",
    "postgres": f"select {_HORIZON} - 1, {(1 << 63) - 1}",
}


class Position(Struct, frozen=True):
    """How far somebody has read: up to this transaction (0 where entries are in order), and in it up to this entry."""

    written_by: int
    entry_id: int


BEGINNING: Final = Position(0, 0)


class Line(Struct, frozen=True):
    """That there is an entry; what it says is read when it is needed, as it is then."""

    entry_id: int
    organization_id: int
    conversation_id: int
    seq: int
    kind: EntryKind
    at: Millis


async def end_of_log(platform: Platform, reader: Reader) -> Position:
    """A position behind everything that was committed before anything that still runs."""
    rows = await reader.fetch(_END[platform.database.engine])
    return Position(rows[0][0], rows[0][1])


async def lines_after(
    platform: Platform, reader: Reader, position: Position, *, limit: int
) -> tuple[Sequence[Line], Position]:
    """The next entries of all conversations and the position behind them.

    Entries of one conversation come in the order of their seq. The position does not move exactly when there is no more
    for now. A transaction is not cut: where several processes write, its entries may be more than the limit.
    """
    rows = await reader.fetch(_NEXT[platform.database.engine], position.written_by, position.entry_id, limit)
    if not rows:
        return (), position
    last = max(row[6] for row in rows)
    end = Position(last, max(row[0] for row in rows if row[6] == last))
    return sorted(map(_line, rows), key=lambda line: line.seq), end


def _line(row: Row) -> Line:
    return Line(row[0], row[1], row[2], row[3], EntryKind(row[4]), row[5])
