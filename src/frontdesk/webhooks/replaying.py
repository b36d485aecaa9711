"""Sending again what was sent, or could not be; and sending a test. What is replayed goes to the end of its line."""

from typing import Final

from msgspec import structs

from frontdesk.audit import Action, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.clock import Millis
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Transaction
from frontdesk.webhooks.manage import get_in, target_of
from frontdesk.webhooks.queueing import event_id, new_delivery, queue_in
from frontdesk.webhooks.store import deliveries, relay
from frontdesk.webhooks.types import TEST_EVENT, Delivery, DeliveryState, Webhook

_UNIT: Final = 200  # a unit of work holds the writer
_FOREVER: Final[Millis] = 1 << 62


async def send_test(platform: Platform, subject: Subject, webhook_id: int) -> Delivery:
    """Put a `webhook.test` into the line, whatever the webhook listens to. Raises `conflict` while it is off."""
    require(subject, Permission.WEBHOOK_MANAGE)
    organization_id, now, identity = subject.organization_id, platform.clock.now(), platform.ids.new()

    async def work(tx: Transaction) -> Delivery:
        webhook = await _enabled_in(tx, organization_id, webhook_id)
        data = f'{{"webhook_id":"{webhook_id}"}}'
        delivery = new_delivery(
            platform,
            webhook,
            event_id=event_id(identity),
            event=TEST_EVENT,
            at=now,
            about=identity,
            data=data,
        )
        (queued,) = await queue_in(tx, [delivery])
        return queued

    return await platform.database.write(organization_id, work)


async def replay(platform: Platform, subject: Subject, webhook_id: int, delivery_id: int) -> Delivery:
    """Send one again, with its id of before; a pending one is tried now instead of later.

    Raises `conflict` while the webhook is off.
    """
    require(subject, Permission.WEBHOOK_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> Delivery:
        webhook = await _enabled_in(tx, organization_id, webhook_id)
        delivery = await deliveries.find(tx, organization_id, webhook_id, delivery_id)
        if delivery is None:
            raise not_found("delivery")
        await record_in(platform, tx, subject, Action.WEBHOOK_REPLAYED, target_of(webhook))
        if delivery.state is not DeliveryState.PENDING:
            await _again_in(tx, delivery, now)
        elif delivery.next_at is not None:
            await deliveries.update(tx, structs.replace(delivery, next_at=now))
        changed = await deliveries.find(tx, organization_id, webhook_id, delivery_id)
        return changed or delivery

    return await platform.database.write(organization_id, work)


async def replay_many(
    platform: Platform,
    subject: Subject,
    webhook_id: int,
    *,
    state: DeliveryState | None = None,
    begin: Millis | None = None,
    end: Millis | None = None,
) -> int:
    """Send again what is done: the dead, or what happened from `begin` until before `end`, or both; in its order.

    Returns how many. What is pending is left alone, and what is replayed is not replayed again by the same call.
    """
    require(subject, Permission.WEBHOOK_MANAGE)
    if state is DeliveryState.PENDING or (state is None and begin is None and end is None):
        raise invalid(
            "webhooks.replay-what",
            "Say what to send again: the dead or the delivered ones, a time range, or both.",
            hint="state is dead or delivered; from and to are milliseconds.",
        )
    organization_id, now = subject.organization_id, platform.clock.now()
    states = (DeliveryState.DEAD, DeliveryState.DELIVERED) if state is None else (state, state)

    async def boundary(tx: Transaction) -> int:
        webhook = await _enabled_in(tx, organization_id, webhook_id)
        await record_in(platform, tx, subject, Action.WEBHOOK_REPLAYED, target_of(webhook))
        return await relay.number(tx, 1)

    up_to = await platform.database.write(organization_id, boundary)

    async def work(tx: Transaction) -> int:
        await _enabled_in(tx, organization_id, webhook_id)
        count = await deliveries.put_back(
            tx,
            organization_id,
            webhook_id,
            states=states,
            begin=begin or 0,
            end=_FOREVER if end is None else end,
            up_to=up_to,
            first=await relay.number(tx, _UNIT),
            since=now,
            limit=_UNIT,
        )
        await deliveries.wake_all(tx, organization_id, webhook_id, now)
        return count

    count = 0
    while moved := await platform.database.write(organization_id, work):
        count += moved
    return count


async def _enabled_in(tx: Transaction, organization_id: int, webhook_id: int) -> Webhook:
    webhook = await get_in(tx, organization_id, webhook_id)
    if not webhook.enabled:
        raise conflict("webhooks.off", "This webhook is switched off.", hint="Switch it on first.")
    return webhook


async def _again_in(tx: Transaction, delivery: Delivery, now: Millis) -> None:
    position = await relay.number(tx, 1)
    fresh = structs.replace(delivery, position=position, state=DeliveryState.PENDING, attempts=0, since=now)
    await deliveries.update(tx, fresh)
    await deliveries.wake_next(tx, delivery.organization_id, delivery.webhook_id, delivery.about, now)
