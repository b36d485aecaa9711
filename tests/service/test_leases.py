"""Leases between processes: several lives on one database, whose clocks the tests move."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import EVERY_ORGANIZATION, Leases, Platform, Reader
from frontdesk.platform.bus.memory import MemoryBus
from frontdesk.platform.tasks import Tasks


class Cluster:
    """Processes on one database. `pass_time` lets those that are not stopped live through some seconds."""

    def __init__(self, platform: Platform, clock: ManualClock) -> None:
        self.platform = platform
        self.clock = clock
        self.bus = MemoryBus()
        self.stopped: set[Leases] = set()
        self.all: list[Leases] = []

    async def start(self, *targets: str) -> Leases:
        leases = await Leases.begin(self.platform.database, self.bus, self.clock, alone=False)
        await leases.announce(targets)
        self.all.append(leases)
        return leases

    async def pass_time(self, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.advance(seconds=1)
            for leases in self.all:
                if leases not in self.stopped:
                    await leases.renew()

    async def holder(self, name: str) -> tuple[int, int]:
        """The life that holds it, and the fence, as the database has them."""

        async def read(reader: Reader) -> tuple[int, int]:
            row = await reader.fetch_one("select life, fence from lease where name = $1", name)
            assert row is not None
            return row[0], row[1]

        return await self.platform.database.read(EVERY_ORGANIZATION, read)


@pytest.fixture
def cluster(platform: Platform, clock: ManualClock) -> Cluster:
    return Cluster(platform, clock)


async def test_a_lease_has_one_holder_until_it_is_given_back_and_the_fence_grows(cluster: Cluster) -> None:
    one, two = await cluster.start(), await cluster.start()
    assert await one.acquire(["search", "outbox"]) == {"search", "outbox"}
    assert await two.acquire(["search"]) == frozenset()
    fence = one.held["search"]
    assert await cluster.holder("search") == (one.life, fence)
    await one.release(["search"])
    assert await two.acquire(["search", "outbox"]) == {"search"}
    assert two.held["search"] > fence
    assert set(one.held) == {"outbox"}


async def test_of_many_who_ask_at_once_one_gets_it(cluster: Cluster) -> None:
    several = [await cluster.start() for _ in range(8)]
    got = await asyncio.gather(*(leases.acquire(["search"]) for leases in several))
    assert sum(map(len, got)) == 1


async def test_a_renewed_lease_is_held_for_ever(cluster: Cluster) -> None:
    one, two = await cluster.start(), await cluster.start()
    await one.acquire(["search"])
    await cluster.pass_time(60)
    assert await two.acquire(["search"]) == frozenset()
    assert await cluster.holder("search") == (one.life, one.held["search"])


async def test_what_a_killed_process_held_is_free_within_five_seconds(cluster: Cluster) -> None:
    one, two = await cluster.start("dispatch"), await cluster.start("dispatch")
    await one.acquire(["search"])
    await cluster.pass_time(1)
    cluster.stopped.add(one)
    await cluster.pass_time(3)
    assert await two.acquire(["search"]) == frozenset()
    assert two.living("dispatch") == (one.life, two.life)
    await cluster.pass_time(2)
    assert await two.acquire(["search"]) == {"search"}
    assert two.living("dispatch") == (two.life,)


async def test_a_clean_stop_frees_at_once_and_is_told(cluster: Cluster) -> None:
    one, two = await cluster.start(), await cluster.start()
    await one.acquire(["search"])
    told: list[None] = []
    two.on_change(lambda: told.append(None))
    await one.end()
    await two.renew()
    assert told
    assert await two.acquire(["search"]) == {"search"}


async def test_a_holder_that_was_paused_too_long_has_lost_everything_and_begins_a_new_life(
    cluster: Cluster,
) -> None:
    one, two = await cluster.start("bots"), await cluster.start("bots")
    await one.acquire(["search", "outbox"])
    former = one.life
    cluster.stopped.add(one)
    await cluster.pass_time(6)
    assert await two.acquire(["search"]) == {"search"}
    assert "search" in one.held, "it cannot know yet"
    assert await cluster.holder("search") == (two.life, two.held["search"])
    assert two.held["search"] > one.held["search"]
    told: list[Sequence[int]] = []
    one.on_change(lambda: told.append(one.living("bots")))
    await one.renew()
    assert not one.held
    assert one.life > two.life > former
    assert told == [(two.life, one.life)]
    assert await one.acquire(["search", "outbox"]) == {"outbox"}
    assert await cluster.holder("search") == (two.life, two.held["search"])


async def test_a_process_that_lost_its_life_cannot_acquire_before_it_knows(cluster: Cluster) -> None:
    one, two = await cluster.start(), await cluster.start()
    cluster.stopped.add(one)
    await cluster.pass_time(6)
    assert await one.acquire(["search"]) == frozenset()
    assert await two.acquire(["search"]) == {"search"}


async def test_a_pause_of_everybody_ends_nobody(cluster: Cluster) -> None:
    one, two = await cluster.start(), await cluster.start()
    await one.acquire(["search"])
    lives = (one.life, two.life)
    cluster.clock.advance(seconds=3_000)  # the database was away, or the machine asleep
    await cluster.pass_time(3)
    assert (one.life, two.life) == lives
    assert await cluster.holder("search") == (one.life, one.held["search"])


async def test_one_process_leads_and_another_goes_on_when_it_ends(cluster: Cluster) -> None:
    one, two = await cluster.start(), await cluster.start()
    running: list[Leases] = []
    tasks = {one: Tasks(), two: Tasks()}

    def lead(leases: Leases) -> None:
        async def work() -> None:
            running.append(leases)
            try:
                await asyncio.Event().wait()
            finally:
                running.remove(leases)

        leases.lead(tasks[leases], "search", work)

    lead(one)
    await _until(lambda: running == [one])
    lead(two)
    await asyncio.sleep(0.05)
    assert running == [one]
    await tasks[one].stop()
    await one.end()
    await two.renew()
    await _until(lambda: running == [two])
    await tasks[two].stop()


async def test_who_leads_stops_when_the_lease_is_lost(cluster: Cluster) -> None:
    one, two, tasks = await cluster.start(), await cluster.start(), Tasks()
    working = asyncio.Event()
    stopped = asyncio.Event()

    async def work() -> None:
        working.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    one.lead(tasks, "search", work)
    await asyncio.wait_for(working.wait(), 5)
    cluster.stopped.add(one)
    await cluster.pass_time(6)
    assert await two.acquire(["search"]) == {"search"}
    await one.renew()
    await asyncio.wait_for(stopped.wait(), 5)
    await tasks.stop()


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)


async def test_processes_that_cannot_hear_each_other_are_told_apart_unless_the_other_is_dead(
    platform: Platform, clock: ManualClock
) -> None:
    async def begin() -> Leases:
        return await Leases.begin(platform.database, MemoryBus(), clock, alone=False)

    one, two = await begin(), await begin()
    await one.announce(["api"])
    coming = asyncio.create_task(two.announce(["api"]))
    while not coming.done():
        await one.renew()
        await asyncio.sleep(0.01)
    with pytest.raises(FrontdeskError) as refused:
        await coming
    assert (refused.value.code, refused.value.kind) == ("platform.bus-apart", ErrorKind.CONFLICT)
    await one.renew()
    assert one.living("api") == (one.life,)
    coming = asyncio.create_task(two.announce(["api"]))
    while not coming.done():  # and the first one does nothing any more
        clock.advance(seconds=1)
        await asyncio.sleep(0.01)
    await coming
    assert two.living("api") == (two.life,)


async def test_of_processes_that_cannot_hear_each_other_and_begin_at_once_one_stays(
    platform: Platform, clock: ManualClock
) -> None:
    several = [await Leases.begin(platform.database, MemoryBus(), clock, alone=False) for _ in range(4)]
    coming = [asyncio.create_task(leases.announce(["api"])) for leases in several]
    while sum(task.done() for task in coming) < len(coming):
        for leases, task in zip(several, coming, strict=True):
            if task.done():
                await leases.renew()
        await asyncio.sleep(0.01)
    assert sum(task.exception() is None for task in coming) == 1
