"""The loops of push: from the log to deliveries, from deliveries to devices, and clearing away. One process leads.

They keep nothing that the database does not have. A second one for a moment (a holder that was paused) does no harm:
the position and each attempt are taken by one of them.
"""

import asyncio
from contextlib import suppress
from typing import Final

from frontdesk.auth import standing_in
from frontdesk.core.clock import Millis
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.addresses import Guard
from frontdesk.platform.posting import TIMEOUT, Poster
from frontdesk.platform.tasks import Tasks
from frontdesk.push.following import follow
from frontdesk.push.sending import Sender
from frontdesk.push.store import deliveries, looks, subscriptions
from frontdesk.push.store.position import rest
from frontdesk.push.types import DAY, Subscription
from frontdesk.staff import watching_in

IDLE: Final = 0.25
GIVE_UP_AFTER: Final[Millis] = 14 * DAY  # of nothing but failure
_CLEAR_EVERY: Final = 60.0
_UNIT: Final = 200


class Notifier:
    """Raises `config.value` when made, if the configuration of push is wrong. `timeout` in seconds, an attempt."""

    def __init__(self, platform: Platform, *, timeout: float = TIMEOUT) -> None:
        self._platform = platform
        self._poster = Poster(Guard.of(platform.config.push), timeout=timeout)
        self._sender = Sender(platform, self._poster)

    def start(self, tasks: Tasks) -> None:
        """Run in one of the processes that start it: the one that holds the lease `push`."""
        self._platform.leases.lead(tasks, "push", self.run)

    async def run(self) -> None:
        """Run for ever. Cancelled, it cuts what is in flight, which will be sent again."""
        async with asyncio.TaskGroup() as loops:
            loops.create_task(self._follow())
            loops.create_task(self._send())
            loops.create_task(self._clear())

    async def settle(self) -> None:
        """Hand on what has happened and send what is due by now, until nothing is left of it."""
        while await follow(self._platform):
            pass
        await self.release()
        while await self._sender.launch():
            await self._sender.landed.wait()
            self._sender.landed.clear()
        await self._poster.close()

    async def release(self) -> None:
        """Let go what is held for those who have no page in sight any more."""
        now, database = self._platform.clock.now(), self._platform.database

        async def look(reader: Reader) -> dict[int, list[int]]:
            held: dict[int, list[int]] = {}
            for organization_id, principal_id in await deliveries.who_is_held(reader, now):
                held.setdefault(organization_id, []).append(principal_id)
            return {
                organization_id: sorted(
                    set(ids)
                    - await watching_in(reader, organization_id, ids)
                    - await looks.looking(reader, organization_id, ids, now)
                )
                for organization_id, ids in held.items()
            }

        for organization_id, away in (await database.read(EVERY_ORGANIZATION, look)).items():
            if away:
                await database.write(
                    organization_id,
                    lambda tx, whose=organization_id, who=away: deliveries.release(tx, whose, who, now),
                )

    async def clear(self) -> None:
        """Clear away what is over: deliveries, and devices whose session has ended or that have failed for two weeks."""
        now, database, last = self._platform.clock.now(), self._platform.database, 0
        while page := await database.read(
            EVERY_ORGANIZATION,
            lambda reader, after=last: subscriptions.page(reader, after=after, limit=_UNIT),
        ):
            last = page[-1].id
            for device in page:
                await self._judge(device, now)

        async def work(tx: Transaction) -> None:
            await deliveries.remove_over(tx, now)
            await looks.remove_over(tx, now)
            await rest(tx)

        await database.write(EVERY_ORGANIZATION, work)

    async def _judge(self, device: Subscription, now: Millis) -> None:
        organization_id = device.organization_id
        failed = device.failing_since is not None and now - device.failing_since >= GIVE_UP_AFTER
        stands = await self._platform.database.read(
            organization_id,
            lambda reader: standing_in(reader, organization_id, [device.session_id], now),
        )
        if failed or not stands:
            await self._platform.database.write(
                organization_id, lambda tx: subscriptions.remove(tx, organization_id, device.id)
            )

    async def _follow(self) -> None:
        """Follow the log; when behind, use at most half of the time, so that messages come first."""
        monotonic = self._platform.clock.monotonic
        while True:
            begun = monotonic()
            more = await follow(self._platform)
            await self.release()
            await asyncio.sleep(max(0.001, monotonic() - begun) if more else IDLE)

    async def _send(self) -> None:
        try:
            while True:
                await self._sender.launch()
                with suppress(TimeoutError):
                    async with asyncio.timeout(IDLE):
                        await self._sender.landed.wait()
                self._sender.landed.clear()
        finally:
            await self._sender.stop()
            await self._poster.close()

    async def _clear(self) -> None:
        while True:
            await self.clear()
            await asyncio.sleep(_CLEAR_EVERY)
