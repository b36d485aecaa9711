"""Inviting a colleague into one's conversation: asked first, a guest when they say yes, and out again."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import entries_page
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import (
    accept,
    add_note,
    close,
    decline,
    dismiss,
    invite,
    join,
    leave,
    reconcile,
    standing,
    take_over,
    transfer,
)
from frontdesk.dispatch.requests import withdraw
from frontdesk.platform import Platform
from frontdesk.settings import change
from frontdesk.staff import Status
from tests.service.dispatch_world import Heard, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.settle()
    await made.halt()


async def invited(world: World) -> tuple[Subject, Subject, int, Heard, Heard]:
    """Mei has invited Tom, of another team and without a free place, into hers; what both hear from now on."""
    mei, tom = await world.add_agent(), await world.add_agent(capacity=0)
    team = await world.add_team(mei)
    one = (await world.ask(team)).id
    mine, his = (Heard.by(world.platform, world.organization, who.id) for who in (mei, tom))
    asked = await invite(world.platform, mei, one, tom.id, "knows lamps")
    assert asked.guest_ids == set()
    return mei, tom, one, mine, his


def states(heard: Heard) -> list[object]:
    return [frame["state"] for frame in heard.of("transfer")]


async def leader_of(world: World, conversation_id: int, *members: Subject) -> Subject:
    """Somebody who watches over the conversation's team."""
    lea, team = await world.add_agent(role=Role.LEADER), (await world.get(conversation_id)).team_id
    assert team is not None
    await world.add_member(team, lea, *members)
    return lea


async def refused(world: World, agent: Subject, conversation: int, whom: int) -> str:
    with pytest.raises(FrontdeskError) as refusal:
        await invite(world.platform, agent, conversation, whom)
    return refusal.value.code


async def test_who_accepts_is_a_guest_without_a_place_who_reads_and_notes(world: World) -> None:
    mei, tom, one, mine, his = await invited(world)
    offer = his.of("offer")[0]
    assert (offer["reason"], offer["note"]) == ("join", "knows lamps")
    with pytest.raises(FrontdeskError):
        await entries_page(world.platform, tom, one)
    before = await world.kinds(one)
    joined = await accept(world.platform, tom, one)
    assert (joined.agent_id, joined.guest_ids) == (mei.id, {tom.id})
    assert (await world.kinds(one))[len(before) :] == ["note", "joined"]
    assert "Agent 1" in str(await world.last_body(one, "joined"))
    assert ((await world.seat(mei)).load, (await world.seat(tom)).load) == (1, 0)
    assert [(frame["state"], frame["purpose"]) for frame in mine.of("transfer")] == [
        ("asked", "join"),
        ("accepted", "join"),
    ]
    assert [frame["outcome"] for frame in his.of("offer_ended")] == ["accepted"]
    assert (await entries_page(world.platform, tom, one)).entries
    await add_note(world.platform, tom, one, "it is the old model")
    assert (await accept(world.platform, tom, one)).guest_ids == {tom.id}  # again changes nothing
    await invite(world.platform, mei, one, tom.id)
    assert len(his.of("offer")) == 1
    assert await reconcile(world.platform) == []


async def test_a_guest_leaves_or_is_sent_away_and_is_out_when_it_ends(world: World) -> None:
    mei, tom, one, _, _ = await invited(world)
    await accept(world.platform, tom, one)
    assert (await leave(world.platform, tom, one)).guest_ids == set()
    await invite(world.platform, mei, one, tom.id)
    await accept(world.platform, tom, one)
    assert (await dismiss(world.platform, mei, one, tom.id)).guest_ids == set()
    assert (await dismiss(world.platform, mei, one, tom.id)).guest_ids == set()
    await invite(world.platform, mei, one, tom.id)
    await accept(world.platform, tom, one)
    assert (await close(world.platform, mei, one)).guest_ids == set()


