"""Who gets a conversation by a team's rules: owner, asked for by code, skills, VIPs, everybody asked, picked by hand."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import ConversationState
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import (
    Care,
    DirectCode,
    Outcome,
    Routing,
    accept,
    close,
    create_code,
    decisions_of,
    decline,
    delete_code,
    get_routing,
    reconcile,
    set_care,
    set_routing,
    standing,
    take,
)
from frontdesk.dispatch.types import AttributeRule, Comparison, Condition, Excluded, Relaxation
from frontdesk.platform import Platform
from frontdesk.settings import change
from frontdesk.staff import Policy, Status
from tests.service.dispatch_world import Heard, World

ENGLISH = AttributeRule((Condition("language", Comparison.IS, "en"),), {"english": 3})


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def owner_of(world: World, conversation: int) -> int | None:
    return (await world.get(conversation)).agent_id


async def test_the_contacts_owner_is_waited_for_and_then_anybody_may(
    world: World, clock: ManualClock
) -> None:
    mei, tom = await world.add_agent(capacity=1), await world.add_agent()
    team = await world.add_team(mei, tom)
    await world.route(team, Routing(owner_wait_s=30))
    contacts = [await world.meet(), await world.meet()]
    for contact in contacts:
        await set_care(world.platform, mei, contact, Care(mei.id))
    _, last = [await world.ask(team, contact=contact) for contact in contacts]
    assert (await world.seat(mei)).load == 1
    assert last.state is ConversationState.WAITING
    [decision] = (await decisions_of(world.platform, tom, last.id)).items
    assert [one.excluded for one in decision.candidates] == [Excluded.FULL, Excluded.HELD]
    assert await reconcile(world.platform) == []
    clock.advance(seconds=30)
    await world.dispatcher.tick()
    await world.settle()
    assert await owner_of(world, last.id) == tom.id


async def test_an_owner_who_comes_free_in_time_gets_the_customer(world: World, clock: ManualClock) -> None:
    mei, tom = await world.add_agent(capacity=1), await world.add_agent()
    team = await world.add_team(mei, tom)
    await world.route(team, Routing(owner_wait_s=30))
    first, contact = await world.meet(), await world.meet()
    for one in (first, contact):
        await set_care(world.platform, mei, one, Care(mei.id))
    busy_with, waits = await world.ask(team, contact=first), await world.ask(team, contact=contact)
    clock.advance(seconds=29)
    await close(world.platform, mei, busy_with.id)
    await world.settle()
    assert await owner_of(world, waits.id) == mei.id


async def test_a_code_in_the_address_asks_for_an_agent_outside_of_the_team_or_for_a_team(
    world: World,
) -> None:
    mei, tom, eve = [await world.add_agent(capacity=9) for _ in range(3)]
    team, other = await world.add_team(mei), await world.add_team(tom)
    leader = await world.add_agent(role=Role.ADMINISTRATOR)
    made = await create_code(world.platform, leader, DirectCode("Eve-7", agent_id=eve.id))
    assert made.code == "eve-7"
    await create_code(world.platform, leader, DirectCode("tom", team_id=other))
    by_agent = await world.ask(team, contact=await world.meet("https://shop.example/?a=1&frontdesk=EVE-7"))
    by_team = await world.ask(team, contact=await world.meet("https://shop.example/?frontdesk=tom"))
    unknown = await world.ask(team, contact=await world.meet("https://shop.example/?frontdesk=none"))
    hostile = await world.ask(team, contact=await world.meet("https://shop.example/?frontdesk=%00'"))
    assert [one.agent_id for one in (by_agent, by_team, unknown, hostile)] == [eve.id, tom.id, mei.id, mei.id]
    assert by_team.team_id == other
    await delete_code(world.platform, leader, "eve-7")
    again = await world.ask(team, contact=await world.meet("https://shop.example/?frontdesk=eve-7"))
    assert again.agent_id == mei.id


async def test_who_was_asked_for_by_code_gets_the_visitor_when_a_place_becomes_free(world: World) -> None:
    mei, eve = await world.add_agent(), await world.add_agent(capacity=1)
    team, hers = await world.add_team(mei), await world.add_team(eve)
    leader = await world.add_agent(role=Role.ADMINISTRATOR)
    await create_code(world.platform, leader, DirectCode("eve", agent_id=eve.id))
    before = await world.ask(hers)
    waits = await world.ask(team, contact=await world.meet("https://shop.example/?frontdesk=eve"))
    assert waits.state is ConversationState.WAITING
    await close(world.platform, eve, before.id)
    await world.settle()
    assert await owner_of(world, waits.id) == eve.id


async def test_skills_are_asked_for_by_attribute_and_less_with_time(world: World, clock: ManualClock) -> None:
    mei, tom = await world.add_agent(), await world.add_agent()
    team = await world.add_team(mei, tom)
    await world.teach(mei, english=3)
    await world.teach(tom, english=2)
    await world.route(team, Routing(attributes=(ENGLISH,), relaxations=(Relaxation(20, 1),)))
    placed = [await world.ask(team) for _ in range(3)]
    assert [one.agent_id for one in placed] == [mei.id, mei.id, None]
    clock.advance(seconds=20)
    await world.dispatcher.tick()
    await world.settle()
    assert await owner_of(world, placed[2].id) == tom.id
    last = (await decisions_of(world.platform, tom, placed[2].id)).items[-1]
    assert (last.version, last.needs) == (1, {"english": 2})


async def test_a_learned_skill_and_changed_rules_count_at_once(world: World) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    await world.route(team, Routing(attributes=(ENGLISH,)))
    first = await world.ask(team)
    assert first.state is ConversationState.WAITING
    await world.teach(mei, english=5)
    await world.settle()
    assert await owner_of(world, first.id) == mei.id
    await world.teach(mei)
    second = await world.ask(team)
    await world.route(team, Routing())
    await world.settle()
    assert await owner_of(world, second.id) == mei.id


async def test_two_hundred_who_wait_for_a_rare_skill_do_not_hide_the_next(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    rare = AttributeRule((Condition("page", Comparison.CONTAINS, "rare"),), {"latin": 1})
    await world.route(team, Routing(attributes=(rare,)))
    await change(world.platform, world.system, {"max_waiting": 0})
    await world.set_status(mei, Status.BUSY)
    contact = await world.meet("https://shop.example/rare")
    for _ in range(201):
        await world.ask(team, contact=contact)
    plain = await world.ask(team)
    await world.set_status(mei, Status.ONLINE)
    await world.settle()
    assert await owner_of(world, plain.id) == mei.id
    assert await reconcile(world.platform) == []


async def test_a_vip_stands_ahead_by_its_head_start_and_no_more(world: World, clock: ManualClock) -> None:
    busy = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(busy)
    await world.route(team, Routing(vip_head_start_s=60))
    early = await world.ask(team)
    clock.advance(seconds=121)
    late = await world.ask(team)
    contact = await world.meet()
    await set_care(world.platform, busy, contact, Care(vip=2))
    vip = await world.ask(team, contact=contact)
    assert [item.conversation_id for item in await world.queue_of(team)] == [early.id, vip.id, late.id]


async def test_everybody_is_asked_and_the_first_to_accept_has_it(world: World) -> None:
    mei, tom, eve = [await world.add_agent(capacity=1) for _ in range(3)]
    team = await world.add_team(mei, tom, policy=Policy.BROADCAST)
    everybody = {one.id: Heard.by(world.platform, world.organization, one.id) for one in (mei, tom, eve)}
    asked = await world.ask(team)
    assert asked.state is ConversationState.WAITING
    assert [len(one.of("offer")) for one in everybody.values()] == [1, 1, 0]
    offers = [frame for frame in await standing(world.platform, tom) if type(frame).__name__ == "OfferFrame"]
    assert len(offers) == 1

    async def try_accept(agent: Subject) -> str:
        try:
            await accept(world.platform, agent, asked.id)
        except FrontdeskError as error:
            return error.code
        return ""

    assert sorted(await asyncio.gather(try_accept(mei), try_accept(tom))) == ["", "dispatch.offer-over"]
    await world.settle()
    ended = {who: [frame["outcome"] for frame in one.of("offer_ended")] for who, one in everybody.items()}
    winner = await owner_of(world, asked.id)
    loser = tom.id if winner == mei.id else mei.id
    assert (ended[winner or 0], ended[loser], ended[eve.id]) == (["accepted"], ["withdrawn"], [])
    outcomes = [one.outcome for one in (await decisions_of(world.platform, mei, asked.id)).items]
    assert outcomes == [Outcome.ASKED, Outcome.ASSIGNED]


async def test_who_has_no_place_left_is_not_asked_until_there_is_one(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei, policy=Policy.BROADCAST)
    heard = Heard.by(world.platform, world.organization, mei.id)
    first, second = await world.ask(team), await world.ask(team)
    await accept(world.platform, mei, first.id)
    await world.settle()
    assert [frame["conversation"] for frame in heard.of("offer_ended")] == [str(first.id), str(second.id)]
    with pytest.raises(FrontdeskError) as refused:
        await accept(world.platform, mei, second.id)
    assert refused.value.code == "dispatch.offer-over"
    await close(world.platform, mei, first.id)
    await world.settle()
    assert len(heard.of("offer")) == 3
    await accept(world.platform, mei, second.id)
    assert (await world.seat(mei)).load == 1


async def test_a_question_is_taken_back_when_an_offer_holds_the_last_place(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    asks = await world.add_team(mei, policy=Policy.BROADCAST)
    offers = await world.add_team(mei, offer_timeout=30)
    heard = Heard.by(world.platform, world.organization, mei.id)
    asked, offered = await world.ask(asks), await world.ask(offers)
    assert [frame["conversation"] for frame in heard.of("offer_ended")] == [str(asked.id)]
    await decline(world.platform, mei, offered.id)
    await world.settle()
    assert len(heard.of("offer")) == 3, "who has the place again is asked again"


async def test_a_question_is_taken_back_when_a_lowered_capacity_leaves_no_place_for_it(world: World) -> None:
    mei = await world.add_agent(capacity=2)
    team = await world.add_team(mei, policy=Policy.BROADCAST)
    heard = Heard.by(world.platform, world.organization, mei.id)
    asked = await world.ask(team)
    await world.set_capacity(mei, 0)
    await world.settle()
    assert [frame["conversation"] for frame in heard.of("offer_ended")] == [str(asked.id)]
    await world.set_capacity(mei, 1)
    await world.settle()
    assert len(heard.of("offer")) == 2


async def test_a_question_that_is_declined_or_runs_out_is_asked_again_after_a_while(
    world: World, clock: ManualClock
) -> None:
    mei, tom = await world.add_agent(), await world.add_agent()
    team = await world.add_team(mei, tom, policy=Policy.BROADCAST, offer_timeout=20)
    heard = [Heard.by(world.platform, world.organization, one.id) for one in (mei, tom)]
    asked = await world.ask(team)
    await decline(world.platform, mei, asked.id)
    await world.settle()
    for seconds in (20, 39):
        clock.advance(seconds=seconds)
        await world.dispatcher.tick()
        await world.settle()
    assert [len(one.of("offer")) for one in heard] == [1, 1]
    assert [one.of("offer_ended")[0]["outcome"] for one in heard] == ["declined", "expired"]
    clock.advance(seconds=1)
    await world.dispatcher.tick()
    await world.settle()
    assert len(heard[0].of("offer")) == 2
    assert await reconcile(world.platform) == []


async def test_when_the_owners_time_to_answer_runs_out_the_others_are_asked_at_once(
    world: World, clock: ManualClock
) -> None:
    mei, tom = await world.add_agent(), await world.add_agent()
    team = await world.add_team(mei, tom, policy=Policy.BROADCAST, offer_timeout=20)
    await world.route(team, Routing(owner_wait_s=600))
    heard = Heard.by(world.platform, world.organization, tom.id)
    contact = await world.meet()
    await set_care(world.platform, mei, contact, Care(mei.id))
    await world.ask(team, contact=contact)
    await world.settle()
    assert heard.of("offer") == []
    clock.advance(seconds=20)
    await world.dispatcher.tick()
    await world.settle()
    assert len(heard.of("offer")) == 1
    assert await reconcile(world.platform) == []


async def test_in_a_team_that_picks_nobody_is_given_anything(world: World) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei, policy=Policy.MANUAL)
    waits = await world.ask(team)
    assert waits.state is ConversationState.WAITING
    [decision] = (await decisions_of(world.platform, mei, waits.id)).items
    assert (decision.outcome, decision.candidates[0].excluded) == (Outcome.PICK, None)
    assert await reconcile(world.platform) == []
    assert (await take(world.platform, mei, waits.id)).agent_id == mei.id


async def test_rules_have_versions_and_two_who_change_them_at_once_are_told(world: World) -> None:
    team = await world.add_team()
    leader, agent = await world.add_agent(role=Role.ADMINISTRATOR), await world.add_agent()
    assert (await get_routing(world.platform, agent, team)).version == 0
    first = await set_routing(world.platform, leader, team, Routing(owner_wait_s=1), based_on=0)
    same = await set_routing(world.platform, leader, team, Routing(owner_wait_s=1))
    assert (first.version, same.version, first.changed_by) == (1, 1, leader.id)
    with pytest.raises(FrontdeskError) as refused:
        await set_routing(world.platform, leader, team, Routing(), based_on=0)
    assert refused.value.code == "dispatch.routing-changed"
    with pytest.raises(FrontdeskError) as forbidden:
        await set_routing(world.platform, agent, team, Routing())
    assert forbidden.value.kind is ErrorKind.FORBIDDEN
