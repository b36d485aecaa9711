"""Who may have webhooks, what they may be, and that secrets are seen once."""

from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.platform import Platform
from frontdesk.webhooks import (
    EventType,
    NewWebhook,
    WebhookChanges,
    add_secret,
    create_webhook,
    get_delivery,
    list_deliveries,
    list_webhooks,
    remove_secret,
    remove_webhook,
    replay,
    replay_many,
    send_test,
    update_webhook,
)
from frontdesk.webhooks.types import MAX_WEBHOOKS
from tests.kit.receiver import Receiver
from tests.service.test_conversations_log import agent, visitor
from tests.service.webhooks.world import World

GOOD = NewWebhook(url="https://crm.example.com/in", events=(EventType.MESSAGE_CREATED,), description="CRM")
Asking = Callable[[Platform, Subject, int, int], Awaitable[object]]
ASKING: dict[str, Asking] = {
    "create": lambda platform, who, _webhook, _delivery: create_webhook(platform, who, GOOD),
    "list": lambda platform, who, _webhook, _delivery: list_webhooks(platform, who),
    "change": lambda platform, who, webhook, _: update_webhook(
        platform, who, webhook, WebhookChanges(enabled=False)
    ),
    "add secret": lambda platform, who, webhook, _: add_secret(platform, who, webhook),
    "remove secret": lambda platform, who, webhook, _: remove_secret(platform, who, webhook, 1),
    "test": lambda platform, who, webhook, _: send_test(platform, who, webhook),
    "deliveries": lambda platform, who, webhook, _: list_deliveries(platform, who, webhook),
    "delivery": get_delivery,
    "replay": replay,
    "replay many": lambda platform, who, webhook, _: replay_many(platform, who, webhook, begin=0),
    "remove": lambda platform, who, webhook, _: remove_webhook(platform, who, webhook),
}


async def test_webhooks_are_for_administrators(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop)
    sent = await send_test(world.platform, world.admin, webhook.id)
    others = [agent(world.organization, 7, role) for role in Role if role is not Role.ADMINISTRATOR]
    for asked in ASKING.values():
        for who in (*others, visitor(world.organization)):
            with pytest.raises(FrontdeskError) as refused:
                await asked(world.platform, who, webhook.id, sent.id)
            assert refused.value.kind is ErrorKind.FORBIDDEN
    assert [one for one, _ in await list_webhooks(world.platform, world.admin)] == [webhook]


async def test_another_organizations_webhook_does_not_exist(
    world: World, shop: Receiver, other_organization: int
) -> None:
    webhook = await world.listen(shop)
    sent = await send_test(world.platform, world.admin, webhook.id)
    stranger = agent(other_organization, 7, Role.ADMINISTRATOR)
    for name in ASKING.keys() - {"create", "list"}:
        with pytest.raises(FrontdeskError) as refused:
            await ASKING[name](world.platform, stranger, webhook.id, sent.id)
        assert refused.value.kind is ErrorKind.NOT_FOUND, name
    assert await list_webhooks(world.platform, stranger) == []
    assert [one for one, _ in await list_webhooks(world.platform, world.admin)] == [webhook]
    assert await world.deliveries(webhook) == [sent]


async def test_a_delivery_is_found_at_its_own_webhook_only(world: World, shop: Receiver) -> None:
    one, other = await world.listen(shop), await world.listen(shop)
    sent = await send_test(world.platform, world.admin, one.id)
    for asked in (get_delivery, replay):
        with pytest.raises(FrontdeskError) as refused:
            await asked(world.platform, world.admin, other.id, sent.id)
        assert refused.value.kind is ErrorKind.NOT_FOUND


async def test_what_is_given_is_kept_and_what_is_set_changes(world: World, shop: Receiver) -> None:
    made, _secret = await create_webhook(
        world.platform, world.admin, NewWebhook(url=shop.url, events=GOOD.events)
    )
    changes = WebhookChanges(
        description="Two\nlines", events=(EventType.CONVERSATION_RATED, EventType.CONVERSATION_CLOSED) * 2
    )
    changed, _secrets = await update_webhook(world.platform, world.admin, made.id, changes)
    assert (changed.url, changed.description, changed.enabled) == (made.url, "Two lines", True)
    assert changed.events == (EventType.CONVERSATION_CLOSED, EventType.CONVERSATION_RATED)
    ((stored, _),) = await list_webhooks(world.platform, world.admin)
    assert stored == changed
    assert (stored.created_by, stored.created_at) == (world.admin.id, world.clock.now())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (WebhookChanges(url="http://192.168.0.1/"), "webhooks.address"),
        (WebhookChanges(url="https://crm.example.com:25/"), "webhooks.address"),
        (WebhookChanges(events=()), "webhooks.no-events"),
        (WebhookChanges(description="x" * 201), "text.too-long"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_changes(
    world: World, shop: Receiver, changes: WebhookChanges, code: str
) -> None:
    webhook = await world.listen(shop)
    with pytest.raises(FrontdeskError) as refused:
        await update_webhook(world.platform, world.admin, webhook.id, changes)
    assert refused.value.code == code
    assert [one for one, _ in await list_webhooks(world.platform, world.admin)] == [webhook]


async def test_an_organization_has_so_many_webhooks_and_no_more(
    world: World, shop: Receiver, other_organization: int
) -> None:
    made = [await world.listen(shop) for _ in range(MAX_WEBHOOKS)]
    with pytest.raises(FrontdeskError) as refused:
        await world.listen(shop)
    assert refused.value.code == "webhooks.too-many"
    await world.listen(shop, organization=other_organization)
    await remove_webhook(world.platform, world.admin, made[0].id)
    await world.listen(shop)


async def test_secrets_are_in_no_log_and_in_no_text_of_a_value(world: World, shop: Receiver) -> None:
    with capture_logs() as logged:
        webhook = await world.listen(shop)
        new = await add_secret(world.platform, world.admin, webhook.id)
        await world.open()
        shop.answers(410)
        await world.settle()
    found = await list_webhooks(world.platform, world.admin)
    assert logged
    for secret in (new, world.secrets[webhook.id]):
        assert secret.text not in str(logged)
        assert secret.text not in str(found)
