"""Sending again, testing, looking at what was sent, and clearing away."""

import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.webhooks import (
    DeliveryState,
    EventType,
    WebhookChanges,
    list_deliveries,
    remove_webhook,
    replay,
    replay_many,
    send_test,
    update_webhook,
)
from tests.kit.receiver import Receiver
from tests.service.webhooks.world import HOUR, World, seqs

NOTES = EventType.NOTE_CREATED
DAY = 24 * HOUR


async def die(world: World, shop: Receiver) -> None:
    """Let a day and more pass in which nothing is taken."""
    shop.answers(500)
    for pause in (0, 2 * DAY, 1, 1):
        await world.settle(after=pause)
    shop.answers(204)


async def test_one_is_sent_again_with_its_id_and_its_words(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    await world.note(await world.open(), "a")
    await world.settle()
    (delivery,) = await world.deliveries(webhook)
    again = await replay(world.platform, world.admin, webhook.id, delivery.id)
    assert (again.state, again.attempts) == (DeliveryState.PENDING, 0)
    await world.settle(after=100)
    first, second = shop.taken
    assert (first.id, first.body) == (second.id, second.body)
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


async def test_a_pending_one_is_tried_now_and_keeps_its_place(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    conversation = await world.open()
    await world.note(conversation, "a", "b")
    shop.answers(500, 204)
    await world.settle()
    first, second = await world.deliveries(webhook)
    waiting = await replay(world.platform, world.admin, webhook.id, second.id)
    assert waiting.next_at is None
    await replay(world.platform, world.admin, webhook.id, first.id)
    await world.settle()
    assert seqs(shop.taken, conversation) == [2, 3]


async def test_all_dead_ones_are_sent_again_in_their_order_and_nothing_else(
    world: World, shop: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    one, two = await world.open(), await world.open(contact=102)
    await world.note(one, "taken")
    await world.settle()
    await world.note(one, *"abc")
    await world.note(two, *"abc")
    await die(world, shop)
    assert len(await world.deliveries(webhook, DeliveryState.DEAD)) == 6
    shop.taken.clear()
    count = await replay_many(world.platform, world.admin, webhook.id, state=DeliveryState.DEAD)
    await world.settle()
    assert count == 6
    assert seqs(shop.taken, one) == [3, 4, 5]
    assert seqs(shop.taken, two) == [2, 3, 4]
    assert await replay_many(world.platform, world.admin, webhook.id, state=DeliveryState.DEAD) == 0


async def test_a_time_range_is_sent_again_and_no_more_than_it(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    conversation = await world.open()
    moments: list[int] = []
    for turn in range(5):
        moments.append(world.clock.now())
        await world.note(conversation, str(turn))
        await world.settle(after=60)
    shop.taken.clear()
    count = await replay_many(world.platform, world.admin, webhook.id, begin=moments[1], end=moments[3])
    await world.settle()
    assert (count, seqs(shop.taken, conversation)) == (2, [3, 4])


async def test_many_are_sent_again_in_pieces_without_one_too_many(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    conversations = [await world.open(contact=contact) for contact in range(7)]
    for conversation in conversations:
        await world.note(conversation, *map(str, range(30)))
    await world.settle()
    assert await replay_many(world.platform, world.admin, webhook.id, begin=0) == 210
    shop.taken.clear()
    await world.settle()
    assert [seqs(shop.taken, one) for one in conversations] == [list(range(2, 32))] * 7


async def test_what_is_replayed_stands_behind_what_is_pending_of_its_conversation(
    world: World, shop: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    conversation = await world.open()
    await world.note(conversation, "old")
    await world.settle()
    (old,) = await world.deliveries(webhook)
    shop.answers(500, 204)
    await world.note(conversation, "new")
    await world.settle()
    await replay(world.platform, world.admin, webhook.id, old.id)
    await world.settle(after=60)
    assert seqs(shop.taken, conversation) == [2, 3, 2]


async def test_to_replay_everything_must_be_said(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    for state in (None, DeliveryState.PENDING):
        with pytest.raises(FrontdeskError) as refused:
            await replay_many(world.platform, world.admin, webhook.id, state=state)
        assert refused.value.code == "webhooks.replay-what"


async def test_a_webhook_that_is_off_is_sent_nothing_again(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    await world.note(await world.open(), "a")
    await world.settle()
    (delivery,) = await world.deliveries(webhook)
    await update_webhook(world.platform, world.admin, webhook.id, WebhookChanges(enabled=False))
    for asked in (
        replay(world.platform, world.admin, webhook.id, delivery.id),
        replay_many(world.platform, world.admin, webhook.id, begin=0),
        send_test(world.platform, world.admin, webhook.id),
    ):
        with pytest.raises(FrontdeskError) as off:
            await asked
        assert (off.value.kind, off.value.code) == (ErrorKind.CONFLICT, "webhooks.off")


async def test_a_test_is_sent_whatever_a_webhook_listens_to_and_waits_for_nothing(
    world: World, shop: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    await world.note(await world.open(), "a", "b")
    shop.answers(500, 204)
    await world.settle()
    sent = await send_test(world.platform, world.admin, webhook.id)
    await world.settle()
    assert shop.told == ["webhook.test"]
    assert shop.taken[0].id == sent.event_id


async def test_deliveries_are_listed_newest_first_by_pages_and_by_state(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    await world.note(await world.open(), *"abcde")
    shop.answers(204, 204, 500)
    await world.settle()
    seen: list[int | None] = []
    cursor = None
    while True:
        page = await list_deliveries(world.platform, world.admin, webhook.id, cursor=cursor, limit=2)
        seen += [delivery.seq for delivery in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == [6, 5, 4, 3, 2]
    done = await world.deliveries(webhook, DeliveryState.DELIVERED)
    assert [delivery.seq for delivery in done] == [2, 3]


async def test_a_removed_webhook_is_gone_at_once_and_its_rows_soon(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, NOTES)
    kept = await world.listen(shop, EventType.MESSAGE_CREATED)
    for contact in range(7):
        await world.note(await world.open(contact=contact), *map(str, range(30)))
    await world.settle()
    await remove_webhook(world.platform, world.admin, webhook.id)
    with pytest.raises(FrontdeskError) as gone:
        await list_deliveries(world.platform, world.admin, webhook.id)
    assert gone.value.kind is ErrorKind.NOT_FOUND
    await world.relay.clear()
    assert [await world.count(table) for table in ("webhook_delivery", "webhook_attempt")] == [0, 0]
    assert [await world.count(table) for table in ("webhook", "webhook_secret")] == [1, 1]
    await send_test(world.platform, world.admin, kept.id)


async def test_what_is_thirty_days_old_is_cleared_away_unless_it_is_still_to_be_sent(
    world: World, shop: Receiver
) -> None:
    webhook = await world.listen(shop, NOTES)
    await world.note(await world.open(), "old")
    await world.settle(after=1)
    shop.answers(500)
    await world.note(await world.open(), "pending")
    await world.settle()
    await world.wait(20 * DAY)
    await world.note(await world.open(contact=102), "young")
    shop.answers(204)
    await world.wait(11 * DAY)
    await world.relay.clear()
    await world.settle()
    texts = [heard.json["data"]["entry"]["body"]["text"] for heard in shop.taken]
    assert sorted(texts) == ["old", "pending", "young"]
    await world.relay.clear()
    left = await world.deliveries(webhook)
    assert len(left) == 1
    assert await world.count("webhook_attempt") == 1
