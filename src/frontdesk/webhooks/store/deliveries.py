"""Deliveries in the database: what is to be sent, in which order, and what became of it.

The deliveries of one webhook about one object are a chain in the order of `position`. Of its pending ones only the first
has a `next_at`; so finding what is due costs the same however much has piled up behind it.
"""

from typing import Final

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.webhooks.types import Attempt, Delivery, DeliveryState

_COLUMNS: Final = """id, organization_id, webhook_id, event_id, event, at, about, position, seq, data, state, attempts,
    since, next_at"""
_HEAD: Final = """not exists (select 1 from webhook_delivery e where e.webhook_id = webhook_delivery.webhook_id
    and e.about = webhook_delivery.about and e.state = 'pending' and e.position < webhook_delivery.position)"""


async def add(tx: Transaction, delivery: Delivery) -> None:
    """Put a delivery at the end of its chain. It is due at its `next_at`, or waits if the chain has others.

    A second delivery of one event to one webhook is not added.
    """
    await tx.execute(
        """insert into webhook_delivery (id, organization_id, webhook_id, event_id, event, at, about, position, seq,
            data, state, attempts, since, next_at)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', 0, $11,
            case when exists (select 1 from webhook_delivery e
                where e.webhook_id = $3 and e.about = $7 and e.state = 'pending') then null else cast($12 as bigint) end
        where true on conflict (webhook_id, event_id) do nothing""",
        delivery.id,
        delivery.organization_id,
        delivery.webhook_id,
        delivery.event_id,
        delivery.event,
        delivery.at,
        delivery.about,
        delivery.position,
        delivery.seq,
        delivery.data,
        delivery.since,
        delivery.next_at,
    )


async def find(reader: Reader, organization_id: int, webhook_id: int, delivery_id: int) -> Delivery | None:
    row = await reader.fetch_one(
        f"""select {_COLUMNS} from webhook_delivery
        where organization_id = $1 and webhook_id = $2 and id = $3""",  # noqa: S608 - constant columns
        organization_id,
        webhook_id,
        delivery_id,
    )
    return None if row is None else _delivery(row)


async def find_page(
    reader: Reader,
    organization_id: int,
    webhook_id: int,
    *,
    state: DeliveryState | None,
    before: int | None,
    limit: int,
) -> list[Delivery]:
    """Newest first."""
    last = before if before is not None else (1 << 63) - 1
    states = [state] * 3 if state is not None else list(DeliveryState)
    rows = await reader.fetch(
        f"""select {_COLUMNS} from webhook_delivery where organization_id = $1 and webhook_id = $2
        and state in ($3, $4, $5) and id < $6 order by id desc limit $7""",  # noqa: S608 - constant columns
        organization_id,
        webhook_id,
        *states,
        last,
        limit,
    )
    return [_delivery(row) for row in rows]


async def find_due(
    reader: Reader, organization_id: int, webhook_id: int, now: Millis, *, limit: int
) -> list[Delivery]:
    """What is to be sent by now, the longest due first: at most one of a chain."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from webhook_delivery where organization_id = $1 and webhook_id = $2 and next_at <= $3
        order by next_at, position limit $4""",  # noqa: S608 - constant columns
        organization_id,
        webhook_id,
        now,
        limit,
    )
    return [_delivery(row) for row in rows]


async def update(tx: Transaction, delivery: Delivery) -> None:
    await tx.execute(
        """update webhook_delivery set position = $1, state = $2, attempts = $3, since = $4, next_at = $5
        where organization_id = $6 and id = $7""",
        delivery.position,
        delivery.state,
        delivery.attempts,
        delivery.since,
        delivery.next_at,
        delivery.organization_id,
        delivery.id,
    )


async def wake_next(tx: Transaction, organization_id: int, webhook_id: int, about: int, now: Millis) -> None:
    """The first pending of a chain is due now, unless it has a time already."""
    await tx.execute(
        """update webhook_delivery set next_at = $1 where id = (select id from webhook_delivery
            where organization_id = $2 and webhook_id = $3 and about = $4 and state = 'pending'
            order by position limit 1) and next_at is null""",
        now,
        organization_id,
        webhook_id,
        about,
    )


