"""HTTP for webhooks. Thin: every rule is in the use cases."""

from typing import Annotated

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import UNSET, Struct, UnsetType

from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id
from frontdesk.webhooks import history, manage, replaying
from frontdesk.webhooks.types import DeliveryState, EventType, NewWebhook, WebhookChanges
from frontdesk.webhooks.views import (
    DeliveryStoryView,
    DeliveryView,
    NewSecretView,
    WebhookView,
    delivery_view,
    new_secret_view,
    story_view,
    webhook_view,
)


class NewWebhookBody(Struct, frozen=True, kw_only=True):
    url: str
    events: list[EventType]
    description: str = ""


class WebhookBody(Struct, frozen=True, kw_only=True):
    """Only what is set changes."""

    url: str | UnsetType = UNSET
    events: list[EventType] | UnsetType = UNSET
    description: str | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class ReplayBody(Struct, frozen=True, kw_only=True, rename={"begin": "from", "end": "to"}):
    """What to send again: `dead` or `delivered` ones, what happened between two moments, or both."""

    state: DeliveryState | None = None
    begin: Millis | None = None
    end: Millis | None = None


class WebhooksAnswer(Struct, frozen=True):
    items: list[WebhookView]


class WebhookAnswer(Struct, frozen=True):
    webhook: WebhookView


class NewWebhookAnswer(Struct, frozen=True):
    """The one time that the secret is shown."""

    webhook: WebhookView
    secret: NewSecretView


class NewSecretAnswer(Struct, frozen=True):
    """The one time that the secret is shown."""

    secret: NewSecretView


class DeliveriesAnswer(Struct, frozen=True):
    items: list[DeliveryView]
    cursor: str | None


class DeliveryAnswer(Struct, frozen=True):
    delivery: DeliveryView


class DeliveryStoryAnswer(Struct, frozen=True):
    delivery: DeliveryStoryView


class ReplayedAnswer(Struct, frozen=True):
    replayed: int


@get("/webhooks", summary="Webhooks")
async def list_webhooks(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> WebhooksAnswer:
    found = await manage.list_webhooks(platform, subject)
    return WebhooksAnswer([webhook_view(webhook, secrets) for webhook, secrets in found])


@post("/webhooks", summary="Add a webhook; the answer shows its secret, once")
async def create_webhook(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewWebhookBody]
) -> NewWebhookAnswer:
    new = NewWebhook(url=data.url, events=tuple(data.events), description=data.description)
    webhook, secret = await manage.create_webhook(platform, subject, new)
    return NewWebhookAnswer(webhook_view(webhook, [secret]), new_secret_view(secret))


@patch("/webhooks/{webhook_id:str}", summary="Change a webhook, or switch it off or on")
async def update_webhook(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    webhook_id: FromPath[str],
    data: JSONBody[WebhookBody],
) -> WebhookAnswer:
    changes = WebhookChanges(
        url=data.url,
        events=tuple(data.events) if isinstance(data.events, list) else UNSET,
        description=data.description,
        enabled=data.enabled,
    )
    webhook, secrets = await manage.update_webhook(platform, subject, _webhook(webhook_id), changes)
    return WebhookAnswer(webhook_view(webhook, secrets))


@delete("/webhooks/{webhook_id:str}", summary="Remove a webhook with everything that was sent to it")
async def remove_webhook(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], webhook_id: FromPath[str]
) -> None:
    await manage.remove_webhook(platform, subject, _webhook(webhook_id))


@post("/webhooks/{webhook_id:str}/secrets", summary="Add a second secret, shown once, to replace the first")
async def add_secret(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], webhook_id: FromPath[str]
) -> NewSecretAnswer:
    secret = await manage.add_secret(platform, subject, _webhook(webhook_id))
    return NewSecretAnswer(new_secret_view(secret))


@delete("/webhooks/{webhook_id:str}/secrets/{secret_id:str}", summary="Remove one of two secrets")
async def remove_secret(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    webhook_id: FromPath[str],
    secret_id: FromPath[str],
) -> None:
    await manage.remove_secret(platform, subject, _webhook(webhook_id), path_id(secret_id, what="secret"))


@post("/webhooks/{webhook_id:str}/test", summary="Send a test event")
async def send_test(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], webhook_id: FromPath[str]
) -> DeliveryAnswer:
    return DeliveryAnswer(delivery_view(await replaying.send_test(platform, subject, _webhook(webhook_id))))


@get("/webhooks/{webhook_id:str}/deliveries", summary="What was sent or is to be sent, newest first")
async def list_deliveries(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    webhook_id: FromPath[str],
    *,
    wanted: Annotated[DeliveryState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> DeliveriesAnswer:
    page = await history.list_deliveries(
        platform, subject, _webhook(webhook_id), state=wanted, cursor=cursor, limit=limit
    )
    return DeliveriesAnswer([delivery_view(delivery) for delivery in page.items], page.cursor)


@get(
    "/webhooks/{webhook_id:str}/deliveries/{delivery_id:str}",
    summary="A delivery with its body and every attempt",
)
async def get_delivery(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    webhook_id: FromPath[str],
    delivery_id: FromPath[str],
) -> DeliveryStoryAnswer:
    story = await history.get_delivery(platform, subject, _webhook(webhook_id), _delivery(delivery_id))
    return DeliveryStoryAnswer(story_view(story))


@post(
    "/webhooks/{webhook_id:str}/deliveries/{delivery_id:str}/replay",
    status_code=200,
    summary="Send one event again, or try a pending one now",
)
async def replay(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    webhook_id: FromPath[str],
    delivery_id: FromPath[str],
) -> DeliveryAnswer:
    delivery = await replaying.replay(platform, subject, _webhook(webhook_id), _delivery(delivery_id))
    return DeliveryAnswer(delivery_view(delivery))


@post(
    "/webhooks/{webhook_id:str}/replay",
    status_code=200,
    summary="Send again all dead events, or those of a time range",
)
async def replay_many(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    webhook_id: FromPath[str],
    data: JSONBody[ReplayBody],
) -> ReplayedAnswer:
    count = await replaying.replay_many(
        platform, subject, _webhook(webhook_id), state=data.state, begin=data.begin, end=data.end
    )
    return ReplayedAnswer(count)


def _webhook(text: str) -> int:
    return path_id(text, what="webhook")


def _delivery(text: str) -> int:
    return path_id(text, what="delivery")


ROUTES = [
    Router(
        "/v1",
        route_handlers=[
            list_webhooks,
            create_webhook,
            update_webhook,
            remove_webhook,
            add_secret,
            remove_secret,
            send_test,
            list_deliveries,
            get_delivery,
            replay,
            replay_many,
        ],
    )
]
