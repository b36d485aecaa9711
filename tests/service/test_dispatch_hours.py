"""A team's hours: who is let in when, and what visitors are told outside of them."""

from collections.abc import AsyncIterator

import msgspec
import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.conversations import ConversationState
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.dispatch import Absence, Why, close, reopen, request_human, transfer
from frontdesk.platform import Platform
from frontdesk.staff import Holiday, Hours, Interval, Status, TeamChanges, find_team, list_teams, update_team
from tests.service.dispatch_world import World

MONDAY_AT_NINE = 1_800_234_000_000
WORKING = Hours("Asia/Shanghai", (*[(Interval("09:00", "15:00"),)] * 5, (), ()))


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.halt()


async def open_in_hours(world: World, team: int, hours: Hours | None) -> None:
    await update_team(world.platform, world.system, team, TeamChanges(hours=hours))


async def test_outside_of_the_hours_nothing_is_changed_and_the_opening_is_told(
    world: World, clock: ManualClock
) -> None:
    team = await world.add_team(await world.add_agent())
    await open_in_hours(world, team, WORKING)
    asked = await world.open(team)
    visitor = world.visitor_of(asked)
    told = await request_human(world.platform, visitor, asked.id, team_id=team)
    assert told.absence == Absence(Why.CLOSED, MONDAY_AT_NINE, "Asia/Shanghai")
    assert told.conversation == asked
    clock.advance(seconds=(MONDAY_AT_NINE - clock.now()) / 1000 - 0.001)
    assert (await request_human(world.platform, visitor, asked.id, team_id=team)).absence is not None
    clock.advance(seconds=0.001)
    served = await request_human(world.platform, visitor, asked.id, team_id=team)
    assert served.conversation.state is ConversationState.ACTIVE


async def test_changed_hours_count_at_once(world: World) -> None:
    team = await world.add_team(await world.add_agent())
    asked = await world.open(team)
    closed = msgspec.structs.replace(WORKING, week=((),) * 7)
    await open_in_hours(world, team, closed)
    refused = await request_human(world.platform, world.visitor_of(asked), asked.id, team_id=team)
    assert refused.absence == Absence(Why.CLOSED, None, "Asia/Shanghai")
    await open_in_hours(world, team, None)
    served = await request_human(world.platform, world.visitor_of(asked), asked.id, team_id=team)
    assert served.conversation.state is ConversationState.ACTIVE


async def test_a_holiday_closes_the_team_on_its_day(world: World) -> None:
    team = await world.add_team(await world.add_agent())
    always = Hours("UTC", ((Interval("00:00", "24:00"),),) * 7, (Holiday("2027-01-15", "Founders’ day"),))
    await open_in_hours(world, team, always)
    asked = await world.open(team)
    told = await request_human(world.platform, world.visitor_of(asked), asked.id, team_id=team)
    assert told.absence is not None
    assert told.absence.opens_at == 1_800_057_600_000


async def test_who_waits_when_the_team_closes_is_still_served(world: World) -> None:
    mei = await world.add_agent(capacity=1)
    team = await world.add_team(mei)
    first, second = await world.ask(team), await world.ask(team)
    await open_in_hours(world, team, msgspec.structs.replace(WORKING, week=((),) * 7))
    await close(world.platform, mei, first.id)
    await world.settle()
    assert (await world.get(second.id)).agent_id == mei.id


async def test_colleagues_hand_over_to_a_closed_team_while_somebody_is_there(world: World) -> None:
    mei, tom = await world.add_agent(role=Role.LEADER), await world.add_agent()
    team, other = await world.add_team(mei), await world.add_team(tom)
    await open_in_hours(world, other, msgspec.structs.replace(WORKING, week=((),) * 7))
    conversation = await world.ask(team)
    await transfer(world.platform, mei, conversation.id, team_id=other)
    await world.settle()
    assert (await world.get(conversation.id)).agent_id == tom.id


async def test_a_closed_conversation_is_not_reopened_into_a_closed_team(world: World) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    conversation = await world.ask(team)
    await close(world.platform, mei, conversation.id)
    await world.set_status(mei, Status.AWAY)
    await open_in_hours(world, team, msgspec.structs.replace(WORKING, week=((),) * 7))
    assert not await reopen(world.platform, world.organization, conversation.id)
    await open_in_hours(world, team, None)
    assert await reopen(world.platform, world.organization, conversation.id)


async def test_hours_are_kept_shown_and_in_the_audit_log(world: World) -> None:
    ada = await world.add_agent(role=Role.ADMINISTRATOR)
    team = await world.add_team(ada)
    await update_team(world.platform, ada, team, TeamChanges(hours=WORKING))
    [(shown, _members)] = await list_teams(world.platform, ada)
    assert shown.hours == WORKING
    stored = await world.platform.database.read(
        world.organization, lambda reader: find_team(reader, world.organization, team)
    )
    assert stored.hours == WORKING
    [deed] = await world.platform.database.read(
        world.organization,
        lambda reader: find_in(reader, world.organization, Filter(actor_id=ada.id), before=1 << 62, limit=10),
    )
    assert (deed.action, deed.facts["fields"]) == (Action.TEAM_CHANGED, ["hours"])


async def test_hours_that_make_no_sense_change_nothing(world: World) -> None:
    ada = await world.add_agent(role=Role.ADMINISTRATOR)
    team = await world.add_team(ada)
    await update_team(world.platform, ada, team, TeamChanges(hours=WORKING))
    for wrong in (
        msgspec.structs.replace(WORKING, time_zone="Mars/Olympus"),
        msgspec.structs.replace(WORKING, week=((Interval("18:00", "09:00"),), *WORKING.week[1:])),
    ):
        with pytest.raises(FrontdeskError):
            await update_team(world.platform, ada, team, TeamChanges(name="Other", hours=wrong))
    [(shown, _members)] = await list_teams(world.platform, ada)
    assert (shown.hours, shown.name != "Other") == (WORKING, True)
