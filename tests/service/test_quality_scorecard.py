"""The scorecard: one counts, a change makes a new version, and what cannot be one is refused."""

import asyncio

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.platform import Platform
from frontdesk.quality import Criterion, Scorecard, get_scorecard, set_scorecard
from tests.service.staff_people import add_agent, administrator, subject_of, visitor

TONE, ANSWER = Criterion("Tone", 1), Criterion("Right answer", 3)


async def test_a_change_makes_a_new_version_and_the_same_again_makes_none(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    mei = subject_of(await add_agent(platform, organization, "mei"))
    assert await get_scorecard(platform, mei) == Scorecard(0, ())
    first = await set_scorecard(platform, admin, 0, [Criterion("  Tone ", 1), ANSWER])
    assert (first.version, list(first.criteria)) == (1, [TONE, ANSWER])
    assert (await set_scorecard(platform, admin, 0, [TONE, ANSWER])).version == 1, "a repeat"
    second = await set_scorecard(platform, admin, 1, [ANSWER])
    known = await get_scorecard(platform, mei)
    assert (known.version, list(known.criteria)) == (second.version, [ANSWER]) == (2, [ANSWER])
    deeds = await platform.database.read(
        organization,
        lambda reader: find_in(
            reader, organization, Filter(action=Action.SCORECARD_CHANGED), before=1 << 62, limit=9
        ),
    )
    assert [(one.actor_id, one.target_id, one.facts) for one in deeds] == [
        (admin.id, 2, {"criteria": 1}),
        (admin.id, 1, {"criteria": 2}),
    ]


async def test_of_two_who_change_it_at_once_one_is_told(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    await set_scorecard(platform, admin, 0, [TONE])
    outcomes = await asyncio.gather(
        *(set_scorecard(platform, admin, 1, [Criterion(name, 2)]) for name in ("One", "Two")),
        return_exceptions=True,
    )
    refused = [one for one in outcomes if isinstance(one, FrontdeskError)]
    assert [one.code for one in refused] == ["quality.scorecard-changed"]
    assert (await get_scorecard(platform, admin)).version == 2


async def test_only_who_manages_quality_changes_it_and_visitors_do_not_know_it(
    platform: Platform, organization: int, other_organization: int
) -> None:
    admin = await administrator(platform, organization)
    await set_scorecard(platform, admin, 0, [TONE])
    for role in (Role.AGENT, Role.LEADER, Role.INSPECTOR, Role.AUDITOR):
        who = subject_of(await add_agent(platform, organization, role.value, role))
        with pytest.raises(FrontdeskError) as caught:
            await set_scorecard(platform, who, 1, [ANSWER])
        assert caught.value.kind is ErrorKind.FORBIDDEN
        assert (await get_scorecard(platform, who)).version == 1
    with pytest.raises(FrontdeskError) as caught:
        await get_scorecard(platform, visitor(organization, 9))
    assert caught.value.kind is ErrorKind.FORBIDDEN
    foreign = await administrator(platform, other_organization, "oda")
    assert (await get_scorecard(platform, foreign)).version == 0


async def test_a_name_is_needed_and_needed_once(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    for criteria in ([Criterion(" ", 1)], [Criterion("x" * 81, 1)], [TONE, Criterion("tone", 2)]):
        with pytest.raises(FrontdeskError) as caught:
            await set_scorecard(platform, admin, 0, criteria)
        assert caught.value.kind is ErrorKind.INVALID
    assert (await get_scorecard(platform, admin)).version == 0
