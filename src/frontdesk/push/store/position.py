"""Where the notifier stands in the log."""

from frontdesk.conversations import Position, rewound
from frontdesk.platform import Reader, Transaction


async def position(reader: Reader) -> Position | None:
    """How far the log has been read; None while nobody is subscribed."""
    row = await reader.fetch_one(
        "select written_by, entry_id from push_position where name = 'push' and following"
    )
    return None if row is None else Position(row[0], row[1])


async def follow(tx: Transaction, end: Position) -> None:
    """Begin at the end of the log, if nobody has been subscribed so far."""
    await tx.execute(
        """update push_position set following = true, written_by = $1, entry_id = $2
        where name = 'push' and not following""",
        end.written_by,
        end.entry_id,
    )


async def rest(tx: Transaction) -> None:
    """Nobody is subscribed any more, if so: the log need not be read."""
    await tx.execute(
        """update push_position set following = false where name = 'push' and following
        and not exists (select 1 from push_subscription)"""
    )


async def advance(tx: Transaction, before: Position, after: Position) -> bool:
    """Move on; False when somebody else has moved meanwhile."""
    moved = await tx.execute(
        """update push_position set written_by = $1, entry_id = $2
        where name = 'push' and following and written_by = $3 and entry_id = $4""",
        after.written_by,
        after.entry_id,
        before.written_by,
        before.entry_id,
    )
    return moved == 1


async def rewind_in(tx: Transaction) -> None:
    """Go on where the log goes on after it was restored on another server."""
    before = await position(tx)
    if before is not None:
        await advance(tx, before, await rewound(tx, before))
