"""Several processes run the bots: every question is answered once, also when one of them is killed in the middle."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator

import pytest

from frontdesk.bots import Runner
from frontdesk.bots.attendant import Attendant
from frontdesk.core.clock import ManualClock
from frontdesk.platform import Leases, Platform
from frontdesk.platform.tasks import Tasks
from tests.service.bot_shop import Shop, open_shop


class Process:
    """A process that runs the bots, with its own life."""

    def __init__(self, shop: Shop, leases: Leases) -> None:
        self.leases = leases
        self.platform = dataclasses.replace(shop.platform, leases=leases, ids=leases.ids)
        self.runner = Runner(self.platform, shop.log)
        self.tasks = Tasks()

    @classmethod
    async def start(cls, shop: Shop, clock: ManualClock) -> "Process":
        leases = await Leases.begin(shop.platform.database, shop.platform.bus, clock, alone=False)
        await leases.announce(["bots"])
        process = cls(shop, leases)
        process.runner.start(process.tasks)
        return process

    def mine(self, conversations: list[int]) -> list[int]:
        return [key for key in conversations if self.runner._mine(key)]


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    yield opened
    await opened.tasks.stop()


@pytest.fixture
async def two(shop: Shop, clock: ManualClock) -> AsyncIterator[list[Process]]:
    started = [await Process.start(shop, clock) for _ in range(2)]
    for process in started:
        await process.leases.renew()
    await asyncio.sleep(0.05)
    yield started
    for process in started:
        await process.tasks.stop()


async def test_each_conversation_is_one_processes_and_each_question_is_answered_once(
    shop: Shop, two: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    attended: list[int] = []
    attend = Attendant._attend

    async def counted(self: Attendant, conversation_id: int, *, anew: bool) -> None:
        attended.append(conversation_id)
        await attend(self, conversation_id, anew=anew)

    opened = [await shop.open() for _ in range(12)]
    conversations = [key for _visitor, key in opened]
    one, other = (set(process.mine(conversations)) for process in two)
    assert one
    assert other
    assert not one & other
    assert one | other == set(conversations)
    await asyncio.sleep(0.2)
    monkeypatch.setattr(Attendant, "_attend", counted)
    for visitor, key in opened:
        await shop.say(visitor, key, "How much is shipping?")
    for _visitor, key in opened:
        said = await shop.until_said(key, 2)
        assert said[1].text == "Free from $15."
    for key in conversations:
        assert attended.count(key) <= 2, "the question and the own answer wake one process, not two"


async def test_what_a_killed_process_was_asked_is_answered_by_another_once(
    shop: Shop, two: list[Process], clock: ManualClock
) -> None:
    opened = [await shop.open() for _ in range(12)]
    await asyncio.sleep(0.1)
    victim, heir = two
    await victim.tasks.stop()
    for visitor, key in opened:
        await shop.say(visitor, key, "How much is shipping?")
    lost = victim.mine([key for _visitor, key in opened])
    assert lost
    await asyncio.sleep(0.2)
    for key in lost:
        assert len(await shop.by_bot(key)) == 1, "nobody answers for it yet"
    for _ in range(5):
        clock.advance(seconds=1)
        await heir.leases.renew()
    for _visitor, key in opened:
        assert (await shop.until_said(key, 2))[1].text == "Free from $15."


async def test_a_clean_stop_hands_its_conversations_over_at_once(shop: Shop, two: list[Process]) -> None:
    opened = [await shop.open() for _ in range(12)]
    leaves, stays = two
    await leaves.tasks.stop()
    await leaves.leases.end()
    for visitor, key in opened:
        await shop.say(visitor, key, "How much is shipping?")
    await stays.leases.renew()  # the loop of leases does, as soon as it hears
    for _visitor, key in opened:
        assert (await shop.until_said(key, 2))[1].text == "Free from $15."
