"""Contacts as staff see and edit them."""

import pytest

from frontdesk.contacts import (
    CONTACT_CHANGED,
    Contact,
    ContactChanged,
    ContactChanges,
    contact_view,
    get_contact,
    update_contact,
    visit_in,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import Platform
from tests.service.contact_lists import list_contacts
from tests.service.staff_people import add_agent, administrator, subject_of, visitor


async def add_contact(platform: Platform, organization: int, contact_id: int) -> Contact:
    return await platform.database.write(
        organization,
        lambda tx: visit_in(platform, tx, organization, contact_id=contact_id, channel_id=9, language="en"),
    )


async def test_agents_read_and_edit_and_the_change_is_told(platform: Platform, organization: int) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    await add_contact(platform, organization, 100)
    told: list[ContactChanged] = []
    CONTACT_CHANGED.subscribe(platform.bus, told.append)
    changes = ContactChanges(
        name=" Zhou ", email="z@example.com", phone="+86 139-0000-0000", remark="VIP\nkind"
    )
    changed = await update_contact(platform, lin, 100, changes)
    again = await update_contact(platform, lin, 100, ContactChanges(remark="VIP\nkind"))
    assert await get_contact(platform, lin, 100) == changed == again
    assert (changed.name, changed.name_given, changed.remark) == ("Zhou", True, "VIP\nkind")
    assert told == [ContactChanged(organization, 100, "Zhou")]
    assert contact_view(changed).id == "100"


@pytest.mark.parametrize(
    "changes",
    [
        ContactChanges(name=" "),
        ContactChanges(name="x" * 81),
        ContactChanges(email="nobody"),
        ContactChanges(email="a@b.c, d@e.f"),
        ContactChanges(email="x" * 150 + "@example.com"),
        ContactChanges(phone="call me"),
        ContactChanges(phone="1" * 31),
        ContactChanges(remark="x" * 1001),
    ],
)
async def test_nothing_changes_when_a_field_is_wrong(
    platform: Platform, organization: int, changes: ContactChanges
) -> None:
    admin = await administrator(platform, organization)
    before = await add_contact(platform, organization, 100)
    with pytest.raises(FrontdeskError) as caught:
        await update_contact(platform, admin, 100, changes)
    assert caught.value.kind is ErrorKind.INVALID
    assert await get_contact(platform, admin, 100) == before


async def test_visitors_never_reach_contacts_not_even_their_own(
    platform: Platform, organization: int
) -> None:
    await add_contact(platform, organization, 100)
    myself = visitor(organization, 100)
    for attempt in (
        get_contact(platform, myself, 100),
        list_contacts(platform, myself),
        update_contact(platform, myself, 100, ContactChanges(name="Me")),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.FORBIDDEN


async def test_no_contact_of_another_organization_is_seen_or_changed(
    platform: Platform, organization: int, other_organization: int
) -> None:
    admin = await administrator(platform, organization)
    await add_contact(platform, other_organization, 100)
    for attempt in (
        get_contact(platform, admin, 100),
        update_contact(platform, admin, 100, ContactChanges(name="Mine")),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.NOT_FOUND
    assert list((await list_contacts(platform, admin)).items) == []


async def test_contacts_are_paged_newest_first_and_found_by_text(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    for contact_id in range(101, 106):
        await add_contact(platform, organization, contact_id)
    await update_contact(platform, admin, 103, ContactChanges(name="100% Zhou", email="Zhou@Example.com"))
    first = await list_contacts(platform, admin, limit=3)
    rest = await list_contacts(platform, admin, cursor=first.cursor, limit=3)
    assert [contact.id for contact in [*first.items, *rest.items]] == [105, 104, 103, 102, 101]
    assert rest.cursor is None
    for text in ("zhou@ex", "100%", "ZHOU"):
        assert [contact.id for contact in (await list_contacts(platform, admin, text=text)).items] == [103]
    assert list((await list_contacts(platform, admin, text="%%")).items) == []
