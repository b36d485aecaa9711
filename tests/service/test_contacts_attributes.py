"""What a page says of its visitor: kept as it was said, shown to staff, believed by nothing."""

import pytest

from frontdesk.contacts import (
    CONTACT_CHANGED,
    ContactChanged,
    ContactChanges,
    Merge,
    Value,
    changes_of,
    contact_view,
    describe,
    get_contact,
    merge_in,
    update_contact,
)
from frontdesk.contacts.attributes import BURST
from frontdesk.contacts.types import MAX_ATTRIBUTE_TEXT, MAX_ATTRIBUTES, MAX_NUMBER, Author, Source
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from tests.service.staff_people import administrator, visitor
from tests.service.test_contacts_visits import visit


@pytest.fixture
async def ada(platform: Platform, organization: int) -> Subject:
    return await administrator(platform, organization)


@pytest.fixture
async def known(platform: Platform, organization: int) -> Subject:
    await visit(platform, organization, 100)
    return visitor(organization, 100)


async def said(platform: Platform, ada: Subject, contact_id: int = 100) -> dict[str, Value]:
    return dict((await get_contact(platform, ada, contact_id)).page_attributes)


async def test_it_is_added_to_changed_and_taken_away(
    platform: Platform, ada: Subject, known: Subject
) -> None:
    await describe(platform, known, {"plan": "gold", "seats": 5, "trial": True, "等级": " 金  卡 "})
    assert await said(platform, ada) == {"plan": "gold", "seats": 5, "trial": True, "等级": "金 卡"}
    await describe(platform, known, {"plan": "silver", "seats": None, "trial": "", "ratio": 0.5})
    assert await said(platform, ada) == {"plan": "silver", "ratio": 0.5, "等级": "金 卡"}


async def test_it_changes_nothing_else_of_the_record(
    platform: Platform, ada: Subject, known: Subject
) -> None:
    before = await get_contact(platform, ada, 100)
    await describe(
        platform, known, {"name": "Mallory", "email": "m@example.com", "external_id": "u-1", "vip": 3}
    )
    after = await get_contact(platform, ada, 100)
    assert (after.name, after.email, after.external_id, after.fields, after.version) == (
        before.name, before.email, None, {}, before.version,
    )  # fmt: skip
    assert (await changes_of(platform, ada, 100)).items == []


async def test_what_staff_writes_leaves_it_as_it_is(platform: Platform, ada: Subject, known: Subject) -> None:
    await describe(platform, known, {"plan": "gold"})
    changed = await update_contact(platform, ada, 100, ContactChanges(remark="Kind"))
    assert contact_view(changed).page_attributes == {"plan": "gold"}
    await visit(platform, known.organization_id, 100)
    assert await said(platform, ada) == {"plan": "gold"}


async def test_screens_are_told_once_and_not_of_what_they_know(
    platform: Platform, organization: int, known: Subject
) -> None:
    told: list[ContactChanged] = []
    CONTACT_CHANGED.subscribe(platform.bus, told.append)
    await describe(platform, known, {"first": 1})
    await describe(platform, known, {"first": 1})
    assert [each.contact_id for each in told] == [100]
    await describe(platform, known, {"first": True})
    assert len(told) == 2


@pytest.mark.parametrize(
    "attributes",
    [
        {"": "nameless"},
        {"__proto__": "polluted"},
        {"1st": "a digit first"},
        {"a" * 41: "too long a name"},
        {"new\nline": "x"},
        {"long": "x" * (MAX_ATTRIBUTE_TEXT + 1)},
        {"big": MAX_NUMBER + 1},
        {"huge": 1e308},
        {f"n{number}": number for number in range(MAX_ATTRIBUTES + 1)},
    ],
    ids=lambda attributes: next(iter(attributes))[:12] or "nameless",
)
async def test_what_is_too_much_is_refused_and_nothing_of_it_kept(
    platform: Platform, ada: Subject, known: Subject, attributes: dict[str, Value]
) -> None:
    await describe(platform, known, {"plan": "gold"})
    with pytest.raises(FrontdeskError) as caught:
        await describe(platform, known, {"good": "yes", **attributes})
    assert caught.value.kind is ErrorKind.INVALID
    assert await said(platform, ada) == {"plan": "gold"}


async def test_control_characters_and_turned_writing_are_taken_out(
    platform: Platform, ada: Subject, known: Subject
) -> None:
    await describe(platform, known, {"plan": "go\x00ld\u202e\ud800"})
    assert await said(platform, ada) == {"plan": "gold"}


async def test_a_page_that_says_something_all_the_time_waits(
    platform: Platform, clock: ManualClock, known: Subject
) -> None:
    for turn in range(BURST):
        await describe(platform, known, {"turn": turn})
    with pytest.raises(FrontdeskError) as caught:
        await describe(platform, known, {"turn": -1})
    assert caught.value.kind is ErrorKind.BUSY
    clock.advance(seconds=2)
    await describe(platform, known, {"turn": -1})


async def test_staff_and_strangers_say_nothing_here(
    platform: Platform, ada: Subject, known: Subject, other_organization: int
) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await describe(platform, ada, {"plan": "gold"})
    assert caught.value.kind is ErrorKind.FORBIDDEN
    with pytest.raises(FrontdeskError) as caught:
        await describe(platform, visitor(other_organization, 100), {"plan": "gold"})
    assert caught.value.kind is ErrorKind.NOT_FOUND
    assert await said(platform, ada) == {}


async def test_of_two_records_made_one_the_page_of_the_later_visit_is_right(
    platform: Platform, clock: ManualClock, ada: Subject, known: Subject
) -> None:
    organization = known.organization_id
    await describe(platform, known, {"plan": "gold", **{f"a{number}": number for number in range(15)}})
    clock.advance(seconds=60)
    await visit(platform, organization, 200)
    later = visitor(organization, 200)
    await describe(platform, later, {"plan": "silver", **{f"b{number}": number for number in range(15)}})
    await platform.database.write(
        organization,
        lambda tx: merge_in(platform, tx, organization, 100, Merge(200), author=Author(Source.AGENT, ada.id)),
    )
    together = await said(platform, ada)
    assert len(together) == MAX_ATTRIBUTES
    assert together["plan"] == "silver"
    assert {f"b{number}" for number in range(15)} <= set(together)
    await describe(platform, later, {"plan": "bronze"})
    assert (await said(platform, ada))["plan"] == "bronze"
