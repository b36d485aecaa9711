"""A log that was brought to another PostgreSQL server by a dump: its entries name transactions of the old one.

Who follows the log reads in the order of transactions (`tail.py`). A new server begins to count from the start, so what
it writes would lie behind what has been read, and be missed. So before anything is written, all that came with the dump
is put in front of everything that will be: as of transaction 0, where the order is that of the ids.
"""

from typing import Final

from frontdesk.conversations.tail import Position
from frontdesk.platform import Reader, Transaction

# Every transaction whose entries can be seen is below this server's next one, unless it is another server's.
_AHEAD: Final = """
select coalesce(max(written_by), 0) >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint from entry"""
_BEFORE_UNREAD: Final = """
select coalesce((select min(id) - 1 from entry where (written_by, id) > ($1, $2)), (select max(id) from entry), 0)"""


async def is_restored(reader: Reader) -> bool:
    """Whether the log came from another server and was not put in order yet. PostgreSQL only, as all of this."""
    row = await reader.fetch_one(_AHEAD)
    return row is not None and row[0]


async def rewound(reader: Reader, position: Position) -> Position:
    """Where a follower goes on once `put_in_order_in` has run: in front of all that it has not read.

    Ask before that. Some of what was read is read a second time.
    """
    row = await reader.fetch_one(_BEFORE_UNREAD, position.written_by, position.entry_id)
    return Position(0, 0 if row is None else row[0])


async def put_in_order_in(tx: Transaction) -> None:
    """Put all that there is in front of what this server will write."""
    await tx.execute("update entry set written_by = 0")
