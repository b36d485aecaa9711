"""The indexer: a tailer of the log that keeps the search index behind it by a moment."""

import asyncio
import math
from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.conversations.entries import EntryKind
from frontdesk.conversations.index_sql import INDEX
from frontdesk.conversations.restored import rewound
from frontdesk.conversations.search_tokens import index_tokens
from frontdesk.conversations.search_words import Words
from frontdesk.conversations.tail import BEGINNING, Line, Position, lines_after
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.tasks import Tasks

BATCH: Final = 64  # small: a batch holds the writer, and messages on their way wait for it
IDLE: Final = 0.25
FORGETS: Final = 1.001  # a machine that stays slower is taken as it is after some thousand batches
LONGEST: Final = 8.0  # batches: a ninth of the time is the least it takes


_INDEXED: Final = (EntryKind.MESSAGE, EntryKind.NOTE, EntryKind.WHISPER, EntryKind.RECALLED)
_NOTHING: Final = (0, Words())
_words: Final = msgspec.json.Decoder(Words)


class Pace:
    """How long to rest between batches while behind, so that messages come first.

    Alone, the indexer works half of the time. A batch that takes longer than the quickest of late shares its core or its
    database with somebody: the rest grows with the square of what it took, so that twice as slow is a third of the time.
    """

    def __init__(self) -> None:
        self._quickest = math.inf

    def rest(self, took: float) -> float:
        """Seconds to rest after a batch that took this many."""
        took = max(took, 0.001)
        self._quickest = min(took, self._quickest * FORGETS)
        return took * min(took / self._quickest, LONGEST)


class Indexer:
    """Reads the log in the order in which it was written and indexes messages, notes and whispers; recalled ones leave it.

    Guarantee: once `catch_up` returns False, everything committed before the call is found by search; where several
    processes write, everything committed before the oldest unit began that was running then.
    Its position is kept in the same transaction as the index, so a crash neither skips nor doubles an entry.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._sql = INDEX[platform.database.engine]

    def start(self, tasks: Tasks) -> None:
        """Follow the log in one process at a time of those that ask for it."""
        self._platform.leases.lead(tasks, "search-indexer", self._run)

    async def catch_up(self) -> bool:
        """Index one batch; True when there may be more."""

        async def work(tx: Transaction) -> bool:
            before = await _position(tx)
            lines, after = await lines_after(self._platform, tx, before, limit=BATCH)
            bodies = await _bodies(tx, lines)
            fresh: list[tuple[int, str, str]] = []
            for line in lines:
                sender_id, words = bodies.get(line.entry_id, _NOTHING)
                if line.kind is not EntryKind.RECALLED and words.searched:
                    filters = f"o{line.organization_id} c{line.conversation_id} s{sender_id}"
                    fresh.append((line.entry_id, index_tokens(words.searched), filters))
            if fresh:
                await tx.execute(self._sql.add, msgspec.json.encode(fresh).decode())
            for line in lines:
                if line.kind is EntryKind.RECALLED:
                    await self._forget(tx, line.conversation_id, bodies[line.entry_id][1].seq)
            if after == before:
                return False
            await _move(tx, after)
            return len(lines) >= BATCH

        return await self._platform.database.write(EVERY_ORGANIZATION, work)

    async def _run(self) -> None:
        monotonic, pace = self._platform.clock.monotonic, Pace()
        while True:
            begun = monotonic()
            more = await self.catch_up()
            await asyncio.sleep(pace.rest(monotonic() - begun) if more else IDLE)

    async def _forget(self, tx: Transaction, conversation_id: int, seq: int) -> None:
        row = await tx.fetch_one(
            "select id from entry where conversation_id = $1 and seq = $2", conversation_id, seq
        )
        if row is not None:
            await tx.execute(self._sql.remove, row[0])


async def rewind_in(tx: Transaction) -> None:
    """Go on where the log goes on after it was restored (`restored.py`)."""
    await _move(tx, await rewound(tx, await _position(tx)))


async def _position(reader: Reader) -> Position:
    row = await reader.fetch_one("select written_by, entry_id from index_cursor where name = 'search'")
    return BEGINNING if row is None else Position(row[0], row[1])


async def _move(tx: Transaction, to: Position) -> None:
    await tx.execute(
        """insert into index_cursor (name, written_by, entry_id) values ('search', $1, $2)
        on conflict (name) do update set written_by = excluded.written_by, entry_id = excluded.entry_id""",
        to.written_by,
        to.entry_id,
    )


async def _bodies(reader: Reader, lines: Sequence[Line]) -> dict[int, tuple[int, Words]]:
    """Sender and words of those that are searched, by entry; a recalled message has no words any more."""
    wanted = [line.entry_id for line in lines if line.kind in _INDEXED]
    rows = await reader.fetch("select id, sender_id, body from entry where id = any($1)", wanted)
    return {row[0]: (row[1], _words.decode(row[2])) for row in rows}
