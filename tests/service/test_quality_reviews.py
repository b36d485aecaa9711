"""Reviews: who gives them to whom, who reads them, and what becomes of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.conversations import staff_subject
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import transfer
from frontdesk.platform import Platform
from frontdesk.quality import (
    Criterion,
    Given,
    ReviewView,
    Wanted,
    averages,
    list_reviews,
    own_reviews,
    remove_review,
    review,
    reviews_of,
    set_scorecard,
)
from frontdesk.staff import AgentChanges, Status, create_department, update_agent
from tests.service.dispatch_world import Heard, World
from tests.service.staff_people import administrator

CARD = [Criterion("Tone", 1), Criterion("Right answer", 3)]


@dataclass
class Shop:
    """Mei of lea's team has a conversation; tom is of another; iva inspects everything."""

    world: World
    admin: Subject
    mei: Subject
    tom: Subject
    lea: Subject
    iva: Subject
    team: int
    one: int

    @property
    def platform(self) -> Platform:
        return self.world.platform

    async def score(self, who: Subject, *points: int, agent: Subject | None = None, remark: str = "", version: int = 0) -> ReviewView:  # fmt: skip
        given = Given(scorecard=1, points=points, remark=remark, version=version)
        return await review(self.platform, who, self.one, (agent or self.mei).id, given)


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    world = World(platform, organization)
    await world.start()
    admin = await administrator(platform, organization)
    mei, tom = await world.add_agent(), await world.add_agent()
    lea = await world.add_agent(role=Role.LEADER, status=Status.AWAY)
    iva = await world.add_agent(role=Role.INSPECTOR, status=Status.AWAY)
    team = await world.add_team(mei, lea)
    await world.add_team(tom)
    await set_scorecard(platform, admin, 0, CARD)
    one = (await world.ask(team)).id
    yield Shop(world, admin, mei, tom, lea, iva, team, one)
    await world.settle()
    await world.halt()


async def refusal(attempt: Awaitable[object]) -> FrontdeskError:
    with pytest.raises(FrontdeskError) as caught:
        await attempt
    return caught.value


async def test_inspector_leader_and_administrator_each_give_one_and_its_author_changes_it(
    shop: Shop, clock: ManualClock
) -> None:
    first = await shop.score(shop.iva, 5, 4, remark=" Kind and right. ")
    assert (first.percent, first.remark, first.version, first.contact_name) == (
        85, "Kind and right.", 1, "Visitor",
    )  # fmt: skip
    assert [(each.name, each.weight, each.points) for each in first.criteria] == [
        ("Tone", 1, 5), ("Right answer", 3, 4),
    ]  # fmt: skip
    await shop.score(shop.lea, 0, 0)
    await shop.score(shop.admin, 5, 5)
    clock.advance(seconds=60)
    changed = await shop.score(shop.iva, 5, 2, remark="Slow.", version=1)
    assert (changed.id, changed.percent, changed.version, changed.given_at) == (
        first.id,
        55,
        2,
        first.given_at,
    )
    assert changed.changed_at == clock.now()
    assert await shop.score(shop.iva, 5, 2, remark="Slow.", version=1) == changed, "a repeat changes nothing"
    found = await reviews_of(shop.platform, shop.iva, shop.one)
    assert found.agents == [shop.mei.id]
    assert [(one.reviewer_id, one.percent) for one in found.reviews] == [
        (str(shop.iva.id), 55), (str(shop.lea.id), 0), (str(shop.admin.id), 100),
    ]  # fmt: skip


async def test_of_two_devices_of_one_reviewer_the_second_is_told(shop: Shop) -> None:
    await shop.score(shop.iva, 5, 4)
    assert (await refusal(shop.score(shop.iva, 1, 1))).code == "quality.changed-meanwhile"
    await shop.score(shop.iva, 4, 4, version=1)
    assert (await refusal(shop.score(shop.iva, 1, 1, version=1))).code == "quality.changed-meanwhile"
    await remove_review(shop.platform, shop.iva, shop.one, shop.mei.id)
    assert (await refusal(shop.score(shop.iva, 1, 1, version=2))).code == "quality.changed-meanwhile"
    outcomes = await asyncio.gather(
        *(shop.score(shop.iva, points, points) for points in (2, 3)), return_exceptions=True
    )
    assert len([one for one in outcomes if isinstance(one, FrontdeskError)]) == 1
    assert len((await reviews_of(shop.platform, shop.iva, shop.one)).reviews) == 1


