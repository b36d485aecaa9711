"""What an attempt changes: the delivery, its chain, and in the end the webhook."""

from typing import Final

from msgspec import Struct, structs

from frontdesk.core.clock import Millis
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.outbox import tell_in
from frontdesk.platform.posting import Answer, parse_retry_after
from frontdesk.webhooks.listening import listen_in
from frontdesk.webhooks.retries import DAY, next_attempt
from frontdesk.webhooks.store import deliveries, webhooks
from frontdesk.webhooks.types import (
    Attempt,
    Delivery,
    DeliveryState,
    DisabledFor,
    EventType,
    Webhook,
    WebhookDisabled,
)

GONE: Final = 410
DISABLE_AFTER: Final[Millis] = 5 * DAY  # of nothing but failure


class Outcome(Struct, frozen=True):
    """An attempt that was made at `at`. `final`: there is no point in another one."""

    answer: Answer
    at: Millis
    duration_ms: int
    final: bool = False


async def note_in(
    platform: Platform, tx: Transaction, delivery: Delivery, outcome: Outcome
) -> DeliveryState | None:
    """Note an attempt and let the chain go on; returns what became of the delivery.

    None, and nothing is noted, when it was cleared away or settled meanwhile. A webhook whose receiver answers 410, or
    for which nothing has succeeded for days, is switched off, which is told as an event.
    """
    organization_id, now = delivery.organization_id, platform.clock.now()
    webhook = await webhooks.find(tx, organization_id, delivery.webhook_id)
    current = await deliveries.find(tx, organization_id, delivery.webhook_id, delivery.id)
    if webhook is None or current is None or not same_turn(current, delivery):
        return None
    answer = outcome.answer
    attempt = Attempt(
        platform.ids.new(), outcome.at, outcome.duration_ms, answer.status, answer.text, answer.error
    )
    await deliveries.insert_attempt(tx, delivery, attempt)
    after = _after(current, outcome, now)
    await deliveries.update(tx, after)
    if after.state is not DeliveryState.PENDING:
        await deliveries.wake_next(tx, organization_id, webhook.id, delivery.about, now)
    if not outcome.final:
        await _judge(platform, tx, webhook, answer, now)
    return after.state


def same_turn(current: Delivery, delivery: Delivery) -> bool:
    """Whether nobody has settled or replayed a delivery since it was read."""
    return (current.state, current.position, current.attempts) == (
        delivery.state,
        delivery.position,
        delivery.attempts,
    )


def _after(delivery: Delivery, outcome: Outcome, now: Millis) -> Delivery:
    answer, attempts = outcome.answer, delivery.attempts + 1
    if answer.is_success:
        return structs.replace(delivery, state=DeliveryState.DELIVERED, attempts=attempts, next_at=None)
    next_at = None
    if not outcome.final and answer.status != GONE:
        next_at = next_attempt(
            delivery.id,
            attempts,
            since=delivery.since,
            now=now,
            retry_after=parse_retry_after(answer.retry_after, now),
        )
    state = DeliveryState.DEAD if next_at is None else DeliveryState.PENDING
    return structs.replace(delivery, state=state, attempts=attempts, next_at=next_at)


async def _judge(platform: Platform, tx: Transaction, webhook: Webhook, answer: Answer, now: Millis) -> None:
    """Keep since when nothing has succeeded, and switch the webhook off when that is enough."""
    if answer.is_success:
        if webhook.failing_since is not None:
            await webhooks.update(tx, webhook.organization_id, structs.replace(webhook, failing_since=None))
        return
    since = now if webhook.failing_since is None else webhook.failing_since
    reason = DisabledFor.GONE if answer.status == GONE else None
    if reason is None and now - since >= DISABLE_AFTER:
        reason = DisabledFor.FAILING
    if reason is None or not webhook.enabled:
        if webhook.failing_since is None:
            await webhooks.update(tx, webhook.organization_id, structs.replace(webhook, failing_since=since))
        return
    off = structs.replace(webhook, enabled=False, disabled_for=reason, failing_since=since)
    await webhooks.update(tx, webhook.organization_id, off)
    await listen_in(platform, tx, webhook.organization_id)
    await tell_in(
        platform,
        tx,
        webhook.organization_id,
        EventType.WEBHOOK_DISABLED,
        about=webhook.id,
        data=WebhookDisabled(str(webhook.id), webhook.url, reason),
    )
