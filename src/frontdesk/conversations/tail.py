"""Reading the log from where one stopped: for whoever must miss nothing (the relay of webhooks, the indexer).

The log is its own outbox: an entry is there exactly when it is committed, and a reader that keeps its position in the
transaction of what it made of the entries neither skips nor doubles one.

With one writer the ids are an order. Where several processes write, transactions commit in another order than they
began: what counts there is `written_by` (migration 0003), read only as far as no transaction still runs.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations.entries import EntryKind
from frontdesk.core.clock import Millis
from frontdesk.platform import Platform, Reader

_HORIZON: Final = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_END: Final = {
    "sqlite": "select coalesce(max(id), 0) from entry",
    "postgres": f"select {_HORIZON}, 0, 0",
}
_LINES: Final = {
    "sqlite": """
select id, organization_id, conversation_id, seq, kind, at, id from entry where id > $1 order by id limit $2""",
    "postgres": f"""
select id, organization_id, conversation_id, seq, kind, at, written_by, conversation_id, seq from entry
where (written_by, conversation_id, seq) > ($1, $2, $3) and written_by < {_HORIZON}
order by written_by, conversation_id, seq limit $4""",  # noqa: S608 - our own function
}
_PLACES: Final = {"sqlite": 1, "postgres": 3}


class Position(Struct, frozen=True):
    """How far somebody has read. The text is the engine's; the empty one is before everything."""

    text: str = ""


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
    """The position behind everything that is committed and that no running transaction may still precede."""
    row = await reader.fetch_one(_END[platform.database.engine])
    return _position(row or ())


async def lines_after(
    platform: Platform, reader: Reader, position: Position, *, limit: int
) -> tuple[Sequence[Line], Position]:
    """The next entries of all conversations and the position behind them.

    Entries of one conversation come in the order of their seq. Fewer than `limit` means that this was the end.
    """
    engine = platform.database.engine
    before = [int(part) for part in position.text.split(".")] if position.text else [0] * _PLACES[engine]
    rows = await reader.fetch(_LINES[engine], *before, limit)
    lines = [Line(row[0], row[1], row[2], row[3], EntryKind(row[4]), row[5]) for row in rows]
    return lines, _position(rows[-1][6:]) if rows else position


def _position(parts: Sequence[int]) -> Position:
    return Position(".".join(str(part) for part in parts))
