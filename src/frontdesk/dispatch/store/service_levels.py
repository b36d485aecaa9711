"""Rows of service levels: what teams promise, what is counted, and what became of it."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.conversations import Position, rewound
from frontdesk.core.clock import Millis
from frontdesk.dispatch.service_levels.types import (
    Clock,
    Count,
    Measure,
    Promised,
    Result,
    ServiceLevel,
)
from frontdesk.dispatch.store.organizations import places
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_LEVEL: Final = "team_id, first_reply_s, next_reply_s, resolution_s, warn_percent, began_at"
_CLOCK: Final = "conversation_id, organization_id, seq, team_id, agent_id, replied, counts, look_at"
_RESULT: Final = "conversation_id, team_id, agent_id, measure, since, due_at, ended_at, took_ms, met"
_counts: Final = msgspec.json.Decoder(tuple[Count, ...])


# ---- what teams promise ---------------------------------------------------------------------------------------------


async def promises(reader: Reader, organization_id: int) -> dict[int, Promised]:
    """By team, of those that promise anything."""
    rows = await reader.fetch(
        f"select {_LEVEL} from service_level where organization_id = $1",  # noqa: S608 - constant columns
        organization_id,
    )
    return {row[0]: _promised(row) for row in rows}


async def promised(reader: Reader, organization_id: int, team_id: int) -> Promised | None:
    row = await reader.fetch_one(
        f"select {_LEVEL} from service_level where organization_id = $1 and team_id = $2",  # noqa: S608 - constant columns
        organization_id,
        team_id,
    )
    return None if row is None else _promised(row)


async def promise(
    transaction: Transaction, organization_id: int, team_id: int, level: ServiceLevel, now: Millis
) -> None:
    """From now on; what was promised before keeps the moment at which it began."""
    await transaction.execute(
        """insert into service_level (team_id, organization_id, first_reply_s, next_reply_s, resolution_s,
        warn_percent, began_at) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (team_id) do update set first_reply_s = excluded.first_reply_s,
        next_reply_s = excluded.next_reply_s, resolution_s = excluded.resolution_s,
        warn_percent = excluded.warn_percent""",
        team_id,
        organization_id,
        level.first_reply_s,
        level.next_reply_s,
        level.resolution_s,
        level.warn_percent,
        now,
    )


async def promise_nothing(transaction: Transaction, organization_id: int, team_id: int) -> None:
    await transaction.execute(
        "delete from service_level where organization_id = $1 and team_id = $2", organization_id, team_id
    )


async def promising(reader: Reader) -> frozenset[int]:
    """The organizations of which a team promises anything."""
    return frozenset(
        row[0] for row in await reader.fetch("select distinct organization_id from service_level")
    )


# ---- how far the log was followed ------------------------------------------------------------------------------------


async def position(reader: Reader) -> Position | None:
    """None while nobody promises anything."""
    row = await reader.fetch_one("select written_by, entry_id from service_cursor where name = 'log'")
    return None if row is None else Position(row[0], row[1])


async def begin(transaction: Transaction, at: Position) -> None:
    """Follow from here, unless the log is followed already."""
    await transaction.execute(
        """insert into service_cursor (name, written_by, entry_id) values ('log', $1, $2)
        on conflict (name) do nothing""",
        at.written_by,
        at.entry_id,
    )


async def advance(transaction: Transaction, before: Position, to: Position) -> None:
    """Unless another has read further."""
    await transaction.execute(
        """update service_cursor set written_by = $1, entry_id = $2
        where name = 'log' and written_by = $3 and entry_id = $4""",
        to.written_by,
        to.entry_id,
        before.written_by,
        before.entry_id,
    )


async def end(transaction: Transaction) -> None:
    """Follow no longer, if nobody promises anything."""
    await transaction.execute("delete from service_cursor where not exists (select 1 from service_level)")


async def rewind_in(transaction: Transaction) -> None:
    """Go on where the log goes on after it was restored on another server."""
    before = await position(transaction)
    if before is not None:
        await advance(transaction, before, await rewound(transaction, before))


# ---- what is counted ------------------------------------------------------------------------------------------------


async def clocks(reader: Reader, organization_id: int, conversation_ids: Sequence[int]) -> dict[int, Clock]:
    """By conversation, of those that have one."""
    if not conversation_ids:
        return {}
    rows = await reader.fetch(
        f"""select {_CLOCK} from service_clock
        where organization_id = $1 and conversation_id in ({places(2, conversation_ids)})""",  # noqa: S608 - places only
        organization_id,
        *conversation_ids,
    )
    return {row[0]: _clock(row) for row in rows}


async def counting(reader: Reader, organization_id: int) -> list[Clock]:
    """Those for which anything is counted."""
    rows = await reader.fetch(
        f"select {_CLOCK} from service_clock where organization_id = $1 and counting order by conversation_id",  # noqa: S608 - constant columns
        organization_id,
    )
    return [_clock(row) for row in rows]


async def organizations_counting(reader: Reader) -> frozenset[int]:
    rows = await reader.fetch("select distinct organization_id from service_clock where counting")
    return frozenset(row[0] for row in rows)


async def to_look_at(reader: Reader, now: Millis, *, limit: int) -> list[tuple[int, int]]:
    """(organization, conversation) of those for which time has changed something, the longest ago first."""
    rows = await reader.fetch(
        f"""select organization_id, conversation_id from service_clock
        where look_at <= $1 order by look_at limit {limit:d}""",  # noqa: S608 - a constant number
        now,
    )
    return [(organization_id, conversation_id) for organization_id, conversation_id in rows]


async def save_clock(transaction: Transaction, clock: Clock) -> None:
    """Unless another has read further."""
    await transaction.execute(
        """insert into service_clock (conversation_id, organization_id, seq, team_id, agent_id, replied, counts,
        counting, look_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (conversation_id) do update set seq = excluded.seq, team_id = excluded.team_id,
        agent_id = excluded.agent_id, replied = excluded.replied, counts = excluded.counts,
        counting = excluded.counting, look_at = excluded.look_at
        where service_clock.seq <= excluded.seq""",
        clock.conversation_id,
        clock.organization_id,
        clock.seq,
        clock.team_id,
        clock.agent_id,
        clock.replied,
        msgspec.json.encode(clock.counts).decode(),
        bool(clock.counts),
        clock.look_at,
    )


# ---- what became of it ----------------------------------------------------------------------------------------------


async def add_result(
    transaction: Transaction, organization_id: int, result: Result, *, identity: int
) -> None:
    """Once: what was measured stays as it was."""
    await transaction.execute(
        """insert into service_result (id, organization_id, conversation_id, team_id, agent_id, measure, since, due_at,
        ended_at, took_ms, met) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (conversation_id, measure, since) do nothing""",
        identity,
        organization_id,
        result.conversation_id,
        result.team_id,
        result.agent_id,
        result.measure,
        result.since,
        result.due_at,
        result.ended_at,
        result.took_ms,
        result.met,
    )


async def results(reader: Reader, organization_id: int, conversation_id: int) -> list[Result]:
    """In the order in which they ended."""
    rows = await reader.fetch(
        f"""select {_RESULT} from service_result where organization_id = $1 and conversation_id = $2
        order by ended_at, id""",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
    )
    return [_result(row) for row in rows]


def _promised(row: Row) -> Promised:
    _team_id, first, following, resolution, percent, began_at = row
    level = ServiceLevel(
        first_reply_s=first, next_reply_s=following, resolution_s=resolution, warn_percent=percent
    )
    return Promised(level, began_at)


def _clock(row: Row) -> Clock:
    conversation_id, organization_id, seq, team_id, agent_id, replied, counts, look_at = row
    return Clock(
        conversation_id,
        organization_id,
        seq,
        team_id,
        agent_id,
        bool(replied),
        _counts.decode(counts),
        look_at,
    )


def _result(row: Row) -> Result:
    conversation_id, team_id, agent_id, measure, since, due_at, ended_at, took_ms, met = row
    return Result(
        conversation_id, team_id, agent_id, Measure(measure), since, due_at, ended_at, took_ms, bool(met)
    )