async def test_each_agent_who_had_it_is_scored_and_nobody_else(shop: Shop) -> None:
    assert (await refusal(shop.score(shop.iva, 5, 5, agent=shop.tom))).kind is ErrorKind.NOT_FOUND
    await transfer(shop.platform, shop.mei, shop.one, agent_id=shop.tom.id)
    assert (await reviews_of(shop.platform, shop.iva, shop.one)).agents == [shop.mei.id, shop.tom.id]
    await shop.score(shop.iva, 5, 5, agent=shop.tom)
    await shop.score(shop.iva, 1, 1)
    assert (await reviews_of(shop.platform, shop.lea, shop.one)).agents == [shop.mei.id], "not of hers"
    assert (await refusal(shop.score(shop.lea, 1, 1, agent=shop.tom))).kind is ErrorKind.NOT_FOUND


async def test_nobody_scores_themselves_and_agents_score_nobody(shop: Shop) -> None:
    await transfer(shop.platform, shop.mei, shop.one, agent_id=shop.lea.id)
    assert (await refusal(shop.score(shop.lea, 5, 5, agent=shop.lea))).code == "quality.oneself"
    assert (await reviews_of(shop.platform, shop.lea, shop.one)).agents == [shop.mei.id]
    for who in (shop.mei, shop.tom, shop.world.visitor_of(await shop.world.get(shop.one))):
        for attempt in (
            shop.score(who, 5, 5, agent=shop.lea),
            remove_review(shop.platform, who, shop.one, shop.mei.id),
            reviews_of(shop.platform, who, shop.one),
            list_reviews(shop.platform, who, Wanted()),
            averages(shop.platform, who, Wanted()),
        ):
            assert (await refusal(attempt)).code == "auth.permission"


async def test_a_leader_beyond_whose_reach_it_is_finds_nothing(shop: Shop, other_organization: int) -> None:
    await shop.score(shop.iva, 5, 4)
    far = await shop.world.add_agent(role=Role.LEADER, status=Status.AWAY)
    foreign = await administrator(shop.platform, other_organization, "oda")
    for who in (far, foreign):
        for attempt in (
            shop.score(who, 5, 5),
            remove_review(shop.platform, who, shop.one, shop.mei.id),
            reviews_of(shop.platform, who, shop.one),
        ):
            assert (await refusal(attempt)).kind is ErrorKind.NOT_FOUND
        assert (await list_reviews(shop.platform, who, Wanted())).items == []
        assert await averages(shop.platform, who, Wanted()) == []
    assert len((await list_reviews(shop.platform, shop.lea, Wanted())).items) == 1
    department = await create_department(shop.platform, shop.world.system, "Care")
    for who in (far, shop.mei):
        place = AgentChanges(department_id=department.id)
        await update_agent(shop.platform, shop.world.system, who.id, place)
    assert len((await list_reviews(shop.platform, far, Wanted())).items) == 1, "of her department now"


async def test_an_agent_reads_what_was_remarked_about_oneself_and_nothing_else(shop: Shop) -> None:
    await shop.score(shop.iva, 5, 4, remark="Kind.")
    await transfer(shop.platform, shop.mei, shop.one, agent_id=shop.tom.id)
    await shop.score(shop.iva, 0, 0, agent=shop.tom, remark="Rude.")
    page, average = await own_reviews(shop.platform, shop.mei, Wanted())
    assert [(one.remark, one.reviewer_id) for one in page.items] == [("Kind.", str(shop.iva.id))]
    assert (average.percent, average.reviews) == (85.0, 1)
    page, average = await own_reviews(shop.platform, shop.lea, Wanted())
    assert (page.items, average.percent, average.reviews) == ([], None, 0)
    visitor = shop.world.visitor_of(await shop.world.get(shop.one))
    assert (await refusal(own_reviews(shop.platform, visitor, Wanted()))).kind is ErrorKind.FORBIDDEN


async def test_a_changed_scorecard_counts_for_new_reviews_and_old_ones_keep_theirs(shop: Shop) -> None:
    await shop.score(shop.iva, 5, 4)
    await set_scorecard(shop.platform, shop.admin, 1, [Criterion("Speed", 2)])
    assert (await refusal(shop.score(shop.lea, 5, 4))).code == "quality.scorecard-changed"
    given = Given(scorecard=2, points=[3])
    assert (await review(shop.platform, shop.lea, shop.one, shop.mei.id, given)).percent == 60
    changed = await shop.score(shop.iva, 0, 4, version=1)
    assert (changed.scorecard, changed.percent, changed.criteria[1].name) == (1, 60, "Right answer")
    wrong = Given(scorecard=2, points=[3], version=2)
    assert (await refusal(review(shop.platform, shop.iva, shop.one, shop.mei.id, wrong))).code == "quality.scorecard-changed"  # fmt: skip


