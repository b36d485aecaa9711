"""A team leaves some choices to chance, learns from what came of them, and what was learned has to earn its place."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations import Rated, waits_for_team_in
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, system_subject
from frontdesk.dispatch import Routing, close, decisions_of, rate, transfer
from frontdesk.dispatch.earning import get_learned, learn
from frontdesk.dispatch.estimates import Estimates
from frontdesk.dispatch.intervals import Interval
from frontdesk.dispatch.learning import Judgement, Value
from frontdesk.dispatch.store import learned
from frontdesk.dispatch.store.learned import Learned
from frontdesk.platform import Platform
from frontdesk.staff import Policy
from tests.service.dispatch_world import World

EXPLORING = Routing(explore_percent=20)
SWITCHED_ON = Routing(explore_percent=20, learned=True)


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.settle()
    await made.halt()


async def put(world: World, team: int, gain: float, estimates: Estimates) -> None:
    """As if so much had been learned."""
    value = Value(Interval(gain, 0.01), Interval(gain, 0.05), 500)
    found = Learned(world.platform.clock.now(), Judgement(1_000, value), estimates)
    await world.platform.database.write(
        world.organization, lambda tx: learned.save(tx, world.organization, team, found)
    )


async def serve(world: World, clock: ManualClock, team: int, people: dict[int, Subject]) -> int:
    """Somebody comes, is served for five minutes and gives four stars."""
    asked = await world.ask(team)
    clock.advance(seconds=300)
    await close(world.platform, people[asked.agent_id or 0], asked.id)
    await rate(world.platform, world.visitor_of(asked), asked.id, Rated(4, ""))
    return asked.id


async def test_choices_by_chance_are_kept_with_their_probabilities_and_become_trials_when_they_have_ended(
    world: World, clock: ManualClock
) -> None:
    people = {one.id: one for one in [await world.add_agent(3) for _ in range(3)]}
    team = await world.add_team(*people.values(), policy=Policy.LEAST_BUSY)
    admin = await world.add_agent(role=Role.ADMINISTRATOR)
    before = await serve(world, clock, team, people)
    await world.route(team, EXPLORING)
    served = [await serve(world, clock, team, people) for _ in range(5)]
    await world.ask(team)  # still open: nothing is known of it yet
    found = await learn(world.platform, world.system, team)
    assert (found.judgement.trials, found.judgement.earned, found.estimates) == (5, False, None)
    assert await get_learned(world.platform, world.system, team) == found
    for conversation_id in served:
        [decision] = (await decisions_of(world.platform, admin, conversation_id)).items
        assert decision.policy in {"least_busy", "exploring"}
    [decision] = (await decisions_of(world.platform, admin, before)).items
    assert decision.policy == "least_busy"


async def test_the_log_tells_the_rating_and_whether_it_was_passed_on(
    world: World, clock: ManualClock
) -> None:
    one, two = await world.add_agent(1), await world.add_agent(1)
    team, other = await world.add_team(one), await world.add_team(two)
    asked = await world.ask(team)
    await transfer(world.platform, one, asked.id, team_id=other)
    await world.settle()
    clock.advance(seconds=60)
    await close(world.platform, two, asked.id)
    await rate(world.platform, world.visitor_of(asked), asked.id, Rated(2, ""))

    async def waited(team_id: int) -> list[tuple[int, float | None, bool]]:
        found = await world.platform.database.read(
            world.organization,
            lambda reader: waits_for_team_in(reader, world.organization, team_id, 0, most=10),
        )
        return [(wait.conversation_id, wait.rating, wait.passed_on) for wait in found]

    assert await waited(team) == [(asked.id, 0.25, True)]
    assert await waited(other) == [(asked.id, 0.25, False)]


async def test_what_has_not_earned_it_is_not_switched_on(world: World) -> None:
    team = await world.add_team(await world.add_agent(), policy=Policy.LEAST_BUSY)
    with pytest.raises(FrontdeskError) as refused:
        await world.route(team, SWITCHED_ON)
    assert (refused.value.kind, refused.value.code) == (ErrorKind.CONFLICT, "dispatch.not-earned")
    await put(world, team, gain=0.005, estimates=Estimates(0.5))
    with pytest.raises(FrontdeskError, match="not shown yet"):
        await world.route(team, SWITCHED_ON)


async def test_what_has_earned_it_chooses_and_loses_its_place_when_it_no_longer_does(world: World) -> None:
    busy, idle = await world.add_agent(4), await world.add_agent(4)
    team = await world.add_team(busy, policy=Policy.LEAST_BUSY)
    await world.ask(team)
    await world.add_member(team, busy, idle)
    await put(world, team, gain=0.05, estimates=Estimates(0.5, {str(busy.id): 0.3}))
    await world.route(team, Routing(learned=True))
    assert (await world.ask(team)).agent_id == busy.id, "with whom it is expected to turn out best"
    await learn(world.platform, world.system, team)
    assert (await world.ask(team)).agent_id == idle.id, "with too few outcomes it is the least busy one again"
    await world.route(team, Routing(learned=True, owner_wait_s=5))


async def test_an_agent_may_not_and_of_a_foreign_team_nothing_is_told(
    world: World, other_organization: int
) -> None:
    agent = await world.add_agent(role=Role.AGENT)
    team = await world.add_team(agent)
    stranger = system_subject(other_organization)
    for use_case in (learn, get_learned):
        with pytest.raises(FrontdeskError) as refused:
            await use_case(world.platform, agent, team)
        assert refused.value.kind is ErrorKind.FORBIDDEN
        with pytest.raises(FrontdeskError) as unknown:
            await use_case(world.platform, stranger, team)
        assert unknown.value.kind is ErrorKind.NOT_FOUND
