"""Asking for a human, waiting, offers, taking by hand: every way into an agent's hands."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import ConversationState, WaitingFrame, deliver_subject, team_subject
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import (
    Absence,
    Outcome,
    Why,
    accept,
    close,
    decisions_of,
    decline,
    leave_queue,
    request_human,
    standing,
    take,
)
from frontdesk.dispatch.types import Excluded
from frontdesk.platform import Platform
from frontdesk.settings import change
from frontdesk.staff import Policy, Status
from tests.service.dispatch_world import Heard, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def test_a_free_agent_gets_the_visitor_in_the_same_transaction(world: World) -> None:
    mei = await world.add_agent()
    team, bot = await world.add_team(mei), await world.add_bot()
    conversation = await world.open(team, bot=bot)
    requested = await request_human(world.platform, world.visitor_of(conversation), conversation.id)
    assert requested.conversation.state is ConversationState.ACTIVE
    assert requested.conversation.agent_id == mei.id
    assert (requested.queue, requested.absence) == (None, None)
    assert await world.kinds(conversation.id) == ["opened", "assigned", "queued", "assigned"]
    assert (await world.seat(mei)).load == 1


async def test_asking_again_changes_nothing(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    first, second = await world.open(team), await world.open(team)
    for conversation in (first, second):
        await request_human(world.platform, world.visitor_of(conversation), conversation.id, team_id=team)
    again = await request_human(world.platform, world.visitor_of(second), second.id)
    assert again.queue is not None
    assert (again.queue.position, again.queue.ahead, again.queue.estimate) == (1, 0, None)
    assert await world.kinds(second.id) == ["opened", "queued"]
    served = await request_human(world.platform, world.visitor_of(first), first.id)
    assert served.conversation.state is ConversationState.ACTIVE
    assert (await world.seat(mei)).load == 1


async def test_nobody_on_duty_is_told_and_nothing_is_changed(world: World) -> None:
    away = await world.add_agent(status=Status.OFFLINE)
    team = await world.add_team(away)
    conversation = await world.open(team)
    requested = await request_human(
        world.platform, world.visitor_of(conversation), conversation.id, team_id=team
    )
    assert requested.absence == Absence(Why.NOBODY)
    assert requested.conversation == conversation


async def test_a_busy_team_is_on_duty_and_the_visitor_waits(world: World) -> None:
    busy = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(busy)
    conversation = await world.open(team)
    requested = await request_human(
        world.platform, world.visitor_of(conversation), conversation.id, team_id=team
    )
    assert requested.queue is not None
    assert requested.queue.position == 1
    stored = await decisions_of(world.platform, busy, conversation.id)
    assert [(one.outcome, one.candidates[0].excluded) for one in stored.items] == [
        (Outcome.NOBODY, Excluded.BUSY)
    ]


async def test_a_queue_of_the_longest_length_takes_no_more(world: World) -> None:
    busy = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(busy)
    await change(world.platform, world.system, {"max_waiting": 1})
    for expected in (None, Absence(Why.FULL)):
        conversation = await world.open(team)
        requested = await request_human(
            world.platform, world.visitor_of(conversation), conversation.id, team_id=team
        )
        assert requested.absence == expected


async def test_leaving_the_queue_brings_the_bot_back(world: World) -> None:
    busy = await world.add_agent(status=Status.BUSY)
    team, bot = await world.add_team(busy), await world.add_bot()
    conversation = await world.open(team, bot=bot)
    visitor = world.visitor_of(conversation)
    await request_human(world.platform, visitor, conversation.id)
    left = await leave_queue(world.platform, visitor, conversation.id)
    assert left.state is ConversationState.BOT
    assert left.agent_id == bot.id
    assert await leave_queue(world.platform, visitor, conversation.id) == left
    assert await world.queue_of(team) == []


@pytest.mark.parametrize("what", ["closed", "online", "capacity", "member"])
async def test_a_place_that_becomes_free_is_filled_at_once(world: World, what: str) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    first, second = await world.open(team), await world.open(team)
    if what == "online":
        await world.set_status(mei, Status.BUSY)
    for conversation in (first, second):
        await request_human(world.platform, world.visitor_of(conversation), conversation.id, team_id=team)
    match what:
        case "closed":
            await close(world.platform, mei, first.id)
        case "online":
            await world.set_status(mei, Status.ONLINE)
        case "capacity":
            await world.set_capacity(mei, 2)
        case _:
            helper = await world.add_agent()
            await world.add_member(team, mei, helper)
    await world.settle()
    waiting = second if what != "online" else first
    assert (await world.get(waiting.id)).state is ConversationState.ACTIVE


async def test_first_come_first_served_in_the_same_millisecond(world: World) -> None:
    busy = await world.add_agent(capacity=200, status=Status.BUSY)
    team = await world.add_team(busy)
    ids: list[int] = []
    for _ in range(60):
        conversation = await world.open(team)
        await request_human(world.platform, world.visitor_of(conversation), conversation.id, team_id=team)
        ids.append(conversation.id)
    assert [item.conversation_id for item in await world.queue_of(team)] == ids
    heard = Heard.by(world.platform, world.organization, busy.id)
    await world.set_status(busy, Status.ONLINE)
    await world.settle()
    assert [int(str(frame["conversation"])) for frame in heard.of("reset")] == ids
    assert (await world.seat(busy)).load == 60


async def test_two_hundred_at_once_never_overfill_and_share_fairly(world: World) -> None:
    agents = [await world.add_agent(capacity=20) for _ in range(4)]
    team = await world.add_team(*agents, policy=Policy.WEIGHTED)
    opened = [await world.open(team) for _ in range(200)]
    await asyncio.gather(
        *(request_human(world.platform, world.visitor_of(one), one.id, team_id=team) for one in opened)
    )
    await world.settle()
    owners = Counter([(await world.get(one.id)).agent_id for one in opened])
    assert {agent.id: owners[agent.id] for agent in agents} == dict.fromkeys([one.id for one in agents], 20)
    assert owners[None] == 120


async def test_a_returning_customer_gets_the_same_agent(world: World) -> None:
    first, second = await world.add_agent(5), await world.add_agent(5)
    team = await world.add_team(first, second, policy=Policy.LEAST_BUSY)
    contact = world.new_contact()
    before = await world.open(team, contact=contact)
    served = await request_human(world.platform, world.visitor_of(before), before.id, team_id=team)
    await close(world.platform, world.visitor_of(before), before.id)
    last = served.conversation.agent_id
    other = first if last == second.id else second
    for _ in range(2):  # make the last agent the worse choice
        filler = await world.open(team)
        await request_human(world.platform, world.visitor_of(filler), filler.id, team_id=team)
        if (await world.get(filler.id)).agent_id == other.id:
            await close(world.platform, other, filler.id)
    again = await world.open(team, contact=contact)
    requested = await request_human(world.platform, world.visitor_of(again), again.id, team_id=team)
    assert requested.conversation.agent_id == last
    stored = await decisions_of(world.platform, first if last == first.id else second, again.id)
    assert stored.items[-1].policy == "returning"


# ---- by hand -------------------------------------------------------------------------------------------------------


async def test_taking_by_hand_needs_a_place_and_one_wins(world: World) -> None:
    one = await world.add_agent(capacity=1, status=Status.BUSY)
    two = await world.add_agent(capacity=1, status=Status.BUSY)
    team = await world.add_team(one, two)
    first, second = await world.open(team), await world.open(team)
    for conversation in (first, second):
        await request_human(world.platform, world.visitor_of(conversation), conversation.id, team_id=team)
    answers = await asyncio.gather(
        take(world.platform, one, first.id), take(world.platform, two, first.id), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Conversation", "FrontdeskError"]
    winner = one if (await world.get(first.id)).agent_id == one.id else two
    assert (await take(world.platform, winner, first.id)).agent_id == winner.id
    with pytest.raises(FrontdeskError) as refusal:
        await take(world.platform, winner, second.id)
    assert refusal.value.code == "dispatch.full"
    assert (await world.get(second.id)).state is ConversationState.WAITING


async def test_what_an_agent_cannot_see_does_not_exist(world: World) -> None:
    one, stranger = await world.add_agent(status=Status.BUSY), await world.add_agent(status=Status.BUSY)
    team = await world.add_team(one)
    await world.add_team(stranger)
    conversation = await world.open(team)
    await request_human(world.platform, world.visitor_of(conversation), conversation.id, team_id=team)
    other_visitor = Subject(world.organization, SubjectKind.VISITOR, 1)
    elsewhere = Subject(world.organization + 1, SubjectKind.AGENT, one.id, permissions=one.permissions)
    for subject, ask in (
        (stranger, take),
        (stranger, close),
        (stranger, accept),
        (stranger, decline),
        (elsewhere, take),
        (elsewhere, close),
        (other_visitor, close),
        (other_visitor, leave_queue),
        (other_visitor, request_human),
    ):
        with pytest.raises(FrontdeskError) as refusal:
            await ask(world.platform, subject, conversation.id)
        assert refusal.value.kind is ErrorKind.NOT_FOUND


# ---- offers --------------------------------------------------------------------------------------------------------


async def test_an_offer_holds_a_place_until_it_is_accepted(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei, offer_timeout=20)
    heard = Heard.by(world.platform, world.organization, mei.id)
    first, second = await world.open(team), await world.open(team)
    for conversation in (first, second):
        await request_human(world.platform, world.visitor_of(conversation), conversation.id, team_id=team)
    await world.settle()
    assert [frame["conversation"]["id"] for frame in heard.of("offer")] == [str(first.id)]  # pyright: ignore[reportIndexIssue]  decoded JSON
    seat = await world.seat(mei)
    assert (seat.load, seat.reserved) == (0, 1)
    assert [type(frame).__name__ for frame in await standing(world.platform, mei)][:2] == [
        "OfferFrame",
        "WaitingFrame",
    ]
    taken = await accept(world.platform, mei, first.id)
    assert taken.agent_id == mei.id
    assert await accept(world.platform, mei, first.id) == taken
    seat = await world.seat(mei)
    assert (seat.load, seat.reserved) == (1, 0)
    assert [frame["outcome"] for frame in heard.of("offer_ended")] == ["accepted"]


async def test_a_declined_offer_goes_to_the_next_and_keeps_its_place(
    world: World, clock: ManualClock
) -> None:
    one, two = await world.add_agent(capacity=1), await world.add_agent(capacity=1)
    team = await world.add_team(one, two, offer_timeout=20)
    conversation = await world.open(team)
    await request_human(world.platform, world.visitor_of(conversation), conversation.id, team_id=team)
    before = (await world.queue_of(team))[0]
    first, second = (one, two) if before.offered_to == one.id else (two, one)
    await decline(world.platform, first, conversation.id)
    await world.settle()
    item = (await world.queue_of(team))[0]
    assert item.offered_to == second.id
    assert item.enqueued_at == before.enqueued_at
    with pytest.raises(FrontdeskError) as refusal:
        await accept(world.platform, first, conversation.id)
    assert refusal.value.code == "dispatch.offer-over"
    clock.advance(seconds=21)
    await world.dispatcher.tick()
    await world.settle()
    item = (await world.queue_of(team))[0]
    assert item.offered_to is None
    assert (await world.seat(second)).reserved == 0
    clock.advance(seconds=60)
    await world.dispatcher.tick()
    await world.settle()
    assert (await world.queue_of(team))[0].offered_to is not None


async def test_an_offer_is_withdrawn_when_the_visitor_leaves_or_the_agent_goes(world: World) -> None:
    mei = await world.add_agent(capacity=2)
    other = await world.add_agent(capacity=2, status=Status.BUSY)
    team = await world.add_team(mei, other, offer_timeout=20)
    heard = Heard.by(world.platform, world.organization, mei.id)
    first, second = await world.open(team), await world.open(team)
    for conversation in (first, second):
        await request_human(world.platform, world.visitor_of(conversation), conversation.id, team_id=team)
    await leave_queue(world.platform, world.visitor_of(first), first.id)
    await world.set_status(mei, Status.OFFLINE)
    await world.settle()
    assert [frame["outcome"] for frame in heard.of("offer_ended")] == ["withdrawn", "withdrawn"]
    seat = await world.seat(mei)
    assert (seat.load, seat.reserved) == (0, 0)
    assert [item.offered_to for item in await world.queue_of(team)] == [None]


# ---- what is shown -------------------------------------------------------------------------------------------------


async def test_visitors_hear_of_their_place_and_only_when_it_changes(world: World) -> None:
    busy = await world.add_agent(capacity=9, status=Status.BUSY)
    team = await world.add_team(busy)
    opened = [await world.open(team) for _ in range(3)]
    heard = [Heard.by(world.platform, world.organization, one.contact_id) for one in opened]
    staff = Heard(world.platform, team_subject(world.organization, team))
    for one in opened:
        await request_human(world.platform, world.visitor_of(one), one.id, team_id=team)
        await world.settle()
    assert [[frame["position"] for frame in one.of("queue")] for one in heard] == [[1], [2], [3]]
    await leave_queue(world.platform, world.visitor_of(opened[1]), opened[1].id)
    await world.settle()
    assert [[frame["position"] for frame in one.of("queue")] for one in heard] == [[1], [2], [3, 2]]
    assert [frame["count"] for frame in staff.of("waiting")] == [1, 2, 3, 2]


async def test_staff_hear_whether_who_waits_has_to_be_picked_by_hand(world: World) -> None:
    mei, busy = await world.add_agent(), await world.add_agent(status=Status.BUSY)
    by_hand, dealt = await world.add_team(mei, policy=Policy.MANUAL), await world.add_team(busy)
    for team in (by_hand, dealt):
        heard = Heard(world.platform, team_subject(world.organization, team))
        one = await world.open(team)
        await request_human(world.platform, world.visitor_of(one), one.id, team_id=team)
        await world.settle()
        assert [frame["by_hand"] for frame in heard.of("waiting")] == [team == by_hand]
    counted = [frame for frame in await standing(world.platform, mei) if isinstance(frame, WaitingFrame)]
    assert [(frame.count, frame.by_hand) for frame in counted] == [(1, True)]


async def test_frames_of_a_taken_conversation_reach_its_people(world: World) -> None:
    mei = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei)
    one = await world.open(team)
    visitor = Heard(world.platform, deliver_subject(world.organization, one.contact_id))
    agent = Heard.by(world.platform, world.organization, mei.id)
    await request_human(world.platform, world.visitor_of(one), one.id, team_id=team)
    await take(world.platform, mei, one.id)
    assert [frame["entry"]["kind"] for frame in visitor.of("entry")] == ["queued", "assigned"]  # pyright: ignore[reportIndexIssue]  decoded JSON
    assert len(agent.of("reset")) == 1
