"""What is said among staff, and what leaders do in the conversations of others."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import entries_page, snapshot
from frontdesk.conversations.mentions import list_mentions, mark_seen
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import add_note, transfer, whisper
from frontdesk.platform import Platform
from frontdesk.staff import Status
from tests.service.dispatch_world import Heard, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
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
    assert [frame["entry"]["kind"] for frame in theirs.of("entry")] == ["hidden"]  # type: ignore[index] - decoded JSON
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
