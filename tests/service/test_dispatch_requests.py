"""Asking a colleague to go on with a conversation: it stays until they accept, whatever happens meanwhile."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import accept, close, decline, reconcile, standing, transfer
from frontdesk.dispatch.requests import withdraw
from frontdesk.platform import Platform
from frontdesk.settings import change
from frontdesk.staff import Status
from tests.service.dispatch_world import Heard, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    await change(platform, made.system, {"transfer_answer_s": 30})
    yield made
    await made.settle()
    await made.halt()


async def asked(world: World) -> tuple[Subject, Subject, int, Heard, Heard]:
    """Mei has asked Tom to go on with her conversation; what both hear from now on."""
    mei, tom = await world.add_agent(), await world.add_agent(capacity=1, status=Status.BUSY)
    team = await world.add_team(mei, tom)
    one = (await world.ask(team)).id
    mine, his = (Heard.by(world.platform, world.organization, who.id) for who in (mei, tom))
    kept = await transfer(world.platform, mei, one, agent_id=tom.id, note="knows refunds")
    assert kept.agent_id == mei.id
    return mei, tom, one, mine, his


def states(heard: Heard) -> list[object]:
    return [frame["state"] for frame in heard.of("transfer")]


async def test_it_moves_with_its_note_when_the_colleague_accepts(world: World) -> None:
    mei, tom, one, mine, his = await asked(world)
    offer = his.of("offer")[0]
    assert (offer["reason"], offer["note"]) == ("transfer", "knows refunds")
    assert "Agent 1" in str(offer["by"])
    assert states(mine) == ["asked"]
    before = await world.kinds(one)
    assert "note" not in before
    await transfer(world.platform, mei, one, agent_id=tom.id)  # asking again changes nothing
    assert len(his.of("offer")) == 1
    moved = await accept(world.platform, tom, one)
    assert moved.agent_id == tom.id
    assert (await world.kinds(one))[len(before) :] == ["note", "transferred", "assigned"]
    assert ((await world.seat(mei)).load, (await world.seat(tom)).load) == (0, 1)
    assert states(mine) == ["asked", "accepted"]
    assert [frame["outcome"] for frame in his.of("offer_ended")] == ["accepted"]
    assert (await accept(world.platform, tom, one)).head == moved.head
    assert await reconcile(world.platform) == []


async def test_it_stays_and_the_sender_reads_why_when_the_colleague_refuses(world: World) -> None:
    mei, tom, one, mine, _ = await asked(world)
    await decline(world.platform, tom, one, "in a meeting")
    assert (await world.get(one)).agent_id == mei.id
    assert (mine.of("transfer")[-1]["state"], mine.of("transfer")[-1]["reason"]) == (
        "declined",
        "in a meeting",
    )
    assert (await world.kinds(one))[-1] == "note"
    with pytest.raises(FrontdeskError) as refusal:
        await accept(world.platform, tom, one)
    assert refusal.value.code == "dispatch.offer-over"


async def test_it_stays_when_nobody_answers_in_time_also_across_a_restart(
    world: World, clock: ManualClock
) -> None:
    mei, tom, one, _, _ = await asked(world)
    await world.crash(world.platform)
    assert "transfer" in str(await standing(world.platform, tom))
    assert "asked" in str(await standing(world.platform, mei))
    mine, his = (Heard.by(world.platform, world.organization, who.id) for who in (mei, tom))
    clock.advance(seconds=29)
    await world.dispatcher.tick()
    assert states(mine) == []
    clock.advance(seconds=2)
    await world.dispatcher.tick()
    assert states(mine) == ["expired"]
    assert [frame["outcome"] for frame in his.of("offer_ended")] == ["expired"]
    assert (await world.get(one)).agent_id == mei.id
    with pytest.raises(FrontdeskError):
        await accept(world.platform, tom, one)


async def test_the_question_is_over_when_it_is_taken_back_asked_of_another_or_moved(world: World) -> None:
    mei, tom, one, mine, his = await asked(world)
    await withdraw(world.platform, mei, one)
    await withdraw(world.platform, mei, one)
    assert states(mine) == ["asked", "withdrawn"]
    kim = await world.add_agent(status=Status.BUSY)
    await transfer(world.platform, mei, one, agent_id=tom.id)
    await transfer(world.platform, mei, one, agent_id=kim.id)
    assert states(mine)[2:] == ["asked", "withdrawn", "asked"]
    await close(world.platform, mei, one)
    assert states(mine)[-1] == "withdrawn"
    assert len(his.of("offer_ended")) == 2


async def test_who_is_gone_or_full_is_not_asked_and_who_goes_answers_no(world: World) -> None:
    mei, tom, one, mine, _ = await asked(world)
    await world.set_status(tom, Status.OFFLINE)
    await world.settle()
    assert states(mine) == ["asked", "expired"]
    with pytest.raises(FrontdeskError) as refusal:
        await transfer(world.platform, mei, one, agent_id=tom.id)
    assert refusal.value.code == "dispatch.offline"
    await world.set_status(tom, Status.BUSY)
    await world.set_capacity(tom, 0)
    with pytest.raises(FrontdeskError) as refusal:
        await transfer(world.platform, mei, one, agent_id=tom.id)
    assert refusal.value.code == "dispatch.full"


async def test_a_place_that_was_taken_meanwhile_refuses_and_the_question_stays(world: World) -> None:
    mei, tom, one, mine, _ = await asked(world)
    await world.set_capacity(tom, 0)
    with pytest.raises(FrontdeskError) as refusal:
        await accept(world.platform, tom, one)
    assert refusal.value.code == "dispatch.full"
    assert (await world.get(one)).agent_id == mei.id
    await world.set_capacity(tom, 1)
    assert (await accept(world.platform, tom, one)).agent_id == tom.id
    assert states(mine) == ["asked", "accepted"]


async def test_a_leader_who_hands_over_somebody_elses_does_not_ask(world: World) -> None:
    mei, tom, one, _, _ = await asked(world)
    lea = await world.add_agent(role=Role.LEADER, status=Status.BUSY)
    team = (await world.get(one)).team_id
    assert team is not None
    await world.add_member(team, mei, tom, lea)
    assert (await transfer(world.platform, lea, one, agent_id=tom.id)).agent_id == tom.id
