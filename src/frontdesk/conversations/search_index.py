"""The indexer: a tailer of the log that keeps the search index behind it by a moment."""

import asyncio
from typing import Final

import msgspec

from frontdesk.conversations.search_tokens import index_tokens
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.platform.tasks import Tasks

BATCH: Final = 64  # small: a batch holds the writer, and messages on their way wait for it
IDLE: Final = 0.25
_TEXT: Final = """
select e.id, e.organization_id, e.conversation_id, e.kind, e.sender_id, e.recalled,
    coalesce(e.body ->> 'text', e.body ->> 'name', ''), e.body ->> 'seq'
from entry e where e.id > $1 and e.kind in ('message', 'note', 'recalled') order by e.id limit $2"""
_INSERT: Final = """
insert into entry_index (rowid, words, filters)
select value ->> 0, value ->> 1, value ->> 2 from json_each($1)"""


class Indexer:
    """Reads the log in the order of its ids and indexes messages and notes; recalled ones leave the index.

    Guarantee: once `catch_up` returns False, everything committed before the call is found by search.
    Its position is kept in the same transaction as the index, so a crash neither skips nor doubles an entry.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def start(self, tasks: Tasks) -> None:
        """Follow the log in one process at a time of those that ask for it."""
        self._platform.leases.lead(tasks, "search-indexer", self._run)

    async def catch_up(self) -> bool:
        """Index one batch; True when there may be more."""

        async def work(tx: Transaction) -> int:
            position = await tx.fetch_one("select entry_id from index_cursor where name = 'search'")
            rows = await tx.fetch(_TEXT, 0 if position is None else position[0], BATCH)
            fresh: list[tuple[int, str, str]] = []
            for entry_id, organization_id, conversation_id, kind, sender_id, recalled, text, _ in rows:
                if kind != "recalled" and not recalled and text:
                    filters = f"o{organization_id} c{conversation_id} s{sender_id}"
                    fresh.append((entry_id, index_tokens(text), filters))
            if fresh:
                await tx.execute(_INSERT, msgspec.json.encode(fresh).decode())
            for _, _, conversation_id, kind, _, _, _, seq in rows:
                if kind == "recalled":
                    await _forget(tx, conversation_id, seq)
            if rows:
                await tx.execute(
                    """insert into index_cursor (name, entry_id) values ('search', $1)
                    on conflict (name) do update set entry_id = excluded.entry_id""",
                    rows[-1][0],
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


async def _forget(tx: Transaction, conversation_id: int, seq: int) -> None:
    row = await tx.fetch_one(
        "select id from entry where conversation_id = $1 and seq = $2", conversation_id, seq
    )
    if row is not None:
        await tx.execute("delete from entry_index where rowid = $1", row[0])
