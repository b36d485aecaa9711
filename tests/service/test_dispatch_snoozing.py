"""Putting a conversation aside: it sleeps until its time, or until somebody comes, and nothing runs down meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

import pytest
from msgspec import UNSET, Struct, convert

from frontdesk.conversations import (
    Conversation,
    ConversationState,
    Log,
    Text,
    View,
    apply,
    entries_after_in,
    list_conversations,
    snapshot_of,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import (
    close,
    put_back,
    reconcile,
    reopen,
    snooze,
    take_over,
    transfer,
    wake,
)
from frontdesk.dispatch.timers import sweep_watches
from frontdesk.platform import Platform
from frontdesk.settings import change
from frontdesk.staff import Status
from tests.service.dispatch_world import Heard, World

HOUR = 3_600_000


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


@pytest.fixture
async def mei(world: World) -> Subject:
    return await world.add_agent(capacity=2)


async def served(world: World, agent: Subject) -> Conversation:
    """A conversation that this agent has."""
    team = await world.add_team(agent)
    conversation = await world.ask(team)
    return await world.get(conversation.id)


async def tick(world: World, clock: ManualClock, seconds: float) -> None:
    clock.advance(seconds=seconds)
    await world.dispatcher.tick()
    await world.settle()


async def listed(world: World, agent: Subject, view: View) -> list[int]:
    page = await list_conversations(world.platform, agent, view)
    return [int(one.id) for one in page.items]


async def write(world: World, conversation: Conversation, *sayings: str) -> None:
    """The visitor writes these, by the way that every message takes, all at once."""
    log = Log(world.platform, reopen=lambda organization, one: reopen(world.platform, organization, one))
    visitor = world.visitor_of(conversation)
    await asyncio.gather(
        *(log.send(visitor, conversation.id, f"said-{said}", Text(said)) for said in sayings)
    )


class Kind(Struct):
    kind: str


def told(heard: Heard) -> list[str]:
    return [convert(frame["entry"], Kind).kind for frame in heard.of("entry")]


async def as_logged(world: World, conversation_id: int) -> None:
    """The header is what the log adds up to."""
    row = await world.get(conversation_id)
    entries = await world.platform.database.read(
        world.organization,
        lambda reader: entries_after_in(reader, world.organization, conversation_id, 0, 200),
    )
    header = snapshot_of(row)
    begun = type(header)(
        **{
            name: getattr(header, name)
            for name in header.__struct_fields__
            if name not in {"snoozed_until", "woken_seq"}
        }
    )
    for entry in entries:
        begun = apply(begun, entry)
    assert (begun.snoozed_until, begun.woken_seq) == (header.snoozed_until, header.woken_seq)


async def test_it_leaves_mine_for_snoozed_and_keeps_its_agent_and_its_place(
    world: World, mei: Subject
) -> None:
    conversation = await served(world, mei)
    until = world.platform.clock.now() + HOUR
    asleep = await snooze(world.platform, mei, conversation.id, until)
    assert (asleep.state, asleep.agent_id, asleep.snoozed_until) == (ConversationState.ACTIVE, mei.id, until)
    assert await listed(world, mei, View.MINE) == []
    assert await listed(world, mei, View.SNOOZED) == [conversation.id]
    assert (await world.seat(mei)).load == 1
    assert await world.last_body(conversation.id, "snoozed") == {"until": until}
    assert await reconcile(world.platform) == []


async def test_its_time_wakes_it_once_and_its_agent_is_told(
    world: World, mei: Subject, clock: ManualClock
) -> None:
    conversation = await served(world, mei)
    heard = Heard.by(world.platform, world.organization, mei.id)
    visitor = Heard.by(world.platform, world.organization, conversation.contact_id)
    await snooze(world.platform, mei, conversation.id, clock.now() + HOUR)
    await tick(world, clock, 3_599)
    assert (await world.kinds(conversation.id))[-1] == "snoozed"
    await tick(world, clock, 2)
    await tick(world, clock, 60)
    woken = await world.get(conversation.id)
    assert (woken.snoozed_until, woken.woken_seq) == (None, woken.head)
    assert await world.last_body(conversation.id, "woken") == {"reason": "time"}
    assert told(heard) == ["snoozed", "woken"]
    assert told(visitor) == ["hidden", "hidden"]
    assert await listed(world, mei, View.MINE) == [conversation.id]


async def test_two_dispatchers_at_once_wake_it_once(world: World, mei: Subject, clock: ManualClock) -> None:
    conversation = await served(world, mei)
    await snooze(world.platform, mei, conversation.id, clock.now() + 1_000)
    clock.advance(seconds=2)
    await asyncio.gather(*(sweep_watches(world.platform, [world.organization]) for _ in range(5)))
    assert (await world.kinds(conversation.id)).count("woken") == 1


async def test_it_wakes_in_time_after_the_dispatcher_was_killed(
    world: World, mei: Subject, clock: ManualClock
) -> None:
    conversation = await served(world, mei)
    await snooze(world.platform, mei, conversation.id, clock.now() + HOUR)
    await world.crash(world.platform)
    await tick(world, clock, 3_601)
    assert (await world.kinds(conversation.id))[-1] == "woken"


async def test_what_the_visitor_writes_wakes_it_with_that_message(
    world: World, mei: Subject, clock: ManualClock
) -> None:
    conversation = await served(world, mei)
    asleep = await snooze(world.platform, mei, conversation.id, clock.now() + HOUR)
    await write(world, conversation, "are you there?", "hello?", "well?")
    woken = await world.get(conversation.id)
    assert (woken.head, woken.snoozed_until, woken.woken_seq) == (asleep.head + 3, None, asleep.head + 1)
    await as_logged(world, conversation.id)
    assert await listed(world, mei, View.MINE) == [conversation.id]
    await tick(world, clock, 7_200)
    assert "woken" not in await world.kinds(conversation.id)


async def test_what_its_agent_writes_does_not_wake_it(world: World, mei: Subject) -> None:
    conversation = await served(world, mei)
    log = Log(world.platform, reopen=lambda organization, one: reopen(world.platform, organization, one))
    until = world.platform.clock.now() + HOUR
    await snooze(world.platform, mei, conversation.id, until)
    await log.send(mei, conversation.id, "later", Text("I will look into it tomorrow."))
    assert (await world.get(conversation.id)).snoozed_until == until
    await as_logged(world, conversation.id)


async def test_waking_it_by_hand_takes_the_snooze_back_and_twice_is_once(world: World, mei: Subject) -> None:
    conversation = await served(world, mei)
    await snooze(world.platform, mei, conversation.id, world.platform.clock.now() + HOUR)
    woken = await wake(world.platform, mei, conversation.id)
    assert (woken.snoozed_until, woken.woken_seq) == (None, None)
    assert (await wake(world.platform, mei, conversation.id)).head == woken.head
    await as_logged(world, conversation.id)


async def test_another_time_replaces_the_one_before_and_the_same_changes_nothing(
    world: World, mei: Subject, clock: ManualClock
) -> None:
    conversation = await served(world, mei)
    first = await snooze(world.platform, mei, conversation.id, clock.now() + HOUR)
    assert (await snooze(world.platform, mei, conversation.id, clock.now() + HOUR)).head == first.head
    await snooze(world.platform, mei, conversation.id, clock.now() + 60_000)
    await tick(world, clock, 61)
    assert (await world.get(conversation.id)).snoozed_until is None


async def test_a_new_owner_the_queue_and_the_end_wake_it(world: World, clock: ManualClock) -> None:
    leader = await world.add_agent(capacity=9, role=Role.LEADER)
    mei = await world.add_agent(capacity=9, role=Role.LEADER)
    shared = await world.add_team(mei, leader)
    moves: list[Callable[[int], Awaitable[Conversation]]] = [
        partial(take_over, world.platform, leader),
        partial(transfer, world.platform, mei, agent_id=leader.id),
        partial(transfer, world.platform, mei, team_id=shared),
        partial(put_back, world.platform, leader),
        partial(close, world.platform, mei),
    ]
    for move in moves:
        team = await world.add_team(mei)
        conversation = await world.ask(team)
        await world.add_member(team, mei, leader)
        await snooze(world.platform, mei, conversation.id, clock.now() + HOUR)
        await move(conversation.id)
        moved = await world.get(conversation.id)
        assert (moved.snoozed_until, moved.woken_seq) == (None, None)
        await as_logged(world, conversation.id)
    await tick(world, clock, 3_700)
    assert await reconcile(world.platform) == []


async def test_a_sleeping_visitor_is_neither_warned_nor_sent_away_and_the_times_begin_anew(
    world: World, mei: Subject, clock: ManualClock
) -> None:
    await change(world.platform, world.system, {"silence_warn_s": 60, "silence_close_s": 120})
    conversation = await served(world, mei)
    await world.say(conversation.id, mei)
    await snooze(world.platform, mei, conversation.id, clock.now() + HOUR)
    for _ in range(59):
        await tick(world, clock, 60)
    assert (await world.kinds(conversation.id))[-1] == "snoozed"
    await tick(world, clock, 61)
    assert (await world.kinds(conversation.id))[-1] == "woken"
    await tick(world, clock, 30)
    assert (await world.kinds(conversation.id))[-1] == "woken"
    await tick(world, clock, 40)
    await tick(world, clock, 70)
    assert (await world.kinds(conversation.id))[-2:] == ["message", "closed"]


async def test_an_alarm_ends_with_the_snooze_and_the_agent_is_not_blamed_for_the_time_between(
    world: World, mei: Subject, clock: ManualClock
) -> None:
    times = {"agent_silence_alarm_s": 60, "auto_reply_after_s": 0, "agent_silence_reassign_s": 90}
    await change(world.platform, world.system, times)
    lin = await world.add_agent(capacity=0)
    team = await world.add_team(mei, lin)
    conversation = await world.ask(team)
    await world.say(conversation.id, world.visitor_of(conversation))
    heard = Heard.by(world.platform, world.organization, mei.id)
    await tick(world, clock, 30)
    await tick(world, clock, 45)
    await snooze(world.platform, mei, conversation.id, clock.now() + HOUR)
    for _ in range(60):
        await tick(world, clock, 61)
    assert [frame["since"] is not None for frame in heard.of("alarm")] == [True, False]
    assert (await world.kinds(conversation.id))[-1] == "woken"
    await write(world, conversation, "and now?")
    await tick(world, clock, 5)
    assert [frame["since"] is not None for frame in heard.of("alarm")] == [True, False]
    assert (await world.get(conversation.id)).agent_id == mei.id


async def test_who_goes_home_keeps_what_sleeps_and_loses_it_once_it_is_awake(
    world: World, mei: Subject, clock: ManualClock
) -> None:
    lin = await world.add_agent(capacity=5)
    team = await world.add_team(mei)
    conversation, other = await world.ask(team), await world.ask(team)
    await world.add_member(team, mei, lin)
    await snooze(world.platform, mei, conversation.id, clock.now() + 24 * HOUR)
    await world.set_status(mei, Status.OFFLINE)
    for _ in range(20):
        await tick(world, clock, 60)
    assert (await world.get(other.id)).agent_id == lin.id
    assert (await world.get(conversation.id)).agent_id == mei.id
    await write(world, conversation, "is anybody there?")
    for _ in range(4):
        await tick(world, clock, 60)
    assert (await world.get(conversation.id)).agent_id == lin.id


@pytest.mark.parametrize("until", [-1, 0, 1, 367 * 24 * HOUR])
async def test_a_time_that_is_over_or_too_far_away_is_refused(world: World, mei: Subject, until: int) -> None:
    conversation = await served(world, mei)
    moment = until if until < 2 else world.platform.clock.now() + until
    with pytest.raises(FrontdeskError) as refusal:
        await snooze(world.platform, mei, conversation.id, moment)
    assert refusal.value.kind is ErrorKind.INVALID
    assert snapshot_of(await world.get(conversation.id)).snoozed_until is UNSET


async def test_only_its_agent_puts_it_aside_and_only_while_it_goes_on(
    world: World, mei: Subject, clock: ManualClock
) -> None:
    team = await world.add_team(mei)
    conversation = await world.ask(team)
    stranger = await world.add_agent()
    leader = await world.add_agent(role=Role.LEADER)
    await world.add_member(team, mei, leader)
    until = clock.now() + HOUR
    for who, kind in ((stranger, ErrorKind.NOT_FOUND), (leader, ErrorKind.FORBIDDEN)):
        for deed in (partial(snooze, until=until), wake):
            with pytest.raises(FrontdeskError) as refusal:
                await deed(world.platform, who, conversation.id)
            assert refusal.value.kind is kind
    with pytest.raises(FrontdeskError) as refusal:
        await snooze(world.platform, world.visitor_of(conversation), conversation.id, until)
    assert refusal.value.kind is ErrorKind.FORBIDDEN
    await close(world.platform, mei, conversation.id)
    with pytest.raises(FrontdeskError) as refusal:
        await snooze(world.platform, mei, conversation.id, until)
    assert refusal.value.kind is ErrorKind.CONFLICT


async def test_the_visitor_never_learns_that_it_was_put_aside(world: World, mei: Subject) -> None:
    conversation = await served(world, mei)
    asleep = await snooze(world.platform, mei, conversation.id, world.platform.clock.now() + HOUR)
    header = snapshot_of(asleep, for_visitor=True)
    assert (header.snoozed_until, header.woken_seq) == (UNSET, UNSET)
    await write(world, conversation, "hello")
    woken = snapshot_of(await world.get(conversation.id), for_visitor=True)
    assert (woken.snoozed_until, woken.woken_seq) == (UNSET, UNSET)


async def test_who_is_away_is_no_reason_to_wake_it(world: World, mei: Subject, clock: ManualClock) -> None:
    conversation = await served(world, mei)
    await snooze(world.platform, mei, conversation.id, clock.now() + HOUR)
    await world.set_status(mei, Status.AWAY)
    await tick(world, clock, 600)
    assert (await world.kinds(conversation.id))[-1] == "snoozed"
