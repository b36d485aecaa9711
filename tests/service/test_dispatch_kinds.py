"""Places by kind: of all that an agent has, so many at most for what comes from apps, from sites, or by messaging."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import ConversationState
from frontdesk.core.channels import ChannelKind
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.dispatch import (
    accept,
    close,
    decisions_of,
    give,
    reconcile,
    reopen,
    request_human,
    run_queue,
    snooze,
    take,
    take_over,
    transfer,
)
from frontdesk.dispatch.types import Excluded, ItemState
from frontdesk.platform import Platform
from frontdesk.staff import AgentChanges, Policy, update_agent
from tests.service.dispatch_world import World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def owners(world: World, *conversations: int) -> list[int | None]:
    return [(await world.get(one)).agent_id for one in conversations]


async def test_of_six_places_at_most_two_are_taken_by_apps_and_the_others_go_on(world: World) -> None:
    mei = await world.add_agent(6)
    await world.limit(mei, app=2)
    team = await world.add_team(mei)
    apps = [(await world.ask(team, kind="app")).id for _ in range(3)]
    sites = [(await world.ask(team)).id for _ in range(3)]
    assert await owners(world, *apps) == [mei.id, mei.id, None]
    assert await owners(world, *sites) == [mei.id] * 3
    seat = await world.seat(mei)
    assert (seat.load, seat.taken) == (5, {"site": 3, "app": 2, "messaging": 0})
    assert await reconcile(world.platform) == []


async def test_why_here_says_that_the_kind_is_full_and_a_freed_place_of_it_is_given_on(world: World) -> None:
    mei = await world.add_agent(6)
    await world.limit(mei, app=1)
    team = await world.add_team(mei)
    first, second = (await world.ask(team, kind="app")).id, (await world.ask(team, kind="app")).id
    told = await decisions_of(world.platform, mei, second)
    assert [one.excluded for one in told.items[-1].candidates] == [Excluded.KIND_FULL]
    await close(world.platform, mei, first)
    await world.settle()
    assert await owners(world, second) == [mei.id]


async def test_a_limit_that_is_raised_counts_at_once_and_one_that_is_lowered_drains(world: World) -> None:
    mei = await world.add_agent(6)
    team = await world.add_team(mei)
    held = [(await world.ask(team, kind="messaging")).id for _ in range(3)]
    await world.limit(mei, messaging=1)
    await world.settle()
    assert await owners(world, *held) == [mei.id] * 3
    late = (await world.ask(team, kind="messaging")).id
    for one in held[:2]:
        await close(world.platform, mei, one)
    await world.settle()
    assert await owners(world, late) == [None]
    await world.limit(mei, messaging=2)
    await world.settle()
    assert await owners(world, late) == [mei.id]


async def test_sixty_at_once_and_five_walks_beside_each_other_never_exceed_a_kind(world: World) -> None:
    people = [await world.add_agent(10) for _ in range(4)]
    for one in people:
        await world.limit(one, app=3)
    team = await world.add_team(*people)
    await asyncio.gather(*(world.ask(team, kind="app") for _ in range(60)))
    await asyncio.gather(*(run_queue(world.platform, world.organization, team) for _ in range(5)))
    for one in people:
        assert (await world.seat(one)).taken["app"] == 3
    assert await reconcile(world.platform) == []


async def test_by_hand_the_limit_holds_and_a_leader_alone_may_give_one_more(world: World) -> None:
    leader = await world.add_agent(0, role=Role.LEADER)
    mei, lin = await world.add_agent(5), await world.add_agent(5)
    for one in (mei, lin):
        await world.limit(one, app=1)
    team = await world.add_team(mei, lin, leader, policy=Policy.MANUAL)
    first, second, third = [(await world.ask(team, kind="app")).id for _ in range(3)]
    await take(world.platform, mei, first)
    await take(world.platform, lin, second)
    for deed in (
        lambda: take(world.platform, mei, third),
        lambda: transfer(world.platform, lin, second, agent_id=mei.id),
        lambda: give(world.platform, leader, third, mei.id),
    ):
        with pytest.raises(FrontdeskError) as refusal:
            await deed()
        assert (refusal.value.kind, refusal.value.code) == (ErrorKind.CONFLICT, "dispatch.kind-full")
    await give(world.platform, leader, third, mei.id, force=True)
    assert (await world.seat(mei)).taken["app"] == 2
    assert await reconcile(world.platform) == []


async def test_an_offer_holds_a_place_of_its_kind_until_it_is_answered(
    world: World, clock: ManualClock
) -> None:
    mei = await world.add_agent(4)
    await world.limit(mei, app=1)
    team = await world.add_team(mei, offer_timeout=30)
    first, second = (await world.ask(team, kind="app")).id, (await world.ask(team, kind="app")).id
    states = {item.conversation_id: item.state for item in await world.queue_of(team)}
    assert states == {first: ItemState.OFFERED, second: ItemState.WAITING}
    assert (await world.seat(mei)).taken["app"] == 1
    await accept(world.platform, mei, first)
    assert (await world.seat(mei)).taken["app"] == 1
    await close(world.platform, mei, first)
    await world.settle()
    clock.advance(seconds=31)
    await world.dispatcher.tick()
    assert (await world.seat(mei)).taken["app"] == 0


async def test_who_is_asked_together_with_others_is_asked_no_more_once_the_kind_is_full(world: World) -> None:
    mei = await world.add_agent(5)
    await world.limit(mei, app=1)
    team = await world.add_team(mei, policy=Policy.BROADCAST)
    first, second = (await world.ask(team, kind="app")).id, (await world.ask(team, kind="app")).id
    await accept(world.platform, mei, first)
    with pytest.raises(FrontdeskError):
        await accept(world.platform, mei, second)
    await close(world.platform, mei, first)
    await world.settle()
    await accept(world.platform, mei, second)


async def test_what_needs_more_of_a_kind_is_not_overtaken_by_what_needs_less_of_it(world: World) -> None:
    mei = await world.add_agent(6)
    await world.limit(mei, app=2)
    team = await world.add_team(mei)
    held = [(await world.ask(team, kind="app")).id for _ in range(2)]
    heavy = (await world.ask(team, kind="app", weight=2)).id
    light = (await world.ask(team, kind="app")).id
    site = (await world.ask(team)).id
    assert await owners(world, site) == [mei.id]
    await close(world.platform, mei, held[0])
    await world.settle()
    assert await owners(world, heavy, light) == [None, None]
    await close(world.platform, mei, held[1])
    await world.settle()
    assert await owners(world, heavy, light) == [mei.id, None]


async def test_what_is_reopened_needs_a_place_of_its_kind_again(world: World) -> None:
    mei = await world.add_agent(5)
    await world.limit(mei, app=1)
    team = await world.add_team(mei)
    first = (await world.ask(team, kind="app")).id
    await close(world.platform, mei, first)
    await world.ask(team, kind="app")
    await reopen(world.platform, world.organization, first)
    assert (await world.get(first)).state is ConversationState.WAITING


async def test_who_takes_over_needs_a_place_of_the_kind(world: World) -> None:
    leader, mei = await world.add_agent(3, role=Role.LEADER), await world.add_agent(3)
    await world.limit(leader, app=0)
    team = await world.add_team(mei, leader)
    first = (await world.ask(team, kind="app")).id
    with pytest.raises(FrontdeskError) as refusal:
        await take_over(world.platform, leader, first)
    assert refusal.value.code == "dispatch.kind-full"
    await world.limit(leader, app=1)
    await take_over(world.platform, leader, first)
    assert await owners(world, first) == [leader.id]
    assert [(await world.seat(one)).taken["app"] for one in (mei, leader)] == [0, 1]


async def test_what_a_bot_hands_over_waits_for_a_place_of_its_kind(world: World) -> None:
    mei, bot = await world.add_agent(3), await world.add_bot()
    await world.limit(mei, messaging=1)
    team = await world.add_team(mei)
    asked = list[int]()
    for _ in range(2):
        opened = await world.open(team, bot=bot, kind="messaging")
        await request_human(world.platform, world.visitor_of(opened), opened.id, team_id=team)
        asked.append(opened.id)
    assert await owners(world, *asked) == [mei.id, None]


async def test_what_was_put_aside_keeps_its_place_of_the_kind(world: World, clock: ManualClock) -> None:
    mei = await world.add_agent(3)
    await world.limit(mei, app=1)
    team = await world.add_team(mei)
    first = (await world.ask(team, kind="app")).id
    await snooze(world.platform, mei, first, clock.now() + 60_000)
    second = (await world.ask(team, kind="app")).id
    clock.advance(seconds=61)
    await world.dispatcher.tick()
    await world.settle()
    assert await owners(world, first, second) == [mei.id, None]
    assert (await world.seat(mei)).taken["app"] == 1


async def test_a_limit_is_a_number_of_places_and_a_bot_has_none(world: World) -> None:
    mei, bot = await world.add_agent(), await world.add_bot()
    for agent, most in ((mei.id, -1), (mei.id, 201), (bot.id, 1)):
        changes = AgentChanges(limits={ChannelKind.APP: most})
        with pytest.raises(FrontdeskError) as refusal:
            await update_agent(world.platform, world.system, agent, changes)
        assert refusal.value.kind is ErrorKind.INVALID
