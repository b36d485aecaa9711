"""Sending what is due. Webhooks do not wait for each other, and within one only the events about one object do.

A webhook has a few requests in flight at once, and fewer while it fails: a dead receiver costs little and holds up
nobody. Every attempt is noted after it was made; when the process dies in between, the event is sent again.
"""

import asyncio
from contextlib import suppress
from typing import Final

import structlog
from msgspec import Struct

from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, signing
from frontdesk.platform.posting import Answer, Poster
from frontdesk.platform.telemetry import counter, histogram
from frontdesk.webhooks.bodies import body_in
from frontdesk.webhooks.outcomes import Outcome, note_in, same_turn
from frontdesk.webhooks.store import deliveries, webhooks
from frontdesk.webhooks.types import Delivery, DeliveryState, Webhook

IN_FLIGHT: Final = 8
IN_FLIGHT_FAILING: Final = 2
_PAUSE: Final = 5.0  # after an attempt that could not be noted: it will be made again
logger = structlog.get_logger("frontdesk.webhooks")
_attempts: Final = counter("webhook_attempts_total", "Attempts to deliver an event", ("outcome",))
_duration: Final = histogram("webhook_attempt_seconds", "Duration of an attempt to deliver an event")


class _Request(Struct, frozen=True):
    url: str
    body: bytes
    secrets: tuple[str, ...]


class Deliverer:
    """Makes the attempts of every webhook. One at a time in an installation keeps the order; two would only repeat."""

    def __init__(self, platform: Platform, poster: Poster) -> None:
        self._platform = platform
        self._poster = poster
        self._flying: dict[int, dict[int, asyncio.Task[None]]] = {}
        self.landed = asyncio.Event()

    async def launch(self) -> int:
        """Start what is due, as far as each webhook has room; returns how many are in flight then."""
        now = self._platform.clock.now()
        due = await self._platform.database.read(
            EVERY_ORGANIZATION, lambda reader: webhooks.find_due(reader, now)
        )
        for webhook in due:
            flying = self._flying.setdefault(webhook.id, {})
            limit = IN_FLIGHT if webhook.failing_since is None else IN_FLIGHT_FAILING
            if len(flying) < limit:
                for delivery in await self._due(webhook, limit):
                    if len(flying) < limit and delivery.id not in flying:
                        task = asyncio.create_task(self._deliver(webhook, delivery), name="webhook-delivery")
                        flying[delivery.id] = task
        self._flying = {key: flying for key, flying in self._flying.items() if flying}
        return sum(map(len, self._flying.values()))

    async def stop(self) -> None:
        """Cut what is in flight; it will be sent again."""
        tasks = [task for flying in self._flying.values() for task in flying.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _due(self, webhook: Webhook, limit: int) -> list[Delivery]:
        """Those in flight are among them, until they are noted."""
        now, organization_id = self._platform.clock.now(), webhook.organization_id
        return await self._platform.database.read(
            organization_id,
            lambda reader: deliveries.find_due(reader, organization_id, webhook.id, now, limit=2 * limit),
        )

    async def _deliver(self, webhook: Webhook, delivery: Delivery) -> None:
        try:
            await self._attempt(delivery)
        except Exception:
            logger.exception("webhooks.attempt.failed", webhook=webhook.id, delivery=delivery.id)
            await asyncio.sleep(_PAUSE)
        finally:
            with suppress(KeyError):
                del self._flying[webhook.id][delivery.id]
            self.landed.set()

    async def _attempt(self, delivery: Delivery) -> None:
        clock, database = self._platform.clock, self._platform.database
        organization_id = delivery.organization_id
        request = await database.read(organization_id, lambda reader: self._request(reader, delivery))
        if request is None:
            return
        begun, at = clock.monotonic(), clock.now()
        if request.body:
            headers = signing.headers(delivery.event_id, request.body, now=at, secrets=request.secrets)
            answer = await self._poster.post(request.url, headers, request.body)
        else:
            answer = Answer(None, error="What it tells of is not there any more.")
        seconds = clock.monotonic() - begun
        outcome = Outcome(answer, at, round(seconds * 1000), final=not request.body)
        state = await database.write(
            organization_id, lambda tx: note_in(self._platform, tx, delivery, outcome)
        )
        _duration.observe(seconds)
        _attempts.labels("delivered" if answer.is_success else "failed").inc()
        if state is DeliveryState.DEAD:
            logger.warning("webhooks.delivery.dead", webhook=delivery.webhook_id, delivery=delivery.id)

    async def _request(self, reader: Reader, delivery: Delivery) -> _Request | None:
        """What to send; None when it was settled, or the webhook switched off, a moment ago."""
        organization_id = delivery.organization_id
        webhook = await webhooks.find(reader, organization_id, delivery.webhook_id)
        current = await deliveries.find(reader, organization_id, delivery.webhook_id, delivery.id)
        if webhook is None or not webhook.enabled or current is None or not same_turn(current, delivery):
            return None
        body = await body_in(self._platform, reader, delivery)
        secrets = await webhooks.find_secrets(reader, organization_id, webhook.id)
        return _Request(webhook.url, body or b"", tuple(secret.text for secret in secrets))
