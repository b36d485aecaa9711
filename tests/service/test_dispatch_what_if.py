"""A team's last days are read from its log, and played again by other rules before anything is published."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations.waits import waits_for_team_in
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, system_subject
from frontdesk.dispatch import Routing, close, leave_queue, transfer
from frontdesk.dispatch.types import AttributeRule, Comparison, Condition
from frontdesk.dispatch.what_if import WhatIf, what_if
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader
from frontdesk.staff import Policy, Status, online_spells_in
from tests.service.dispatch_world import World

HOUR = 3_600
ENGLISH = Routing(attributes=(AttributeRule((Condition("language", Comparison.IS, "en"),), {"english": 3}),))


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    world = World(platform, organization)
    await world.start()
    yield world
    await world.settle()
    await world.halt()


async def waits(world: World, team: int, since: int = 0) -> list[tuple[int, int | None, int]]:
    """(waited, by whom, had for) in seconds."""
    found = await world.platform.database.read(
        EVERY_ORGANIZATION,
        lambda reader: waits_for_team_in(reader, world.organization, team, since, most=100),
    )
    return [(one.waited_ms // 1000, one.agent_id, one.had_ms // 1000) for one in found]


async def test_the_log_tells_who_waited_how_long_for_whom_and_who_left(
    world: World, clock: ManualClock
) -> None:
    agent = await world.add_agent(1)
    team = await world.add_team(agent)
    first = await world.ask(team)
    second, third = await world.ask(team), await world.ask(team)
    clock.advance(seconds=40)
    await leave_queue(world.platform, world.visitor_of(third), third.id)
    clock.advance(seconds=20)
    await close(world.platform, agent, first.id)
    await world.settle()
    clock.advance(seconds=300)
    await close(world.platform, agent, second.id)
    assert await waits(world, team) == [(0, agent.id, 60), (60, agent.id, 300)], "the third is still open"
    await close(world.platform, world.system, third.id)
    assert await waits(world, team) == [(0, agent.id, 60), (60, agent.id, 300), (40, None, 0)]
    assert await waits(world, team, since=clock.now() + 1) == []


async def test_a_transfer_ends_one_wait_and_begins_another(world: World, clock: ManualClock) -> None:
    one, two = await world.add_agent(1), await world.add_agent(1)
    team, other = await world.add_team(one), await world.add_team(two)
    asked = await world.ask(team)
    clock.advance(seconds=30)
    await transfer(world.platform, one, asked.id, team_id=other)
    await world.settle()
    clock.advance(seconds=90)
    await close(world.platform, two, asked.id)
    assert await waits(world, team) == [(0, one.id, 30)]
    assert await waits(world, other) == [(0, two.id, 90)]


async def test_when_agents_were_there_follows_from_their_ledger(world: World, clock: ManualClock) -> None:
    came, stayed, away = [await world.add_agent() for _ in range(3)]
    await world.set_status(away, Status.AWAY)
    clock.advance(seconds=HOUR)
    since = clock.now()
    clock.advance(seconds=HOUR)
    await world.set_status(came, Status.BUSY)
    clock.advance(seconds=HOUR)
    await world.set_status(came, Status.ONLINE)
    await world.set_status(away, Status.ONLINE)
    clock.advance(seconds=HOUR)
    now = clock.now()
    statuses = {one.id: Status.ONLINE for one in (came, stayed, away)}

    async def read(reader: Reader) -> dict[int, list[tuple[int, int]]]:
        found = await online_spells_in(reader, world.organization, statuses, since, now)
        return {
            one: [((a - since) // 1000, (b - since) // 1000) for a, b in spells]
            for one, spells in found.items()
        }

    assert await world.platform.database.read(EVERY_ORGANIZATION, read) == {
        came.id: [(0, HOUR), (2 * HOUR, 3 * HOUR)],
        stayed.id: [(0, 3 * HOUR)],
        away.id: [(2 * HOUR, 3 * HOUR)],
    }


async def live(world: World, clock: ManualClock, team: int, agent: Subject, days: int) -> None:
    """Every day two come at noon, a minute apart; each is served for ten minutes by the one agent."""
    for _ in range(days):
        clock.advance(seconds=12 * HOUR)
        first = await world.ask(team)
        clock.advance(seconds=60)
        second = await world.ask(team)
        clock.advance(seconds=540)
        await close(world.platform, agent, first.id)
        await world.settle()
        clock.advance(seconds=600)
        await close(world.platform, agent, second.id)
        await world.settle()
        clock.advance(seconds=12 * HOUR - 1200)


async def test_the_rules_that_hold_give_again_what_really_happened(world: World, clock: ManualClock) -> None:
    agent = await world.add_agent(1)
    team = await world.add_team(agent, policy=Policy.LEAST_BUSY)
    await live(world, clock, team, agent, days=5)
    played = await what_if(world.platform, world.system, team, None, None, days=4)
    assert (played.days, played.visitors) == (3, 6)
    assert played.compared is not None
    now, then = played.compared
    figures = {one.name: one.value.mean for one in now.figures}
    assert played.recorded["wait"] == pytest.approx(270)
    assert figures["wait"] == pytest.approx(270, abs=0.01)
    assert figures["handled"] == pytest.approx(600, abs=0.01)
    assert figures["gave_up"] == played.recorded["gave_up"] == 0
    assert {one.verdict for one in then.figures} == {""}, "nothing else was proposed"


async def test_other_rules_are_tried_and_nothing_is_changed(world: World, clock: ManualClock) -> None:
    agent = await world.add_agent(1)
    team = await world.add_team(agent, policy=Policy.LEAST_BUSY)
    await live(world, clock, team, agent, days=5)
    played = await what_if(world.platform, world.system, team, ENGLISH, None, days=4)
    assert played.compared is not None
    then = {one.name: one for one in played.compared[1].figures}
    assert then["gave_up"].value.mean == 100, "nobody speaks English"
    assert then["gave_up"].verdict == "worse"
    again = await what_if(world.platform, world.system, team, None, None, days=4)
    assert again.compared is not None
    assert again.compared[0] == played.compared[0], "the rules that hold are as they were"


async def test_where_agents_choose_there_is_nothing_to_play(world: World) -> None:
    team = await world.add_team(await world.add_agent(), policy=Policy.MANUAL)
    with pytest.raises(FrontdeskError) as refused:
        await what_if(world.platform, world.system, team, None, Policy.LEAST_BUSY)
    assert refused.value.code == "dispatch.not-simulated"


async def test_of_a_team_without_a_past_nothing_is_said(world: World) -> None:
    team = await world.add_team(await world.add_agent(), policy=Policy.LEAST_BUSY)
    assert await what_if(world.platform, world.system, team, None, None) == WhatIf(0, 0)


async def test_an_agent_may_not_and_of_a_foreign_team_nothing_is_told(
    world: World, other_organization: int
) -> None:
    agent = await world.add_agent(role=Role.AGENT)
    team = await world.add_team(agent)
    with pytest.raises(FrontdeskError) as refused:
        await what_if(world.platform, agent, team, None, None)
    assert refused.value.kind is ErrorKind.FORBIDDEN
    stranger = system_subject(other_organization)
    with pytest.raises(FrontdeskError) as unknown:
        await what_if(world.platform, stranger, team, None, None)
    assert unknown.value.kind is ErrorKind.NOT_FOUND