async def test_it_is_refused_with_a_reason_or_runs_out_after_a_minute(
    world: World, clock: ManualClock
) -> None:
    mei, tom, one, mine, his = await invited(world)
    await decline(world.platform, tom, one, "at lunch")
    assert (mine.of("transfer")[-1]["state"], mine.of("transfer")[-1]["reason"]) == ("declined", "at lunch")
    await invite(world.platform, mei, one, tom.id)
    await world.crash(world.platform)
    assert "join" in str(await standing(world.platform, tom))
    assert "join" in str(await standing(world.platform, mei))
    clock.advance(seconds=59)
    await world.dispatcher.tick()
    assert states(mine)[-1] == "asked"
    clock.advance(seconds=2)
    await world.dispatcher.tick()
    assert states(mine)[-1] == "expired"
    assert his.of("offer_ended")[-1]["outcome"] == "expired"
    with pytest.raises(FrontdeskError):
        await accept(world.platform, tom, one)


async def test_the_invitation_is_over_when_it_is_taken_back_or_the_conversation_moves(world: World) -> None:
    mei, tom, one, mine, _ = await invited(world)
    await withdraw(world.platform, mei, one)  # that is for who is to go on with it
    assert states(mine) == ["asked"]
    await dismiss(world.platform, mei, one, tom.id)
    assert states(mine)[-1] == "withdrawn"
    await invite(world.platform, mei, one, tom.id)
    lea = await world.add_agent(role=Role.LEADER)
    await transfer(world.platform, mei, one, agent_id=lea.id)
    assert states(mine)[-1] == "withdrawn"
    with pytest.raises(FrontdeskError):
        await accept(world.platform, tom, one)


async def test_one_is_asked_one_thing_at_a_time(world: World) -> None:
    mei, tom, one, mine, _ = await invited(world)
    await change(world.platform, world.system, {"transfer_answer_s": 30})
    await world.set_capacity(tom, 1)
    await transfer(world.platform, mei, one, agent_id=tom.id)
    assert [(frame["state"], frame["purpose"]) for frame in mine.of("transfer")][1:] == [
        ("withdrawn", "join"),
        ("asked", "transfer"),
    ]
    assert (await accept(world.platform, tom, one)).agent_id == tom.id


async def test_a_guest_who_is_asked_goes_on_with_it(world: World) -> None:
    mei, tom, one, _, _ = await invited(world)
    await accept(world.platform, tom, one)
    await world.set_capacity(tom, 1)
    await change(world.platform, world.system, {"transfer_answer_s": 30})
    await transfer(world.platform, mei, one, agent_id=tom.id)
    moved = await accept(world.platform, tom, one)
    assert (moved.agent_id, moved.guest_ids) == (tom.id, set())


async def test_only_who_has_it_invites_and_only_people_who_are_there(world: World) -> None:
    mei, tom, one, _, _ = await invited(world)
    gone, bot = await world.add_agent(status=Status.OFFLINE), await world.add_bot()
    lea = await leader_of(world, one, mei)
    assert await refused(world, lea, one, tom.id) == "dispatch.not-yours"
    assert await refused(world, tom, one, lea.id) == "not-found"
    assert await refused(world, mei, one, mei.id) == "dispatch.same-agent"
    assert await refused(world, mei, one, gone.id) == "dispatch.offline"
    for nobody in (bot.id, 12345):
        with pytest.raises(FrontdeskError) as refusal:
            await invite(world.platform, mei, one, nobody)
        assert refusal.value.kind == "not_found"
    await close(world.platform, mei, one)
    assert await refused(world, mei, one, tom.id) == "conversations.state"


async def test_a_leader_who_came_by_their_own_right_is_not_sent_away(world: World) -> None:
    mei, tom, one, _, _ = await invited(world)
    lea = await leader_of(world, one, mei)
    await join(world.platform, lea, one)
    with pytest.raises(FrontdeskError) as refusal:
        await dismiss(world.platform, mei, one, lea.id)
    assert refusal.value.code == "dispatch.not-invited"
    await accept(world.platform, tom, one)
    taken = await take_over(world.platform, lea, one)
    assert (taken.agent_id, taken.guest_ids) == (lea.id, {tom.id}), "who helps stays with who goes on"
