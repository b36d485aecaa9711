"""What time does to agents and their conversations: alarms, somebody else, breaks, and time to wrap up."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import ConversationState, deliver_subject, team_subject
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Subject
from frontdesk.dispatch import close, end_wrap_up
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.settings import change
from frontdesk.staff import Status, find_presence
from tests.service.dispatch_world import Heard, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def served(world: World, team: int) -> int:
    """A conversation that an agent of this team has, and whose visitor has just spoken."""
    conversation = await world.ask(team)
    assert (await world.get(conversation.id)).state is ConversationState.ACTIVE
    await world.say(conversation.id, world.visitor_of(conversation))
    return conversation.id


async def tick(world: World, clock: ManualClock, seconds: float) -> None:
    """Let time pass as it does: the dispatcher looks every second, here every ten."""
    left = seconds
    while left > 0:
        step = min(10.0, left)
        clock.advance(seconds=step)
        await world.dispatcher.tick()
        await world.settle()
        left -= step


async def set_times(world: World, **times: int) -> None:
    await change(world.platform, world.system, times)
    await world.settle()


async def owner(world: World, conversation: int) -> int | None:
    return (await world.get(conversation)).agent_id


async def status_of(world: World, agent: Subject) -> tuple[Status, str]:
    found = await world.platform.database.read(
        EVERY_ORGANIZATION, lambda reader: find_presence(reader, world.organization, agent.id)
    )
    assert found is not None
    return found.status, found.reason


def alarms(heard: Heard) -> list[bool]:
    """Whether each alarm began, or was over."""
    return [frame["since"] is not None for frame in heard.frames if frame["t"] == "alarm"]


async def test_agent_and_team_are_alarmed_once_and_told_when_the_agent_has_spoken(
    world: World, clock: ManualClock
) -> None:
    await set_times(world, agent_silence_alarm_s=60, auto_reply_after_s=0)
    mei = await world.add_agent()
    team = await world.add_team(mei)
    conversation = await served(world, team)
    told = [
        Heard(world.platform, deliver_subject(world.organization, mei.id)),
        Heard(world.platform, team_subject(world.organization, team)),
    ]
    await tick(world, clock, 50)
    assert [alarms(heard) for heard in told] == [[], []]
    await tick(world, clock, 80)
    assert [alarms(heard) for heard in told] == [[True], [True]]
    await world.say(conversation, mei)
    await tick(world, clock, 10)
    assert [alarms(heard) for heard in told] == [[True, False], [True, False]]


async def test_a_silent_agents_conversation_goes_to_somebody_else_ahead_of_those_who_came_later(
    world: World, clock: ManualClock
) -> None:
    await set_times(world, agent_silence_reassign_s=120, auto_reply_after_s=0)
    mei, lin = await world.add_agent(capacity=1), await world.add_agent(capacity=1)
    team = await world.add_team(mei, lin)
    silent, other = await served(world, team), await served(world, team)
    agent = mei if await owner(world, silent) == mei.id else lin
    colleague = lin if agent is mei else mei
    await world.say(other, colleague)
    later = await world.ask(team)
    await tick(world, clock, 100)
    assert await owner(world, silent) == agent.id
    await tick(world, clock, 40)
    assert (await world.get(silent)).state is ConversationState.WAITING
    assert (
        await world.get(later.id)
    ).agent_id == agent.id  # the free place is not for the one that it came from
    await close(world.platform, colleague, other)
    await world.settle()
    assert await owner(world, silent) == colleague.id
    assert (await world.kinds(silent)).count("queued") == 2


async def test_a_silent_agent_who_is_alone_keeps_the_conversation_and_is_alarmed_all_the_same(
    world: World, clock: ManualClock
) -> None:
    await set_times(world, agent_silence_reassign_s=60, agent_silence_alarm_s=90, auto_reply_after_s=0)
    mei = await world.add_agent()
    team = await world.add_team(mei)
    conversation = await served(world, team)
    heard = Heard(world.platform, deliver_subject(world.organization, mei.id))
    await tick(world, clock, 200)
    assert await owner(world, conversation) == mei.id
    assert alarms(heard) == [True]


async def test_an_alarm_survives_a_crash_and_ends_when_somebody_else_has_the_conversation(
    world: World, platform: Platform, clock: ManualClock
) -> None:
    await set_times(world, agent_silence_alarm_s=60, agent_silence_reassign_s=180, auto_reply_after_s=0)
    mei, lin = await world.add_agent(), await world.add_agent()
    team = await world.add_team(mei, lin)
    conversation = await served(world, team)
    await tick(world, clock, 70)
    heard = Heard(platform, team_subject(world.organization, team))
    await world.crash(platform)
    former = await owner(world, conversation)
    await tick(world, clock, 130)
    assert alarms(heard) == [False]
    assert await owner(world, conversation) not in {former, None}


async def test_how_long_one_may_be_gone_is_a_setting_that_counts_at_once(
    world: World, clock: ManualClock
) -> None:
    mei, lin = await world.add_agent(capacity=1), await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    conversation = await served(world, team)
    await world.add_member(team, mei, lin)
    await world.set_status(mei, Status.OFFLINE)
    await world.settle()
    await tick(world, clock, 40)
    assert await owner(world, conversation) == mei.id
    await set_times(world, agent_gone_reassign_s=30)
    await tick(world, clock, 1)
    assert await owner(world, conversation) == lin.id


async def test_offers_missed_in_a_row_make_a_break_and_an_answer_in_between_starts_anew(
    world: World, clock: ManualClock
) -> None:
    await set_times(world, missed_offers_break=2)
    mei = await world.add_agent()
    team = await world.add_team(mei, offer_timeout=10)
    await world.ask(team)
    await tick(world, clock, 11)
    assert (await world.seat(mei)).missed == 1
    assert (await status_of(world, mei))[0] is Status.ONLINE
    await tick(world, clock, 75)  # after a minute it is offered again, and missed again
    assert await status_of(world, mei) == (Status.AWAY, "missed_offers")
    assert (await world.seat(mei)).missed == 0
    await world.set_status(mei, Status.ONLINE)
    await tick(world, clock, 75)
    assert (await world.seat(mei)).missed == 1


async def test_after_a_conversation_its_agent_gets_nothing_new_until_the_time_is_over(
    world: World, clock: ManualClock
) -> None:
    await set_times(world, wrap_up_s=30)
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    first = await served(world, team)
    waiting = await world.ask(team)
    await close(world.platform, mei, first)
    await world.settle()
    assert (await world.get(waiting.id)).state is ConversationState.WAITING
    await tick(world, clock, 29)
    assert (await world.get(waiting.id)).state is ConversationState.WAITING
    await tick(world, clock, 1)
    assert await owner(world, waiting.id) == mei.id


async def test_wrapping_up_ends_early_by_hand_and_survives_a_crash_until_then(
    world: World, platform: Platform, clock: ManualClock
) -> None:
    await set_times(world, wrap_up_s=3600)
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    first = await served(world, team)
    await close(world.platform, mei, first)
    waiting = await world.ask(team)
    await world.crash(platform)
    await tick(world, clock, 20)
    assert (await world.get(waiting.id)).state is ConversationState.WAITING
    for _again in range(2):
        await end_wrap_up(world.platform, mei)
    await world.settle()
    assert await owner(world, waiting.id) == mei.id


async def test_without_the_settings_nothing_of_it_happens(world: World, clock: ManualClock) -> None:
    mei, lin = await world.add_agent(capacity=1), await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    conversation = await served(world, team)
    await world.add_member(team, mei, lin)
    heard = Heard(world.platform, team_subject(world.organization, team))
    await tick(world, clock, 800)
    assert await owner(world, conversation) == mei.id
    assert alarms(heard) == []
    await close(world.platform, mei, conversation)
    assert (await world.seat(mei)).wraps_until is None
