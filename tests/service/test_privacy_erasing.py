"""Erasing a contact: nothing of it is left anywhere, the log keeps its numbers, and a kill in the middle harms nothing."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from frontdesk.app.engines import open_platform
from frontdesk.audit import Action, AuditEntry, Filter, Verdict, find_in, verify_in
from frontdesk.auth import Authenticator, create_organization
from frontdesk.channels import ConversationBody, open_conversation
from frontdesk.contacts import ContactChanges, blocks_of, get_contact, lift, update_contact
from frontdesk.conversations import (
    ERASED_NAME,
    Entry,
    EntryKind,
    deliver_subject,
    search,
)
from frontdesk.conversations.mentions import list_mentions
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.ids import FOREVER
from frontdesk.core.subject import Role
from frontdesk.desk import WrittenDraft, keep_draft
from frontdesk.dispatch import add_note
from frontdesk.media import load_address_key
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader
from frontdesk.platform.config import Config
from frontdesk.privacy import Eraser, erase_contact, get_erasure
from frontdesk.privacy import eraser as erasing
from frontdesk.quality import Given, Wanted, own_reviews, review
from frontdesk.staff import Status, set_status
from frontdesk.tickets import list_leave_messages
from frontdesk.webhooks import EventType, NewWebhook, Relay, create_webhook
from tests.kit.receiver import Heard, Reply, receiver
from tests.service.bot_shop import Shop, open_shop
from tests.service.contact_lists import list_contacts
from tests.service.privacy_world import (
    Canaries,
    a_life,
    erase_all,
    fold_the_log,
    index,
    raw_files,
    raw_rows,
)
from tests.service.staff_people import add_agent, subject_of, visitor
from tests.service.webhooks.world import on_loopback


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    await load_address_key(platform)
    opened = await open_shop(platform, organization, greeting="")
    yield opened
    await opened.log.drain()
    await opened.tasks.stop()


async def test_nothing_of_an_erased_contact_is_in_any_row_any_file_or_any_byte(
    config: Config, clock: ManualClock
) -> None:
    canaries, kept = Canaries(), Canaries(seed=8)
    async with open_platform(config, clock) as opened, receiver() as heard:
        heard.answering = repeats_what_it_hears
        platform = on_loopback(opened, heard)
        platform.ids.reserve(FOREVER)
        await load_address_key(platform)
        organization = (await create_organization(platform, "lantern", "Lantern Shop")).id
        shop = await open_shop(platform, organization, greeting="")
        await create_webhook(platform, shop.admin, NewWebhook(url=heard.url, events=tuple(EventType)))
        relay = Relay(platform)
        person = await a_life(shop, canaries)
        await relay.settle()
        other = await a_life(shop, kept)
        await set_status(platform, shop.agent, Status.AWAY)  # what is told next stays in the outbox
        await update_contact(
            platform, shop.admin, person.contact_id, ContactChanges(remark=canaries.plant("outbox"))
        )
        before = await raw_rows(platform) + raw_files(config.storage.path)
        assert canaries.found_in(before) >= set(canaries.planted), "to be missed, it must be there"

        await erase_contact(platform, shop.admin, person.contact_id)
        await erase_all(platform)
        await index(platform)
        rows = await raw_rows(platform)
        assert canaries.found_in(rows) == set()
        assert kept.found_in(rows + raw_files(config.storage.path)) == set(kept.planted)
        assert (await get_contact(platform, shop.admin, other.contact_id)).name == kept.planted["name"]

        told = len(heard.heard)
        await relay.settle()
        later = b"".join(one.body for one in heard.heard[told:])
        assert canaries.found_in(later) == set()
        assert {one.json["type"] for one in heard.heard[told:]} >= {"contact.erased", "conversation.erased"}
        assert canaries.found_in(await raw_rows(platform)) == set()
        await shop.log.drain()
    fold_the_log(config.storage.path)
    assert canaries.found_in(raw_files(config.storage.path)) == set()


async def repeats_what_it_hears(heard: Heard) -> Reply:
    return Reply(200, body=heard.body)


async def test_the_log_keeps_its_numbers_kinds_and_times_and_says_that_it_was_erased(shop: Shop) -> None:
    person = await a_life(shop, Canaries())
    closed, still_open = person.conversations
    before = {key: await shop.entries(key) for key in person.conversations}
    await erase_contact(shop.platform, shop.admin, person.contact_id)
    await erase_all(shop.platform)
    for key, entries in before.items():
        after = await shop.entries(key)
        assert [entry.seq for entry in after] == list(range(1, len(after) + 1))
        assert [place(entry) for entry in after[: len(entries)]] == [place(entry) for entry in entries]
        assert after[-1].kind is EntryKind.ERASED
        assert {bytes(e.body) for e in after if e.kind is EntryKind.MESSAGE} == {b'{"erased":true}'}
    assert [entry.kind for entry in (await shop.entries(still_open))[-2:]] == [
        EntryKind.CLOSED,
        EntryKind.ERASED,
    ]
    header = await shop.header(closed)
    assert (header.contact.name, header.close_reason) == (ERASED_NAME, "erased")
    assert header.rating is not None
    assert (header.rating.score, header.rating.remark) == (4, "")
    assert header.wrap_up is not None
    assert (header.wrap_up.category, header.wrap_up.remark) == ("Orders", "")


async def test_a_review_loses_its_remark_and_keeps_its_points(shop: Shop) -> None:
    person = await a_life(shop, Canaries())
    before, average = await own_reviews(shop.platform, shop.agent, Wanted())
    assert all(one.remark for one in before.items)
    await erase_contact(shop.platform, shop.admin, person.contact_id)
    await erase_all(shop.platform)
    after, same = await own_reviews(shop.platform, shop.agent, Wanted())
    assert [(one.remark, one.percent, one.contact_name) for one in after.items] == [("", 80, ERASED_NAME)] * 2
    assert same == average
    given = Given(scorecard=1, points=[1], remark="I remember well", version=1)
    with pytest.raises(FrontdeskError) as caught:
        await review(shop.platform, shop.admin, person.conversations[0], shop.agent.id, given)
    assert caught.value.code == "conversations.erased"


async def test_connected_clients_are_told_once_all_is_gone(shop: Shop) -> None:
    person = await a_life(shop, Canaries())
    told: list[bytes] = []
    place_of_agent = deliver_subject(shop.agent.organization_id, shop.agent.id)
    shop.platform.bus.subscribe(place_of_agent, lambda payload, _origin: told.append(payload))
    await erase_contact(shop.platform, shop.admin, person.contact_id)
    await erase_all(shop.platform)
    await asyncio.sleep(0)
    assert len([one for one in told if b'"kind":"erased"' in one]) == len(person.conversations)


async def test_the_visitor_is_out_at_once_and_comes_back_as_somebody_else(shop: Shop) -> None:
    person = await a_life(shop, Canaries())
    for one in (await blocks_of(shop.platform, shop.admin, person.contact_id)).blocks:
        await lift(shop.platform, shop.admin, one.id)
    authenticator = await Authenticator.load(shop.platform, shop.keys)
    _subject, session = await shop.come("en", person.key)
    assert authenticator.verify(session.token).id == person.contact_id
    await erase_contact(shop.platform, shop.admin, person.contact_id)
    await asyncio.sleep(0)
    with pytest.raises(FrontdeskError) as caught:
        authenticator.verify(session.token)
    assert caught.value.kind is ErrorKind.UNAUTHENTICATED
    with pytest.raises(FrontdeskError):
        await open_conversation(shop.platform, person.subject, ConversationBody("en"))
    again, _session = await shop.come("en", person.key)
    assert again.id != person.contact_id
    await erase_all(shop.platform)
    assert await get_contact(shop.platform, shop.admin, again.id)


async def test_staff_find_nothing_and_add_nothing(shop: Shop) -> None:
    canaries = Canaries()
    person = await a_life(shop, canaries)
    word = canaries.planted["said 0 0"]
    assert (await search(shop.platform, shop.admin, word)).items
    await erase_contact(shop.platform, shop.admin, person.contact_id)
    await erase_all(shop.platform)
    assert not (await search(shop.platform, shop.admin, word)).items
    assert not (await list_contacts(shop.platform, shop.admin, text=canaries.planted["name"])).items
    assert not (await list_leave_messages(shop.platform, shop.admin)).items
    with pytest.raises(FrontdeskError) as caught:
        await add_note(shop.platform, shop.agent, person.conversations[0], "remember?")
    assert caught.value.code == "conversations.erased"
    with pytest.raises(FrontdeskError) as caught:
        await keep_draft(shop.platform, shop.agent, person.conversations[0], WrittenDraft(text=word))
    assert caught.value.code == "conversations.erased"
    with pytest.raises(FrontdeskError) as caught:
        await get_contact(shop.platform, shop.admin, person.contact_id)
    assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_who_was_named_in_a_note_still_finds_where_and_none_of_its_words(shop: Shop) -> None:
    person = await a_life(shop, Canaries())
    colleague = await add_agent(shop.platform, shop.admin.organization_id, "tom")
    await add_note(shop.platform, shop.agent, person.conversations[1], "look at this", [colleague.id])
    await erase_contact(shop.platform, shop.admin, person.contact_id)
    await erase_all(shop.platform)
    (mention,) = (await list_mentions(shop.platform, subject_of(colleague))).items
    assert (mention.conversation.contact.name, mention.text) == (ERASED_NAME, "")


async def test_killed_after_any_step_it_goes_on_and_ends_the_same(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step is a unit of its own: what a killed process has is what the last committed one has left."""
    monkeypatch.setattr(erasing, "BATCH", 2)
    canaries = Canaries()
    person = await a_life(shop, canaries)
    asked = await erase_contact(shop.platform, shop.admin, person.contact_id)
    steps = 0
    while await Eraser(shop.platform).advance(asked.organization_id, asked.id):  # another life each time
        steps += 1
        found = await get_erasure(shop.platform, shop.admin, person.contact_id)
        assert found.finished_at is None
        assert found.done <= found.conversations == 2
    assert steps > 8
    finished = await get_erasure(shop.platform, shop.admin, person.contact_id)
    assert (finished.done, finished.files) == (2, len(person.media))
    assert finished.finished_at is not None
    assert canaries.found_in(await raw_rows(shop.platform)) == set()
    for key in person.conversations:
        kinds = await shop.kinds(key)
        assert kinds.count(EntryKind.ERASED) == 1


