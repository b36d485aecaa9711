"""Service levels on the real engines: who is told what is due, when it is warned of, and what is written down."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.auth import PERMISSIONS, create_organization
from frontdesk.conversations import deliver_subject, team_subject
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.dispatch import (
    ServiceLevel,
    Timekeeper,
    close,
    get_service_level,
    measured,
    set_service_level,
    standing,
    transfer,
)
from frontdesk.dispatch.service_levels.promising import Measured
from frontdesk.platform import Platform
from frontdesk.staff import Hours, Interval, TeamChanges, update_team
from tests.service.dispatch_world import Heard, World

LEVEL = ServiceLevel(first_reply_s=60, next_reply_s=30, resolution_s=3600)
Passing = Callable[[float], Awaitable[None]]


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


@pytest.fixture
def keeper(world: World) -> Iterator[Timekeeper]:
    made = Timekeeper(world.platform)
    made.listen()
    yield made
    made.stop()


@pytest.fixture
def passes(world: World, keeper: Timekeeper, clock: ManualClock) -> Passing:
    """Let so many seconds pass; the timekeeper looks at their end."""

    async def after(seconds: float) -> None:
        clock.advance(seconds=seconds)
        await world.settle()
        while await keeper.catch_up():
            pass

    return after


async def promise(world: World, team: int, level: ServiceLevel) -> None:
    await set_service_level(world.platform, world.system, team, level)


def dues(heard: Heard) -> list[list[tuple[str, str]]]:
    """What each frame said to be due, and how it stood."""
    frames: list[dict[str, Any]] = heard.of("due")
    return [[(one["measure"], one["standing"]) for one in frame["due"]] for frame in frames]


async def measured_of(world: World, conversation_id: int) -> Measured:
    """As somebody sees it who may read everything."""
    role = Role.ADMINISTRATOR
    ada = Subject(world.organization, SubjectKind.AGENT, 1, role=role, permissions=PERMISSIONS[role])
    return await measured(world.platform, ada, conversation_id)


async def figures(world: World, conversation_id: int) -> list[tuple[str, int, bool]]:
    found = await measured_of(world, conversation_id)
    return [(one.measure, one.took_ms // 1000, one.met) for one in found.results]


async def test_agent_and_team_see_what_is_due_its_warning_its_breach_and_its_end(
    world: World, keeper: Timekeeper, passes: Passing
) -> None:
    mei = await world.add_agent(role=Role.ADMINISTRATOR)
    team = await world.add_team(mei)
    await promise(world, team, LEVEL)
    await passes(0)
    told = [
        Heard(world.platform, deliver_subject(world.organization, mei.id)),
        Heard(world.platform, team_subject(world.organization, team)),
    ]
    conversation = await world.ask(team)
    for seconds in (0, 48, 12.001):
        await passes(seconds)
    await world.say(conversation.id, mei)
    await passes(1)
    resolution = ("resolution", "running")
    expected = [
        [("first_reply", "running"), resolution],
        [("first_reply", "warned"), resolution],
        [("first_reply", "breached"), resolution],
        [resolution],
    ]
    assert [dues(heard) for heard in told] == [expected, expected]
    assert await figures(world, conversation.id) == [("first_reply", 60, False)]
    await close(world.platform, mei, conversation.id)
    await passes(1)
    assert dues(told[0])[-1] == []
    assert (await figures(world, conversation.id))[1:] == [("resolution", 61, True)]


async def test_every_unanswered_stretch_is_measured_for_itself(
    world: World, keeper: Timekeeper, passes: Passing
) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    await promise(world, team, LEVEL)
    conversation = await world.ask(team)
    visitor = world.visitor_of(conversation)
    await passes(5)
    await world.say(conversation.id, mei)
    for wait in (10, 31):
        await passes(5)
        await world.say(conversation.id, visitor)
        await passes(wait)
        await world.say(conversation.id, mei)
    await passes(0)
    assert await figures(world, conversation.id) == [
        ("first_reply", 5, True),
        ("next_reply", 10, True),
        ("next_reply", 31, False),
    ]


async def test_turns_that_nobody_looked_at_meanwhile_are_measured_exactly_and_once(
    world: World, keeper: Timekeeper, passes: Passing, clock: ManualClock
) -> None:
    """As after a time in which no process dispatched, and with a second one that begins to."""
    mei = await world.add_agent()
    team = await world.add_team(mei)
    await promise(world, team, LEVEL)
    await passes(0)
    conversation = await world.ask(team)
    clock.advance(seconds=61)
    await world.say(conversation.id, mei)
    await world.say(conversation.id, world.visitor_of(conversation))
    clock.advance(seconds=7)
    await world.say(conversation.id, mei)
    await close(world.platform, mei, conversation.id)
    expected = [("first_reply", 61, False), ("next_reply", 7, True), ("resolution", 68, True)]
    for one in (Timekeeper(world.platform), Timekeeper(world.platform)):
        while await one.catch_up():
            pass
        assert await figures(world, conversation.id) == expected
    await passes(0)
    assert await figures(world, conversation.id) == expected


async def test_a_change_counts_at_once_for_what_runs_and_not_for_what_had_ended(
    world: World, keeper: Timekeeper, passes: Passing
) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    ended, runs = await world.ask(team), await world.ask(team)
    await passes(100)
    await world.say(ended.id, mei)
    await passes(1)
    heard = Heard(world.platform, deliver_subject(world.organization, mei.id))
    await promise(world, team, ServiceLevel(first_reply_s=60))
    await passes(0)
    assert dues(heard) == [[("first_reply", "breached")]]
    await promise(world, team, ServiceLevel(first_reply_s=600))
    await passes(0)
    assert dues(heard)[1:] == [[("first_reply", "running")]]
    await promise(world, team, ServiceLevel())
    await passes(0)
    assert dues(heard)[2:] == [[]]
    await close(world.platform, mei, ended.id)
    await close(world.platform, mei, runs.id)
    await passes(0)
    assert await figures(world, ended.id) == []
    assert await figures(world, runs.id) == []


async def test_a_night_is_no_time_and_changed_hours_count_at_once(
    world: World, keeper: Timekeeper, passes: Passing, clock: ManualClock
) -> None:
    """The clock of the tests begins at 08:00 in UTC on a Friday."""
    mei = await world.add_agent()
    team = await world.add_team(mei)
    await promise(world, team, ServiceLevel(first_reply_s=60))
    conversation = await world.ask(team)
    began = clock.now()
    opens = Hours("UTC", ((Interval("20:00", "24:00"),),) * 7)
    await update_team(world.platform, world.system, team, TeamChanges(hours=opens))
    await passes(1)
    found = await measured_of(world, conversation.id)
    day = began - began % 86_400_000
    assert [one.due_at for one in found.clock.due] == [day + 20 * 3_600_000 + 60_000]
    await passes(3600)
    await world.say(conversation.id, mei)
    await passes(0)
    assert await figures(world, conversation.id) == [("first_reply", 0, True)]


async def test_who_hands_it_on_is_told_that_nothing_is_due_any_more(
    world: World, keeper: Timekeeper, passes: Passing
) -> None:
    mei, tom = await world.add_agent(role=Role.LEADER), await world.add_agent()
    team, other = await world.add_team(mei), await world.add_team(tom)
    for one in (team, other):
        await promise(world, one, LEVEL)
    conversation = await world.ask(team)
    await passes(1)
    former = Heard(world.platform, team_subject(world.organization, team))
    latter = Heard(world.platform, deliver_subject(world.organization, tom.id))
    await transfer(world.platform, mei, conversation.id, team_id=other)
    await passes(1)
    assert dues(former) == [[]]
    assert dues(latter) == [[("first_reply", "running"), ("resolution", "running")]]


async def test_who_connects_is_told_what_is_due_of_them_and_of_the_teams_that_they_follow(
    world: World, keeper: Timekeeper, passes: Passing
) -> None:
    mei, tom = await world.add_agent(), await world.add_agent()
    leader = await world.add_agent(role=Role.ADMINISTRATOR)
    team = await world.add_team(mei)
    await world.add_team(tom)
    await promise(world, team, LEVEL)
    await world.ask(team)
    await passes(1)
    seen = [
        sum(type(frame).__name__ == "DueFrame" for frame in await standing(world.platform, one))
        for one in (mei, leader, tom)
    ]
    assert seen == [1, 1, 0]


async def test_where_nobody_promises_anything_nothing_is_written(
    world: World, keeper: Timekeeper, passes: Passing
) -> None:
    team = await world.add_team(await world.add_agent())
    conversation = await world.ask(team)
    await passes(100)
    rows = await world.platform.database.read(
        world.organization, lambda reader: reader.fetch("select conversation_id from service_clock")
    )
    assert rows == []
    assert (await measured_of(world, conversation.id)).clock.due == ()


async def test_the_log_is_followed_from_the_moment_at_which_somebody_promises(
    world: World, keeper: Timekeeper, passes: Passing
) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    first = await world.ask(team)
    await passes(1)
    await promise(world, team, LEVEL)
    await passes(0)
    second = await world.ask(team)
    await passes(0)
    for one in (first, second):
        assert len((await measured_of(world, one.id)).clock.due) == 2


async def test_a_service_level_is_kept_and_in_the_audit_log(world: World) -> None:
    ada = await world.add_agent(role=Role.ADMINISTRATOR)
    team = await world.add_team(ada)
    assert await get_service_level(world.platform, ada, team) == ServiceLevel()
    await set_service_level(world.platform, ada, team, LEVEL)
    assert await get_service_level(world.platform, ada, team) == LEVEL
    await set_service_level(world.platform, ada, team, ServiceLevel())
    assert await get_service_level(world.platform, ada, team) == ServiceLevel()
    deeds = await world.platform.database.read(
        world.organization,
        lambda reader: find_in(reader, world.organization, Filter(actor_id=ada.id), before=1 << 62, limit=10),
    )
    assert [(deed.action, deed.facts["fields"]) for deed in deeds] == [
        (Action.TEAM_CHANGED, ["service_level"])
    ] * 2


async def test_agents_cannot_promise_and_others_teams_look_like_none(
    world: World, platform: Platform
) -> None:
    mei, leader = await world.add_agent(), await world.add_agent(role=Role.LEADER)
    team, own = await world.add_team(mei), await world.add_team(leader)
    with pytest.raises(FrontdeskError) as refused:
        await set_service_level(platform, mei, team, LEVEL)
    assert refused.value.kind is ErrorKind.FORBIDDEN
    with pytest.raises(FrontdeskError) as refused:
        await set_service_level(platform, leader, team, LEVEL)
    assert refused.value.kind is ErrorKind.FORBIDDEN
    assert await set_service_level(platform, leader, own, LEVEL) == LEVEL
    elsewhere = await create_organization(platform, "elsewhere", "Elsewhere")
    other = World(platform, elsewhere.id)
    ada = await other.add_agent(role=Role.ADMINISTRATOR)
    for does in (
        lambda: get_service_level(platform, ada, team),
        lambda: set_service_level(platform, ada, team, LEVEL),
    ):
        with pytest.raises(FrontdeskError) as refused:
            await does()
        assert refused.value.kind is ErrorKind.NOT_FOUND
