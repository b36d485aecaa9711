"""Seats. Every change is one conditional statement, so that two at once cannot both have the last place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from frontdesk.core.clock import Millis
from frontdesk.dispatch.store.organizations import places
from frontdesk.dispatch.types import Seat
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_COLUMNS: Final = "agent_id, capacity, load, reserved, ceiling, last_assigned_at, reassign_at, freed_at, wraps_until, missed"


def _seat(row: Row) -> Seat:
    return Seat(*row)


async def find(reader: Reader, organization_id: int, agent_id: int) -> Seat | None:
    row = await reader.fetch_one(
        f"select {_COLUMNS} from seat where organization_id = $1 and agent_id = $2",  # noqa: S608 - constant columns
        organization_id,
        agent_id,
    )
    return None if row is None else _seat(row)


async def all_of(reader: Reader, organization_id: int) -> dict[int, Seat]:
    rows = await reader.fetch(
        f"select {_COLUMNS} from seat where organization_id = $1",  # noqa: S608 - constant columns
        organization_id,
    )
    return {seat.agent_id: seat for seat in map(_seat, rows)}


async def find_many(reader: Reader, organization_id: int, agent_ids: Sequence[int]) -> dict[int, Seat]:
    if not agent_ids:
        return {}
    rows = await reader.fetch(
        f"select {_COLUMNS} from seat where organization_id = $1 and agent_id = any($2)",  # noqa: S608 - constant columns
        organization_id,
        agent_ids,
    )
    return {seat.agent_id: seat for seat in map(_seat, rows)}


async def set_capacities(
    transaction: Transaction, organization_id: int, capacities: Iterable[tuple[int, int]]
) -> None:
    """Make these agents' seats, or follow changed capacities. Nobody loses a conversation: the ceiling drains down to it."""
    await transaction.execute_each(
        """insert into seat (agent_id, organization_id, capacity, load, reserved, ceiling)
        values ($1, $2, $3, 0, 0, $3)
        on conflict (agent_id) do update set capacity = excluded.capacity,
        ceiling = case when excluded.capacity > seat.load + seat.reserved then excluded.capacity
                       else seat.load + seat.reserved end
        where seat.capacity <> excluded.capacity""",
        [(agent_id, organization_id, capacity) for agent_id, capacity in capacities],
    )


class Taking(NamedTuple):
    """So many places of an agent, from this moment on."""

    agent_id: int
    at: Millis
    weight: int


async def occupy(
    transaction: Transaction, organization_id: int, *takings: Taking
) -> Mapping[int, int] | None:
    """Take free places; returns how many each agent has left, None when somebody had not as many."""
    left = await transaction.fetch_each(
        """update seat set last_assigned_at = $1, load = load + $2
        where organization_id = $3 and agent_id = $4 and load + reserved + $2 <= capacity
        returning agent_id, capacity - load - reserved""",
        [(one.at, one.weight, organization_id, one.agent_id) for one in takings],
    )
    return dict(left) if len(left) == len(takings) else None


async def squeeze_in(
    transaction: Transaction, organization_id: int, agent_id: int, at: Millis, weight: int
) -> None:
    """Take places even where there are none: the ceiling is lifted by what is missing, and comes down with the load."""
    await transaction.execute(
        """update seat set last_assigned_at = $1, load = load + $2,
        ceiling = case when ceiling >= load + reserved + $2 then ceiling else load + reserved + $2 end
        where organization_id = $3 and agent_id = $4""",
        at,
        weight,
        organization_id,
        agent_id,
    )


async def release(
    transaction: Transaction, organization_id: int, agent_id: int, at: Millis, weight: int
) -> None:
    await transaction.execute(
        """update seat set freed_at = $1, load = load - $2,
        ceiling = case when capacity > load - $2 + reserved then capacity else load - $2 + reserved end
        where organization_id = $3 and agent_id = $4""",
        at,
        weight,
        organization_id,
        agent_id,
    )


async def reserve(transaction: Transaction, organization_id: int, *takings: Taking) -> bool:
    """Hold free places for offers. False when somebody has not as many."""
    held = await transaction.fetch_each(
        """update seat set last_assigned_at = $1, reserved = reserved + $2
        where organization_id = $3 and agent_id = $4 and load + reserved + $2 <= capacity returning agent_id""",
        [(one.at, one.weight, organization_id, one.agent_id) for one in takings],
    )
    return len(held) == len(takings)


async def claim(transaction: Transaction, organization_id: int, agent_id: int, weight: int) -> int | None:
    """Turn held places into taken ones; returns how many are free (below 0 while a lowered capacity drains), None
    when they were not held.
    """
    row = await transaction.fetch_one(
        """update seat set reserved = reserved - $1, load = load + $1
        where organization_id = $2 and agent_id = $3 and reserved >= $1
        returning capacity - load - reserved""",
        weight,
        organization_id,
        agent_id,
    )
    return None if row is None else row[0]


