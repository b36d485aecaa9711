"""Conversations that take more than one place: never more than there are, and never overtaken for ever."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import ConversationState
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.dispatch import accept, close, decisions_of, give, reconcile, reopen, take
from frontdesk.dispatch.types import AttributeRule, Comparison, Condition, Excluded, Routing
from frontdesk.platform import Platform
from frontdesk.staff import Policy
from tests.service.dispatch_world import World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def owner(world: World, conversation: int) -> int | None:
    return (await world.get(conversation)).agent_id


async def test_what_weighs_more_takes_as_many_places_and_gives_them_back(world: World) -> None:
    mei = await world.add_agent(4)
    team = await world.add_team(mei)
    heavy, light = await world.ask(team, weight=3), await world.ask(team)
    assert (await world.seat(mei)).load == 4
    other = await world.ask(team)
    assert (await world.get(other.id)).state is ConversationState.WAITING
    await close(world.platform, mei, heavy.id)
    await world.settle()
    assert (await world.seat(mei)).load == 2
    assert await owner(world, other.id) == await owner(world, light.id) == mei.id
    assert await reconcile(world.platform) == []


async def test_it_waits_where_it_does_not_fit_and_lets_nobody_lighter_pass_for_ever(world: World) -> None:
    mei = await world.add_agent(2)
    team = await world.add_team(mei)
    one, two = await world.ask(team), await world.ask(team)
    heavy, later = await world.ask(team, weight=2), await world.ask(team)
    await close(world.platform, mei, one.id)
    await world.settle()
    assert await owner(world, later.id) is None  # the place is kept for who came before
    assert await reconcile(world.platform) == []
    await close(world.platform, mei, two.id)
    await world.settle()
    assert await owner(world, heavy.id) == mei.id
    await close(world.platform, mei, heavy.id)
    await world.settle()
    assert await owner(world, later.id) == mei.id


async def test_places_are_kept_with_one_agent_only_and_the_others_go_on(world: World) -> None:
    mei, tom = await world.add_agent(3), await world.add_agent(3)
    team = await world.add_team(mei, tom, policy=Policy.LEAST_BUSY)
    six = [await world.ask(team) for _ in range(6)]
    heavy, later = await world.ask(team, weight=3), await world.ask(team)
    with_mei = [each.id for each in six if await owner(world, each.id) == mei.id]
    with_tom = [each.id for each in six if each.id not in with_mei]
    await close(world.platform, mei, with_mei[0])
    await close(world.platform, tom, with_tom[0])
    await world.settle()
    assert await owner(world, heavy.id) is None
    assert await owner(world, later.id) is not None


async def test_a_place_that_need_not_be_kept_any_more_is_given_when_its_agent_takes_another(
    world: World,
) -> None:
    mei, tom = await world.add_agent(4), await world.add_agent(3)
    await world.teach(mei, english=2)
    team = await world.add_team(mei, tom)
    own, his = await world.add_team(mei), await world.add_team(tom)
    english = AttributeRule((Condition("page", Comparison.CONTAINS, "english"),), {"english": 2})
    await world.route(team, Routing(attributes=(english,)))
    for place in (own, own, own, his):
        await world.ask(place)
    contact = await world.meet("https://shop.example/english")
    await world.ask(team, contact=contact, weight=2)  # only mei could: her place is kept for it
    await world.ask(team, weight=3)  # tom lacks least: his two are kept
    light = await world.ask(team)
    assert await owner(world, light.id) is None
    await world.ask(his)  # now mei lacks as little as tom, and is kept anyway
    assert await owner(world, light.id) == tom.id
    assert await reconcile(world.platform) == []


async def test_who_could_never_take_it_keeps_no_place_for_it(world: World) -> None:
    mei = await world.add_agent(2)
    team = await world.add_team(mei)
    heavy = await world.ask(team, weight=3)
    light = await world.ask(team)
    assert await owner(world, heavy.id) is None
    assert await owner(world, light.id) == mei.id
    ada = await world.add_agent(0, role=Role.ADMINISTRATOR)
    told = await decisions_of(world.platform, ada, heavy.id)
    assert [one.excluded for one in told.items[-1].candidates] == [Excluded.FULL]


async def test_an_offer_holds_as_many_places_until_it_is_answered(world: World) -> None:
    mei = await world.add_agent(3)
    team = await world.add_team(mei, offer_timeout=30)
    heavy = await world.ask(team, weight=3)
    assert ((await world.seat(mei)).reserved, (await world.seat(mei)).load) == (3, 0)
    await accept(world.platform, mei, heavy.id)
    assert ((await world.seat(mei)).reserved, (await world.seat(mei)).load) == (0, 3)


async def test_what_is_reopened_takes_its_places_again_or_waits_for_them(world: World) -> None:
    mei = await world.add_agent(2)
    team = await world.add_team(mei)
    heavy = await world.ask(team, weight=2)
    await close(world.platform, mei, heavy.id)
    assert await reopen(world.platform, world.organization, heavy.id)
    assert (await owner(world, heavy.id), (await world.seat(mei)).load) == (mei.id, 2)
    await close(world.platform, mei, heavy.id)
    light = await world.ask(team)
    assert await reopen(world.platform, world.organization, heavy.id)
    await world.settle()
    assert (await world.get(heavy.id)).state is ConversationState.WAITING
    await close(world.platform, mei, light.id)
    await world.settle()
    assert await owner(world, heavy.id) == mei.id


async def test_by_hand_it_takes_no_fewer_places_unless_a_leader_insists(world: World) -> None:
    mei, tom = await world.add_agent(2), await world.add_agent(1)
    ada = await world.add_agent(8, role=Role.ADMINISTRATOR)
    team = await world.add_team(mei)
    await world.ask(team)
    heavy = await world.ask(team, weight=2)
    for refused in (
        lambda: take(world.platform, mei, heavy.id),
        lambda: give(world.platform, ada, heavy.id, tom.id),
    ):
        with pytest.raises(FrontdeskError, match=r"dispatch\.full"):
            await refused()
    await give(world.platform, ada, heavy.id, tom.id, force=True)
    seat = await world.seat(tom)
    assert (seat.load, seat.ceiling, seat.capacity) == (2, 2, 1)
    await close(world.platform, tom, heavy.id)
    seat = await world.seat(tom)
    assert (seat.load, seat.ceiling) == (0, 1)


async def test_questions_to_several_are_taken_back_from_who_has_too_few_places_left(world: World) -> None:
    mei, tom = await world.add_agent(2), await world.add_agent(4)
    asking = await world.add_team(mei, tom, policy=Policy.BROADCAST)
    own = await world.add_team(mei)
    heavy = await world.ask(asking, weight=2)
    await world.ask(own)
    with pytest.raises(FrontdeskError, match=r"dispatch\.offer-over"):
        await accept(world.platform, mei, heavy.id)
    await accept(world.platform, tom, heavy.id)
    assert (await world.seat(tom)).load == 2
