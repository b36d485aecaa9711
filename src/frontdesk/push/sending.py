"""Sending what is due. Push services do not wait for each other; an attempt is claimed before it is made."""

import asyncio
from typing import Final

import structlog
from msgspec import Struct

from frontdesk.auth import standing_in
from frontdesk.core.clock import Millis
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.platform.posting import Answer, Poster, parse_retry_after
from frontdesk.platform.telemetry import counter
from frontdesk.push.contents import content_in, headers
from frontdesk.push.encryption import encrypt
from frontdesk.push.keys import contact_of, decode, push_key
from frontdesk.push.news import still_news
from frontdesk.push.store import deliveries, subscriptions
from frontdesk.push.types import MINUTE, SECOND, Delivery, Problem, Subscription

IN_FLIGHT: Final = 8
"""Requests to one push service at once."""
PAUSES: Final[tuple[Millis, ...]] = (5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE)
"""After the first failure, after the second…; the last one again and again, until it is no news any more."""
CLAIM: Final[Millis] = MINUTE
"""When an attempt is made again of which nobody has noted how it went: its process has died."""
_GONE: Final = frozenset({404, 410})
_LATER: Final = frozenset({408, 425, 429})
logger = structlog.get_logger("frontdesk.push")
_attempts: Final = counter("push_attempts_total", "Attempts to tell a device by push", ("outcome",))


class _Request(Struct, frozen=True):
    device: Subscription
    content: bytes


class Sender:
    """Makes the attempts. Several of them share the work, and none is made twice."""

    def __init__(self, platform: Platform, poster: Poster) -> None:
        self._platform = platform
        self._poster = poster
        self._flying: dict[str, dict[int, asyncio.Task[None]]] = {}
        self.landed = asyncio.Event()

    async def launch(self) -> int:
        """Start what is due, as far as each push service has room; returns how many are in flight then."""
        now = self._platform.clock.now()
        for origin in await self._platform.database.read(
            EVERY_ORGANIZATION, lambda reader: deliveries.origins_due(reader, now)
        ):
            flying = self._flying.setdefault(origin, {})
            if len(flying) < IN_FLIGHT:
                for delivery in await self._due(origin, now):
                    if len(flying) < IN_FLIGHT and delivery.id not in flying:
                        flying[delivery.id] = asyncio.create_task(self._send(delivery), name="push")
        self._flying = {origin: flying for origin, flying in self._flying.items() if flying}
        return sum(map(len, self._flying.values()))

    async def stop(self) -> None:
        """Cut what is in flight; what was not noted is sent again."""
        tasks = [task for flying in self._flying.values() for task in flying.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _due(self, origin: str, now: Millis) -> list[Delivery]:
        """Those in flight may be among them, until they are claimed."""
        found = await self._platform.database.read(
            EVERY_ORGANIZATION,
            lambda reader: deliveries.find_due(reader, origin, now, limit=2 * IN_FLIGHT),
        )
        return list(found)

    async def _send(self, delivery: Delivery) -> None:
        try:
            await self._attempt(delivery)
        except Exception:
            logger.exception("push.attempt.failed", delivery=delivery.id)
        finally:
            self._flying.get(delivery.origin, {}).pop(delivery.id, None)
            self.landed.set()

    async def _attempt(self, delivery: Delivery) -> None:
        clock, database = self._platform.clock, self._platform.database
        request = await database.write(delivery.organization_id, lambda tx: self._claim(tx, delivery))
        if request is None:
            return
        device, key = request.device, push_key(self._platform)
        now = clock.now()
        fields = headers(delivery, device, seconds=(delivery.ends_at - now) // SECOND)
        fields["authorization"] = key.authorization(
            delivery.origin, contact=contact_of(self._platform.config), now=now
        )
        body = encrypt(request.content, decode(device.public_key), decode(device.auth))
        answer = await self._poster.post(device.endpoint, fields, body)
        await database.write(delivery.organization_id, lambda tx: self._note(tx, delivery, device, answer))

    async def _claim(self, tx: Transaction, delivery: Delivery) -> _Request | None:
        """What to send; None when it is settled, or no news any more."""
        now, organization_id = self._platform.clock.now(), delivery.organization_id
        if not await deliveries.claim(tx, delivery, now + CLAIM):
            return None
        device = await subscriptions.find(tx, organization_id, delivery.subscription_id)
        if device is None or not await standing_in(tx, organization_id, [device.session_id], now):
            await subscriptions.remove(tx, organization_id, delivery.subscription_id)
            return None
        if delivery.ends_at <= now or not await still_news(tx, delivery, device.principal_kind, now):
            await deliveries.settle(tx, delivery, None)
            return None
        return _Request(device, await content_in(tx, delivery, device))

    async def _note(self, tx: Transaction, delivery: Delivery, device: Subscription, answer: Answer) -> None:
        """How it went. A device that the push service does not know any more is forgotten."""
        organization_id, now = delivery.organization_id, self._platform.clock.now()
        if answer.status in _GONE:
            _attempts.labels("gone").inc()
            await subscriptions.remove(tx, organization_id, device.id)
            return
        problem = _problem(answer)
        _attempts.labels("delivered" if problem is None else "failed").inc()
        if problem is not device.problem:
            await subscriptions.note(tx, organization_id, device.id, problem, now)
        again = None if problem is None else next_attempt(delivery, answer, now)
        await deliveries.settle(tx, delivery, again)


def next_attempt(delivery: Delivery, answer: Answer, now: Millis) -> Millis | None:
    """When to try again after a failure. None: never, for it will not be taken, or will be no news any more."""
    if answer.status is not None and answer.status < 500 and answer.status not in _LATER:
        return None
    pause = PAUSES[min(delivery.attempts, len(PAUSES) - 1)]
    asked = parse_retry_after(answer.retry_after, now)
    again = now + (pause if asked is None else max(pause, asked))
    return again if again < delivery.ends_at else None


def _problem(answer: Answer) -> Problem | None:
    if answer.is_success:
        return None
    return Problem.UNREACHABLE if answer.status is None or answer.status >= 500 else Problem.REFUSED
