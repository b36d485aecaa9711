"""Webhooks on the wire. Secrets are in none of it, except in the one answer that makes them."""

from collections.abc import Iterable

from msgspec import Raw, Struct

from frontdesk.core.clock import Millis
from frontdesk.webhooks.history import DeliveryStory
from frontdesk.webhooks.types import (
    Attempt,
    Delivery,
    DeliveryState,
    DisabledFor,
    EventType,
    Secret,
    Webhook,
)


class SecretView(Struct, frozen=True):
    """That there is a secret."""

    id: str
    created_at: Millis


class NewSecretView(Struct, frozen=True):
    """A secret that was made just now: `whsec_…`."""

    id: str
    created_at: Millis
    secret: str


class WebhookView(Struct, frozen=True):
    """`failing_since`: nothing has succeeded since then. `disabled_for` says why it is off."""

    id: str
    url: str
    description: str
    events: list[EventType]
    enabled: bool
    disabled_for: DisabledFor | None
    failing_since: Millis | None
    secrets: list[SecretView]
    created_by: str
    created_at: Millis


class DeliveryView(Struct, frozen=True):
    """`event_id` is the `webhook-id` that the receiver gets; `at` is when it happened.

    `next_at` None and pending: it waits behind an earlier event about the same thing.
    """

    id: str
    event_id: str
    type: str
    at: Millis
    state: DeliveryState
    attempts: int
    next_at: Millis | None


class AttemptView(Struct, frozen=True):
    """`status` None: there was no answer, for the reason in `error`. `answer` is the beginning of what came back."""

    at: Millis
    duration_ms: int
    status: int | None
    answer: str
    error: str


class DeliveryStoryView(Struct, frozen=True):
    """A delivery with the body as it would be sent now, and its attempts, oldest first."""

    id: str
    event_id: str
    type: str
    at: Millis
    state: DeliveryState
    attempts: int
    next_at: Millis | None
    body: Raw | None
    history: list[AttemptView]


def webhook_view(webhook: Webhook, secrets: Iterable[Secret]) -> WebhookView:
    return WebhookView(
        id=str(webhook.id),
        url=webhook.url,
        description=webhook.description,
        events=list(webhook.events),
        enabled=webhook.enabled,
        disabled_for=webhook.disabled_for,
        failing_since=webhook.failing_since,
        secrets=[SecretView(str(secret.id), secret.created_at) for secret in secrets],
        created_by=str(webhook.created_by),
        created_at=webhook.created_at,
    )


def new_secret_view(secret: Secret) -> NewSecretView:
    return NewSecretView(str(secret.id), secret.created_at, secret.text)


def delivery_view(delivery: Delivery) -> DeliveryView:
    return DeliveryView(
        id=str(delivery.id),
        event_id=delivery.event_id,
        type=delivery.event,
        at=delivery.at,
        state=delivery.state,
        attempts=delivery.attempts,
        next_at=delivery.next_at,
    )


def story_view(story: DeliveryStory) -> DeliveryStoryView:
    delivery = story.delivery
    return DeliveryStoryView(
        id=str(delivery.id),
        event_id=delivery.event_id,
        type=delivery.event,
        at=delivery.at,
        state=delivery.state,
        attempts=delivery.attempts,
        next_at=delivery.next_at,
        body=None if story.body is None else Raw(story.body),
        history=[_attempt(attempt) for attempt in story.attempts],
    )


def _attempt(attempt: Attempt) -> AttemptView:
    return AttemptView(attempt.at, attempt.duration_ms, attempt.status, attempt.answer, attempt.error)
