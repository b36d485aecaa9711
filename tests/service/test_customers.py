"""The list of contacts: what is looked for, page by page, and the same as a file that no spreadsheet computes."""

import csv
import io

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.contacts import ContactChanges, FieldKind, NewField, NewTag, create_field, create_tag, give_tag
from frontdesk.contacts import update_contact as change
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import Care, set_care
from frontdesk.dispatch.customers import Search, export_customers, list_customers
from frontdesk.platform import Platform
from tests.service.staff_people import add_agent, administrator, subject_of, visitor
from tests.service.test_contacts_records import add_contact

HOSTILE = (
    "=1+1",
    " +1",
    "-1",
    "@SUM(A1)",
    '"quoted", and, commas',
    "\u05e9\u05dc\u05d5\u05dd \u200f\u05e2\u05d5\u05dc\u05dd",
    "x" * 80,
    "a\u202eb\u0007c",
)


@pytest.fixture
async def admin(platform: Platform, organization: int) -> Subject:
    return await administrator(platform, organization)


async def found(platform: Platform, who: Subject, search: Search) -> list[int]:
    """The ids of every page, three at a time."""
    ids: list[int] = []
    cursor: str | None = None
    while True:
        page = await list_customers(platform, who, search, cursor=cursor, limit=3)
        ids += [customer.contact.id for customer in page.items]
        cursor = page.cursor
        if cursor is None:
            return ids


async def exported(platform: Platform, who: Subject, search: Search) -> list[list[str]]:
    data = b"".join([chunk async for chunk in await export_customers(platform, who, search)])
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


async def test_text_tag_and_level_keep_what_has_all_of_them_page_by_page(
    platform: Platform, organization: int, admin: Subject
) -> None:
    tag = await create_tag(platform, admin, NewTag(name="Wholesale"))
    for contact_id in range(101, 111):
        await add_contact(platform, organization, contact_id)
        if contact_id % 2:
            await give_tag(platform, admin, contact_id, tag.id)
        if contact_id > 104:
            await change(platform, admin, contact_id, ContactChanges(company="ŁÓDŹ & Söhne"))
        await set_care(platform, admin, contact_id, Care(None, contact_id % 4))
    assert await found(platform, admin, Search()) == list(range(110, 100, -1))
    assert await found(platform, admin, Search(tag_id=tag.id)) == [109, 107, 105, 103, 101]
    assert await found(platform, admin, Search("łódź", tag.id)) == [109, 107, 105]
    assert await found(platform, admin, Search("łódź", tag.id, vip=3)) == [107]
    assert await found(platform, admin, Search(vip=5)) == []
    assert await found(platform, admin, Search(tag_id=1)) == []


async def test_the_file_has_what_was_looked_for_and_nothing_that_is_computed(
    platform: Platform, organization: int, admin: Subject
) -> None:
    await create_field(platform, admin, NewField(key="plan", label="=Plan", kind=FieldKind.TEXT))
    await create_field(platform, admin, NewField(key="debt", label="Debt", kind=FieldKind.NUMBER))
    for number, name in enumerate(HOSTILE):
        await add_contact(platform, organization, 101 + number)
        await change(
            platform, admin, 101 + number, ContactChanges(name=name, fields={"plan": name, "debt": -5})
        )
    await set_care(platform, admin, 101, Care(admin.id, 2))
    head, *rows = await exported(platform, admin, Search())
    assert head[9:11] == ["'=Plan", "Debt"]
    assert [row[0] for row in rows] == [str(101 + number) for number in reversed(range(len(HOSTILE)))]
    assert {len(row) for row in rows} == {len(head)}
    typed = [cell for row in rows for cell in (*row[1:10], row[11])]
    assert not [cell for cell in typed if cell.lstrip()[:1] in {"=", "+", "-", "@"}]
    assert {row[10] for row in rows} == {"-5"}
    assert rows[-1][6:8] == ["2", "Ada"]
    assert [row[1] for row in rows][:2] == ["abc", "x" * 80]
    assert len(await exported(platform, admin, Search("quoted"))) == 2
    told = await platform.database.read(
        organization,
        lambda reader: find_in(
            reader, organization, Filter(action=Action.CONTACTS_LISTED), before=1 << 62, limit=9
        ),
    )
    assert [entry.actor_id for entry in told] == [admin.id] * 2


async def test_who_may_not_gets_nothing_and_other_organizations_only_their_own(
    platform: Platform, organization: int, other_organization: int, admin: Subject
) -> None:
    await add_contact(platform, organization, 101)
    foreign = await administrator(platform, other_organization, "oda")
    lena = subject_of(await add_agent(platform, organization, "lena", Role.LEADER))
    for attempt in (
        list_customers(platform, visitor(organization, 101), Search()),
        export_customers(platform, lena, Search()),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.FORBIDDEN
    assert await found(platform, lena, Search()) == [101]
    assert await found(platform, foreign, Search()) == []
    assert len(await exported(platform, foreign, Search())) == 1
