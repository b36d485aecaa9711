"""What was committed is told, at least once and in order; nobody waits for somebody else's receiver."""

import asyncio

import pytest

from frontdesk.contacts import ContactChanges, update_contact
from frontdesk.conversations import recall
from frontdesk.platform import Transaction
from frontdesk.platform.outbox import tell_in
from frontdesk.platform.tasks import Tasks
from frontdesk.webhooks import DeliveryState, EventType, Relay, WebhookChanges, update_webhook
from frontdesk.webhooks.fanning_out import fan_out
from frontdesk.webhooks.types import DisabledFor, WebhookDisabled
from tests.kit.receiver import Heard, Receiver, Reply
from tests.service.test_conversations_log import assigned, visitor
from tests.service.test_leave_messages_leaving import arrive
from tests.service.webhooks.world import World, seqs

NOTES = EventType.NOTE_CREATED


@pytest.fixture
def patience() -> float:
    """Receivers that do not answer are among these."""
    return 0.4


async def test_what_happens_is_told_as_it_is_in_the_log(world: World, shop: Receiver) -> None:
    await world.listen(shop, EventType.CONVERSATION_OPENED, EventType.MESSAGE_CREATED)
    conversation = await world.open()
    await world.say(conversation, "Where is my lantern?")
    await world.settle()
    assert shop.told == ["conversation.opened", "message.created"]
    told = shop.taken[1].json
    assert told["id"] == shop.taken[1].id
    assert (told["at"], told["organization_id"]) == (world.clock.now(), str(world.organization))
    assert told["data"]["conversation"] == {
        "id": str(conversation.id),
        "channel_id": str(conversation.channel_id),
        "contact_id": str(conversation.contact_id),
    }
    entry = told["data"]["entry"]
    assert (entry["seq"], entry["kind"]) == (2, "message")
    assert entry["body"] == {"type": "text", "text": "Where is my lantern?"}
    assert shop.taken[1].headers["content-type"] == "application/json"


async def test_a_webhook_hears_only_what_it_listens_to(world: World, shop: Receiver, other: Receiver) -> None:
    await world.listen(shop, NOTES)
    await world.listen(other, EventType.MESSAGE_CREATED)
    conversation = await world.open()
    await world.note(conversation, "regular customer")
    await world.settle()
    assert shop.told == ["note.created"]
    assert other.heard == []


async def test_another_organizations_webhook_hears_nothing(
    world: World, shop: Receiver, other: Receiver, other_organization: int
) -> None:
    await world.listen(shop)
    await world.listen(other, organization=other_organization)
    await world.open()
    await world.settle()
    assert shop.told == ["conversation.opened"]
    assert other.heard == []


async def test_a_conversations_events_keep_their_order_however_often_the_receiver_fails(
    world: World, shop: Receiver
) -> None:
    await world.listen(shop, NOTES)
    one, two = await world.open(), await world.open(contact=102)
    for turn in range(6):
        await world.note(one, f"one {turn}")
        await world.note(two, f"two {turn}")
    tried: dict[str, int] = {}

    async def moody(heard: Heard) -> Reply:
        """Takes each event at its third attempt at the latest, some at their first."""
        tried[heard.id] = tried.get(heard.id, 0) + 1
        return Reply(204 if tried[heard.id] > int(heard.id.removeprefix("evt_")) % 3 else 503)

    shop.answering = moody
    for _ in range(40):
        await world.settle(after=60)
    assert max(tried.values()) > 1
    assert seqs(shop.taken, one) == seqs(shop.taken, two) == [2, 3, 4, 5, 6, 7]
    assert [seq for n, seq in enumerate(seqs(shop.heard, one)) if n == 0 or seq != seqs(shop.heard, one)[n - 1]] == [
        2, 3, 4, 5, 6, 7,
    ]  # fmt: skip


async def test_a_conversation_that_fails_holds_up_no_other(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    stuck, fine = await world.open(), await world.open(contact=102)

    async def answer(heard: Heard) -> Reply:
        return Reply(500 if heard.json["data"]["conversation"]["id"] == str(stuck.id) else 204)

    shop.answering = answer
    await world.note(stuck, "a", "b")
    await world.note(fine, "a", "b", "c")
    await world.settle()
    assert seqs(shop.taken, fine) == [2, 3, 4]
    assert seqs(shop.heard, stuck) == [2]
    waiting = await world.deliveries(webhook, DeliveryState.PENDING)
    assert [delivery.next_at is None for delivery in waiting] == [False, True]


async def test_a_receiver_that_never_answers_holds_up_no_other(
    world: World, shop: Receiver, other: Receiver
) -> None:
    await world.listen(shop, NOTES)
    await world.listen(other, NOTES)
    forever = asyncio.Event()

    async def never(_: Heard) -> Reply:
        await forever.wait()
        return Reply()

    shop.answering = never
    conversations = [await world.open(contact=contact) for contact in range(20)]
    for conversation in conversations:
        await world.note(conversation, "a", "b")
    patient = Relay(world.platform, timeout=30)
    sending = asyncio.create_task(patient.settle())
    await other.wait_for(40)
    assert not sending.done()
    assert len(shop.heard) == 8  # and no more at once
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)


