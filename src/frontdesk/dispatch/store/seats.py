"""Seats. Every change is one conditional statement, so that two at once cannot both have the last place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import Millis
from frontdesk.dispatch.seat import Seat
from frontdesk.dispatch.store.organizations import places
from frontdesk.dispatch.types import QueueItem
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_COLUMNS: Final = (
    "agent_id, capacity, load, reserved, ceiling, last_assigned_at, reassign_at, freed_at, wraps_until, missed, "
    "site_taken, app_taken, messaging_taken, site_limit, app_limit, messaging_limit"
)
_KINDS: Final = tuple(kind.value for kind in ChannelKind)
_FITS: Final = """load + reserved + $2 <= capacity
    and ($3 = 0 or site_taken + $3 <= coalesce(site_limit, capacity))
    and ($4 = 0 or app_taken + $4 <= coalesce(app_limit, capacity))
    and ($5 = 0 or messaging_taken + $5 <= coalesce(messaging_limit, capacity))"""
"""Whether so many places ($2) are free, of all and for the one kind of which they are ($3 to $5)."""


def _seat(row: Row) -> Seat:
    taken = dict(zip(_KINDS, row[-6:-3], strict=True))
    limits = {kind: most for kind, most in zip(_KINDS, row[-3:], strict=True) if most is not None}
    return Seat(*row[:-6], taken=taken, limits=limits)


def _of_kinds(weight: int, kind: str) -> tuple[int, int, int]:
    """So many places for the one kind, and none for the others."""
    site, app, messaging = (weight if kind == one else 0 for one in _KINDS)
    return site, app, messaging


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


class Places(NamedTuple):
    """What staff says of an agent: so many places, and of these so many at most for a kind."""

    agent_id: int
    capacity: int
    limits: Mapping[str, int]


async def set_places(transaction: Transaction, organization_id: int, told: Iterable[Places]) -> None:
    """Make these agents' seats, or follow what changed. Nobody loses a conversation: the ceiling drains down to the
    capacity, and a kind takes nothing new until it is within its limit.
    """
    await transaction.execute_each(
        """insert into seat (agent_id, organization_id, capacity, load, reserved, ceiling, site_limit, app_limit,
        messaging_limit) values ($1, $2, $3, 0, 0, $3, $4, $5, $6)
        on conflict (agent_id) do update set capacity = excluded.capacity, site_limit = excluded.site_limit,
        app_limit = excluded.app_limit, messaging_limit = excluded.messaging_limit,
        ceiling = case when excluded.capacity > seat.load + seat.reserved then excluded.capacity
                       else seat.load + seat.reserved end
        where seat.capacity <> excluded.capacity or seat.site_limit is distinct from excluded.site_limit
        or seat.app_limit is distinct from excluded.app_limit
        or seat.messaging_limit is distinct from excluded.messaging_limit""",
        [
            (one.agent_id, organization_id, one.capacity, *(one.limits.get(kind) for kind in _KINDS))
            for one in told
        ],
    )


class Taking(NamedTuple):
    """So many places of an agent, from this moment on, for a conversation of this kind."""

    agent_id: int
    at: Millis
    weight: int
    kind: str

    @property
    def of_kinds(self) -> tuple[int, int, int]:
        return _of_kinds(self.weight, self.kind)


async def occupy(transaction: Transaction, organization_id: int, *takings: Taking) -> bool:
    """Take free places. False when somebody has not as many, or not for this kind."""
    taken = await transaction.fetch_each(
        f"""update seat set last_assigned_at = $1, load = load + $2, site_taken = site_taken + $3,
        app_taken = app_taken + $4, messaging_taken = messaging_taken + $5
        where organization_id = $6 and agent_id = $7 and {_FITS} returning agent_id""",  # noqa: S608 - a constant condition
        [(one.at, one.weight, *one.of_kinds, organization_id, one.agent_id) for one in takings],
    )
    return len(taken) == len(takings)


async def squeeze_in(transaction: Transaction, organization_id: int, taking: Taking) -> None:
    """Take places even where there are none: the ceiling is lifted by what is missing, and comes down with the load."""
    await transaction.execute(
        """update seat set last_assigned_at = $1, load = load + $2, site_taken = site_taken + $3,
        app_taken = app_taken + $4, messaging_taken = messaging_taken + $5,
        ceiling = case when ceiling >= load + reserved + $2 then ceiling else load + reserved + $2 end
        where organization_id = $6 and agent_id = $7""",
        taking.at,
        taking.weight,
        *taking.of_kinds,
        organization_id,
        taking.agent_id,
    )


async def release(transaction: Transaction, organization_id: int, given: Taking) -> None:
    """Give back what was taken, at this moment."""
    await transaction.execute(
        """update seat set freed_at = $1, load = load - $2, site_taken = site_taken - $3,
        app_taken = app_taken - $4, messaging_taken = messaging_taken - $5,
        ceiling = case when capacity > load - $2 + reserved then capacity else load - $2 + reserved end
        where organization_id = $6 and agent_id = $7""",
        given.at,
        given.weight,
        *given.of_kinds,
        organization_id,
        given.agent_id,
    )


async def reserve(transaction: Transaction, organization_id: int, *takings: Taking) -> bool:
    """Hold free places for offers. False when somebody has not as many, or not for this kind."""
    held = await transaction.fetch_each(
        f"""update seat set last_assigned_at = $1, reserved = reserved + $2, site_taken = site_taken + $3,
        app_taken = app_taken + $4, messaging_taken = messaging_taken + $5
        where organization_id = $6 and agent_id = $7 and {_FITS} returning agent_id""",  # noqa: S608 - a constant condition
        [(one.at, one.weight, *one.of_kinds, organization_id, one.agent_id) for one in takings],
    )
    return len(held) == len(takings)


async def claim(transaction: Transaction, organization_id: int, agent_id: int, weight: int) -> bool:
    """Turn held places into taken ones; False when they were not held."""
    changed = await transaction.execute(
        """update seat set reserved = reserved - $1, load = load + $1
        where organization_id = $2 and agent_id = $3 and reserved >= $1""",
        weight,
        organization_id,
        agent_id,
    )
    return changed == 1


async def unreserve(transaction: Transaction, organization_id: int, item: QueueItem) -> None:
    """Hold the places no longer that were held for an offer of this."""
    await transaction.execute(
        """update seat set reserved = reserved - $1, site_taken = site_taken - $2,
        app_taken = app_taken - $3, messaging_taken = messaging_taken - $4,
        ceiling = case when capacity > load + reserved - $1 then capacity else load + reserved - $1 end
        where organization_id = $5 and agent_id = $6""",
        item.weight,
        *_of_kinds(item.weight, item.kind),
        organization_id,
        item.offered_to,
    )


async def repair(
    transaction: Transaction,
    organization_id: int,
    agent_id: int,
    *,
    load: int,
    reserved: int,
    taken: Mapping[str, int],
) -> None:
    """Put in what the conversations and offers say."""
    await transaction.execute(
        """update seat set load = $1, reserved = $2,
        ceiling = case when capacity > $3 then capacity else $3 end, site_taken = $4, app_taken = $5,
        messaging_taken = $6 where organization_id = $7 and agent_id = $8""",
        load,
        reserved,
        load + reserved,
        *(taken[kind] for kind in _KINDS),
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
