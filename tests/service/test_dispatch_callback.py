"""Waiting without staying, one line to all who wait, and what supervisors see of their queues."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.contacts import find_contact_in
from frontdesk.conversations import ConversationState
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import (
    Routing,
    Why,
    announce,
    ask_callback,
    close,
    leave_queue,
    list_queues,
    request_human,
    standing,
    transfer,
)
from frontdesk.platform import Platform
from frontdesk.staff import Hours, Status, TeamChanges, update_team
from tests.service.dispatch_world import Heard, World

CLOSED = Hours("Asia/Shanghai", ((),) * 7)


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def waiting(world: World, team: int) -> tuple[int, Subject]:
    """A visitor with a record, who waits."""
    conversation = await world.ask(team, contact=await world.meet())
    assert conversation.state is ConversationState.WAITING
    return conversation.id, world.visitor_of(conversation)


async def test_the_place_is_kept_past_the_longest_wait_and_closing_time_and_is_served_in_turn(
    world: World, clock: ManualClock
) -> None:
    mei = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei)
    await world.route(team, Routing(max_wait_s=60))
    kept, visitor = await waiting(world, team)
    behind, _ = await waiting(world, team)
    asked = await ask_callback(world.platform, visitor, kept, phone="138 0013 8000")
    assert asked.queue is not None
    assert (asked.queue.position, asked.queue.callback) == (1, True)
    await update_team(world.platform, world.system, team, TeamChanges(hours=CLOSED))
    await world.set_status(mei, Status.OFFLINE)
    clock.advance(seconds=40_000)
    await world.dispatcher.tick()
    await world.settle()
    assert [item.conversation_id for item in await world.queue_of(team)] == [kept]
    assert (await world.get(behind)).state is ConversationState.BOT
    await world.set_status(mei, Status.ONLINE)
    await world.settle()
    assert (await world.get(kept)).agent_id == mei.id


async def test_what_was_left_stands_in_the_conversation_and_in_the_contact_where_nothing_was_known(
    world: World,
) -> None:
    team = await world.add_team(await world.add_agent(status=Status.BUSY))
    one, visitor = await waiting(world, team)
    await ask_callback(world.platform, visitor, one, phone="+86 138 0013 8000", email="wang@example.com")
    assert await world.last_body(one, "message") == {
        "type": "text",
        "text": "I am leaving now. Please contact me when it is my turn: +86 138 0013 8000 / wang@example.com",
    }
    contact = await world.platform.database.read(
        world.organization, lambda reader: find_contact_in(reader, world.organization, visitor.id)
    )
    assert contact is not None
    assert (contact.phone, contact.email) == ("+86 138 0013 8000", "wang@example.com")


async def test_asking_twice_changes_nothing_and_other_tabs_are_told(world: World) -> None:
    team = await world.add_team(await world.add_agent(status=Status.BUSY))
    one, visitor = await waiting(world, team)
    heard = Heard.by(world.platform, world.organization, visitor.id)
    await ask_callback(world.platform, visitor, one)
    await world.settle()
    kept = await ask_callback(world.platform, visitor, one)
    await world.settle()
    assert kept.queue is not None
    assert kept.queue.callback
    assert await world.kinds(one) == ["opened", "queued", "message"]
    assert [frame["callback"] for frame in heard.of("queue")] == [True]
    [frame] = await standing(world.platform, visitor)
    assert frame == type(frame)(str(one), 1, 0, None, str(team), None, None, True)
    again = await request_human(world.platform, visitor, one)
    assert again.queue == kept.queue
    assert (await leave_queue(world.platform, visitor, one)).state is ConversationState.BOT


async def test_a_kept_place_is_kept_through_a_transfer(world: World) -> None:
    mei = await world.add_agent(status=Status.BUSY)
    first, second = await world.add_team(mei), await world.add_team(mei)
    one, visitor = await waiting(world, first)
    await ask_callback(world.platform, visitor, one)
    await transfer(world.platform, mei, one, team_id=second)
    [item] = await world.queue_of(second)
    assert item.callback


@pytest.mark.parametrize(("phone", "email"), [("call me", ""), ("", "wang@"), ("1" * 60, "")])
async def test_a_number_or_an_address_that_is_none_is_refused_and_changes_nothing(
    world: World, phone: str, email: str
) -> None:
    team = await world.add_team(await world.add_agent(status=Status.BUSY))
    one, visitor = await waiting(world, team)
    with pytest.raises(FrontdeskError) as caught:
        await ask_callback(world.platform, visitor, one, phone=phone, email=email)
    assert caught.value.kind is ErrorKind.INVALID
    assert await world.kinds(one) == ["opened", "queued"]


async def test_only_the_visitor_who_waits_keeps_a_place(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    served = await world.ask(team)
    one, visitor = await waiting(world, team)
    for subject, conversation, kind in (
        (mei, one, ErrorKind.FORBIDDEN),
        (world.visitor_of(served), one, ErrorKind.NOT_FOUND),
        (world.visitor_of(served), served.id, ErrorKind.CONFLICT),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await ask_callback(world.platform, subject, conversation)
        assert caught.value.kind is kind
    await close(world.platform, mei, served.id)
    await world.settle()
    with pytest.raises(FrontdeskError) as caught:
        await ask_callback(world.platform, visitor, one)
    assert caught.value.kind is ErrorKind.CONFLICT


async def test_an_announcement_reaches_all_who_wait_for_the_team_and_is_in_the_audit_log(
    world: World,
) -> None:
    boss = await world.add_agent(status=Status.BUSY, role=Role.LEADER)
    team, other = await world.add_team(boss), await world.add_team(boss)
    told = [(await waiting(world, team))[0] for _ in range(3)]
    elsewhere, _ = await waiting(world, other)
    assert await announce(world.platform, boss, team, "  We are short of people today. ") == 3
    for one in told:
        assert await world.last_body(one, "message") == {
            "type": "text",
            "text": "We are short of people today.",
        }
    assert "message" not in await world.kinds(elsewhere)
    assert len(await world.queue_of(team)) == 3
    deeds = await world.platform.database.read(
        world.organization,
        lambda reader: find_in(
            reader, world.organization, Filter(actor_id=boss.id), before=1 << 62, limit=10
        ),
    )
    assert [(deed.action, deed.target_id, deed.facts) for deed in deeds][:1] == [
        (Action.QUEUE_ANNOUNCED, team, {"waiting": 3})
    ]


async def test_who_may_not_announce_is_refused_before_anything_is_looked_up(world: World) -> None:
    mei = await world.add_agent(status=Status.BUSY)
    boss = await world.add_agent(status=Status.BUSY, role=Role.LEADER)
    team = await world.add_team(mei)
    one, visitor = await waiting(world, team)
    for subject, target, kind in (
        (visitor, team, ErrorKind.FORBIDDEN),
        (mei, team, ErrorKind.FORBIDDEN),
        (mei, 12345, ErrorKind.FORBIDDEN),
        (boss, 12345, ErrorKind.NOT_FOUND),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await announce(world.platform, subject, target, "hello")
        assert caught.value.kind is kind
    with pytest.raises(FrontdeskError):
        await announce(world.platform, boss, team, " \n ")
    assert await world.kinds(one) == ["opened", "queued"]


async def test_queues_tell_limits_hours_and_what_a_newcomer_would_wait(
    world: World, clock: ManualClock
) -> None:
    mei = await world.add_agent(status=Status.BUSY, role=Role.ADMINISTRATOR)
    team, closed = await world.add_team(mei), await world.add_team(mei)
    await world.route(team, Routing(max_waiting=7, max_wait_s=600))
    await update_team(world.platform, world.system, closed, TeamChanges(hours=CLOSED))
    one, visitor = await waiting(world, team)
    since = clock.now()
    clock.advance(seconds=5)
    await waiting(world, team)
    await ask_callback(world.platform, visitor, one)
    first, second = await list_queues(world.platform, mei)
    assert (first.team.id, first.waiting, first.callbacks, first.oldest) == (team, 2, 1, since)
    assert (first.max_waiting, first.max_wait_s, first.next.position) == (7, 600, 3)
    assert first.absence is None
    assert second.absence is not None
    assert (second.waiting, second.max_waiting, second.absence.why) == (0, 100, Why.CLOSED)


async def test_agents_see_the_queues_of_their_teams_and_visitors_none(world: World) -> None:
    mei = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei)
    await world.add_team(await world.add_agent())
    assert [one.team.id for one in await list_queues(world.platform, mei)] == [team]
    _, visitor = await waiting(world, team)
    with pytest.raises(FrontdeskError) as caught:
        await list_queues(world.platform, visitor)
    assert caught.value.kind is ErrorKind.FORBIDDEN