async def test_what_was_sent_but_not_noted_when_the_process_died_is_sent_again_with_its_id(
    world: World, shop: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    conversation = await world.open()
    await world.note(conversation, "first", "second")
    forever = asyncio.Event()

    async def never(_: Heard) -> Reply:
        await forever.wait()
        return Reply()

    shop.answering = never
    dying = asyncio.create_task(Relay(world.platform, timeout=30).settle())
    await shop.wait_for(1)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    assert [one.state for one in await world.deliveries(webhook)] == [DeliveryState.PENDING] * 2
    shop.answers(204)
    await Relay(world.platform).settle()
    assert [heard.id for heard in shop.heard] == [shop.heard[0].id, shop.heard[0].id, shop.taken[1].id]
    assert seqs(shop.taken, conversation) == [2, 3]


async def test_two_relays_at_once_make_one_delivery_of_an_event(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    conversation = await world.open()
    await world.note(conversation, *map(str, range(30)))
    await asyncio.gather(*(fan_out(world.platform) for _ in range(5)))
    made = await world.deliveries(webhook)
    assert [delivery.seq for delivery in made] == list(range(2, 32))
    assert len({delivery.position for delivery in made}) == 30


async def test_a_long_log_is_handed_on_in_batches_and_none_is_missed(world: World, shop: Receiver) -> None:
    await world.listen(shop, NOTES)
    conversation = await world.open()
    for turn in range(14):
        await world.note(conversation, *(f"{turn}-{n}" for n in range(10)))
    await world.settle()
    assert seqs(shop.taken, conversation) == list(range(2, 142))
    assert not await fan_out(world.platform)


async def test_what_was_rolled_back_is_never_told(world: World, shop: Receiver) -> None:
    await world.listen(shop)
    data = WebhookDisabled("1", "https://shop.example", DisabledFor.GONE)

    async def work(tx: Transaction) -> None:
        await tell_in(world.platform, tx, world.organization, "webhook.disabled", about=1, data=data)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        await world.platform.database.write(world.organization, work)
    await world.settle()
    assert shop.heard == []


async def test_events_about_one_contact_are_told_in_the_order_of_their_commits(
    world: World, shop: Receiver
) -> None:
    await world.listen(shop, EventType.CONTACT_CREATED, EventType.CONTACT_CHANGED)
    await arrive(world.platform, world.organization)
    for turn in range(5):
        await update_contact(world.platform, world.admin, 100, ContactChanges(name=f"Zhou {turn}"))
    assert await world.count("outbox") == 6
    shop.answers(500, 204)
    await world.settle()
    await world.settle(after=60)
    assert shop.told == ["contact.created"] + ["contact.changed"] * 5
    assert [heard.json["data"]["name"] for heard in shop.taken[1:]] == [f"Zhou {turn}" for turn in range(5)]
    assert await world.count("outbox") == 0


async def test_an_organization_without_an_enabled_webhook_has_no_rows(
    world: World, shop: Receiver, other_organization: int
) -> None:
    async def live() -> None:
        await arrive(world.platform, world.organization)
        await update_contact(world.platform, world.admin, 100, ContactChanges(name="Zhou"))
        await world.note(await world.open(assigned()), "a")
        await world.settle()

    await live()
    await world.listen(shop, organization=other_organization)
    await live()
    webhook = await world.listen(shop, NOTES)
    await update_webhook(world.platform, world.admin, webhook.id, WebhookChanges(enabled=False))
    await live()
    assert shop.heard == []
    assert [await world.count(table) for table in ("outbox", "webhook_delivery", "webhook_attempt")] == [
        0,
        0,
        0,
    ]


async def test_what_happened_before_a_webhook_was_switched_on_is_not_told(
    world: World, shop: Receiver
) -> None:
    conversation = await world.open()
    await world.note(conversation, "before")
    await world.wait(1)
    webhook = await world.listen(shop, NOTES)
    await world.note(conversation, "told")
    await world.settle()
    await update_webhook(world.platform, world.admin, webhook.id, WebhookChanges(enabled=False))
    await world.note(conversation, "meanwhile")
    await world.wait(1)
    await update_webhook(world.platform, world.admin, webhook.id, WebhookChanges(enabled=True))
    await world.note(conversation, "told again")
    await world.settle()
    assert [heard.json["data"]["entry"]["body"]["text"] for heard in shop.taken] == ["told", "told again"]


async def test_what_was_pending_when_a_webhook_was_switched_off_is_sent_when_it_is_on_again(
    world: World, shop: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    conversation = await world.open()
    await world.note(conversation, "a", "b")
    shop.answers(500, 204)
    await world.settle()
    await update_webhook(world.platform, world.admin, webhook.id, WebhookChanges(enabled=False))
    await world.settle(after=3600)
    assert len(shop.heard) == 1
    await update_webhook(world.platform, world.admin, webhook.id, WebhookChanges(enabled=True))
    await world.settle(after=1)
    assert seqs(shop.taken, conversation) == [2, 3]


async def test_a_message_that_was_recalled_before_it_was_sent_is_told_without_its_words(
    world: World, shop: Receiver
) -> None:
    await world.listen(shop, EventType.MESSAGE_CREATED, EventType.MESSAGE_RECALLED)
    conversation = await world.open()
    await world.say(conversation, "my password is lantern")
    shop.answers(503, 204)
    await world.settle()
    await recall(world.platform, visitor(world.organization), conversation.id, 2)
    await world.settle(after=60)
    assert shop.told == ["message.created", "message.recalled"]
    assert shop.taken[0].json["data"]["entry"]["recalled"] is True
    assert b"lantern" not in shop.taken[0].body
    assert shop.heard[0].id == shop.taken[0].id


async def test_the_loops_tell_what_happens_by_themselves(world: World, shop: Receiver) -> None:
    await world.listen(shop, NOTES)
    tasks = Tasks()
    Relay(world.platform).start(tasks)
    conversation = await world.open()
    await world.note(conversation, "a", "b", "c")
    await shop.wait_for(3)
    await tasks.stop()
    assert seqs(shop.taken, conversation) == [2, 3, 4]
