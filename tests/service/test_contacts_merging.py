"""Two records of one person are made one by hand: everything is found with the one that stays, and no browser sees more."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.channels import (
    ConversationBody,
    add_key,
    list_own_conversations,
    open_conversation,
    require_admitted,
)
from frontdesk.contacts import (
    CONTACT_CHANGED,
    MAX_TAGS_EACH,
    Contact,
    ContactChanges,
    FieldKind,
    Merge,
    NewBlock,
    NewField,
    NewTag,
    Pick,
    Value,
    blocks_of,
    changes_of,
    create_field,
    create_tag,
    get_contact,
    give_tag,
    track_of,
    update_contact,
)
from frontdesk.contacts.duplicates import duplicates_of
from frontdesk.conversations import VisitedPage, of_contact
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.dispatch import Care, block, get_care, merge_contacts, request_human, set_care
from frontdesk.media import load_address_key
from frontdesk.platform import Platform
from frontdesk.privacy import erase_contact
from tests.service.bot_shop import Shop, open_shop
from tests.service.contact_lists import list_contacts
from tests.service.privacy_world import erase_all
from tests.service.staff_people import add_agent, administrator, subject_of, visitor
from tests.service.test_channels_identity import Company
from tests.service.test_contacts_records import add_contact

FACTS: dict[str, str] = {
    "name": "Zhou",
    "email": "z@example.com",
    "phone": "+86 139 0000 0000",
    "company": "Lantern",
    "remark": "Kind",
}


@pytest.fixture
async def admin(platform: Platform, organization: int) -> Subject:
    return await administrator(platform, organization)


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    await load_address_key(platform)
    opened = await open_shop(platform, organization, greeting="")
    yield opened
    await opened.log.drain()
    await opened.tasks.stop()


@pytest.fixture
async def company(shop: Shop) -> Company:
    return Company(shop, await add_key(shop.platform, shop.admin, shop.channel.id))


async def two(platform: Platform, organization: int, admin: Subject) -> tuple[Contact, Contact]:
    """100 with every fact, 101 with the same facts in other words; each with a field that the other does not have."""
    for key in ("plan", "size", "debt"):
        await create_field(platform, admin, NewField(key=key, label=key, kind=FieldKind.TEXT))
    other = {name: f"B{value}" if name != "phone" else "010 6234 5678" for name, value in FACTS.items()}
    found: list[Contact] = []
    for contact_id, facts, own in (
        (100, FACTS, {"plan": "gold", "size": "9"}),
        (101, other, {"plan": "blue", "debt": "5"}),
    ):
        await add_contact(platform, organization, contact_id)
        changes = ContactChanges(**facts, fields=dict[str, Value | None](own))  # pyright: ignore[reportArgumentType] - names of its fields
        found.append(await update_contact(platform, admin, contact_id, changes))
    return found[0], found[1]


async def open_one(shop: Shop, who: Subject, text: str) -> int:
    opened = await open_conversation(shop.platform, who, ConversationBody("en"))
    await shop.say(who, int(opened.conversation.id), text)
    return int(opened.conversation.id)


async def seen_by(shop: Shop, who: Subject) -> set[int]:
    page = await list_own_conversations(shop.platform, who, before=None, limit=10)
    return {int(each.id) for each in page.items}


async def of_both(shop: Shop, contact_id: int) -> list[int]:
    page = await of_contact(shop.platform, shop.admin, contact_id)
    return [int(each.id) for each in page.items]


async def test_each_fact_is_the_one_that_was_picked_and_what_one_alone_knows_stays(
    platform: Platform, organization: int, admin: Subject
) -> None:
    kept, other = await two(platform, organization, admin)
    told: list[int] = []
    CONTACT_CHANGED.subscribe(platform.bus, lambda event: told.append(event.contact_id))
    picks = {"name": Pick.OTHER, "phone": Pick.KEPT, "remark": Pick.BOTH, "fields.plan": Pick.OTHER}
    merge = Merge(101, picks, kept.version, other.version)
    merged = await merge_contacts(platform, admin, 100, merge)
    assert (merged.id, merged.name, merged.email, merged.phone) == (
        100,
        "BZhou",
        FACTS["email"],
        FACTS["phone"],
    )
    assert (merged.company, merged.remark) == ("Lantern", "Kind\nBKind")
    assert merged.fields == {"plan": "blue", "size": "9", "debt": "5"}
    assert merged.visits == 2
    assert await get_contact(platform, admin, 101) == merged
    assert [each.id for each in (await list_contacts(platform, admin)).items] == [100]
    assert sorted(told) == [100, 101], "who looks at the former record looks again"
    changes = (await changes_of(platform, admin, 101)).items
    assert [(each.field, each.after) for each in changes if each.field == "merged"] == [("merged", "BZhou")]
    assert {each.after for each in changes} >= {"gold", "blue", "Zhou", "BZhou"}, (
        "of both, from before as well"
    )
    found = await platform.database.read(
        organization,
        lambda reader: find_in(
            reader, organization, Filter(action=Action.CONTACT_MERGED), before=1 << 62, limit=9
        ),
    )
    assert [(entry.actor_id, entry.target_id, entry.facts) for entry in found] == [
        (admin.id, 100, {"other": "101", "picks": sorted(picks)})
    ]


async def test_tags_pages_care_and_blocks_of_both_are_the_one_contacts(shop: Shop) -> None:
    platform, admin = shop.platform, shop.admin
    first, _session = await shop.come()
    second, _again = await shop.come()
    tags = [await create_tag(platform, admin, NewTag(name=name)) for name in ("a", "b")]
    for who, tag in ((first, tags[0]), (second, tags[1])):
        await give_tag(platform, admin, who.id, tag.id)
        page = VisitedPage(f"https://shop.example/{tag.name}", tag.name, "")
        await open_conversation(platform, who, ConversationBody("en", page))
    await set_care(platform, admin, first.id, Care(None, 2))
    await set_care(platform, admin, second.id, Care(shop.agent.id, 1))
    await block(platform, admin, NewBlock(contact_id=second.id))
    merged = await merge_contacts(platform, admin, first.id, Merge(second.id))
    assert merged.tags == (tags[0].id, tags[1].id)
    for known_as in (first.id, second.id):
        track = await track_of(platform, admin, known_as)
        assert sorted(stop.page.title for stop in track) == ["a", "b"]
        assert await get_care(platform, admin, known_as) == Care(shop.agent.id, 2)
        assert len((await blocks_of(platform, admin, known_as)).blocks) == 1
    for who in (first, second):
        with pytest.raises(FrontdeskError, match=r"contacts\.blocked"):
            await require_admitted(platform, who)


async def test_staff_find_the_conversations_of_both_and_no_browser_sees_more_than_before(shop: Shop) -> None:
    platform, admin = shop.platform, shop.admin
    await shop.put_on_duty()
    first, _session = await shop.come()
    second, before = await shop.come()
    older, newer = await open_one(shop, first, "my address"), await open_one(shop, second, "hello")
    await request_human(platform, second, newer)
    await update_contact(platform, admin, first.id, ContactChanges(name="Zhou"))
    await merge_contacts(platform, admin, first.id, Merge(second.id))

    assert await of_both(shop, first.id) == await of_both(shop, second.id) == [newer, older]
    assert await seen_by(shop, first) == {older}
    assert await seen_by(shop, second) == {newer}
    # The chat that goes on is not disturbed: same token, same key, same conversation, and the agent has it still.
    entry = await shop.say(second, newer, "still me")
    assert entry.sender.id == str(second.id)
    again, after = await shop.come(key=before.visitor_key)
    assert (again, after.visitor_key) == (second, before.visitor_key)
    assert after.conversation is not None
    assert (after.conversation.id, after.conversation.state) == (str(newer), "active")
    # Who serves the one may read the past of both.
    page = await of_contact(platform, shop.agent, second.id)
    assert [int(each.id) for each in page.items] == [newer, older]


async def test_a_later_name_reaches_the_headers_under_both_ids(shop: Shop) -> None:
    first, _session = await shop.come()
    second, _again = await shop.come()
    await open_one(shop, first, "one")
    await merge_contacts(shop.platform, shop.admin, first.id, Merge(second.id))
    told: list[tuple[int, str]] = []
    CONTACT_CHANGED.subscribe(shop.platform.bus, lambda event: told.append((event.contact_id, event.name)))
    await update_contact(shop.platform, shop.admin, second.id, ContactChanges(name="Zhou"))
    assert sorted(told) == sorted([(first.id, "Zhou"), (second.id, "Zhou")])


async def test_who_signs_in_takes_along_what_was_held_in_the_browser_and_nothing_else(
    shop: Shop, company: Company
) -> None:
    victim, theirs = await company.come(None)
    secret = await open_one(shop, victim, "my address")
    liar, before = await company.come(None)
    own = await open_one(shop, liar, "I am Zhou")
    await merge_contacts(shop.platform, shop.admin, victim.id, Merge(liar.id))

    named, after = await company.come("u-liar", before.visitor_key)
    assert named.id not in {victim.id, liar.id}
    assert after.visitor_key != before.visitor_key
    assert await seen_by(shop, named) == {own}
    elsewhere, _session = await company.come("u-liar")
    assert await seen_by(shop, elsewhere) == {own}
    # The company's word is stronger than a colleague's: what the browser held is the named one's, the rest stays.
    assert await of_both(shop, victim.id) == [secret]
    assert await of_both(shop, liar.id) == [own]
    assert (await company.contact(named)).external_id == "u-liar"
    assert (await get_contact(shop.platform, shop.admin, victim.id)).external_id is None
    again, _session = await company.come(None, theirs.visitor_key)
    assert await seen_by(shop, again) == {secret}


async def test_a_part_that_signs_in_as_the_one_it_was_merged_into_gets_all_of_them(
    shop: Shop, company: Company
) -> None:
    known, _session = await company.come("u-1")
    theirs = await open_one(shop, known, "from the laptop")
    unnamed, before = await company.come(None)
    own = await open_one(shop, unnamed, "from the phone")
    await merge_contacts(shop.platform, shop.admin, known.id, Merge(unnamed.id))
    assert await seen_by(shop, unnamed) == {own}
    named, _after = await company.come("u-1", before.visitor_key)
    assert named.id == known.id
    assert await seen_by(shop, named) == {theirs, own}


async def test_erasing_the_one_erases_what_both_said(shop: Shop) -> None:
    first, _session = await shop.come()
    second, _again = await shop.come()
    for who in (first, second):
        await open_one(shop, who, "hello")
    await merge_contacts(shop.platform, shop.admin, first.id, Merge(second.id))
    erasure = await erase_contact(shop.platform, shop.admin, second.id)
    assert erasure.conversations == 2
    await erase_all(shop.platform)
    for known_as in (first.id, second.id):
        with pytest.raises(FrontdeskError, match="not-found"):
            await get_contact(shop.platform, shop.admin, known_as)


async def test_what_cannot_be_one_person_is_refused_and_nothing_changes(
    platform: Platform, shop: Shop, company: Company
) -> None:
    known, _session = await company.come("u-1")
    also, _session = await company.come("u-2")
    unnamed, _session = await company.come(None)
    for contact_id, other_id, code in (
        (known.id, known.id, r"contacts\.merge-same"),
        (known.id, also.id, r"contacts\.merge-two-known"),
        (unnamed.id, known.id, r"contacts\.merge-known"),
        (unnamed.id, 1, "not-found"),
        (1, unnamed.id, "not-found"),
    ):
        with pytest.raises(FrontdeskError, match=code):
            await merge_contacts(platform, shop.admin, contact_id, Merge(other_id))
    assert len((await list_contacts(platform, shop.admin)).items) == 3
    await merge_contacts(platform, shop.admin, known.id, Merge(unnamed.id))
    with pytest.raises(FrontdeskError, match=r"contacts\.merge-same"):
        await merge_contacts(platform, shop.admin, known.id, Merge(unnamed.id))


@pytest.mark.parametrize(
    ("picks", "code"),
    [
        ({"visits": Pick.OTHER}, r"contacts\.pick"),
        ({"fields.nothing": Pick.OTHER}, r"contacts\.pick"),
        ({"fields.": Pick.KEPT}, r"contacts\.pick"),
        ({"name": Pick.BOTH}, r"contacts\.pick"),
        ({"remark": Pick.BOTH}, r"contacts\.remarks-too-long"),
    ],
)
async def test_a_choice_that_there_is_not_is_refused(
    platform: Platform, organization: int, admin: Subject, picks: dict[str, Pick], code: str
) -> None:
    await two(platform, organization, admin)
    for contact_id in (100, 101):
        await update_contact(platform, admin, contact_id, ContactChanges(remark="x" * 600))
    with pytest.raises(FrontdeskError, match=code):
        await merge_contacts(platform, admin, 100, Merge(101, picks))
    assert (await get_contact(platform, admin, 101)).id == 101


async def test_what_somebody_has_changed_since_it_was_seen_is_looked_at_again(
    platform: Platform, organization: int, admin: Subject
) -> None:
    kept, other = await two(platform, organization, admin)
    await update_contact(platform, admin, 101, ContactChanges(email="new@example.com"))
    with pytest.raises(FrontdeskError, match=r"contacts\.changed-meanwhile") as caught:
        await merge_contacts(platform, admin, 100, Merge(101, {}, kept.version, other.version))
    assert caught.value.kind is ErrorKind.CONFLICT
    assert (
        await merge_contacts(platform, admin, 100, Merge(101, {}, kept.version, other.version + 1))
    ).id == 100


async def test_more_tags_than_one_may_be_given_are_kept_when_both_have_many(
    platform: Platform, organization: int, admin: Subject
) -> None:
    await two(platform, organization, admin)
    for number in range(MAX_TAGS_EACH + 2):
        tag = await create_tag(platform, admin, NewTag(name=str(number)))
        await give_tag(platform, admin, 100 if number < MAX_TAGS_EACH else 101, tag.id)
    assert len((await merge_contacts(platform, admin, 100, Merge(101))).tags) == MAX_TAGS_EACH + 2


async def test_who_may_not_is_refused_before_anything_is_looked_up(
    platform: Platform, organization: int, other_organization: int, admin: Subject
) -> None:
    await two(platform, organization, admin)
    lin = subject_of(await add_agent(platform, organization, "lin"))
    lena = subject_of(await add_agent(platform, organization, "lena", Role.LEADER))
    foreign = await administrator(platform, other_organization, "oda")
    await add_contact(platform, other_organization, 900)
    for attempt, kind in (
        (merge_contacts(platform, lin, 100, Merge(101)), ErrorKind.FORBIDDEN),
        (merge_contacts(platform, lin, 1, Merge(2)), ErrorKind.FORBIDDEN),
        (duplicates_of(platform, lin, 1), ErrorKind.FORBIDDEN),
        (merge_contacts(platform, visitor(organization, 100), 100, Merge(101)), ErrorKind.FORBIDDEN),
        (duplicates_of(platform, visitor(organization, 100), 100), ErrorKind.FORBIDDEN),
        (merge_contacts(platform, foreign, 100, Merge(101)), ErrorKind.NOT_FOUND),
        (merge_contacts(platform, foreign, 900, Merge(100)), ErrorKind.NOT_FOUND),
        (merge_contacts(platform, admin, 100, Merge(900)), ErrorKind.NOT_FOUND),
        (duplicates_of(platform, foreign, 100), ErrorKind.NOT_FOUND),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is kind
    assert (await merge_contacts(platform, lena, 100, Merge(101))).id == 100


async def test_the_same_address_or_number_in_another_spelling_is_found_until_it_is_merged(
    platform: Platform, organization: int, other_organization: int, clock: ManualClock, admin: Subject
) -> None:
    foreign = await administrator(platform, other_organization, "oda")
    await add_contact(platform, other_organization, 900)
    await update_contact(platform, foreign, 900, ContactChanges(email="z@example.com"))
    for contact_id, changes in (
        (100, ContactChanges(email="z@example.com", phone="+86 139-0000-1234")),
        (101, ContactChanges(email="Z@Example.COM")),
        (102, ContactChanges(phone="013900001234")),
        (103, ContactChanges(phone="139 0000 1235", email="zz@example.com")),
        (104, ContactChanges(phone="1234")),
        (105, ContactChanges(phone="1234")),
    ):
        clock.advance(seconds=1)
        await add_contact(platform, organization, contact_id)
        await update_contact(platform, admin, contact_id, changes)
    assert [each.id for each in await duplicates_of(platform, admin, 100)] == [102, 101]
    assert [each.id for each in await duplicates_of(platform, admin, 103)] == []
    assert [each.id for each in await duplicates_of(platform, admin, 104)] == [], "too short to tell anybody"
    await merge_contacts(platform, admin, 100, Merge(101))
    assert [each.id for each in await duplicates_of(platform, admin, 101)] == [102]
    await update_contact(platform, admin, 102, ContactChanges(phone=""))
    assert [each.id for each in await duplicates_of(platform, admin, 100)] == []


async def test_two_whom_the_company_knows_are_no_duplicates(shop: Shop, company: Company) -> None:
    one, _session = await company.come("u-1", email="z@example.com")
    await company.come("u-2", email="z@example.com")
    three, _session = await company.come(None)
    await update_contact(shop.platform, shop.admin, three.id, ContactChanges(email="z@example.com"))
    assert [each.id for each in await duplicates_of(shop.platform, shop.admin, one.id)] == [three.id]
    assert len(await duplicates_of(shop.platform, shop.admin, three.id)) == 2
