"""Putting events into the line of a webhook."""

from collections.abc import Sequence

from msgspec import structs

from frontdesk.core.clock import Millis
from frontdesk.platform import Platform, Transaction
from frontdesk.webhooks.store import deliveries, relay
from frontdesk.webhooks.types import Delivery, DeliveryState, Webhook


def event_id(identity: int) -> str:
    """What receivers tell repeats by: one for each event, the same for every webhook, retry and replay."""
    return f"evt_{identity}"


def new_delivery(
    platform: Platform,
    webhook: Webhook,
    *,
    event_id: str,
    event: str,
    at: Millis,
    about: int,
    seq: int | None = None,
    data: str | None = None,
) -> Delivery:
    """An event for a webhook, due at once. Of an entry give its seq, of everything else the data."""
    now = platform.clock.now()
    return Delivery(
        id=platform.ids.new(),
        organization_id=webhook.organization_id,
        webhook_id=webhook.id,
        event_id=event_id,
        event=event,
        at=at,
        about=about,
        position=0,
        seq=seq,
        data=data,
        state=DeliveryState.PENDING,
        attempts=0,
        since=now,
        next_at=now,
    )


async def queue_in(tx: Transaction, fresh: Sequence[Delivery]) -> list[Delivery]:
    """Put deliveries behind everything that is in line, in the order given; returns them with their places."""
    first = await relay.number(tx, len(fresh))
    queued = [structs.replace(delivery, position=first + offset) for offset, delivery in enumerate(fresh)]
    for delivery in queued:
        await deliveries.add(tx, delivery)
    return queued
