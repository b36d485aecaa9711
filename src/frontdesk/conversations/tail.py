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

_LINE: Final = "e.id, e.organization_id, e.conversation_id, e.seq, e.kind, e.at"
_HORIZON: Final = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_NEXT: Final = {
    "sqlite": f"select {_LINE}, 0 from entry e where 0 = $1 and e.id > $2 order by e.id limit $3",  # noqa: S608 - constant columns
    "postgres": f"""select {_LINE}, e.written_by from entry e where (e.written_by, e.id) > ($1, $2)
        and e.written_by < {_HORIZON} order by e.written_by, e.id limit $3""",  # noqa: S608 - constant columns
}
_END: Final = {
    "sqlite": "select 0, coalesce(max(id), 0) from entry",
    "postgres": f"select {_HORIZON} - 1, {(1 << 63) - 1}",
}
# Two transactions that ran at once may have written to one conversation against their own order.
_SKIPPED: Final = f"""select {_LINE}
    from unnest(cast($1 as bigint[]), cast($2 as bigint[])) as first (conversation_id, seq)
    join entry e on e.conversation_id = first.conversation_id and e.seq < first.seq
    where (e.written_by, e.id) > ($3, $4) and e.written_by < {_HORIZON}"""  # noqa: S608 - constant columns


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
    for now. An entry may come a second time, in the next batch.
    """
    rows = await reader.fetch(_NEXT[platform.database.engine], position.written_by, position.entry_id, limit)
    if not rows:
        return (), position
    end = Position(rows[-1][6], rows[-1][0])
    lines = [_line(row) for row in rows]
    if len(rows) == limit and platform.database.engine == "postgres":
        lines += await _skipped(reader, lines, end)
    return sorted(lines, key=lambda line: line.seq), end


async def _skipped(reader: Reader, lines: Sequence[Line], end: Position) -> list[Line]:
    """What belongs before these entries in their conversations and lies behind the cut."""
    first = {line.conversation_id: line.seq for line in sorted(lines, key=lambda line: -line.seq)}
    rows = await reader.fetch(_SKIPPED, list(first), list(first.values()), end.written_by, end.entry_id)
    return [_line(row) for row in rows]


def _line(row: Row) -> Line:
    return Line(row[0], row[1], row[2], row[3], EntryKind(row[4]), row[5])