async def test_a_repeat_returns_the_same_erasure_and_the_audit_log_tells_it_once(shop: Shop) -> None:
    person = await a_life(shop, Canaries())
    first, second = await asyncio.gather(
        *(erase_contact(shop.platform, shop.admin, person.contact_id) for _ in range(2))
    )
    assert first.id == second.id
    await erase_all(shop.platform)
    again = await erase_contact(shop.platform, shop.admin, person.contact_id)
    assert again.id == first.id
    assert again.finished_at is not None
    await erase_all(shop.platform)

    async def read(reader: Reader) -> tuple[Sequence[AuditEntry], Verdict]:
        entries = await find_in(
            reader, shop.admin.organization_id, Filter(target_id=person.contact_id), before=1 << 62, limit=50
        )
        return entries, await verify_in(reader, shop.admin.organization_id)

    entries, verdict = await shop.platform.database.read(EVERY_ORGANIZATION, read)
    deeds = [entry.action for entry in entries]
    assert (deeds.count(Action.CONTACT_ERASURE_ASKED), deeds.count(Action.CONTACT_ERASED)) == (1, 1)
    assert verdict.broken_at is None


async def test_only_who_may_erases_and_only_in_their_organization(
    shop: Shop, other_organization: int
) -> None:
    person = await a_life(shop, Canaries())
    lin = subject_of(await add_agent(shop.platform, shop.admin.organization_id, "lena", Role.LEADER))
    stranger = subject_of(await add_agent(shop.platform, other_organization, "oda", Role.ADMINISTRATOR))
    for who, kind in (
        (lin, ErrorKind.FORBIDDEN),
        (visitor(shop.admin.organization_id, person.contact_id), ErrorKind.FORBIDDEN),
        (stranger, ErrorKind.NOT_FOUND),
    ):
        for attempt in (erase_contact, get_erasure):
            with pytest.raises(FrontdeskError) as caught:
                await attempt(shop.platform, who, person.contact_id)
            assert caught.value.kind is kind


def place(entry: Entry) -> tuple[str, int, EntryKind, int]:
    return entry.id, entry.seq, entry.kind, entry.at
