"""What visitors are told of their place and their wait, and what telling costs."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import ConversationState, QueueFrame
from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Subject
from frontdesk.dispatch import close, leave_queue, request_human, standing
from frontdesk.dispatch.board import Board
from frontdesk.dispatch.store import queue
from frontdesk.dispatch.types import Facts
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.staff import Status
from tests.service.dispatch_world import Heard, World

CONTACT = 77
TEAM = 5
MANY = 2_000


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def crowd(platform: Platform, organization: int, now: int) -> None:
    async def work(tx: Transaction) -> None:
        for number in range(1, MANY + 1):
            await queue.insert(
                tx,
                organization_id=organization,
                conversation_id=number,
                contact_id=CONTACT,
                team_id=TEAM,
                priority=0,
                arrived_at=now + number,
                head_start_s=0,
                facts=Facts(),
                requested=None,
                weight=1,
                kind=ChannelKind.SITE,
                now=now,
            )

    await platform.database.write(EVERY_ORGANIZATION, work)


async def gone(platform: Platform, organization: int, *numbers: int) -> None:
    async def work(tx: Transaction) -> None:
        for number in numbers:
            await queue.delete(tx, organization, number)

    await platform.database.write(EVERY_ORGANIZATION, work)


async def test_two_thousand_cost_one_message_for_each_who_sees_a_change(
    platform: Platform, organization: int, clock: ManualClock
) -> None:
    await crowd(platform, organization, clock.now())
    board, heard = Board(platform), Heard.by(platform, organization, CONTACT)

    async def told(*left: int) -> int:
        before = len(heard.of("queue"))
        for each in left:
            await gone(platform, organization, each)
            board.changed(organization, TEAM)  # ten changes in a moment are one look at the queue
        await board.tell()
        return len(heard.of("queue")) - before

    board.changed(organization, TEAM)
    assert await told() == MANY
    assert await told() == 0
    assert await told(MANY) == 0
    assert await told(1_500) == MANY - 1_501
    assert await told(*range(1, 11)) == MANY - 2 - 10
    clock.advance(seconds=31)
    assert await told() == 0
    first = next(frame for frame in reversed(heard.of("queue")) if frame["conversation"] == "11")
    assert (first["position"], first["ahead"]) == (1, 0)


async def served_in_a_row(world: World, clock: ManualClock, agent: Subject, team: int, count: int) -> None:
    """Conversations that were waited for, a minute each, one after the other."""
    current = await world.ask(team)
    for _ in range(count):
        following = await world.ask(team)
        clock.advance(seconds=60)
        await close(world.platform, agent, current.id)
        await world.settle()
        current = following
    await close(world.platform, agent, current.id)
    await world.settle()


async def test_an_estimate_is_told_with_its_interval_when_there_is_enough_to_go_by(
    world: World, clock: ManualClock
) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    await served_in_a_row(world, clock, mei, team, 7)
    waiting = [await world.ask(team) for _ in range(3)]
    assert waiting[0].state is ConversationState.ACTIVE
    visitor = world.visitor_of(waiting[2])
    assert await standing(world.platform, visitor) == [
        QueueFrame(str(waiting[2].id), 2, 1, None, str(team), None, None)
    ]
    clock.advance(seconds=60)
    await close(world.platform, mei, waiting[0].id)
    await world.settle()
    asked = await request_human(world.platform, visitor, waiting[2].id)
    place = asked.queue
    assert place is not None
    assert place.estimate is not None
    assert place.soonest is not None
    assert place.latest is not None
    assert place.position == 1
    assert 40 <= place.estimate <= 60
    assert place.soonest < place.estimate < place.latest


async def test_no_estimate_is_told_when_nobody_is_online_any_more(world: World, clock: ManualClock) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    await served_in_a_row(world, clock, mei, team, 12)
    await world.set_status(mei, Status.BUSY)
    waits = await world.ask(team)
    asked = await request_human(world.platform, world.visitor_of(waits), waits.id)
    assert asked.queue is not None
    assert asked.queue.estimate is None


async def test_estimates_are_told_again_with_time_only_where_the_minutes_change(
    world: World, clock: ManualClock
) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    await served_in_a_row(world, clock, mei, team, 10)
    _served, waits = await world.ask(team), await world.ask(team)
    heard = Heard.by(world.platform, world.organization, waits.contact_id)
    clock.advance(seconds=31)
    await world.settle()
    first = len(heard.of("queue"))
    clock.advance(seconds=600)
    await world.settle()
    frames = heard.of("queue")[first:]
    assert len(frames) == 1
    assert frames[0]["position"] == 1
    clock.advance(seconds=31)
    await world.settle()
    await world.settle()
    assert len(heard.of("queue")) - first <= 2


async def test_who_leaves_moves_up_only_those_behind(world: World) -> None:
    team = await world.add_team(await world.add_agent(status=Status.BUSY))
    waits = [await world.ask(team) for _ in range(4)]
    heard = [Heard.by(world.platform, world.organization, one.contact_id) for one in waits]
    await leave_queue(world.platform, world.visitor_of(waits[1]), waits[1].id)
    await world.settle()
    assert [len(each.of("queue")) for each in heard] == [0, 0, 1, 1]
    assert [each.of("queue")[0]["position"] for each in heard[2:]] == [2, 3]
