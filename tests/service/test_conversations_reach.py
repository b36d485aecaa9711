"""How far a role reaches: one's own, one's teams', one's department's, everybody's; in lists and one by one alike."""

import pytest

from frontdesk.conversations import View, entries_page, list_conversations
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, system_subject
from frontdesk.platform import Platform
from frontdesk.staff import (
    AgentChanges,
    TeamChanges,
    create_department,
    create_team,
    update_agent,
    update_team,
)
from tests.service.staff_people import add_agent, subject_of
from tests.service.test_conversations_lists import Desk


@pytest.fixture
async def desk(platform: Platform, organization: int, clock: ManualClock) -> Desk:
    return await Desk(platform, organization, clock).open()


async def leader_of(desk: Desk, *colleagues: str) -> Subject:
    """A leader in one department with these agents."""
    root = system_subject(desk.organization)
    department = await create_department(desk.platform, root, "Care")
    leader = subject_of(await add_agent(desk.platform, desk.organization, "lea", Role.LEADER))
    for agent_id in (leader.id, *(desk.agents[name].id for name in colleagues)):
        await update_agent(desk.platform, root, agent_id, AgentChanges(department_id=department.id))
    return leader


async def listed(desk: Desk, who: Subject, view: View) -> set[str]:
    page = await list_conversations(desk.platform, who, view)
    return {item.id for item in page.items}


async def test_a_leader_reads_what_colleagues_of_the_department_have_or_had_and_nothing_else(
    desk: Desk,
) -> None:
    theirs = {await desk.conversation("sales", state) for state in ("active", "closed")}
    others = {await desk.conversation("service", state) for state in ("active", "closed", "waiting")}
    leader = await leader_of(desk, "sales")
    assert await listed(desk, leader, View.ALL) | await listed(desk, leader, View.CLOSED) == theirs
    for conversation in theirs:
        assert (await entries_page(desk.platform, leader, int(conversation))).entries
    for conversation in others:
        with pytest.raises(FrontdeskError) as caught:
            await entries_page(desk.platform, leader, int(conversation))
        assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_a_leader_without_a_department_reaches_nobody_elses(desk: Desk) -> None:
    await desk.conversation("sales", "active")
    leader = subject_of(await add_agent(desk.platform, desk.organization, "lea", Role.LEADER))
    assert await listed(desk, leader, View.ALL) == set()


async def test_a_leader_changes_the_own_teams_and_no_other(desk: Desk) -> None:
    leader = await leader_of(desk)
    for attempt in (
        update_team(desk.platform, leader, desk.teams["sales"], TeamChanges(name="Mine")),
        create_team(desk.platform, leader, "New"),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.code == "staff.not-your-team"
