"""Long random histories of dispatch: one process that crashes now and then, and several at once on PostgreSQL.

After every step of the one, and at moments between the steps of the others, the whole ledger is checked.
"""

import asyncio
import dataclasses
from contextlib import AsyncExitStack
from random import Random

from msgspec import Struct

from frontdesk.app.engines import open_platform
from frontdesk.auth import create_organization
from frontdesk.core.clock import ManualClock
from frontdesk.core.ids import FOREVER
from frontdesk.dispatch import Dispatcher, reconcile
from frontdesk.platform import Leases, Platform
from frontdesk.platform.config import Config
from frontdesk.settings import change
from tests.chaos.dispatch_ledger import broken, owned_as_logged
from tests.chaos.dispatch_steps import Steps
from tests.service.dispatch_world import ManualTasks, World

CRASH_EVERY = 500
CHECK_EVERY = 25


class History(Struct, frozen=True):
    """What was done. `broken`: what did not hold, with the number of the step after which it was seen."""

    steps: int
    kinds: dict[str, int]
    refused: int
    crashes: int
    checks: int
    broken: list[str]


async def alone(config: Config, seed: int, steps: int) -> History:
    """One process. Everything is settled and checked after every step; all that is in memory is lost now and then."""
    clock, dice = ManualClock(), Random(seed)  # noqa: S311 - moments of a test
    found: list[str] = []
    crashes = 0
    stack = AsyncExitStack()
    platform = await _open(stack, config, clock)
    world, did = await _begin(platform, clock, seed)
    await world.start()
    number = 0
    for number in range(1, steps + 1):
        await did.step()
        await world.settle()
        if dice.randrange(CRASH_EVERY) == 0:
            await world.halt()
            await stack.aclose()
            await world.crash(await _open(stack, config, clock))
            crashes += 1
        found += [
            f"{number}: {what}" for what in await broken(world.platform, world.organization, did.steady)
        ]
        if number % CHECK_EVERY == 0:
            found += [f"{number}: {fault}" for fault in await reconcile(world.platform)]
        if found:
            break
    found += [f"owner of {one}" for one in await owned_as_logged(world.platform, world.organization)]
    await world.halt()
    await stack.aclose()
    return History(number, dict(did.taken), did.refused, crashes, number, found)


async def together(
    config: Config,
    seed: int,
    steps: int,
    *,
    dispatchers: int = 3,
    hands: int = 6,
) -> History:
    """Several dispatchers and several hands at once, none of which waits for another. Dispatchers are killed and begun
    anew; what they held is taken over by the others. In the end everything settles, and nobody waits beside a place.
    """
    clock, dice = ManualClock(), Random(seed)  # noqa: S311 - moments of a test
    async with AsyncExitStack() as stack:
        platform = await _open(stack, config, clock)
        world, did = await _begin(platform, clock, seed)
        running = [await _Process.begin(platform, clock) for _ in range(dispatchers)]
        found, done, kills = list[str](), 0, 0

        async def hand() -> None:
            nonlocal done
            while done < steps and not found:
                done += 1
                await did.step()

        async def overseer() -> None:
            nonlocal kills
            checked = 0
            while done < steps and not found:
                await asyncio.sleep(0.02)
                found.extend(
                    f"{done}: {what}" for what in await broken(platform, world.organization, did.steady)
                )
                clock.advance(seconds=0.5)
                for process in running:
                    await process.live()
                if done - checked >= CRASH_EVERY:
                    checked = done
                    victim = running.pop(dice.randrange(len(running)))
                    await victim.kill()
                    running.append(await _Process.begin(platform, clock))
                    kills += 1

        await asyncio.gather(overseer(), *(hand() for _ in range(hands)))
        for _ in range(12):  # the dead are declared over, and what they held is taken over
            clock.advance(seconds=1)
            for process in running:
                await process.live()
                await process.dispatcher.settle()
        found += [f"in the end: {what}" for what in await broken(platform, world.organization, did.steady)]
        found += [f"in the end: {fault}" for fault in await reconcile(platform)]
        found += [f"owner of {one}" for one in await owned_as_logged(platform, world.organization)]
        for process in running:
            await process.kill()
        return History(done, dict(did.taken), did.refused, kills, done, found)


class _Process:
    """A process that dispatches, but for its walls: its own leases, its own memory."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.dispatcher, self._tasks = Dispatcher(platform), ManualTasks()

    @staticmethod
    async def begin(platform: Platform, clock: ManualClock) -> "_Process":
        leases = await Leases.begin(platform.database, platform.bus, clock, alone=False)
        process = _Process(dataclasses.replace(platform, leases=leases, ids=leases.ids))
        await leases.announce(["dispatch"])
        await process.dispatcher.start(process._tasks)
        return process

    async def live(self) -> None:
        """What a second brings."""
        await self._platform.leases.renew()
        await self.dispatcher.tick()

    async def kill(self) -> None:
        """Without a word to anybody."""
        self.dispatcher.stop()
        await self._tasks.stop()


async def _open(stack: AsyncExitStack, config: Config, clock: ManualClock) -> Platform:
    platform = await stack.enter_async_context(open_platform(config, clock))
    platform.ids.reserve(FOREVER)
    return platform


async def _begin(platform: Platform, clock: ManualClock, seed: int) -> tuple[World, Steps]:
    organization = await create_organization(platform, "lantern", "Lantern Shop")
    world = World(platform, organization.id)
    did = Steps(world, clock, seed)
    await did.set_up()
    await change(platform, world.system, {"queue_timeout_s": 600, "max_waiting": 0})
    return world, did
