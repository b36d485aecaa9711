"""How far the log has been read for answers."""

from frontdesk.conversations import Position, rewound
from frontdesk.platform import Reader, Transaction


async def position(reader: Reader) -> Position | None:
    """None in an installation that has not looked yet."""
    row = await reader.fetch_one("select written_by, entry_id from ticket_position where name = 'answers'")
    return None if row is None else Position(row[0], row[1])


async def begin(tx: Transaction, end: Position) -> None:
    await tx.execute(
        """insert into ticket_position (name, written_by, entry_id) values ('answers', $1, $2)
        on conflict (name) do nothing""",
        end.written_by,
        end.entry_id,
    )


async def advance(tx: Transaction, before: Position, after: Position) -> None:
    """Move on, unless another process has done so meanwhile."""
    await tx.execute(
        """update ticket_position set written_by = $1, entry_id = $2
        where name = 'answers' and written_by = $3 and entry_id = $4""",
        after.written_by,
        after.entry_id,
        before.written_by,
        before.entry_id,
    )


async def rewind_in(tx: Transaction) -> None:
    """Go on where the log goes on after it was restored on another server."""
    before = await position(tx)
    if before is not None:
        await advance(tx, before, await rewound(tx, before))
