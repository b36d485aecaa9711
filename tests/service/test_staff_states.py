"""The ledger of agents' states, and changing the state of somebody else."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.platform import Platform
from frontdesk.staff import Status, load, set_status
from frontdesk.staff.states import set_status_of, states_of
from tests.service.dispatch_world import World


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.settle()
    await made.halt()


async def test_every_change_is_a_row_with_from_to_why_and_by_whom(world: World, clock: ManualClock) -> None:
    mei = await world.add_agent()
    clock.advance(seconds=60)
    at = clock.now()
    await set_status(world.platform, mei, Status.AWAY, "Meal")
    await set_status(world.platform, mei, Status.AWAY, "Meal")  # the same again is no change
    clock.advance(seconds=60)
    await set_status(world.platform, mei, Status.AWAY, "Meeting")
    page = await states_of(world.platform, mei, mei.id)
    told = [(each.before, each.after, each.reason, each.by_id) for each in page.items[:2]]
    assert told == [("away", "away", "Meeting", mei.id), ("online", "away", "Meal", mei.id)]
    assert page.items[1].at == at
    agent = await world.platform.database.read(
        world.organization, lambda reader: load(reader, world.organization, mei.id)
    )
    assert (agent.reason, agent.status_since) == ("Meeting", clock.now())  # another reason, another stretch
    assert page.items[-1].by_id == 0  # the first connection


async def test_who_watches_over_an_agent_changes_their_state_and_nobody_else_does(world: World) -> None:
    mei, tom = await world.add_agent(), await world.add_agent()
    lea, foreign = await world.add_agent(role=Role.LEADER), await world.add_agent(role=Role.LEADER)
    await world.add_team(mei, tom, lea)
    changed = await set_status_of(world.platform, lea, mei.id, Status.BUSY, "Training")
    assert (changed.status, changed.reason) == (Status.BUSY, "Training")
    page = await states_of(world.platform, lea, mei.id)
    assert (page.items[0].after, page.items[0].by_id) == ("busy", lea.id)
    for who in (tom, foreign):
        with pytest.raises(FrontdeskError) as refusal:
            await set_status_of(world.platform, who, mei.id, Status.ONLINE)
        assert refusal.value.kind == "forbidden"
        with pytest.raises(FrontdeskError):
            await states_of(world.platform, who, mei.id)
    deeds = await world.platform.database.read(
        world.organization,
        lambda reader: find_in(
            reader, world.organization, Filter(action=Action.AGENT_STATUS_SET), before=1 << 62, limit=9
        ),
    )
    assert [(each.actor_id, each.target_id) for each in deeds] == [(lea.id, mei.id)]
    await set_status(world.platform, mei, Status.ONLINE)  # she may choose another herself


async def test_the_state_of_who_is_not_there_is_only_chosen(world: World, clock: ManualClock) -> None:
    lea = await world.add_agent(role=Role.LEADER)
    mei = await world.add_agent(status=Status.OFFLINE)
    await world.add_team(mei, lea)
    changed = await set_status_of(world.platform, lea, mei.id, Status.OFFLINE)
    assert changed.status is Status.OFFLINE
    assert (await states_of(world.platform, lea, mei.id, limit=1)).cursor is not None