async def test_points_for_each_criterion_are_needed_and_a_remark_has_an_end(shop: Shop) -> None:
    for points in ((5,), (5, 5, 5)):
        assert (await refusal(shop.score(shop.iva, *points))).code == "quality.points"
    assert (await refusal(shop.score(shop.iva, 5, 5, remark="x" * 2_001))).code == "text.too-long"
    assert (await reviews_of(shop.platform, shop.iva, shop.one)).reviews == []


async def test_without_a_scorecard_there_is_nothing_to_score_by(
    platform: Platform, organization: int
) -> None:
    world = World(platform, organization)
    await world.start()
    mei, iva = await world.add_agent(), await world.add_agent(role=Role.INSPECTOR, status=Status.AWAY)
    one = (await world.ask(await world.add_team(mei))).id
    given = Given(scorecard=0, points=[1])
    assert (await refusal(review(platform, iva, one, mei.id, given))).code == "quality.no-scorecard"
    await world.halt()


async def test_lists_are_paged_and_filtered_and_averages_say_of_how_many(
    shop: Shop, clock: ManualClock
) -> None:
    await shop.score(shop.lea, 5, 5)
    clock.advance(seconds=3_600)
    noon = clock.now()
    await shop.score(shop.iva, 0, 0)
    await transfer(shop.platform, shop.mei, shop.one, agent_id=shop.tom.id)
    clock.advance(seconds=1)
    await shop.score(shop.iva, 1, 1, agent=shop.tom)
    platform, iva = shop.platform, shop.iva
    for wanted, results in (
        (Wanted(), [20, 0, 100]),
        (Wanted(agent_id=shop.mei.id), [0, 100]),
        (Wanted(reviewer_id=shop.lea.id), [100]),
        (Wanted(team_id=shop.team, until=noon), [100]),
        (Wanted(since=noon), [20, 0]),
        (Wanted(since=-1, until=1 << 70), [20, 0, 100]),
        (Wanted(agent_id=1), []),
    ):
        seen: list[int] = []
        cursor: str | None = None
        while True:
            page = await list_reviews(platform, iva, wanted, cursor=cursor, limit=1)
            seen += [one.percent for one in page.items]
            cursor = page.cursor
            if cursor is None:
                break
        assert seen == results, wanted
    found = await averages(platform, iva, Wanted())
    assert [(one.agent_id, one.percent, one.reviews) for one in found] == [
        (str(shop.mei.id), 50.0, 2), (str(shop.tom.id), 20.0, 1),
    ]  # fmt: skip
    assert [one.reviews for one in await averages(platform, iva, Wanted(since=noon))] == [1, 1]
    assert [one.agent_id for one in await averages(platform, shop.lea, Wanted())] == [str(shop.mei.id)]


async def test_giving_changing_and_removing_are_in_the_audit_log_and_staff_are_told_that_something_changed(
    shop: Shop,
) -> None:
    organization = shop.world.organization
    heard = Heard(shop.platform, staff_subject(organization))
    visitor = shop.world.visitor_of(await shop.world.get(shop.one))
    theirs = Heard.by(shop.platform, organization, visitor.id)
    await shop.score(shop.iva, 5, 4, remark="Kind.")
    await shop.score(shop.iva, 5, 4, remark="Kind.")
    await shop.score(shop.iva, 5, 5, remark="Kind.", version=1)
    await remove_review(shop.platform, shop.iva, shop.one, shop.mei.id)
    told: list[tuple[str, int, object]] = []
    for action in (Action.REVIEW_GIVEN, Action.REVIEW_CHANGED, Action.REVIEW_REMOVED):
        wanted = Filter(action=action)
        found = await shop.platform.database.read(
            organization,
            lambda reader, wanted=wanted: find_in(reader, organization, wanted, before=1 << 62, limit=9),
        )
        told += [(one.action, one.target_id, one.facts) for one in found]
    facts = {"conversation": str(shop.one)}
    assert told == [
        ("review.given", shop.mei.id, {**facts, "percent": 85}),
        ("review.changed", shop.mei.id, {**facts, "percent": 100}),
        ("review.removed", shop.mei.id, {**facts, "percent": 100}),
    ]
    assert [one["topic"] for one in heard.of("changed")] == ["quality"] * 3
    assert "quality" not in str(theirs.frames)
