"""What an append and a follower read must not grow with what is there, whatever PostgreSQL knows of its tables."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.app.engines import open_platform
from frontdesk.conversations import Log, Position, Text, lines_after
from frontdesk.core.clock import SystemClock
from frontdesk.platform import EVERY_ORGANIZATION, Config, Platform, Reader, Transaction
from tests.service.test_conversations_log import opened, visitor

pytestmark = pytest.mark.parametrize("config", ["postgres"], indirect=True)
CONVERSATIONS = 40
TURNS = 10
LONG = 500  # entries that each conversation has already
_EARLIER = """insert into entry (id, organization_id, conversation_id, seq, kind, at, sender_kind, sender_id, sender_name,
    client_id, body, recalled, written_by)
    select row_number() over by_seq, c.organization_id, c.id, c.head + n, 'message', c.last_entry_at, 'visitor', c.contact_id,
        '', 'earlier-' || n, '{"type": "text", "text": "Hello"}', false, row_number() over by_seq / 100
    from conversation c, generate_series(1, $1) as n window by_seq as (order by n, c.id)"""
_READ = """select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = any('{entry,conversation}')),
    (select sum(seq_tup_read) from pg_stat_user_tables where relname = any('{entry,conversation}'))"""


async def never(_organization: int, _conversation: int) -> bool:
    return False


async def rows_read(process: Platform) -> int:
    async def read(reader: Reader) -> int:
        await reader.fetch("select pg_stat_force_next_flush()")
        row = await reader.fetch_one(_READ)
        assert row is not None
        return int(row[0]) + int(row[1])

    await process.database.read(
        EVERY_ORGANIZATION, read
    )  # what this connection has counted is told when it is idle
    return await process.database.read(EVERY_ORGANIZATION, read)


@pytest.fixture
async def process(config: Config, platform: Platform, organization: int) -> AsyncIterator[Platform]:
    """One that connects to a server without statistics: its tables were filled a moment ago."""
    for _ in range(CONVERSATIONS):
        await opened(platform, organization)

    async def lengthen(tx: Transaction) -> None:
        await tx.execute(_EARLIER, LONG)
        await tx.execute("update conversation set head = head + $1", LONG)

    await platform.database.write(EVERY_ORGANIZATION, lengthen)
    async with open_platform(config, SystemClock()) as other:
        yield other


async def send(process: Platform, log: Log, organization: int, turn: int) -> None:
    """A message into every conversation."""

    async def read(reader: Reader) -> list[int]:
        return [row[0] for row in await reader.fetch("select id from conversation")]

    conversations = await process.database.read(EVERY_ORGANIZATION, read)
    who = visitor(organization)
    await asyncio.gather(*(log.send(who, each, f"now-{turn}", Text("Hello")) for each in conversations))


async def test_an_append_reads_as_much_from_long_conversations_as_from_short_ones(
    process: Platform, organization: int
) -> None:
    log = Log(process, reopen=never)
    before = await rows_read(process)
    for turn in range(TURNS):
        await send(process, log, organization, turn)
    assert (await rows_read(process) - before) / (TURNS * CONVERSATIONS) < 20


async def test_who_follows_the_log_from_far_behind_reads_what_is_next_and_not_what_is_there(
    process: Platform,
) -> None:
    position, followed = Position(0, 0), 0
    before = await rows_read(process)
    for _ in range(TURNS):
        lines, position = await process.database.read(
            EVERY_ORGANIZATION, lambda reader, at=position: lines_after(process, reader, at, limit=64)
        )
        followed += len(lines)
    assert followed >= TURNS * 64
    assert (await rows_read(process) - before) / followed < 20
