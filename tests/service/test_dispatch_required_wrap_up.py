"""A team that wants a wrap-up: its people close nothing without one; what ends by itself ends as ever."""

from collections.abc import Awaitable

import pytest

from frontdesk.contacts import NewBlock
from frontdesk.conversations import ConversationState, Log, WrappedUp
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.desk import Close, WrapUp
from frontdesk.dispatch import block, close, reopen, wrap_up
from frontdesk.settings import replace_wrap_up_categories
from frontdesk.staff import Status, TeamChanges, update_team
from tests.service.dispatch_world import World
from tests.service.test_desk_bulk import done
from tests.service.test_desk_macros import log, outcomes, world

__all__ = ["log", "world"]  # fixtures

REQUIRED = "dispatch.wrap-up-required"


async def require(world: World, team: int, *categories: str) -> None:
    await update_team(world.platform, world.system, team, TeamChanges(wrap_up_required=True))
    await replace_wrap_up_categories(world.platform, world.system, categories)


async def refused(closing: Awaitable[object]) -> FrontdeskError:
    with pytest.raises(FrontdeskError) as caught:
        await closing
    return caught.value


async def test_an_agent_is_refused_until_it_is_said_what_it_was_about(world: World) -> None:
    mei = await world.add_agent(2)
    team = await world.add_team(mei)
    await require(world, team, "Orders")
    one, other = (await world.ask(team)).id, (await world.ask(team)).id
    for empty in (None, WrappedUp(), WrappedUp(" \t"), WrappedUp(remark="paid back", solved=True)):
        error = await refused(close(world.platform, mei, one, wrap_up=empty))
        assert (error.kind, error.code) == (ErrorKind.CONFLICT, REQUIRED)
        assert error.hint
    assert (await world.get(one)).is_open
    assert (await world.seat(mei)).load == 2
    closed = await close(world.platform, mei, one, wrap_up=WrappedUp("Orders", solved=False))
    assert closed.wrap_up is not None
    assert (closed.state, closed.wrap_up.solved) == (ConversationState.CLOSED, False)
    assert await close(world.platform, mei, one) == closed, "closing a closed one changes nothing"
    await wrap_up(world.platform, mei, other, WrappedUp("Orders"))
    assert (await close(world.platform, mei, other)).state is ConversationState.CLOSED


async def test_where_there_are_no_categories_anything_said_will_do(world: World) -> None:
    mei = await world.add_agent(2)
    team = await world.add_team(mei)
    await require(world, team)
    one, other = (await world.ask(team)).id, (await world.ask(team)).id
    assert (await refused(close(world.platform, mei, one, wrap_up=WrappedUp(" ")))).code == REQUIRED
    assert not (await close(world.platform, mei, one, wrap_up=WrappedUp(remark="paid back"))).is_open
    assert not (await close(world.platform, mei, other, wrap_up=WrappedUp(solved=True))).is_open


async def test_a_leader_is_asked_as_well_and_whoever_may_not_close_learns_nothing(world: World) -> None:
    mei, lea = await world.add_agent(), await world.add_agent(role=Role.LEADER, status=Status.BUSY)
    tom = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei, lea)
    await require(world, team, "Orders")
    one = (await world.ask(team)).id
    assert (await refused(close(world.platform, lea, one))).code == REQUIRED
    assert (await refused(close(world.platform, tom, one))).code == "not-found"


async def test_visitors_bots_the_system_and_a_block_close_without(world: World) -> None:
    mei, bot = await world.add_agent(3, role=Role.LEADER), await world.add_bot()
    team = await world.add_team(mei)
    await require(world, team, "Orders")
    first, second = await world.ask(team), await world.ask(team)
    third = await world.ask(team, contact=await world.meet())
    held = await world.open(team, bot=bot)
    assert not (await close(world.platform, world.visitor_of(first), first.id)).is_open
    assert not (await close(world.platform, world.system, second.id, reason="silence")).is_open
    assert not (await close(world.platform, bot, held.id)).is_open
    await block(world.platform, mei, NewBlock(contact_id=third.contact_id))
    assert not (await world.get(third.id)).is_open


async def test_other_teams_ask_for_nothing_and_a_change_counts_at_once(world: World) -> None:
    mei = await world.add_agent(2)
    strict, easy = await world.add_team(mei), await world.add_team(mei)
    await require(world, strict, "Orders")
    one, other = (await world.ask(strict)).id, (await world.ask(easy)).id
    assert not (await close(world.platform, mei, other)).is_open
    await update_team(world.platform, world.system, strict, TeamChanges(wrap_up_required=False))
    assert not (await close(world.platform, mei, one)).is_open


async def test_one_that_was_reopened_has_its_wrap_up_still(world: World) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    await require(world, team, "Orders")
    one = (await world.ask(team)).id
    await close(world.platform, mei, one, wrap_up=WrappedUp("Orders", solved=True))
    assert await reopen(world.platform, world.organization, one)
    closed = await close(world.platform, mei, one)
    assert closed.wrap_up is not None
    assert (closed.is_open, closed.wrap_up.category, closed.wrap_up.solved) == (False, "Orders", True)


async def test_of_many_those_without_are_refused_one_by_one(world: World, log: Log) -> None:
    mei = await world.add_agent(2)
    strict, easy = await world.add_team(mei), await world.add_team(mei)
    await require(world, strict, "Orders")
    one, other = (await world.ask(strict)).id, (await world.ask(easy)).id
    reports = await done(world, log, mei, [one, other], Close())
    assert [outcomes(each) for each in reports] == [[REQUIRED], ["done"]]
    reports = await done(world, log, mei, [one], WrapUp("Orders", solved=True), Close())
    assert [outcomes(each) for each in reports] == [["done", "done"]]
    wrapped = (await world.get(one)).wrap_up
    assert wrapped is not None
    assert wrapped.solved is True


async def test_whether_it_is_solved_can_be_changed_and_taken_back(world: World) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    one = (await world.ask(team)).id
    for solved in (True, False, False, None):
        wrapped = (await wrap_up(world.platform, mei, one, WrappedUp("Orders", solved=solved))).wrap_up
        assert wrapped is not None
        assert wrapped.solved is solved
    assert (await world.kinds(one)).count("wrapped_up") == 3
