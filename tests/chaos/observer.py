"""Looks at the database from outside, as its owner: snapshots while it runs, and everything at the end."""

import asyncio
import json

import asyncpg

from tests.chaos.history import Header, Held, Journal, Logged, Sample, SeatState

EVERY = 0.25
_SEATS = """
select s.agent_id::text, coalesce(p.status, 'offline'),
    array(select m.team_id::text from team_member m where m.agent_id = s.agent_id),
    s.capacity, s.load, s.reserved, s.ceiling
from seat s left join agent_presence p using (agent_id) order by s.agent_id"""
_OPEN = """
select c.id::text, c.state, c.agent_id::text, q.team_id::text
from conversation c full join queue_item q on q.conversation_id = c.id
where c.state <> 'closed' or q.conversation_id is not null"""
_LOG = """
select conversation_id::text, seq, id::text, kind, sender_kind, sender_id::text, client_id,
    case kind when 'assigned' then body end
from entry order by conversation_id, seq"""


async def keep_sampling(url: str, journal: Journal) -> None:
    """A snapshot every `EVERY` seconds, as long as the database answers."""
    while True:
        try:
            connection = await asyncpg.connect(url, timeout=3)
        except (OSError, TimeoutError, asyncpg.PostgresError):
            await asyncio.sleep(0.1)
            continue
        try:
            while True:
                journal.write(await sample(connection, journal))
                await asyncio.sleep(EVERY)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            pass  # the database is away: another connection
        finally:
            connection.terminate()


async def sample(connection: asyncpg.Connection, journal: Journal) -> Sample:
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        seats = await connection.fetch(_SEATS, timeout=10)
        at = journal.now()
        conversations = await connection.fetch(_OPEN, timeout=10)
    return Sample(at, [SeatState(*row) for row in seats], [Held(*row) for row in conversations])


async def heads(url: str) -> dict[str, int]:
    """How long the log of each conversation is."""
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("select conversation_id::text, max(seq) from entry group by 1")
        return {row[0]: row[1] for row in rows}
    finally:
        await connection.close()


async def write_the_end(url: str, journal: Journal) -> None:
    """The last snapshot, the whole log and every header, of one moment."""
    connection = await asyncpg.connect(url)
    try:
        journal.write(await sample(connection, journal))
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            for row in await connection.fetch(
                "select id::text, state, agent_id::text, head from conversation"
            ):
                journal.write(Header(*row))
            async for row in connection.cursor(_LOG, prefetch=5_000):
                owner = None if row[7] is None else json.loads(row[7])["agent"]["id"]
                journal.write(Logged(row[0], row[1], row[2], row[3], row[4], row[5], row[6], owner))
    finally:
        await connection.close()
