"""A queue that is full, a wait that ends, a team that goes home: where visitors go then, and what is told of it."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import ConversationState
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.dispatch import (
    Absence,
    Outcome,
    Requested,
    Routing,
    Why,
    close,
    decisions_of,
    reconcile,
    request_human,
    set_routing,
)
from frontdesk.dispatch.types import Cause, Onward, Overflow, OverflowStep, Passed
from frontdesk.platform import Platform
from frontdesk.settings import change
from frontdesk.staff import Hours, Status, TeamChanges, delete_team, update_team
from tests.service.dispatch_world import World

BOT, MESSAGE = OverflowStep(Onward.BOT), OverflowStep(Onward.LEAVE_MESSAGE)
CLOSED = Hours("Asia/Shanghai", ((),) * 7)


def to(team: int) -> OverflowStep:
    return OverflowStep(Onward.TEAM, str(team))


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def ask(world: World, team: int, bot: Subject | None = None) -> Requested:
    opened = await world.open(team, bot=bot)
    asked = await request_human(world.platform, world.visitor_of(opened), opened.id, team_id=team)
    await world.settle()
    return asked


async def later(world: World, clock: ManualClock, seconds: float) -> None:
    clock.advance(seconds=seconds)
    await world.dispatcher.tick()
    await world.settle()


async def told(world: World, who: Subject, conversation_id: int) -> list[Overflow]:
    items = (await decisions_of(world.platform, who, conversation_id)).items
    assert all((one.outcome is Outcome.OVERFLOW) == (one.overflow is not None) for one in items)
    return [one.overflow for one in items if one.overflow is not None]


async def test_who_comes_to_a_full_queue_goes_to_the_first_team_that_can_have_them(world: World) -> None:
    busy, mei = await world.add_agent(status=Status.BUSY), await world.add_agent()
    first, gone, second = (
        await world.add_team(busy),
        await world.add_team(await world.add_agent(status=Status.OFFLINE)),
        await world.add_team(mei),
    )
    await world.route(first, Routing(max_waiting=1, when_full=(to(gone), to(second), MESSAGE)))
    assert (await ask(world, first)).queue is not None
    passed = await ask(world, first)
    assert passed.conversation.agent_id == mei.id
    assert passed.conversation.team_id == second
    assert await world.kinds(passed.conversation.id) == ["opened", "queued", "assigned"]
    assert await told(world, mei, passed.conversation.id) == [
        Overflow(Cause.FULL, (Passed(Onward.TEAM, str(gone), "nobody"), Passed(Onward.TEAM, str(second))))
    ]


@pytest.mark.parametrize(
    ("chain", "with_bot", "then"),
    [
        ((), True, Onward.LEAVE_MESSAGE),
        ((BOT,), True, Onward.BOT),
        ((BOT,), False, Onward.LEAVE_MESSAGE),
        ((MESSAGE,), True, Onward.LEAVE_MESSAGE),
    ],
)
async def test_a_full_queue_is_an_answer_that_changes_nothing(
    world: World, chain: tuple[OverflowStep, ...], with_bot: bool, then: Onward
) -> None:
    team = await world.add_team(await world.add_agent(status=Status.BUSY))
    bot = await world.add_bot() if with_bot else None
    await world.route(team, Routing(max_waiting=1, when_full=chain))
    await ask(world, team)
    refused = await ask(world, team, bot)
    assert refused.absence == Absence(Why.FULL, instead=then)
    assert refused.conversation.state is ConversationState.BOT
    assert "queued" not in await world.kinds(refused.conversation.id)


async def test_a_team_of_its_own_limit_is_not_bound_by_the_settings(world: World) -> None:
    team = await world.add_team(await world.add_agent(status=Status.BUSY))
    await change(world.platform, world.system, {"max_waiting": 1})
    await world.route(team, Routing(max_waiting=0))
    assert [(await ask(world, team)).queue is not None for _ in range(3)] == [True] * 3


async def test_a_long_wait_goes_on_in_another_team_ahead_of_who_came_there_later(
    world: World, clock: ManualClock
) -> None:
    busy = await world.add_agent(status=Status.BUSY)
    first, second = await world.add_team(busy), await world.add_team(busy)
    await world.route(first, Routing(max_wait_s=60, when_late=(to(second),)))
    waits = (await ask(world, first)).conversation
    await later(world, clock, 50)
    newer = (await ask(world, second)).conversation
    await later(world, clock, 9.999)
    assert [item.conversation_id for item in await world.queue_of(first)] == [waits.id]
    await later(world, clock, 0.001)
    assert [item.conversation_id for item in await world.queue_of(second)] == [waits.id, newer.id]
    assert await world.kinds(waits.id) == ["opened", "queued", "queued"]
    [overflow] = await told(world, busy, waits.id)
    assert overflow == Overflow(Cause.LATE, (Passed(Onward.TEAM, str(second)),))
    assert await reconcile(world.platform) == []


async def test_a_long_wait_ends_with_the_bot_or_with_a_message(world: World, clock: ManualClock) -> None:
    busy, bot = await world.add_agent(status=Status.BUSY), await world.add_bot()
    back, left = await world.add_team(busy), await world.add_team(busy)
    await world.route(back, Routing(max_wait_s=60, when_late=(BOT,)))
    await change(world.platform, world.system, {"queue_timeout_s": 60})
    first, second, alone = (
        (await ask(world, back, bot)).conversation,
        (await ask(world, left, bot)).conversation,
        (await ask(world, back)).conversation,
    )
    await later(world, clock, 60)
    for conversation, then in ((first, "bot"), (second, "leave_message"), (alone, "leave_message")):
        after = await world.get(conversation.id)
        assert after.state is ConversationState.BOT
        assert after.agent_id == (None if conversation is alone else bot.id)
        assert await world.last_body(conversation.id, "unqueued") == {"reason": "late", "instead": then}
    assert [one.steps for one in await told(world, busy, alone.id)] == [
        (Passed(Onward.BOT, None, "no_bot"), Passed(Onward.LEAVE_MESSAGE))
    ]


async def test_an_open_offer_is_awaited_before_the_wait_ends(world: World, clock: ManualClock) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei, offer_timeout=30)
    await world.route(team, Routing(max_wait_s=10))
    waits = (await ask(world, team)).conversation
    await later(world, clock, 20)
    assert (await world.get(waits.id)).state is ConversationState.WAITING
    await later(world, clock, 10)
    await later(world, clock, 1)
    assert (await world.get(waits.id)).state is ConversationState.BOT


async def test_who_waits_when_everybody_of_a_closed_team_has_gone_is_not_left_waiting(
    world: World, clock: ManualClock
) -> None:
    mei = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei)
    waits = (await ask(world, team)).conversation
    await update_team(world.platform, world.system, team, TeamChanges(hours=CLOSED))
    await later(world, clock, 1)
    assert (await world.get(waits.id)).state is ConversationState.WAITING
    await world.set_status(mei, Status.OFFLINE)
    await later(world, clock, 1)
    assert (await world.get(waits.id)).state is ConversationState.BOT
    assert await world.last_body(waits.id, "unqueued") == {"reason": "closed", "instead": "leave_message"}


async def test_a_removed_team_is_passed_over(world: World) -> None:
    busy, mei = await world.add_agent(status=Status.BUSY), await world.add_agent()
    first, gone, second = (
        await world.add_team(busy),
        await world.add_team(mei),
        await world.add_team(mei),
    )
    await world.route(first, Routing(max_waiting=1, when_full=(to(gone), to(second))))
    await delete_team(world.platform, world.system, gone)
    await ask(world, first)
    passed = await ask(world, first)
    assert passed.conversation.team_id == second
    [overflow] = await told(world, mei, passed.conversation.id)
    assert overflow.steps[0] == Passed(Onward.TEAM, str(gone), "removed")


async def test_a_chain_may_not_lead_back(world: World) -> None:
    teams = [await world.add_team() for _ in range(3)]
    a, b, c = teams
    await world.route(a, Routing(when_full=(to(b),)))
    await world.route(b, Routing(when_late=(to(c),)))
    for team, step in ((c, to(a)), (c, to(b)), (a, to(a))):
        with pytest.raises(FrontdeskError) as caught:
            await set_routing(world.platform, world.system, team, Routing(when_late=(step,)))
        assert caught.value.code == "dispatch.overflow-circle"
    await world.route(b, Routing())
    await world.route(c, Routing(when_late=(to(a),)))


@pytest.mark.parametrize(
    ("chain", "code"),
    [
        ((OverflowStep(Onward.TEAM),), "dispatch.overflow-step"),
        ((OverflowStep(Onward.BOT, "7"),), "dispatch.overflow-step"),
        ((MESSAGE, BOT), "dispatch.overflow-end"),
    ],
)
async def test_a_step_that_says_too_little_or_too_much_is_refused(
    world: World, chain: tuple[OverflowStep, ...], code: str
) -> None:
    team = await world.add_team()
    with pytest.raises(FrontdeskError) as caught:
        await set_routing(world.platform, world.system, team, Routing(when_full=chain))
    assert caught.value.code == code


async def test_a_foreign_team_is_as_one_that_is_not_there(world: World) -> None:
    team = await world.add_team()
    with pytest.raises(FrontdeskError) as caught:
        await set_routing(world.platform, world.system, team, Routing(when_full=(to(12345),)))
    assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_places_that_come_free_in_the_meantime_are_used_before_anybody_is_moved_on(
    world: World, clock: ManualClock
) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    await world.route(team, Routing(max_wait_s=60))
    served, waits = (await ask(world, team)).conversation, (await ask(world, team)).conversation
    clock.advance(seconds=59)
    await close(world.platform, mei, served.id)
    await world.settle()
    await later(world, clock, 5)
    assert (await world.get(waits.id)).agent_id == mei.id
