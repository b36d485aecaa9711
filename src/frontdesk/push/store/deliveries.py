"""Deliveries in the database."""

from collections.abc import Sequence
from typing import Final

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.push.types import HOLD, Delivery, Kind

_COLUMNS: Final = """id, organization_id, subscription_id, principal_id, origin, event, kind, conversation_id, seq,
    ends_at, attempts, next_at, held_until"""


async def add(tx: Transaction, one: Delivery) -> None:
    """A repeat adds nothing. Of a conversation's messages the first one that is not sent yet stands for all."""
    if one.kind is Kind.MESSAGE and await _joins(tx, one):
        return
    await tx.execute(
        f"""insert into push_delivery ({_COLUMNS})
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (subscription_id, event) do nothing""",  # noqa: S608 - constant columns
        one.id,
        one.organization_id,
        one.subscription_id,
        one.principal_id,
        one.origin,
        one.event,
        one.kind,
        one.conversation_id,
        one.seq,
        one.ends_at,
        one.attempts,
        one.next_at,
        one.held_until,
    )


async def _joins(tx: Transaction, one: Delivery) -> bool:
    joined = await tx.execute(
        """update push_delivery set ends_at = $1,
            held_until = case when held_until is null then null else cast($2 as bigint) end
        where organization_id = $3 and subscription_id = $4 and conversation_id = $5 and kind = 'message'
            and (next_at is not null or held_until is not null)""",
        one.ends_at,
        one.held_until,
        one.organization_id,
        one.subscription_id,
        one.conversation_id,
    )
    return joined > 0


async def find(reader: Reader, organization_id: int, delivery_id: int) -> Delivery | None:
    row = await reader.fetch_one(
        f"select {_COLUMNS} from push_delivery where organization_id = $1 and id = $2",  # noqa: S608 - constant columns
        organization_id,
        delivery_id,
    )
    return None if row is None else _delivery(row)


async def events_known(reader: Reader, events: Sequence[str]) -> frozenset[tuple[int, str]]:
    """Those of these events that have a delivery, with its subscription."""
    rows = await reader.fetch(
        "select subscription_id, event from push_delivery where event = any($1)", list(events)
    )
    return frozenset((row[0], row[1]) for row in rows)


async def who_is_held(reader: Reader, now: Millis) -> Sequence[tuple[int, int]]:
    """(organization, principal) of all for whom something is held that may be let go."""
    rows = await reader.fetch(
        """select distinct organization_id, principal_id from push_delivery
        where held_until > $1 and held_until <= $2""",
        now,
        now + HOLD,
    )
    return [(row[0], row[1]) for row in rows]


async def release(tx: Transaction, organization_id: int, principal_ids: Sequence[int], now: Millis) -> None:
    """What is held for these, and may be let go, is due."""
    await tx.execute(
        """update push_delivery set next_at = $1, held_until = null
        where organization_id = $2 and principal_id = any($3) and held_until > $1 and held_until <= $4""",
        now,
        organization_id,
        list(principal_ids),
        now + HOLD,
    )


async def origins_due(reader: Reader, now: Millis) -> Sequence[str]:
    rows = await reader.fetch("select distinct origin from push_delivery where next_at <= $1", now)
    return [row[0] for row in rows]


async def find_due(reader: Reader, origin: str, now: Millis, *, limit: int) -> Sequence[Delivery]:
    """Of every organization, what is due at one push service, the oldest first."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from push_delivery where origin = $1 and next_at <= $2
        order by next_at, id limit $3""",  # noqa: S608 - constant columns
        origin,
        now,
        limit,
    )
    return [_delivery(row) for row in rows]


async def claim(tx: Transaction, one: Delivery, until: Millis) -> bool:
    """Begin an attempt: nobody else begins one before `until`. False when somebody has, or it is gone."""
    claimed = await tx.execute(
        """update push_delivery set attempts = attempts + 1, next_at = $1
        where organization_id = $2 and id = $3 and attempts = $4 and next_at is not null""",
        until,
        one.organization_id,
        one.id,
        one.attempts,
    )
    return claimed == 1


async def settle(tx: Transaction, one: Delivery, next_at: Millis | None) -> None:
    """When to try again; None: it is done."""
    await tx.execute(
        "update push_delivery set next_at = $1 where organization_id = $2 and id = $3",
        next_at,
        one.organization_id,
        one.id,
    )


async def remove_over(tx: Transaction, now: Millis) -> None:
    """Of every organization: what was looked at for as long as it is held, and what nobody needs to know of any more."""
    await tx.execute("delete from push_delivery where held_until <= $1", now)
    await tx.execute("delete from push_delivery where ends_at <= $1", now)


def _delivery(row: Row) -> Delivery:
    (identity, organization_id, subscription_id, principal_id, origin, event, kind, conversation_id, seq, ends_at,
     attempts, next_at, held_until) = row  # fmt: skip
    return Delivery(
        id=identity,
        organization_id=organization_id,
        subscription_id=subscription_id,
        principal_id=principal_id,
        origin=origin,
        event=event,
        kind=Kind(kind),
        conversation_id=conversation_id,
        seq=seq,
        ends_at=ends_at,
        attempts=attempts,
        next_at=next_at,
        held_until=held_until,
    )
