"""The same steps for many conversations: each is told of by itself, and what changed can be taken back."""

from collections.abc import Sequence

import pytest

from frontdesk.conversations import ConversationState, Log, tags_of
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.desk import (
    AddTag,
    Bulk,
    Close,
    Flag,
    Marks,
    Ran,
    RemoveTag,
    Snooze,
    Step,
    Transfer,
    Wake,
    WrapUp,
    mark_conversation,
    read_desk,
    take_steps,
)
from frontdesk.staff import Status
from tests.service.dispatch_world import World
from tests.service.staff_people import visitor
from tests.service.test_desk_macros import log, outcomes, tag, world

__all__ = ["log", "world"]  # fixtures


async def done(
    world: World, log: Log, who: Subject, conversations: Sequence[int], *steps: Step
) -> Sequence[Ran]:
    wanted = Bulk(run="r-1", conversations=[str(each) for each in conversations], steps=steps)
    return await take_steps(world.platform, log, who, wanted)


@pytest.fixture
async def lea(world: World) -> Subject:
    """A leader, who may close what is not hers."""
    return await world.add_agent(role=Role.LEADER, status=Status.BUSY)


async def test_many_are_closed_with_a_wrap_up_and_one_out_of_reach_keeps_nobody(
    world: World, log: Log, lea: Subject
) -> None:
    mei, tom = await world.add_agent(3), await world.add_agent()
    team, other = await world.add_team(mei, lea), await world.add_team(tom)
    mine = [(await world.ask(team)).id for _ in range(3)]
    toms = (await world.ask(other)).id
    reports = await done(world, log, lea, [*mine, toms, 1], WrapUp("Orders"), Close())
    assert [outcomes(each) for each in reports] == [["done", "done"]] * 3 + [["not-found", "-"]] * 2
    for one in mine:
        assert (await world.get(one)).state is ConversationState.CLOSED
    assert (await world.get(toms)).is_open


async def test_a_tag_says_on_which_it_is_new_and_is_taken_off_those_alone(world: World, log: Log) -> None:
    mei = await world.add_agent(3)
    team, red = await world.add_team(mei), await tag(world)
    first, second = (await world.ask(team)).id, (await world.ask(team)).id
    await done(world, log, mei, [first], AddTag(str(red)))
    reports = await done(world, log, mei, [first, second], AddTag(str(red)))
    assert [each.taken[0].changed for each in reports] == [False, True]
    await done(world, log, mei, [second], RemoveTag(str(red)))
    assert list(await tags_of(world.platform, mei, first)) == [red]
    assert list(await tags_of(world.platform, mei, second)) == []


async def test_many_are_put_aside_for_so_long_and_taken_up_again_and_another_agents_is_refused(
    world: World, log: Log
) -> None:
    mei, tom = await world.add_agent(3), await world.add_agent()
    team, other = await world.add_team(mei), await world.add_team(tom)
    mine = [(await world.ask(team)).id for _ in range(2)]
    toms = (await world.ask(other)).id
    reports = await done(world, log, mei, [*mine, toms], Snooze(for_s=3_600))
    assert [outcomes(each) for each in reports] == [["done"], ["done"], ["not-found"]]
    until = world.platform.clock.now() + 3_600_000
    assert [(await world.get(one)).snoozed_until for one in mine] == [until, until]
    await done(world, log, mei, mine, Wake())
    assert [(await world.get(one)).snoozed_until for one in mine] == [None, None]


async def test_a_flag_is_ones_own_and_leaves_the_pin(world: World, log: Log) -> None:
    mei = await world.add_agent(3)
    team = await world.add_team(mei)
    first, second = (await world.ask(team)).id, (await world.ask(team)).id
    await mark_conversation(world.platform, mei, first, Marks(pinned=True, important=False))
    for changed in (True, False):
        reports = await done(world, log, mei, [first, second], Flag(important=True))
        assert [each.taken[0].changed for each in reports] == [changed, changed]
    marks = {each.conversation: each for each in (await read_desk(world.platform, mei)).marks}
    assert (marks[str(first)].pinned, marks[str(first)].important) == (True, True)
    await done(world, log, mei, [first, second], Flag(important=False))
    [left] = (await read_desk(world.platform, mei)).marks
    assert (left.conversation, left.pinned, left.important) == (str(first), True, False)


async def test_an_agent_gets_as_many_as_there_are_places_and_the_rest_is_told(
    world: World, log: Log, lea: Subject
) -> None:
    mei, tom = await world.add_agent(3), await world.add_agent(2, status=Status.BUSY)
    team = await world.add_team(mei, tom, lea)
    mine = [(await world.ask(team)).id for _ in range(3)]
    reports = await done(world, log, lea, mine, Transfer(agent_id=str(tom.id)))
    assert [outcomes(each) for each in reports] == [["done"], ["done"], ["dispatch.full"]]
    assert (await world.seat(tom)).load == 2


async def test_a_department_gets_them_by_whoever_of_its_people_has_room(
    world: World, log: Log, lea: Subject
) -> None:
    mei, fin = await world.add_agent(2), await world.add_agent(1)
    team = await world.add_team(mei, lea)
    finance = await world.add_department(fin)
    mine = [(await world.ask(team)).id for _ in range(2)]
    reports = await done(world, log, lea, mine, Transfer(department_id=str(finance)))
    assert [outcomes(each) for each in reports] == [["done"], ["done"]]
    owners = [(await world.get(one)).agent_id for one in mine]
    assert sorted(owners, key=lambda each: each is None) == [fin.id, None]


async def test_steps_that_could_never_be_done_are_refused_before_anything(world: World, log: Log) -> None:
    mei = await world.add_agent()
    one = (await world.ask(await world.add_team(mei))).id
    for steps in ([], [Close(), Flag(important=True)], [Transfer()], [Transfer("1", "2")], [RemoveTag("x")]):
        with pytest.raises(FrontdeskError) as caught:
            await done(world, log, mei, [one], *steps)
        assert caught.value.kind is ErrorKind.INVALID
    with pytest.raises(FrontdeskError) as caught:
        await done(world, log, visitor(world.organization, 9), [one], Close())
    assert caught.value.kind is ErrorKind.FORBIDDEN
    assert (await world.get(one)).is_open
