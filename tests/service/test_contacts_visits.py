"""Visits: the record is made once, kept up to date, and shows staff nothing harmful."""

import asyncio

import pytest

from frontdesk.contacts import (
    CONTACT_CHANGED,
    Contact,
    ContactChanged,
    ContactChanges,
    VisitedPage,
    get_contact_in,
    introduce_in,
    update_contact,
    visit_in,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.platform import Platform
from tests.service.staff_people import administrator


async def visit(
    platform: Platform,
    organization: int,
    contact_id: int,
    *,
    language: str = "zh-CN",
    page: VisitedPage | None = None,
) -> Contact:
    return await platform.database.write(
        organization,
        lambda tx: visit_in(
            platform, tx, organization, contact_id=contact_id, channel_id=9, language=language, page=page
        ),
    )


async def test_the_record_is_made_on_the_first_visit_and_kept_on_the_next(
    platform: Platform, clock: ManualClock, organization: int
) -> None:
    first = await visit(
        platform, organization, 100, page=VisitedPage(url="https://shop.example/a", title="A")
    )
    began = clock.now()
    clock.advance(seconds=3600)
    second = await visit(platform, organization, 100, page=VisitedPage(url="https://shop.example/b"))
    assert (first.visits, second.visits) == (1, 2)
    assert (second.name, second.first_seen_at, second.last_seen_at) == (first.name, began, clock.now())
    assert second.page == VisitedPage(url="https://shop.example/b")
    stored = await platform.database.read(
        organization, lambda reader: get_contact_in(reader, organization, 100)
    )
    assert stored == second


@pytest.mark.parametrize(
    ("language", "begins", "known"),
    [
        ("zh-CN", "访客 ", "zh-CN"),
        ("en", "Visitor ", "en"),
        ("zh-TW", "访客 ", "zh-CN"),
        ("fr", "Visitor ", "en"),
    ],
)
async def test_a_friendly_name_is_made_in_the_visitors_language(
    platform: Platform, organization: int, language: str, begins: str, known: str
) -> None:
    contact = await visit(platform, organization, 100, language=language)
    assert contact.name.startswith(begins)
    assert contact.language == known


async def test_one_record_is_left_when_two_first_visits_come_at_once(
    platform: Platform, organization: int
) -> None:
    made = await asyncio.gather(*(visit(platform, organization, 100) for _ in range(5)))
    assert {contact.name for contact in made} == {made[0].name}
    assert sorted(contact.visits for contact in made) == [1, 2, 3, 4, 5]


async def test_the_same_id_is_another_person_in_another_organization(
    platform: Platform, organization: int, other_organization: int
) -> None:
    await visit(platform, organization, 100)
    other = await visit(platform, other_organization, 100)
    assert other.visits == 1


async def test_only_web_addresses_of_a_page_are_kept(platform: Platform, organization: int) -> None:
    page = VisitedPage(
        url="javascript:alert(1)", title="T\x00\u202e" + "x" * 900, referrer=" https://a.example "
    )
    contact = await visit(platform, organization, 100, page=page)
    assert contact.page == VisitedPage(url="", title="T" + "x" * 299, referrer="https://a.example")


async def test_the_last_page_stays_when_a_visit_names_none(platform: Platform, organization: int) -> None:
    await visit(platform, organization, 100, page=VisitedPage(url="https://a.example"))
    contact = await visit(platform, organization, 100, page=VisitedPage(url="data:x"))
    assert contact.page == VisitedPage(url="https://a.example")


async def test_an_introduction_fills_gaps_and_never_replaces_what_staff_wrote(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    await visit(platform, organization, 100)
    told: list[ContactChanged] = []
    CONTACT_CHANGED.subscribe(platform.bus, told.append)

    async def introduce(name: str, email: str, phone: str) -> Contact:
        return await platform.database.write(
            organization,
            lambda tx: introduce_in(platform, tx, organization, 100, name=name, email=email, phone=phone),
        )

    contact = await introduce("Zhou", "z@example.com", "")
    assert (contact.name, contact.email, contact.phone) == ("Zhou", "z@example.com", "")
    await update_contact(platform, admin, 100, ContactChanges(name="Zhou Li (VIP)"))
    contact = await introduce("Somebody", "other@example.com", "139 0000 0000")
    assert (contact.name, contact.email, contact.phone) == ("Zhou Li (VIP)", "z@example.com", "139 0000 0000")
    assert [event.name for event in told] == ["Zhou", "Zhou Li (VIP)", "Zhou Li (VIP)"]
    with pytest.raises(FrontdeskError):
        await introduce("x" * 81, "", "")
