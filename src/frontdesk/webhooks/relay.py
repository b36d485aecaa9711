"""The loops of webhooks: from the log and the outbox to deliveries, from deliveries to receivers, and clearing away.

The relay keeps nothing that the database does not have. One should run in an installation: it is the one holder that
keeps the order of what is sent. A second one for a moment (a holder that was paused) only sends things twice.
"""

import asyncio
from contextlib import suppress
from typing import Final

from frontdesk.core.clock import Millis
from frontdesk.core.ids import first_id_at
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.platform.addresses import Guard
from frontdesk.platform.posting import TIMEOUT, Poster
from frontdesk.platform.tasks import Tasks
from frontdesk.webhooks.delivering import Deliverer
from frontdesk.webhooks.fanning_out import fan_out
from frontdesk.webhooks.retries import DAY
from frontdesk.webhooks.store import deliveries, webhooks

KEPT: Final[Millis] = 30 * DAY
IDLE: Final = 0.25
_CLEAR_EVERY: Final = 60.0
_UNIT: Final = 200


class Relay:
    """Raises `config.value` when made, if the configuration of webhooks is wrong. `timeout` in seconds, an attempt."""

    def __init__(self, platform: Platform, *, timeout: float = TIMEOUT) -> None:
        self._platform = platform
        self._poster = Poster(Guard.of(platform.config.webhooks), timeout=timeout)
        self._deliverer = Deliverer(platform, self._poster)

    def start(self, tasks: Tasks) -> None:
        """Run in one of the processes that start it: the one that holds the lease `webhooks`."""
        self._platform.leases.lead(tasks, "webhooks", self.run)

    async def run(self) -> None:
        """Run for ever. Cancelled, it cuts what is in flight, which will be sent again."""
        async with asyncio.TaskGroup() as loops:
            loops.create_task(self._follow())
            loops.create_task(self._deliver())
            loops.create_task(self._clear())

    async def settle(self) -> None:
        """Hand on what has happened and send what is due by now, until nothing is left of it."""
        while await fan_out(self._platform):
            pass
        while await self._deliverer.launch():
            await self._deliverer.landed.wait()
            self._deliverer.landed.clear()
        await self._poster.close()

    async def clear(self) -> None:
        """Clear away what is older than 30 days, and what belongs to removed webhooks; a little at a time."""
        database = self._platform.database
        oldest = first_id_at(self._platform.clock.now() - KEPT)
        while await database.write(
            EVERY_ORGANIZATION, lambda tx: deliveries.delete_old(tx, oldest, limit=_UNIT)
        ):
            pass
        for organization_id, webhook_id in await database.read(EVERY_ORGANIZATION, webhooks.find_removed):
            while await self._clear_some(organization_id, webhook_id):
                pass
            await self._forget(organization_id, webhook_id)

    async def _clear_some(self, organization_id: int, webhook_id: int) -> int:
        return await self._platform.database.write(
            organization_id, lambda tx: deliveries.delete_some(tx, organization_id, webhook_id, limit=_UNIT)
        )

    async def _forget(self, organization_id: int, webhook_id: int) -> None:
        await self._platform.database.write(
            organization_id, lambda tx: webhooks.forget(tx, organization_id, webhook_id)
        )

    async def _follow(self) -> None:
        """Follow the log; when behind, use at most half of the time, so that messages come first."""
        monotonic = self._platform.clock.monotonic
        while True:
            begun = monotonic()
            more = await fan_out(self._platform)
            await asyncio.sleep(max(0.001, monotonic() - begun) if more else IDLE)

    async def _deliver(self) -> None:
        try:
            while True:
                await self._deliverer.launch()
                with suppress(TimeoutError):
                    async with asyncio.timeout(IDLE):
                        await self._deliverer.landed.wait()
                self._deliverer.landed.clear()
        finally:
            await self._deliverer.stop()
            await self._poster.close()

    async def _clear(self) -> None:
        while True:
            await self.clear()
            await asyncio.sleep(_CLEAR_EVERY)