async def wake_all(tx: Transaction, organization_id: int, webhook_id: int, now: Millis) -> None:
    """The first pending of every chain of a webhook is due now, unless it has a time already."""
    await tx.execute(
        f"""update webhook_delivery set next_at = $1
        where organization_id = $2 and webhook_id = $3 and state = 'pending' and next_at is null
        and {_HEAD}""",  # noqa: S608 - constant condition
        now,
        organization_id,
        webhook_id,
    )


async def put_back(
    tx: Transaction,
    organization_id: int,
    webhook_id: int,
    *,
    states: tuple[DeliveryState, DeliveryState],
    begin: Millis,
    end: Millis,
    up_to: int,
    first: int,
    since: Millis,
    limit: int,
) -> int:
    """Make done ones pending again; returns how many.

    Those of events from `begin` until before `end` that stand before `up_to`; in their order they get the positions
    from `first` on.
    """
    return await tx.execute(
        """update webhook_delivery set state = 'pending', attempts = 0, since = $1, position = $2 + again.number - 1
        from (select done.id, row_number() over (order by done.position) as number from
            (select d.id, d.position from webhook_delivery d where d.organization_id = $3 and d.webhook_id = $4
            and d.state in ($5, $6) and d.at >= $7 and d.at < $8 and d.position < $9
            order by d.position limit $10) as done) as again
        where webhook_delivery.id = again.id""",
        since,
        first,
        organization_id,
        webhook_id,
        *states,
        begin,
        end,
        up_to,
        limit,
    )


async def insert_attempt(tx: Transaction, delivery: Delivery, attempt: Attempt) -> None:
    await tx.execute(
        """insert into webhook_attempt (id, organization_id, webhook_id, delivery_id, at, duration_ms, status, answer,
            error) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        attempt.id,
        delivery.organization_id,
        delivery.webhook_id,
        delivery.id,
        attempt.at,
        attempt.duration_ms,
        attempt.status,
        attempt.answer,
        attempt.error,
    )


async def find_attempts(reader: Reader, organization_id: int, delivery_id: int) -> list[Attempt]:
    """Oldest first."""
    rows = await reader.fetch(
        """select id, at, duration_ms, status, answer, error from webhook_attempt
        where organization_id = $1 and delivery_id = $2 order by id""",
        organization_id,
        delivery_id,
    )
    return [Attempt(*row) for row in rows]


async def delete_old(tx: Transaction, before: int, *, limit: int) -> int:
    """Clear away some that were made before an id: done ones, and those of webhooks that are off. Returns how many."""
    old = """select d.id from webhook_delivery d where d.id < $1 and (d.state <> 'pending' or exists
        (select 1 from webhook w where w.id = d.webhook_id and not w.enabled)) order by d.id limit $2"""
    return await _delete(tx, old, before, limit)


async def delete_some(tx: Transaction, organization_id: int, webhook_id: int, *, limit: int) -> int:
    """Clear away some of a webhook's deliveries; returns how many."""
    some = """select d.id from webhook_delivery d where d.organization_id = $1 and d.webhook_id = $2
        order by d.id limit $3"""
    return await _delete(tx, some, organization_id, webhook_id, limit)


async def _delete(tx: Transaction, which: str, *values: int) -> int:
    await tx.execute(f"delete from webhook_attempt where delivery_id in ({which})", *values)  # noqa: S608 - statements of ours
    return await tx.execute(f"delete from webhook_delivery where id in ({which})", *values)  # noqa: S608 - statements of ours


def _delivery(row: Row) -> Delivery:
    (identity, organization_id, webhook_id, event_id, event, at, about, position, seq, data, state, attempts, since,
     next_at) = row  # fmt: skip
    return Delivery(
        id=identity,
        organization_id=organization_id,
        webhook_id=webhook_id,
        event_id=event_id,
        event=event,
        at=at,
        about=about,
        position=position,
        seq=seq,
        data=data,
        state=DeliveryState(state),
        attempts=attempts,
        since=since,
        next_at=next_at,
    )
