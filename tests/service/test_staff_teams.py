"""Teams: names, members, weights."""

import asyncio

import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import system_subject
from frontdesk.platform import Platform
from frontdesk.staff import (
    AGENT_CHANGED,
    STAFF_CHANGED,
    AgentChanged,
    Policy,
    StaffChanged,
    TeamChanges,
    Weight,
    create_team,
    delete_team,
    find_team,
    list_teams,
    set_members,
    team_members,
    teams_of,
    update_team,
)
from tests.service.staff_people import add_agent, add_bot, administrator, subject_of


async def test_members_are_replaced_and_only_the_changed_are_told(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    team = await create_team(platform, admin, "Care", Policy.WEIGHTED, 15)
    lin, mei, kai = [await add_agent(platform, organization, name) for name in ("lin", "mei", "kai")]
    await set_members(platform, admin, team.id, [Weight(lin.id, 10), Weight(mei.id, 20)])
    told: list[AgentChanged] = []
    AGENT_CHANGED.subscribe(platform.bus, told.append)
    await set_members(platform, admin, team.id, [Weight(lin.id, 10), Weight(kai.id, 30)])
    assert {event.agent_id for event in told} == {mei.id, kai.id}
    members = await platform.database.read(
        organization, lambda reader: team_members(reader, organization, team.id)
    )
    assert [(member.agent_id, member.weight) for member in members] == [(lin.id, 10), (kai.id, 30)]
    assert await list_teams(platform, admin) == [(team, [Weight(lin.id, 10), Weight(kai.id, 30)])]
    of_lin = await platform.database.read(organization, lambda reader: teams_of(reader, organization, lin.id))
    assert list(of_lin) == [team]


@pytest.mark.parametrize("weight", [0, 101, -5])
async def test_members_are_refused_when_a_weight_is_out_of_range(
    platform: Platform, organization: int, weight: int
) -> None:
    admin = await administrator(platform, organization)
    team = await create_team(platform, admin, "Care")
    with pytest.raises(FrontdeskError) as caught:
        await set_members(platform, admin, team.id, [Weight(admin.id, weight)])
    assert caught.value.code == "staff.weight"


async def test_nothing_is_replaced_when_a_member_is_unknown_twice_or_a_bot(
    platform: Platform, organization: int, other_organization: int
) -> None:
    admin = await administrator(platform, organization)
    team = await create_team(platform, admin, "Care")
    before = [Weight(admin.id, 50)]
    await set_members(platform, admin, team.id, before)
    bot = await add_bot(platform, organization)
    stranger = await add_agent(platform, other_organization, "lin")
    for wrong in (
        [Weight(stranger.id)],
        [Weight(admin.id), Weight(admin.id)],
        [Weight(bot.id)],
        [Weight(404)],
    ):
        with pytest.raises(FrontdeskError):
            await set_members(platform, admin, team.id, wrong)
    assert (await list_teams(platform, admin))[0][1] == before


async def test_a_team_is_added_with_its_members_or_not_at_all(
    platform: Platform, organization: int, other_organization: int
) -> None:
    admin = await administrator(platform, organization)
    stranger = await add_agent(platform, other_organization, "lin")
    for wrong in ([Weight(admin.id, 101)], [Weight(admin.id), Weight(admin.id)], [Weight(stranger.id)]):
        with pytest.raises(FrontdeskError):
            await create_team(platform, admin, "Care", members=wrong)
    assert await list_teams(platform, admin) == []
    told: list[AgentChanged] = []
    AGENT_CHANGED.subscribe(platform.bus, told.append)
    team = await create_team(platform, admin, "Care", members=[Weight(admin.id, 30)])
    assert await list_teams(platform, admin) == [(team, [Weight(admin.id, 30)])]
    assert [event.agent_id for event in told] == [admin.id]


async def test_one_team_is_left_when_the_same_name_is_created_twice_at_once(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    results = await asyncio.gather(
        *(create_team(platform, admin, "Care") for _ in range(4)), return_exceptions=True
    )
    assert [type(result) for result in results].count(FrontdeskError) == 3
    assert len(await list_teams(platform, admin)) == 1


async def test_a_name_is_free_again_when_its_team_was_removed(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    team = await create_team(platform, admin, "Care")
    await set_members(platform, admin, team.id, [Weight(admin.id)])
    told: list[StaffChanged] = []
    STAFF_CHANGED.subscribe(platform.bus, told.append)
    await delete_team(platform, admin, team.id)
    assert StaffChanged(organization, "teams") in told
    assert (await create_team(platform, admin, "Care")).id != team.id
    assert (
        list(
            await platform.database.read(
                organization, lambda reader: team_members(reader, organization, team.id)
            )
        )
        == []
    )
    with pytest.raises(FrontdeskError) as caught:
        await platform.database.read(organization, lambda reader: find_team(reader, organization, team.id))
    assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_only_what_is_set_changes(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    team = await create_team(platform, admin, "Care", Policy.WEIGHTED, 15)
    changed, _ = await update_team(platform, admin, team.id, TeamChanges(policy=Policy.ROUND_ROBIN))
    assert (changed.name, changed.policy, changed.offer_timeout) == ("Care", Policy.ROUND_ROBIN, 15)
    changed, _ = await update_team(platform, admin, team.id, TeamChanges(offer_timeout=None))
    assert (changed.offer_timeout, changed.wrap_up_required) == (None, False)
    changed, _ = await update_team(platform, admin, team.id, TeamChanges(wrap_up_required=True))
    changed, _ = await update_team(platform, admin, team.id, TeamChanges(name="Orders"))
    assert (changed.name, changed.wrap_up_required) == ("Orders", True)
    assert [(one.name, one.wrap_up_required) for one, _ in await list_teams(platform, admin)] == [
        ("Orders", True)
    ]
    with pytest.raises(FrontdeskError) as caught:
        await update_team(platform, admin, team.id, TeamChanges(offer_timeout=0))
    assert caught.value.code == "staff.offer-timeout"


async def test_agents_see_teams_and_do_not_manage_them(platform: Platform, organization: int) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    team = await create_team(platform, system_subject(organization), "Care")
    assert [found.id for found, _ in await list_teams(platform, lin)] == [team.id]
    for attempt in (
        create_team(platform, lin, "Mine"),
        update_team(platform, lin, team.id, TeamChanges(name="Mine")),
        delete_team(platform, lin, team.id),
        set_members(platform, lin, team.id, [Weight(lin.id, 100)]),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.FORBIDDEN


async def test_no_team_of_another_organization_is_seen_or_changed(
    platform: Platform, organization: int, other_organization: int
) -> None:
    admin = await administrator(platform, organization)
    stranger = await administrator(platform, other_organization)
    team = await create_team(platform, stranger, "Care")
    await set_members(platform, stranger, team.id, [Weight(stranger.id)])
    for attempt in (
        update_team(platform, admin, team.id, TeamChanges(name="Mine")),
        delete_team(platform, admin, team.id),
        set_members(platform, admin, team.id, [Weight(admin.id)]),
        platform.database.read(organization, lambda reader: find_team(reader, organization, team.id)),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.NOT_FOUND
    assert await list_teams(platform, admin) == []
    assert (
        list(
            await platform.database.read(
                organization, lambda reader: team_members(reader, organization, team.id)
            )
        )
        == []
    )
    assert (
        list(
            await platform.database.read(
                organization, lambda reader: teams_of(reader, organization, stranger.id)
            )
        )
        == []
    )
    assert (await create_team(platform, admin, "Care")).name == "Care"
