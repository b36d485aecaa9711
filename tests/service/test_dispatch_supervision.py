"""What is said among staff, and what leaders do in the conversations of others."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.conversations import (
    ConversationState,
    EntryKind,
    Log,
    Text,
    View,
    WaitingFrame,
    entries_page,
    list_conversations,
    snapshot,
    sync,
)
from frontdesk.conversations.mentions import list_mentions, mark_seen
from frontdesk.conversations.read import of_agent
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import (
    add_note,
    close,
    give,
    join,
    leave,
    put_back,
    reconcile,
    standing,
    take_over,
    transfer,
    whisper,
)
from frontdesk.platform import Platform
from frontdesk.staff import Status
from tests.service.dispatch_world import Heard, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.settle()
    await made.halt()


async def led(world: World) -> tuple[Subject, Subject, int, int]:
    """An agent with a conversation, the leader of the same team, the team and the conversation."""
    mei = await world.add_agent()
    lea = await world.add_agent(role=Role.LEADER, status=Status.BUSY)
    team = await world.add_team(mei, lea)
    conversation = await world.ask(team)
    return mei, lea, team, conversation.id


# ---- notes and whispers --------------------------------------------------------------------------------------------


async def test_who_is_named_in_a_note_is_told_and_may_read_from_then_on(world: World) -> None:
    mei, _, _, one = await led(world)
    tom = await world.add_agent(status=Status.BUSY)  # of no team
    heard = Heard.by(world.platform, world.organization, tom.id)
    with pytest.raises(FrontdeskError) as refusal:
        await snapshot(world.platform, tom, one)
    assert refusal.value.kind == "not_found"
    noted = await add_note(world.platform, mei, one, "@Tom refunds?", [tom.id, mei.id, tom.id])
    assert [frame["topic"] for frame in heard.of("changed")] == ["mentions"]
    assert (await snapshot(world.platform, tom, one)).id == str(one)
    page = await list_mentions(world.platform, tom)
    assert [(item.seq, item.text, item.seen) for item in page.items] == [(noted.head, "@Tom refunds?", False)]
    assert page.unseen == 1
    await mark_seen(world.platform, tom, int(page.items[0].id))
    await mark_seen(world.platform, tom, int(page.items[0].id))
    assert len(heard.of("changed")) == 2  # and a repeat tells nothing
    page = await list_mentions(world.platform, tom)
    assert (page.unseen, page.items[0].seen) == (0, True)
    assert (await list_mentions(world.platform, mei)).items == []


async def test_mentions_come_in_pages_newest_first(world: World) -> None:
    mei, lea, _, one = await led(world)
    for number in range(3):
        await add_note(world.platform, mei, one, f"note {number}", [lea.id])
    first = await list_mentions(world.platform, lea, limit=2)
    rest = await list_mentions(world.platform, lea, limit=2, cursor=first.cursor)
    assert [item.text for item in (*first.items, *rest.items)] == ["note 2", "note 1", "note 0"]
    assert (first.unseen, rest.cursor) == (3, None)


async def test_a_note_that_names_nobody_known_is_not_written(world: World) -> None:
    mei, _, _, one = await led(world)
    bot = await world.add_bot()
    before = await world.kinds(one)
    for stranger in (1, bot.id):
        with pytest.raises(FrontdeskError) as refusal:
            await add_note(world.platform, mei, one, "who?", [stranger])
        assert refusal.value.kind == "not_found"
    assert await world.kinds(one) == before


async def test_a_whisper_reaches_the_agent_and_never_the_visitor(world: World) -> None:
    mei, lea, _, one = await led(world)
    visitor = world.visitor_of(await world.get(one))
    hers = Heard.by(world.platform, world.organization, mei.id)
    theirs = Heard.by(world.platform, world.organization, visitor.id)
    await whisper(world.platform, lea, one, "offer the refund")
    assert "offer the refund" in str(hers.of("entry"))
    assert "offer the refund" not in str(theirs.frames)
    assert "hidden" in str(theirs.of("entry"))
    seen = await entries_page(world.platform, visitor, one)
    assert "whisper" not in [entry.kind for entry in seen.entries]


async def test_only_who_watches_over_an_agent_whispers_to_them(world: World) -> None:
    mei, lea, team, one = await led(world)
    tom = await world.add_agent(status=Status.BUSY)
    await world.add_member(team, mei, lea, tom)
    foreign = await world.add_agent(role=Role.LEADER, status=Status.BUSY)  # of no team
    await add_note(world.platform, mei, one, "@them", [foreign.id])
    for who, kind in ((tom, "forbidden"), (foreign, "forbidden"), (mei, "forbidden")):
        with pytest.raises(FrontdeskError) as refusal:
            await whisper(world.platform, who, one, "psst")
        assert refusal.value.kind == kind, who
    await transfer(world.platform, mei, one, agent_id=lea.id)
    with pytest.raises(FrontdeskError) as refusal:
        await whisper(world.platform, lea, one, "to myself")
    assert refusal.value.code == "dispatch.yours"


# ---- joining -------------------------------------------------------------------------------------------------------


async def test_a_leader_joins_writes_and_leaves_and_everybody_is_told(world: World) -> None:
    mei, lea, _, one = await led(world)
    visitor = world.visitor_of(await world.get(one))
    hers, leas, theirs = (Heard.by(world.platform, world.organization, who.id) for who in (mei, lea, visitor))
    log = Log(world.platform, reopen=_never)
    with pytest.raises(FrontdeskError) as refusal:
        await log.send(lea, one, "l-0", Text("not yet"))
    assert refusal.value.code == "conversations.not-yours"
    joined = await join(world.platform, lea, one)
    assert (await join(world.platform, lea, one)).head == joined.head  # a repeat changes nothing
    assert [guest.id for guest in joined.guests] == [str(lea.id)]
    assert joined.agent_id == mei.id
    assert len(leas.of("reset")) == 1
    said = await log.send(lea, one, "l-1", Text("I am here, too"))
    assert said.sender.name == "Agent 2"
    await log.send(mei, one, "m-1", Text("good"))
    await log.send(visitor, one, "v-1", Text("two of you!"))
    for heard in (hers, leas, theirs):
        assert all(words in str(heard.frames) for words in ("too", "good", "two of you")), heard
    assert [item.id for item in (await list_conversations(world.platform, lea, View.MINE)).items] == [
        str(one)
    ]
    assert str(one) in str(await sync(world.platform, lea, {}))
    assert ((await world.seat(mei)).load, await reconcile(world.platform)) == (1, [])
    await leave(world.platform, lea, one)
    assert len(leas.of("gone")) == 1
    with pytest.raises(FrontdeskError):
        await log.send(lea, one, "l-2", Text("too late"))
    assert (
        await log.send(lea, one, "l-1", Text("I am here, too"))
    ).seq == said.seq  # a repeat of what was stored
    kinds = [entry.kind for entry in (await entries_page(world.platform, visitor, one)).entries]
    assert kinds.count(EntryKind.JOINED) == kinds.count(EntryKind.LEFT) == 1
    await log.drain()


async def test_guests_are_out_when_the_conversation_ends_or_waits_again(world: World) -> None:
    mei, lea, _, one = await led(world)
    heard = Heard.by(world.platform, world.organization, lea.id)
    await join(world.platform, lea, one)
    closed = await close(world.platform, mei, one)
    assert closed.guests == ()
    assert len(heard.of("gone")) == 1
    assert (await snapshot(world.platform, lea, one)).state is ConversationState.CLOSED


async def _never(organization_id: int, conversation_id: int) -> bool:
    return False


# ---- taking over, putting back, handing out ------------------------------------------------------------------------


async def test_taking_over_moves_owner_and_seat_together_and_tells_the_former(world: World) -> None:
    mei, lea, _, one = await led(world)
    heard = Heard.by(world.platform, world.organization, mei.id)
    await join(world.platform, lea, one)
    taken = await take_over(world.platform, lea, one)
    assert (taken.agent_id, taken.guests) == (lea.id, ())
    assert ((await world.seat(mei)).load, (await world.seat(lea)).load) == (0, 1)
    assert len(heard.of("gone")) == 1
    assert "taken_over" in str(heard.of("entry"))
    assert (await take_over(world.platform, lea, one)).head == taken.head
    assert await _deeds(world) == [Action.CONVERSATION_TAKEN_OVER, Action.CONVERSATION_JOINED]
    assert await reconcile(world.platform) == []


async def test_a_leader_without_a_free_place_takes_nothing_over(world: World) -> None:
    mei, lea, _, one = await led(world)
    await world.set_capacity(lea, 0)
    before = await world.get(one)
    with pytest.raises(FrontdeskError) as refusal:
        await take_over(world.platform, lea, one)
    assert refusal.value.code == "dispatch.full"
    assert await world.get(one) == before
    assert (await world.seat(mei)).load == 1
    assert await _deeds(world) == []


async def test_a_conversation_of_the_bot_can_be_taken_over(world: World) -> None:
    _, lea, team, _ = await led(world)
    bot = await world.add_bot()
    one = await world.open(team, bot=bot)
    assert (await take_over(world.platform, lea, one.id)).agent_id == lea.id


async def test_what_is_put_back_waits_ahead_and_does_not_return_to_the_same_agent(world: World) -> None:
    mei, lea, team, one = await led(world)
    tom = await world.add_agent(capacity=1, status=Status.BUSY)
    await world.add_member(team, mei, lea, tom)
    put = await put_back(world.platform, lea, one)
    await world.settle()
    assert put.state is ConversationState.WAITING
    assert (await world.get(one)).agent_id is None  # mei has places, but has just had it
    assert (await put_back(world.platform, lea, one)).head == put.head
    await world.set_status(tom, Status.ONLINE)
    await world.settle()
    assert (await world.get(one)).agent_id == tom.id
    assert await _deeds(world) == [Action.CONVERSATION_PUT_BACK]


async def test_a_leader_gives_a_waiting_one_to_whom_they_choose_and_more_than_the_capacity_only_by_force(
    world: World,
) -> None:
    mei = await world.add_agent(capacity=1, status=Status.BUSY)
    lea = await world.add_agent(role=Role.LEADER, status=Status.BUSY)
    team = await world.add_team(mei, lea)
    first, second = (await world.ask(team)).id, (await world.ask(team)).id
    given = await give(world.platform, lea, first, mei.id)
    assert given.agent_id == mei.id
    assert (await give(world.platform, lea, first, mei.id)).head == given.head
    with pytest.raises(FrontdeskError) as refusal:
        await give(world.platform, lea, second, mei.id)
    assert refusal.value.code == "dispatch.full"
    await give(world.platform, lea, second, mei.id, force=True)
    seat = await world.seat(mei)
    assert (seat.load, seat.capacity, seat.ceiling) == (2, 1, 2)
    await close(world.platform, mei, first)
    assert (await world.seat(mei)).ceiling == 1  # it came down with the load
    with pytest.raises(FrontdeskError) as refusal:
        await give(world.platform, mei, second, lea.id)
    assert refusal.value.kind == "forbidden"
    assert await reconcile(world.platform) == []


async def test_what_an_agent_has_is_shown_as_far_as_the_role_reaches(world: World) -> None:
    mei, lea, _, one = await led(world)
    other = await world.add_team(mei)
    elsewhere = (await world.ask(other)).id
    tom, ada = await world.add_agent(), await world.add_agent(role=Role.ADMINISTRATOR)
    seen = {
        who.id: {int(item.id) for item in (await of_agent(world.platform, who, mei.id)).items}
        for who in (mei, lea, tom, ada)
    }
    assert seen == {mei.id: {one, elsewhere}, lea.id: {one}, tom.id: set(), ada.id: {one, elsewhere}}


async def test_who_reaches_everything_is_told_of_every_queue_and_a_leader_of_their_own(world: World) -> None:
    _, lea, team, _ = await led(world)
    other = await world.add_team(await world.add_agent(status=Status.BUSY))
    ada = await world.add_agent(role=Role.ADMINISTRATOR)
    told = {
        who.id: {
            frame.team for frame in await standing(world.platform, who) if isinstance(frame, WaitingFrame)
        }
        for who in (lea, ada)
    }
    assert told == {lea.id: {str(team)}, ada.id: {str(team), str(other)}}


async def _deeds(world: World) -> list[str]:
    """What the audit log says was done to conversations, the newest first."""
    found = await world.platform.database.read(
        world.organization,
        lambda reader: find_in(
            reader, world.organization, Filter(target_kind="conversation"), before=1 << 62, limit=20
        ),
    )
    return [entry.action for entry in found]
