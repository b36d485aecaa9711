"""Tags: which there are, who has them, finding by them, and that nothing of them outlives an erased contact."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from frontdesk.contacts import (
    TAGS_CHANGED,
    Author,
    Color,
    Merge,
    NewTag,
    Source,
    Tag,
    TagChanges,
    change_tag,
    changes_of,
    create_tag,
    get_contact,
    give_tag,
    list_tags,
    merge_in,
    take_tag,
    track_of,
)
from frontdesk.conversations import CONVERSATION_TAGGED, Narrowed, conversation_tags_in, search
from frontdesk.conversations.read import View, list_conversations
from frontdesk.conversations.tagging import tag_conversation, tags_of, untag_conversation
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.media import load_address_key
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.privacy import erase_contact
from tests.service.bot_shop import Shop, open_shop
from tests.service.privacy_world import Canaries, Person, a_life, erase_all, index
from tests.service.staff_people import add_agent, administrator, subject_of, visitor
from tests.service.test_contacts_records import add_contact
from tests.service.test_privacy_exporting import exported


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


async def make(platform: Platform, who: Subject, name: str, color: Color = Color.GRAY) -> Tag:
    return await create_tag(platform, who, NewTag(name=name, color=color))


async def test_a_tag_of_the_same_name_is_the_same_tag_whoever_makes_it_at_once(
    platform: Platform, organization: int, admin: Subject
) -> None:
    lena = subject_of(await add_agent(platform, organization, "lena", Role.LEADER))
    told: list[int] = []
    TAGS_CHANGED.subscribe(platform.bus, lambda event: told.append(event.organization_id))
    made = await asyncio.gather(
        *(make(platform, who, name) for who in (admin, lena) for name in ("Straße", " STRASSE ", "strasse"))
    )
    assert len({tag.id for tag in made}) == 1
    await change_tag(platform, lena, made[0].id, TagChanges(archived=True, color=Color.RED))
    again = await make(platform, lena, "Strasse")
    assert (again.id, again.archived, again.color) == (made[0].id, False, Color.RED)
    assert list(await list_tags(platform, admin)) == [again]
    other = await make(platform, admin, "Orders")
    with pytest.raises(FrontdeskError, match=r"contacts\.tag-exists"):
        await change_tag(platform, admin, other.id, TagChanges(name="straSSe"))
    renamed = await change_tag(platform, admin, again.id, TagChanges(name="Straßen"))
    assert [tag.name for tag in await list_tags(platform, admin)] == ["Orders", renamed.name]
    assert told == [organization] * 5


@pytest.mark.parametrize("name", ["", " \u202e\u0007 ", "x" * 31])
async def test_a_name_that_is_none_is_refused(platform: Platform, admin: Subject, name: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await make(platform, admin, name)
    assert caught.value.kind is ErrorKind.INVALID


async def test_a_contact_is_marked_once_and_the_history_tells_it(
    platform: Platform, organization: int, admin: Subject
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    before = await add_contact(platform, organization, 100)
    tag, other = await make(platform, admin, "Wholesale"), await make(platform, admin, "Loud")
    await asyncio.gather(*(give_tag(platform, who, 100, tag.id) for who in (lin, admin, lin)))
    tagged = await give_tag(platform, lin, 100, other.id)
    assert (tagged.tags, tagged.version) == ((tag.id, other.id), before.version + 2)
    await change_tag(platform, admin, tag.id, TagChanges(archived=True))
    assert (await give_tag(platform, lin, 100, tag.id)) == tagged
    left = await take_tag(platform, lin, 100, tag.id)
    assert left.tags == (await take_tag(platform, lin, 100, tag.id)).tags == (other.id,)
    with pytest.raises(FrontdeskError) as caught:
        await give_tag(platform, lin, 100, tag.id)
    assert caught.value.kind is ErrorKind.NOT_FOUND
    told = [(each.field, each.before, each.after) for each in (await changes_of(platform, lin, 100)).items]
    assert told == [
        (f"tags.{tag.id}", True, None),
        (f"tags.{other.id}", None, True),
        (f"tags.{tag.id}", None, True),
    ]


async def test_thirty_tags_fit_and_no_more(platform: Platform, organization: int, admin: Subject) -> None:
    await add_contact(platform, organization, 100)
    tags = [await make(platform, admin, f"tag {number}") for number in range(31)]
    for tag in tags[:30]:
        await give_tag(platform, admin, 100, tag.id)
    with pytest.raises(FrontdeskError, match=r"contacts\.tags-full"):
        await give_tag(platform, admin, 100, tags[30].id)


async def test_two_records_made_one_have_the_tags_and_the_track_of_both(
    platform: Platform, organization: int, admin: Subject
) -> None:
    tags = [await make(platform, admin, name) for name in ("a", "b", "c")]
    for contact_id, given in ((100, tags[:2]), (101, tags[1:])):
        await add_contact(platform, organization, contact_id)
        for tag in given:
            await give_tag(platform, admin, contact_id, tag.id)
    merged = await platform.database.write(
        organization,
        lambda tx: merge_in(platform, tx, organization, 101, Merge(100), author=Author(Source.COMPANY)),
    )
    assert merged.tags == (tags[1].id, tags[2].id, tags[0].id)
    rows = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: reader.fetch("select contact_id, tag_id from contact_tag")
    )
    assert sorted(tuple(row) for row in rows) == [(101, tag.id) for tag in tags]


async def test_conversations_are_marked_found_by_it_and_counted(shop: Shop) -> None:
    platform = shop.platform
    refund, rare = await make(platform, shop.admin, "Refund"), await make(platform, shop.admin, "Rare")
    person, other = await a_life(shop, Canaries()), await a_life(shop, Canaries(seed=8))
    told: list[int] = []
    CONVERSATION_TAGGED.subscribe(platform.bus, lambda event: told.append(event.conversation_id))
    closed, still_open = person.conversations
    for key in (closed, still_open):
        assert list(await tag_conversation(platform, shop.agent, key, refund.id)) == [refund.id]
    assert list(await tag_conversation(platform, shop.agent, closed, refund.id)) == [refund.id]
    assert told == [closed, still_open]
    everything = await search(platform, shop.admin, "please")
    found = await search(platform, shop.admin, "please", tag_id=refund.id)
    assert found.total
    assert everything.total == 2 * found.total  # the two have lived alike, and one's conversations are marked
    assert {int(hit.conversation.id) for hit in found.items} == {closed, still_open}
    assert (await search(platform, shop.admin, "please", tag_id=rare.id)).total == 0
    for view, keys in ((View.CLOSED, [closed]), (View.ALL, [still_open])):
        page = await list_conversations(platform, shop.admin, view, narrowed=Narrowed(tag_id=refund.id))
        assert [int(each.id) for each in page.items] == keys
    with pytest.raises(FrontdeskError) as caught:
        await list_conversations(platform, shop.admin, View.MINE, narrowed=Narrowed(tag_id=refund.id))
    assert caught.value.kind is ErrorKind.INVALID
    assert list(await untag_conversation(platform, shop.agent, closed, refund.id)) == []
    assert list(await untag_conversation(platform, shop.agent, closed, refund.id)) == []
    assert (await search(platform, shop.admin, "please", tag_id=refund.id)).total == found.total // 2
    assert other.conversations


async def test_tags_and_track_are_exported_and_go_with_the_contact(shop: Shop) -> None:
    platform, canaries = shop.platform, Canaries()
    tag, kept = await make(platform, shop.admin, "Wholesale"), await make(platform, shop.admin, "Kept")
    person, other = await a_life(shop, canaries), await a_life(shop, Canaries(seed=8))
    for each in (person, other):
        await give_tag(platform, shop.admin, each.contact_id, tag.id)
        await tag_conversation(platform, shop.agent, each.conversations[1], kept.id)
    found = await exported(shop, person)
    assert json.loads(found.read("contact.json"))["tags"] == ["Wholesale"]
    assert json.loads(found.read(f"conversations/{person.conversations[1]}.json"))["tags"] == ["Kept"]
    track = json.loads(found.read("track.json"))
    assert [stop["url"] for stop in track] == [f"https://shop.example/{canaries.planted['page']}"]
    assert "Wholesale" in found.read("index.html").decode()
    assert await places_of(platform, person) == [1, 1, 1]
    await erase_contact(platform, shop.admin, person.contact_id)
    await erase_all(platform)
    await index(platform)
    assert await places_of(platform, person) == [0, 0, 0]
    assert await places_of(platform, other) == [1, 1, 1]
    with pytest.raises(FrontdeskError) as caught:
        await tag_conversation(platform, shop.admin, person.conversations[1], kept.id)
    assert caught.value.kind is ErrorKind.NOT_FOUND


async def places_of(platform: Platform, person: Person) -> list[int]:
    """How many rows there are of somebody's tags, conversations' tags and pages."""

    async def count(table: str, column: str, keys: list[int]) -> int:
        rows = await platform.database.read(
            EVERY_ORGANIZATION,
            lambda reader: reader.fetch(f"select 1 from {table} where {column} = any($1)", keys),  # noqa: S608 - names of our own
        )
        return len(rows)

    return [
        await count("contact_tag", "contact_id", [person.contact_id]),
        await count("conversation_tag", "conversation_id", person.conversations),
        await count("contact_page", "contact_id", [person.contact_id]),
    ]


async def test_who_may_not_is_refused_and_other_organizations_see_nothing(
    shop: Shop, other_organization: int
) -> None:
    platform, organization = shop.platform, shop.admin.organization_id
    foreign = await administrator(platform, other_organization, "oda")
    tag, theirs = await make(platform, shop.admin, "Ours"), await make(platform, foreign, "Theirs")
    person = await a_life(shop, Canaries())
    key, contact = person.conversations[0], person.contact_id
    ivo = subject_of(await add_agent(platform, organization, "ivo", Role.INSPECTOR))
    lin = subject_of(await add_agent(platform, organization, "lin2"))
    me = visitor(organization, contact)
    for attempt, kind in (
        (make(platform, lin, "New"), ErrorKind.FORBIDDEN),
        (change_tag(platform, lin, 1, TagChanges(name="New")), ErrorKind.FORBIDDEN),
        (give_tag(platform, ivo, contact, tag.id), ErrorKind.FORBIDDEN),
        (tag_conversation(platform, ivo, key, tag.id), ErrorKind.FORBIDDEN),
        (give_tag(platform, me, contact, tag.id), ErrorKind.FORBIDDEN),
        (track_of(platform, me, contact), ErrorKind.FORBIDDEN),
        (tags_of(platform, me, key), ErrorKind.FORBIDDEN),
        (give_tag(platform, foreign, contact, theirs.id), ErrorKind.NOT_FOUND),
        (give_tag(platform, shop.admin, contact, theirs.id), ErrorKind.NOT_FOUND),
        (tag_conversation(platform, shop.admin, key, theirs.id), ErrorKind.NOT_FOUND),
        (tag_conversation(platform, foreign, key, theirs.id), ErrorKind.NOT_FOUND),
        (change_tag(platform, foreign, tag.id, TagChanges(name="New")), ErrorKind.NOT_FOUND),
        (tags_of(platform, foreign, key), ErrorKind.NOT_FOUND),
        (track_of(platform, foreign, contact), ErrorKind.NOT_FOUND),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is kind
    assert [tag.name for tag in await list_tags(platform, foreign)] == ["Theirs"]
    assert (await get_contact(platform, shop.admin, contact)).tags == ()
    tagged = await platform.database.read(
        organization, lambda reader: conversation_tags_in(reader, organization, key)
    )
    assert list(tagged) == []
