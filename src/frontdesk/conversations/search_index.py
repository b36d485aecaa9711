"""The indexer: a tailer of the log that keeps the search index behind it by a moment."""

import asyncio
from typing import Final

import msgspec
from msgspec import Struct

from frontdesk.conversations.index_sql import INDEX
from frontdesk.conversations.search_tokens import index_tokens
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.platform.tasks import Tasks

BATCH: Final = 64  # small: a batch holds the writer, and messages on their way wait for it
IDLE: Final = 0.25


class _Words(Struct):
    """What of a body is searched; `seq` is the number of the message that was recalled."""

    text: str = ""
    name: str = ""
    seq: int = 0


_words: Final = msgspec.json.Decoder(_Words)


class Indexer:
    """Reads the log in the order in which it was written and indexes messages and notes; recalled ones leave the index.

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

        async def work(tx: Transaction) -> int:
            position = await tx.fetch_one(
                "select written_by, entry_id from index_cursor where name = 'search'"
            )
            rows = await tx.fetch(self._sql.unread, *(position or (0, 0)), BATCH)
            fresh: list[tuple[int, str, str]] = []
            for _, entry_id, _, organization_id, conversation_id, kind, sender_id, recalled, body in rows:
                words = _words.decode(body)
                text = words.text or words.name
                if kind != "recalled" and not recalled and text:
                    filters = f"o{organization_id} c{conversation_id} s{sender_id}"
                    fresh.append((entry_id, index_tokens(text), filters))
            if fresh:
                await tx.execute(self._sql.add, msgspec.json.encode(fresh).decode())
            for _, _, _, _, conversation_id, kind, _, _, body in rows:
                if kind == "recalled":
                    await self._forget(tx, conversation_id, _words.decode(body).seq)
            if rows:
                await tx.execute(
                    """insert into index_cursor (name, written_by, entry_id) values ('search', $1, $2)
                    on conflict (name) do update set written_by = excluded.written_by, entry_id = excluded.entry_id""",
                    *rows[-1][:2],
                )
            return len(rows)

        return await self._platform.database.write(EVERY_ORGANIZATION, work) == BATCH

    async def _run(self) -> None:
        """Follow the log; when behind, use at most half of the time, so that messages come first."""
        monotonic = self._platform.clock.monotonic
        while True:
            begun = monotonic()
            more = await self.catch_up()
            await asyncio.sleep(max(0.001, monotonic() - begun) if more else IDLE)

    async def _forget(self, tx: Transaction, conversation_id: int, seq: int) -> None:
        row = await tx.fetch_one(
            "select id from entry where conversation_id = $1 and seq = $2", conversation_id, seq
        )
        if row is not None:
            await tx.execute(self._sql.remove, row[0])
