"""Handed to a department: its people alone get it, by the policy of a team in whose queue it waits."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.dispatch import StoredDecision, reconcile, transfer
from frontdesk.dispatch.store import decisions
from frontdesk.platform import Platform
from frontdesk.staff import Policy, Status, delete_department
from tests.service.dispatch_world import Heard, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def reasons(world: World, conversation_id: int) -> dict[int, str | None]:
    """Of the latest decision: why each agent was left out."""
    latest = (await decided(world, conversation_id))[-1]
    return {one.agent_id: one.excluded for one in latest.candidates}


async def decided(world: World, conversation_id: int) -> list[StoredDecision]:
    return await world.platform.database.read(
        world.organization,
        lambda reader: decisions.of_conversation(reader, world.organization, conversation_id),
    )


async def test_somebody_of_the_department_gets_it_though_they_are_in_another_team(world: World) -> None:
    mei, tom, fin = [await world.add_agent() for _ in range(3)]
    team = await world.add_team(mei, tom)
    await world.add_team(fin)
    finance = await world.add_department(fin)
    one = await world.ask(team)
    holder = mei if one.agent_id == mei.id else tom
    moved = await transfer(world.platform, holder, one.id, department_id=finance, note="a refund")
    assert (moved.agent_id, moved.team_id) == (fin.id, team)
    assert (await world.kinds(one.id))[-4:] == ["note", "transferred", "queued", "assigned"]
    assert await reasons(world, one.id) == {
        mei.id: "not_of_department",
        tom.id: "not_of_department",
        fin.id: None,
    }
    assert ((await world.seat(holder)).load, (await world.seat(fin)).load) == (0, 1)


async def test_it_waits_for_the_department_while_others_of_the_team_have_free_places(world: World) -> None:
    mei, tom, fin = (
        await world.add_agent(),
        await world.add_agent(),
        await world.add_agent(status=Status.BUSY),
    )
    team = await world.add_team(mei, tom)
    finance = await world.add_department(fin)
    one = await world.ask(team)
    holder = mei if one.agent_id == mei.id else tom
    waits = await transfer(world.platform, holder, one.id, department_id=finance)
    await world.settle()
    assert waits.agent_id is None
    assert (await world.get(one.id)).agent_id is None
    assert (await reasons(world, one.id))[fin.id] == "busy"
    assert await reconcile(world.platform) == []
    newcomer = await world.ask(team)
    assert newcomer.agent_id in {mei.id, tom.id}, "what waits for a department keeps nobody else waiting"
    await world.set_status(fin, Status.ONLINE)
    await world.settle()
    assert (await world.get(one.id)).agent_id == fin.id


async def test_who_comes_into_the_department_gets_what_waits_for_it(world: World) -> None:
    mei, lin = await world.add_agent(), await world.add_agent()
    fin = await world.add_agent(status=Status.AWAY)
    team = await world.add_team(mei)
    finance = await world.add_department(fin)
    one = await world.ask(team)
    await transfer(world.platform, mei, one.id, department_id=finance)
    await world.move(lin, finance)
    await world.settle()
    assert (await world.get(one.id)).agent_id == lin.id


async def test_it_waits_in_the_team_that_is_named(world: World) -> None:
    mei, fin, pat = await world.add_agent(), await world.add_agent(), await world.add_agent()
    first, second = await world.add_team(mei), await world.add_team(pat)
    finance = await world.add_department(fin)
    one = await world.ask(first)
    moved = await transfer(world.platform, mei, one.id, department_id=finance, team_id=second)
    assert (moved.agent_id, moved.team_id) == (fin.id, second)


async def test_nothing_changes_where_nobody_of_the_department_is_on_duty(world: World) -> None:
    mei, fin = await world.add_agent(), await world.add_agent(status=Status.OFFLINE)
    team = await world.add_team(mei)
    one = await world.ask(team)
    before = await world.get(one.id)
    for people in ([], [fin]):
        finance = await world.add_department(*people)
        with pytest.raises(FrontdeskError) as refusal:
            await transfer(world.platform, mei, one.id, department_id=finance, note="please")
        assert refusal.value.code == "dispatch.nobody-on-duty"
    assert await world.get(one.id) == before


async def test_a_department_that_is_not_there_is_not_found(world: World) -> None:
    mei = await world.add_agent()
    one = await world.ask(await world.add_team(mei))
    with pytest.raises(FrontdeskError) as refusal:
        await transfer(world.platform, mei, one.id, department_id=12345)
    assert refusal.value.kind == "not_found"
    for agent_id, team_id, department_id in ((None, None, None), (1, None, 2), (1, 2, None)):
        with pytest.raises(FrontdeskError) as refusal:
            await transfer(
                world.platform,
                mei,
                one.id,
                agent_id=agent_id,
                team_id=team_id,
                department_id=department_id,
            )
        assert refusal.value.code == "dispatch.target"


async def test_what_waits_for_a_removed_department_is_for_everybody_of_the_team(world: World) -> None:
    mei, tom = await world.add_agent(), await world.add_agent(status=Status.AWAY)
    fin = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei, tom)
    finance = await world.add_department(fin)
    one = await world.ask(team)
    await transfer(world.platform, mei, one.id, department_id=finance)
    await world.set_status(tom, Status.ONLINE)
    await world.settle()
    assert (await world.get(one.id)).agent_id is None
    await delete_department(world.platform, world.system, finance)
    await world.settle()
    assert (await world.get(one.id)).agent_id == tom.id


async def test_who_handed_it_on_does_not_get_it_back_as_one_of_the_department(
    world: World, clock: ManualClock
) -> None:
    mei, fin = await world.add_agent(), await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei)
    finance = await world.add_department(mei, fin)
    one = await world.ask(team)
    await transfer(world.platform, mei, one.id, department_id=finance)
    await world.settle()
    assert await reasons(world, one.id) == {mei.id: "declined", fin.id: "busy"}
    clock.advance(seconds=61)
    await world.dispatcher.tick()
    await world.settle()
    assert (await world.get(one.id)).agent_id == mei.id


async def test_a_department_is_asked_where_the_team_picks_by_hand(world: World) -> None:
    mei, fin, pat = await world.add_agent(), await world.add_agent(), await world.add_agent()
    team = await world.add_team(mei, policy=Policy.MANUAL)
    finance = await world.add_department(fin, pat)
    one = await world.ask(team)
    assert one.agent_id is None
    heard = [Heard.by(world.platform, world.organization, each.id) for each in (mei, fin, pat)]
    await transfer(world.platform, mei, one.id, department_id=finance)
    await world.settle()
    assert [len(each.of("offer")) for each in heard] == [0, 1, 1]
    assert (await decided(world, one.id))[-1].policy == "broadcast"