async def unreserve(transaction: Transaction, organization_id: int, agent_id: int, weight: int) -> None:
    await transaction.execute(
        """update seat set reserved = reserved - $1,
        ceiling = case when capacity > load + reserved - $1 then capacity else load + reserved - $1 end
        where organization_id = $2 and agent_id = $3""",
        weight,
        organization_id,
        agent_id,
    )


async def repair(
    transaction: Transaction, organization_id: int, agent_id: int, load: int, reserved: int
) -> None:
    """Put in what the conversations and offers say."""
    await transaction.execute(
        """update seat set load = $1, reserved = $2,
        ceiling = case when capacity > $3 then capacity else $3 end
        where organization_id = $4 and agent_id = $5""",
        load,
        reserved,
        load + reserved,
        organization_id,
        agent_id,
    )


# ---- agents who are gone -------------------------------------------------------------------------------------------


async def set_reassign_at(
    transaction: Transaction, organization_id: int, agent_id: int, at: Millis | None
) -> None:
    """When this absent agent's conversations go back to the queue; None while the agent is there."""
    await transaction.execute(
        "update seat set reassign_at = $1 where organization_id = $2 and agent_id = $3",
        at,
        organization_id,
        agent_id,
    )


async def due_for_reassignment(
    reader: Reader, now: Millis, organization_ids: Sequence[int], *, limit: int
) -> list[tuple[int, int]]:
    """(organization, agent) of those of these organizations who have been gone too long."""
    rows = await reader.fetch(
        f"""select organization_id, agent_id from seat where reassign_at <= $1
        and organization_id in ({places(2, organization_ids)}) order by reassign_at limit {limit:d}""",  # noqa: S608 - places and a number
        now,
        *organization_ids,
    )
    return [(organization_id, agent_id) for organization_id, agent_id in rows]


# ---- the weighted policy's turns ------------------------------------------------------------------------------------


async def turns(reader: Reader, organization_id: int, team_id: int) -> dict[int, int]:
    rows = await reader.fetch(
        "select agent_id, balance from turn where organization_id = $1 and team_id = $2",
        organization_id,
        team_id,
    )
    return dict(rows)


async def set_turns(
    transaction: Transaction, organization_id: int, team_id: int, balances: Iterable[tuple[int, int]]
) -> None:
    await transaction.execute_each(
        """insert into turn (team_id, agent_id, organization_id, balance) values ($1, $2, $3, $4)
        on conflict (team_id, agent_id) do update set balance = excluded.balance""",
        [(team_id, agent_id, organization_id, balance) for agent_id, balance in balances],
    )


# ---- what keeps an agent from the next one ---------------------------------------------------------------------------


async def wrap(transaction: Transaction, organization_id: int, agent_id: int, until: Millis | None) -> None:
    """The agent gets nothing new until then; None: from now on again."""
    await transaction.execute(
        "update seat set wraps_until = $1 where organization_id = $2 and agent_id = $3",
        until,
        organization_id,
        agent_id,
    )


async def done_wrapping(
    reader: Reader, now: Millis, organization_ids: Sequence[int], *, limit: int
) -> list[tuple[int, int]]:
    """(organization, agent) of those of these organizations whose time for wrapping up is over."""
    rows = await reader.fetch(
        f"""select organization_id, agent_id from seat where wraps_until <= $1
        and organization_id in ({places(2, organization_ids)}) order by wraps_until limit {limit:d}""",  # noqa: S608 - places and a number
        now,
        *organization_ids,
    )
    return [(organization_id, agent_id) for organization_id, agent_id in rows]


async def count_missed(transaction: Transaction, organization_id: int, agent_id: int) -> int:
    """One more offer ran out; returns how many in a row."""
    rows = await transaction.fetch(
        "update seat set missed = missed + 1 where organization_id = $1 and agent_id = $2 returning missed",
        organization_id,
        agent_id,
    )
    return rows[0][0] if rows else 0


async def answered(transaction: Transaction, organization_id: int, agent_id: int) -> None:
    """The agent is there: what was missed before is forgotten."""
    await transaction.execute(
        "update seat set missed = 0 where organization_id = $1 and agent_id = $2 and missed > 0",
        organization_id,
        agent_id,
    )


async def gone(reader: Reader, organization_id: int) -> list[int]:
    """The agents whose conversations will go to others, unless they come back."""
    rows = await reader.fetch(
        "select agent_id from seat where organization_id = $1 and reassign_at is not null", organization_id
    )
    return [row[0] for row in rows]
