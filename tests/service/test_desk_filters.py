"""Saved filters: one's own are one's own, shared ones are the team's, and nobody finds more by them."""

import json

import pytest

from frontdesk.conversations import deliver_subject, staff_subject
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, system_subject
from frontdesk.desk import (
    Criteria,
    FilterChanges,
    NewFilter,
    Shown,
    change_filter,
    create_filter,
    delete_filter,
    list_filters,
)
from frontdesk.desk.filter_types import MAX_FILTERS
from frontdesk.platform import Platform
from frontdesk.staff import Team, Weight, create_team, set_members
from tests.service.staff_people import add_agent, administrator, subject_of, visitor


@pytest.fixture
async def lin(platform: Platform, organization: int) -> Subject:
    return subject_of(await add_agent(platform, organization, "lin"))


@pytest.fixture
async def mei(platform: Platform, organization: int) -> Subject:
    return subject_of(await add_agent(platform, organization, "mei"))


async def team_of(platform: Platform, organization: int, *members: Subject) -> Team:
    root = system_subject(organization)
    team = await create_team(platform, root, "Care")
    await set_members(platform, root, team.id, [Weight(each.id) for each in members])
    return team


async def names(platform: Platform, who: Subject) -> list[str]:
    return [each.name for each in await list_filters(platform, who)]


def new(name: str, team: Team | None = None) -> NewFilter:
    criteria = Criteria(Shown.CLOSED, tag_id="7")
    return NewFilter(name=name, criteria=criteria, team_id=None if team is None else str(team.id))


async def test_ones_own_filter_is_nobody_elses_and_a_shared_one_is_the_teams(
    platform: Platform, organization: int, lin: Subject, mei: Subject
) -> None:
    admin = await administrator(platform, organization)
    team = await team_of(platform, organization, lin, mei)
    own = await create_filter(platform, lin, new(" Refunds "))
    shared = await create_filter(platform, lin, new("Returns", team))
    assert (own.name, own.criteria) == ("Refunds", Criteria(Shown.CLOSED, tag_id="7"))
    assert await names(platform, lin) == ["Refunds", "Returns"]
    assert await names(platform, mei) == ["Returns"]
    assert await names(platform, admin) == [], "of no team"
    kept = await change_filter(platform, lin, shared.id, FilterChanges(team_id=None))
    assert kept.team_id is None
    assert await names(platform, mei) == []
    await change_filter(platform, lin, own.id, FilterChanges(name="Money", team_id=str(team.id)))
    assert await names(platform, mei) == ["Money"]
    await set_members(platform, system_subject(organization), team.id, [Weight(mei.id)])
    assert await names(platform, lin) == ["Money", "Returns"], "whoever made it keeps it"
    renamed = await change_filter(platform, lin, own.id, FilterChanges(name="Cash", team_id=str(team.id)))
    assert (renamed.name, renamed.team_id) == ("Cash", team.id)
    await delete_filter(platform, lin, own.id)
    assert await names(platform, mei) == []


async def test_who_did_not_make_it_can_neither_change_nor_delete_it(
    platform: Platform, organization: int, other_organization: int, lin: Subject, mei: Subject
) -> None:
    team = await team_of(platform, organization, lin, mei)
    shared = await create_filter(platform, lin, new("Returns", team))
    foreign = await administrator(platform, other_organization, "oda")
    for who in (mei, foreign, subject_of(await add_agent(platform, organization, "lea", Role.ADMINISTRATOR))):
        for attempt in (
            change_filter(platform, who, shared.id, FilterChanges(name="Mine")),
            delete_filter(platform, who, shared.id),
        ):
            with pytest.raises(FrontdeskError) as caught:
                await attempt
            assert caught.value.kind is ErrorKind.NOT_FOUND
    for attempt in (
        list_filters(platform, visitor(organization, 9)),
        create_filter(platform, visitor(organization, 9), new("x")),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.FORBIDDEN
    assert await names(platform, mei) == ["Returns"]


async def test_what_is_no_name_no_id_or_no_team_of_ones_own_is_refused(
    platform: Platform, organization: int, lin: Subject, mei: Subject
) -> None:
    team = await team_of(platform, organization, mei)
    saved = await create_filter(platform, lin, new("Refunds"))
    for attempt, kind in (
        (create_filter(platform, lin, new(" ")), ErrorKind.INVALID),
        (create_filter(platform, lin, new("x" * 41)), ErrorKind.INVALID),
        (create_filter(platform, lin, NewFilter(name="x", criteria=Criteria(tag_id="a"))), ErrorKind.INVALID),
        (create_filter(platform, lin, new("x", team)), ErrorKind.NOT_FOUND),
        (create_filter(platform, lin, NewFilter(name="x", criteria=Criteria(), team_id="x")), ErrorKind.NOT_FOUND),
        (change_filter(platform, lin, saved.id, FilterChanges(team_id=str(team.id))), ErrorKind.NOT_FOUND),
        (change_filter(platform, lin, saved.id, FilterChanges(criteria=Criteria(agent_id="-1"))), ErrorKind.INVALID),
    ):  # fmt: skip
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is kind
    assert list(await list_filters(platform, lin)) == [saved]


async def test_there_is_a_limit_and_a_deleted_one_makes_room(
    platform: Platform, organization: int, lin: Subject
) -> None:
    made = [await create_filter(platform, lin, new(str(number))) for number in range(MAX_FILTERS)]
    with pytest.raises(FrontdeskError, match=r"desk\.too-many-filters"):
        await create_filter(platform, lin, new("one more"))
    await delete_filter(platform, lin, made[-1].id)
    await create_filter(platform, lin, new("one more"))


async def test_ones_devices_are_told_of_ones_own_and_everybody_of_a_shared_one(
    platform: Platform, organization: int, lin: Subject
) -> None:
    told: list[tuple[str, str]] = []
    for to, name in ((deliver_subject(organization, lin.id), "own"), (staff_subject(organization), "all")):

        def remember(payload: bytes, _origin: str, name: str = name) -> None:
            frame = json.loads(payload)
            if frame["t"] == "changed" and frame["topic"] == "filters":
                told.append((name, frame["topic"]))

        platform.bus.subscribe(to, remember)
    team = await team_of(platform, organization, lin)
    saved = await create_filter(platform, lin, new("Refunds"))
    assert [name for name, _ in told] == ["own"]
    await change_filter(platform, lin, saved.id, FilterChanges(team_id=str(team.id)))
    await change_filter(platform, lin, saved.id, FilterChanges(team_id=None))
    await change_filter(platform, lin, saved.id, FilterChanges(team_id=None))
    assert [name for name, _ in told] == ["own", "all", "all"]
