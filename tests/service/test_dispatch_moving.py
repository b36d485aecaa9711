"""Transfers, the end, the second life, time, and what is said about a conversation."""

from collections.abc import AsyncIterator

import msgspec
import pytest
from msgspec import UNSET

from frontdesk.conversations import ConversationState, Rated, Text, WrappedUp, decode_message, entries_page
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import (
    add_note,
    agents_with_load,
    close,
    invite_rating,
    me,
    rate,
    reconcile,
    reopen,
    request_human,
    transfer,
    wrap_up,
)
from frontdesk.dispatch.reconcile import Fault
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.settings import change
from frontdesk.staff import Status
from tests.service.dispatch_world import Heard, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def served(world: World, team: int, *, bot: Subject | None = None) -> int:
    """A conversation that has asked for a human; returns its id."""
    conversation = await world.open(team, bot=bot)
    await request_human(world.platform, world.visitor_of(conversation), conversation.id, team_id=team)
    return conversation.id


# ---- transfer ------------------------------------------------------------------------------------------------------


async def test_a_transfer_moves_owner_seats_and_note_together(world: World) -> None:
    mei, tom = await world.add_agent(), await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei, tom)
    one = await served(world, team)
    mine, his = (Heard.by(world.platform, world.organization, agent.id) for agent in (mei, tom))
    moved = await transfer(world.platform, mei, one, agent_id=tom.id, note="knows refunds")
    assert moved.agent_id == tom.id
    assert (await world.kinds(one))[-3:] == ["note", "transferred", "assigned"]
    assert ((await world.seat(mei)).load, (await world.seat(tom)).load) == (0, 1)
    assert len(mine.of("gone")) == 1
    assert len(his.of("reset")) == 1
    visitor = world.visitor_of(await world.get(one))
    seen = await entries_page(world.platform, visitor, one)
    assert "note" not in [entry.kind for entry in seen.entries]


@pytest.mark.parametrize(
    ("capacity", "status", "code"),
    [(0, Status.ONLINE, "dispatch.full"), (2, Status.OFFLINE, "dispatch.offline")],
)
async def test_a_transfer_to_who_cannot_take_it_changes_nothing(
    world: World, capacity: int, status: Status, code: str
) -> None:
    mei, tom = await world.add_agent(), await world.add_agent(capacity, status=status)
    team = await world.add_team(mei, tom)
    one = await served(world, team)
    before = await world.get(one)
    with pytest.raises(FrontdeskError) as refusal:
        await transfer(world.platform, mei, one, agent_id=tom.id, note="please")
    assert refusal.value.code == code
    assert await world.get(one) == before
    assert (await world.seat(mei)).load == 1


