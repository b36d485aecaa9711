"""What becomes of a delivery that fails, and of a webhook that does nothing else."""

import asyncio

import pytest

from frontdesk.webhooks import (
    DeliveryState,
    DisabledFor,
    EventType,
    Relay,
    Webhook,
    WebhookChanges,
    get_delivery,
    list_webhooks,
    update_webhook,
)
from frontdesk.webhooks.retries import DAY, SCHEDULE
from tests.kit.receiver import Heard, Receiver, Reply
from tests.service.webhooks.world import HOUR, World, seqs

NOTES = EventType.NOTE_CREATED
MOST = 1.2  # with the jitter


@pytest.fixture
def patience() -> float:
    """Receivers that do not answer are among these."""
    return 0.4


async def of(world: World, webhook: Webhook) -> Webhook:
    found = await list_webhooks(world.platform, world.admin)
    return next(one for one, _secrets in found if one.id == webhook.id)


async def test_it_is_tried_again_after_each_pause_and_not_before(world: World, shop: Receiver) -> None:
    await world.listen(shop, NOTES)
    await world.note(await world.open(), "a")
    shop.answers(500)
    await world.settle()
    for number, pause in enumerate(SCHEDULE, start=1):
        await world.settle(after=pause / 1000 * 0.75)
        assert len(shop.heard) == number
        await world.settle(after=pause / 1000 * 0.5)
        assert len(shop.heard) == number + 1


async def test_after_the_last_attempt_it_is_dead_and_what_waited_behind_it_goes_on(
    world: World, shop: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    conversation = await world.open()
    await world.note(conversation, "never", "later")

    async def answer(heard: Heard) -> Reply:
        return Reply(500 if b"never" in heard.body else 204)

    shop.answering = answer
    await world.settle()
    for pause in SCHEDULE:
        await world.settle(after=pause / 1000 * MOST)
    first, second = await world.deliveries(webhook)
    assert (first.state, first.attempts) == (DeliveryState.DEAD, len(SCHEDULE) + 1)
    assert (second.state, second.attempts) == (DeliveryState.DELIVERED, 1)
    assert seqs(shop.taken, conversation) == [3]
    await world.settle(after=48 * HOUR)
    assert len(shop.heard) == len(SCHEDULE) + 2


async def test_what_waited_for_a_day_behind_a_dead_one_gets_one_attempt_each(
    world: World, shop: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    await world.note(await world.open(), *"abcdef")
    shop.answers(500)
    await world.settle()
    for pause in SCHEDULE:
        await world.settle(after=pause / 1000 * MOST)
    assert [one.state for one in await world.deliveries(webhook)] == [DeliveryState.DEAD] * 6
    assert len(shop.heard) == len(SCHEDULE) + 1 + 5


async def test_every_attempt_is_kept_with_what_came_back(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    await world.note(await world.open(), "a")

    async def answer(heard: Heard) -> Reply:
        return Reply(
            500 if heard.number == 0 else 200, body=f"answer {heard.number} \x00\xff".encode("latin-1")
        )

    shop.answering = answer
    begun = world.clock.now()
    await world.settle()
    await world.settle(after=10)
    (delivery,) = await world.deliveries(webhook)
    story = await get_delivery(world.platform, world.admin, webhook.id, delivery.id)
    told = [(one.at - begun, one.status, one.answer, one.error) for one in story.attempts]
    assert told == [(0, 500, "answer 0 \ufffd", ""), (10_000, 200, "answer 1 \ufffd", "")]
    assert story.body == shop.taken[0].body


async def test_an_attempt_without_an_answer_says_why(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    address = shop.url.replace(str(shop.port), "9")
    with pytest.raises(Exception, match="Port 9 is not allowed"):
        await update_webhook(world.platform, world.admin, webhook.id, WebhookChanges(url=address))
    await update_webhook(
        world.platform,
        world.admin,
        webhook.id,
        WebhookChanges(url=shop.url.replace("127.0.0.1", "127.0.0.9")),
    )
    await world.note(await world.open(), "a")
    await world.settle()
    (delivery,) = await world.deliveries(webhook)
    story = await get_delivery(world.platform, world.admin, webhook.id, delivery.id)
    assert [(one.status, one.error) for one in story.attempts] == [(None, "The connection was refused.")]


async def test_a_receiver_that_asks_for_time_gets_it(world: World, shop: Receiver) -> None:
    await world.listen(shop, NOTES)
    await world.note(await world.open(), "a")
    shop.answers(429, headers={"retry-after": "7200"})
    await world.settle()
    shop.answers(204)
    await world.settle(after=7_190)
    assert len(shop.heard) == 1
    await world.settle(after=20)
    assert len(shop.taken) == 1


async def test_gone_switches_a_webhook_off_at_once_and_tells_the_others(
    world: World, shop: Receiver, other: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    await world.listen(other, EventType.WEBHOOK_DISABLED)
    await world.note(await world.open(), "a", "b")
    shop.answers(410)
    await world.settle()
    await world.settle(after=HOUR)
    now = await of(world, webhook)
    assert (now.enabled, now.disabled_for) == (False, DisabledFor.GONE)
    first, second = await world.deliveries(webhook)
    assert (first.state, second.state) == (DeliveryState.DEAD, DeliveryState.PENDING)
    assert len(shop.heard) == 1
    assert [heard.json["data"] for heard in other.taken] == [
        {"webhook_id": str(webhook.id), "url": webhook.url, "reason": "gone"}
    ]


async def test_days_of_nothing_but_failure_switch_a_webhook_off(
    world: World, shop: Receiver, other: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    await world.listen(other, EventType.WEBHOOK_DISABLED)
    conversation = await world.open()
    shop.answers(503)
    for day in range(5):
        assert (await of(world, webhook)).enabled, day
        await world.note(conversation, f"day {day}")
        await world.settle()
        for pause in (*SCHEDULE, DAY - sum(SCHEDULE)):
            await world.settle(after=pause / 1000)
    await world.note(conversation, "the last straw")
    await world.settle(after=HOUR)
    now = await of(world, webhook)
    assert (now.enabled, now.disabled_for) == (False, DisabledFor.FAILING)
    await world.settle()
    assert other.told == ["webhook.disabled"]


async def test_one_success_in_days_keeps_a_webhook_on(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    conversation = await world.open()
    for day in range(8):
        shop.answers(204 if day == 4 else 503)
        await world.note(conversation, f"day {day}")
        await world.settle()
        assert ((await of(world, webhook)).failing_since is None) == (day == 4)
        await world.settle(after=24 * HOUR)
    assert (await of(world, webhook)).enabled


async def test_a_failing_webhook_has_fewer_requests_in_flight(world: World, shop: Receiver) -> None:
    await world.listen(shop, NOTES)
    conversations = [await world.open(contact=contact) for contact in range(12)]
    shop.answers(503)
    await world.note(conversations[0], "a")
    await world.settle()
    forever = asyncio.Event()

    async def never(_: Heard) -> Reply:
        await forever.wait()
        return Reply()

    shop.answering = never
    for conversation in conversations[1:]:
        await world.note(conversation, "a")
    patient = Relay(world.platform, timeout=30)
    sending = asyncio.create_task(patient.settle())
    await shop.wait_for(3)
    assert await patient._deliverer.launch() == 2
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await patient._deliverer.stop()
