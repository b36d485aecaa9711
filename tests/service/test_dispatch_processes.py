"""Several processes dispatch on one database: each organization by one of them, and nobody is left waiting."""

import asyncio
import dataclasses

import pytest

from frontdesk.auth import create_organization
from frontdesk.conversations import ConversationState
from frontdesk.core.clock import ManualClock
from frontdesk.dispatch import Dispatcher, close, reconcile, request_human
from frontdesk.platform import Leases, Platform
from tests.service.dispatch_world import ManualTasks, World


class Process:
    """A process that dispatches. `kill` and `pause` end what it does without a word, `stop` is the polite way."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.dispatcher = Dispatcher(platform)
        self.tasks = ManualTasks()
        self.awake = True

    @property
    def holds(self) -> set[int]:
        return set(self.dispatcher._holding.ids)

    async def start(self) -> None:
        await self.platform.leases.announce(["dispatch"])
        await self.dispatcher.start(self.tasks)

    async def second(self) -> None:
        """What a second of its life brings."""
        await self.platform.leases.renew()
        await self.dispatcher.tick()

    async def kill(self) -> None:
        self.awake = False
        self.dispatcher.stop()
        await self.tasks.stop()

    async def stop(self) -> None:
        await self.kill()
        await self.platform.leases.end()


class Cluster:
    def __init__(self, platform: Platform, clock: ManualClock) -> None:
        self.platform = platform
        self.clock = clock
        self.processes: list[Process] = []

    async def start(self) -> Process:
        leases = await Leases.begin(self.platform.database, self.platform.bus, self.clock, alone=False)
        process = Process(dataclasses.replace(self.platform, leases=leases, ids=leases.ids))
        self.processes.append(process)
        await process.start()
        return process

    async def settle(self) -> None:
        await asyncio.sleep(0)
        for process in self.processes:
            await process.dispatcher.settle()

    async def pass_time(self, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.advance(seconds=1)
            for process in self.processes:
                if process.awake:
                    await process.second()
            await self.settle()


@pytest.fixture
def cluster(platform: Platform, clock: ManualClock) -> Cluster:
    return Cluster(platform, clock)


@pytest.fixture
def world(platform: Platform, organization: int) -> World:
    return World(platform, organization)


async def waiting(world: World) -> tuple[int, int]:
    """One agent with one place that is taken, and somebody who waits; returns both conversations."""
    agent = await world.add_agent(1)
    team = await world.add_team(agent)
    bot = await world.add_bot()
    taken, waits = await world.open(team, bot=bot), await world.open(team, bot=bot)
    for conversation in (taken, waits):
        await request_human(world.platform, world.visitor_of(conversation), conversation.id)
    assert (await world.get(waits.id)).state is ConversationState.WAITING
    return taken.id, waits.id


async def test_every_organization_is_dispatched_by_one_process_and_both_have_their_share(
    cluster: Cluster, platform: Platform
) -> None:
    every = {(await create_organization(platform, f"shop-{n}", f"Shop {n}")).id for n in range(24)}
    one = await cluster.start()
    assert one.holds == every
    two = await cluster.start()
    await cluster.pass_time(2)
    assert one.holds | two.holds == every
    assert not one.holds & two.holds
    assert min(len(one.holds), len(two.holds)) >= 5


async def test_what_a_killed_process_dispatched_goes_on_in_another_within_five_seconds(
    cluster: Cluster, world: World
) -> None:
    one = await cluster.start()
    taken, waits = await waiting(world)
    two = await cluster.start()
    await cluster.pass_time(2)
    holder = one if world.organization in one.holds else two
    await holder.kill()
    await close(world.platform, world.system, taken)
    await cluster.settle()
    assert (await world.get(waits)).state is ConversationState.WAITING, "nobody dispatches now"
    await cluster.pass_time(5)
    assert (await world.get(waits)).state is ConversationState.ACTIVE


async def test_after_a_clean_stop_another_process_goes_on_at_once(cluster: Cluster, world: World) -> None:
    one, two = await cluster.start(), await cluster.start()
    taken, waits = await waiting(world)
    await cluster.pass_time(2)
    holder, other = (one, two) if world.organization in one.holds else (two, one)
    await holder.stop()
    await close(world.platform, world.system, taken)
    await other.platform.leases.renew()  # the loop of leases does, as soon as it hears
    await cluster.settle()
    assert (await world.get(waits)).state is ConversationState.ACTIVE


async def test_a_holder_that_wakes_after_a_pause_does_no_harm_and_finds_its_new_place(
    cluster: Cluster, world: World
) -> None:
    one, two = await cluster.start(), await cluster.start()
    taken, waits = await waiting(world)
    await cluster.pass_time(2)
    holder, other = (one, two) if world.organization in one.holds else (two, one)
    holder.awake = False
    await cluster.pass_time(6)
    assert world.organization in holder.holds & other.holds, "the sleeper cannot know"
    await close(world.platform, world.system, taken)
    await cluster.settle()  # both have heard and both have run the queue
    owner = await world.get(waits)
    assert owner.state is ConversationState.ACTIVE
    assert await world.kinds(waits) == ["opened", "assigned", "queued", "assigned"]
    holder.awake = True
    await cluster.pass_time(2)
    assert (world.organization in holder.holds) is not (world.organization in other.holds)
    assert await reconcile(world.platform) == []


async def test_an_organization_that_is_made_while_processes_run_is_dispatched_at_once(
    cluster: Cluster, platform: Platform
) -> None:
    one, two = await cluster.start(), await cluster.start()
    await cluster.pass_time(1)
    world = World(platform, (await create_organization(platform, "paper-crane", "Paper Crane")).id)
    taken, waits = await waiting(world)
    await cluster.settle()
    assert (world.organization in one.holds) is not (world.organization in two.holds)
    await close(platform, world.system, taken)
    await cluster.settle()
    assert (await world.get(waits)).state is ConversationState.ACTIVE


async def test_offers_run_out_only_once_when_two_processes_watch_the_time(
    cluster: Cluster, world: World, clock: ManualClock
) -> None:
    one, two = await cluster.start(), await cluster.start()
    first, second = await world.add_agent(1), await world.add_agent(1)
    team = await world.add_team(first, second, offer_timeout=10)
    conversation = await world.open(team, bot=await world.add_bot())
    await request_human(world.platform, world.visitor_of(conversation), conversation.id)
    await cluster.pass_time(1)
    holder, other = (one, two) if world.organization in one.holds else (two, one)
    holder.awake = False
    await cluster.pass_time(6)
    clock.advance(seconds=5)
    await asyncio.gather(holder.dispatcher.tick(), other.dispatcher.tick())
    await cluster.settle()
    item = (await world.queue_of(team))[0]
    assert item.offered_to in {first.id, second.id}
    for agent in (first, second):
        seat = await world.seat(agent)
        assert seat.reserved == (1 if item.offered_to == agent.id else 0)