async def test_a_transfer_to_a_team_goes_ahead_of_newcomers_and_not_back(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    busy = await world.add_agent(status=Status.BUSY)
    first_team, second_team = await world.add_team(mei), await world.add_team(mei, busy)
    one = await served(world, first_team)
    newcomer = await served(world, second_team)
    await transfer(world.platform, mei, one, team_id=second_team)
    queue = [item.conversation_id for item in await world.queue_of(second_team)]
    assert queue == [one]  # mei's free place went to the newcomer: she has just given the other one away
    assert (await world.get(newcomer)).agent_id == mei.id
    await world.set_status(busy, Status.ONLINE)
    await world.settle()
    assert (await world.get(one)).agent_id == busy.id


async def test_an_agent_cannot_hand_on_a_colleagues_conversation_but_a_leader_can(world: World) -> None:
    mei = await world.add_agent()
    tom, lea = (
        await world.add_agent(status=Status.BUSY),
        await world.add_agent(role=Role.LEADER, status=Status.BUSY),
    )
    team = await world.add_team(mei, tom, lea)
    one = await served(world, team)
    for ask in (
        transfer(world.platform, tom, one, agent_id=tom.id),
        close(world.platform, tom, one),
    ):
        with pytest.raises(FrontdeskError) as refusal:
            await ask
        assert refusal.value.kind == "forbidden"
    assert (await transfer(world.platform, lea, one, agent_id=tom.id)).agent_id == tom.id


async def test_conversations_of_an_agent_who_stays_away_are_brought_back(
    world: World, clock: ManualClock
) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    one = await served(world, team)
    tom = await world.add_agent(status=Status.BUSY)
    await world.add_member(team, mei, tom)
    await world.set_status(mei, Status.OFFLINE)
    await world.settle()
    clock.advance(seconds=60)
    await world.dispatcher.tick()
    assert (await world.get(one)).agent_id == mei.id
    clock.advance(seconds=61)
    await world.dispatcher.tick()
    await world.settle()
    assert (await world.get(one)).state is ConversationState.WAITING
    assert (await world.seat(mei)).load == 0
    await world.set_status(tom, Status.ONLINE)
    await world.settle()
    assert (await world.get(one)).agent_id == tom.id


async def test_a_lowered_capacity_drains_and_takes_nobody_new(world: World) -> None:
    mei = await world.add_agent(capacity=2)
    team = await world.add_team(mei)
    one, two = await served(world, team), await served(world, team)
    await world.set_capacity(mei, 1)
    await world.settle()
    three = await served(world, team)
    assert (await world.seat(mei)).ceiling == 2
    await close(world.platform, mei, one)
    await world.settle()
    assert (await world.get(three)).state is ConversationState.WAITING
    assert (await world.seat(mei)).ceiling == 1
    await close(world.platform, mei, two)
    await world.settle()
    assert (await world.get(three)).agent_id == mei.id


# ---- the end and after ---------------------------------------------------------------------------------------------


async def test_closing_twice_changes_nothing_and_keeps_a_late_wrap_up(world: World) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    one = await served(world, team)
    closed = await close(world.platform, mei, one)
    assert (closed.close_reason, (await world.seat(mei)).load) == ("agent", 0)
    assert await close(world.platform, mei, one) == closed
    assert await close(world.platform, world.visitor_of(closed), one) == closed
    wrapped = await close(world.platform, mei, one, wrap_up=WrappedUp("Orders/Refund", "paid back"))
    assert wrapped.wrap_up is not None
    assert (await world.kinds(one)).count("closed") == 1
    again = await wrap_up(world.platform, mei, one, WrappedUp("Orders/Refund", "paid back"))
    assert again == wrapped


async def test_a_visitor_who_writes_again_gets_the_same_agent(world: World, clock: ManualClock) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    one = await served(world, team)
    await close(world.platform, mei, one)
    clock.advance(seconds=599)
    assert await reopen(world.platform, world.organization, one)
    assert (await world.get(one)).agent_id == mei.id
    assert (await world.seat(mei)).load == 1
    assert await reopen(world.platform, world.organization, one)
    assert (await world.kinds(one)).count("reopened") == 1


async def test_a_reopened_one_waits_when_the_agent_is_full(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    one = await served(world, team)
    await close(world.platform, mei, one)
    await served(world, team)
    assert await reopen(world.platform, world.organization, one)
    assert (await world.get(one)).state is ConversationState.WAITING


async def test_a_bots_conversation_goes_back_to_the_bot(world: World) -> None:
    team, bot = await world.add_team(await world.add_agent()), await world.add_bot()
    conversation = await world.open(team, bot=bot)
    await close(world.platform, world.visitor_of(conversation), conversation.id)
    assert await reopen(world.platform, world.organization, conversation.id)
    now = await world.get(conversation.id)
    assert (now.state, now.agent_id) == (ConversationState.BOT, bot.id)


@pytest.mark.parametrize("why", ["too late", "another one is open", "nobody on duty"])
async def test_it_stays_closed_when_a_new_one_is_the_better_answer(
    world: World, clock: ManualClock, why: str
) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    one = await served(world, team)
    closed = await close(world.platform, mei, one)
    match why:
        case "too late":
            clock.advance(seconds=601)
        case "another one is open":
            await world.open(team, contact=closed.contact_id)
        case _:
            await world.set_status(mei, Status.OFFLINE)
    assert not await reopen(world.platform, world.organization, one)
    assert await world.get(one) == closed


# ---- time ----------------------------------------------------------------------------------------------------------


async def test_an_unanswered_visitor_is_answered_once_and_a_silent_one_is_let_go(
    world: World, clock: ManualClock
) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    one = await served(world, team)
    visitor = world.visitor_of(await world.get(one))
    await world.say(one, visitor)
    for _ in range(40):
        clock.advance(seconds=10)
        await world.dispatcher.tick()
    page = await entries_page(world.platform, visitor, one)
    texts = [body.text for entry in page.entries if isinstance(body := decode_message(entry), Text)]
    assert len(texts) == 2
    assert "busy" in texts[1]
    await world.say(one, mei)
    for _ in range(95):
        clock.advance(seconds=10)
        await world.dispatcher.tick()
    now = await world.get(one)
    assert (now.state, now.close_reason) == (ConversationState.CLOSED, "silence")
    assert (await world.seat(mei)).load == 0


async def test_a_long_wait_ends_at_the_bot(world: World, clock: ManualClock) -> None:
    busy, bot = await world.add_agent(status=Status.BUSY), await world.add_bot()
    team = await world.add_team(busy)
    await change(world.platform, world.system, {"queue_timeout_s": 60})
    one = await served(world, team, bot=bot)
    clock.advance(seconds=61)
    await world.dispatcher.tick()
    now = await world.get(one)
    assert (now.state, now.agent_id) == (ConversationState.BOT, bot.id)
    assert (await world.kinds(one))[-2:] == ["unqueued", "assigned"]


async def test_a_bots_silent_conversation_is_closed_though_dispatch_never_moved_it(
    world: World, clock: ManualClock
) -> None:
    team, bot = await world.add_team(await world.add_agent()), await world.add_bot()
    conversation = await world.open(team, bot=bot)
    await world.dispatcher.tick()
    clock.advance(seconds=1801)
    await world.dispatcher.tick()
    assert (await world.get(conversation.id)).close_reason == "silence"


# ---- said about it -------------------------------------------------------------------------------------------------


async def test_ratings_invitations_and_notes_are_kept_once(world: World) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    one = await served(world, team)
    visitor = world.visitor_of(await world.get(one))
    for _ in range(2):
        await invite_rating(world.platform, mei, one)
        await rate(world.platform, visitor, one, Rated(5, " good ", resolved=True))
    rated = await rate(world.platform, visitor, one, Rated(4))
    assert rated.rating is not None
    assert rated.rating.score == 4
    await add_note(world.platform, mei, one, "called back")
    kinds = await world.kinds(one)
    assert (kinds.count("rating_invited"), kinds.count("rated"), kinds.count("note")) == (1, 2, 1)
    for score in (0, 6):
        with pytest.raises(FrontdeskError) as refusal:
            await rate(world.platform, visitor, one, Rated(score))
        assert refusal.value.code == "dispatch.score"


async def test_a_rating_is_kept_with_the_levels_it_was_chosen_from(world: World) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    one = await served(world, team)
    visitor = world.visitor_of(await world.get(one))
    await change(world.platform, world.system, {"rating_levels": 2})
    rated = (await rate(world.platform, visitor, one, Rated(2, levels=5))).rating
    assert rated is not None
    assert (rated.score, rated.levels) == (2, 2)
    await change(world.platform, world.system, {"rating_levels": 5})
    again = (await rate(world.platform, visitor, one, Rated(2))).rating
    assert again is not None
    assert (again.score, again.levels) == (2, UNSET)  # the same number means something else now
    assert (await world.kinds(one)).count("rated") == 2


async def test_agents_are_listed_with_their_load(world: World) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    await served(world, team)
    listed = await agents_with_load(world.platform, mei)
    assert [(one.id, one.load) for one in listed.items] == [(str(mei.id), 1)]
    mine = await me(world.platform, mei)
    assert (mine.agent.load, mine.organization.slug) == (1, "lantern")
    assert b'"load":1' in msgspec.json.encode(mine)


# ---- the reconciler ------------------------------------------------------------------------------------------------


async def test_what_was_broken_behind_its_back_is_repaired_and_counted(world: World) -> None:
    mei = await world.add_agent(capacity=3)
    busy = await world.add_agent(capacity=3, status=Status.BUSY)
    team, other = await world.add_team(mei), await world.add_team(busy)
    one, two = await served(world, team), await served(world, other)

    async def spoil(tx: Transaction) -> None:
        await tx.execute("update seat set load = 2 where agent_id = $1", mei.id)
        await tx.execute("delete from queue_item where conversation_id = $1", two)
        await tx.execute(
            "insert into queue_item (conversation_id, organization_id, contact_id, team_id, priority, enqueued_at,"
            " waiting_since, state) values ($1, $2, 1, $3, 0, 1, 1, 'waiting')",
            one,
            world.organization,
            team,
        )

    await world.platform.database.write(EVERY_ORGANIZATION, spoil)
    faults = await reconcile(world.platform)
    assert sorted(faults) == sorted([Fault.LOAD, Fault.QUEUE_MISSING, Fault.QUEUE_STALE])
    assert (await world.seat(mei)).load == 1
    assert [item.conversation_id for item in await world.queue_of(other)] == [two]
    assert await reconcile(world.platform) == []


async def test_a_missed_match_is_found_and_counted(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    one, two = await served(world, team), await served(world, team)
    world.dispatcher.stop()
    await close(world.platform, mei, one)
    assert (await world.get(two)).state is ConversationState.WAITING
    assert await reconcile(world.platform) == [Fault.MATCH_MISSED]
    assert (await world.get(two)).agent_id == mei.id


async def test_news_that_never_came_is_a_fault_also_while_the_dispatcher_listens(world: World) -> None:
    mei = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei)
    one = await served(world, team)
    await world.settle()

    async def silently(tx: Transaction) -> None:
        await tx.execute("update agent_presence set status = 'online' where agent_id = $1", mei.id)

    await world.platform.database.write(EVERY_ORGANIZATION, silently)
    assert await reconcile(world.platform, activity=world.dispatcher._activity) == [Fault.MATCH_MISSED]
    assert (await world.get(one)).agent_id == mei.id
