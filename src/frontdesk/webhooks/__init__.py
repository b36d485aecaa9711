"""Webhooks: an organization's own programs are told what happens here, at least once and in order.

Owns: webhook, webhook_secret, webhook_delivery, webhook_attempt, webhook_relay.
Reads: the log (`conversations.lines_after`) and the outbox (`platform.outbox`). Tells: `webhook.disabled`.

`Relay` makes a delivery of each event for each webhook that listens, and sends it until the receiver has taken it.

Invariants:
- An event is told exactly when it was committed; a crash repeats, it never skips. Repeats have the same `webhook-id`.
- Events about one object (a conversation, a contact, an agent) reach a webhook in order, one at a time. Nothing else
  waits: neither another object's events nor another webhook's.
- Requests go to public addresses, and to networks that the operator allows; the address that was checked is the one
  that is connected to.
- An organization without an enabled webhook has no rows here, and its messages cost nothing.
- Secrets are shown once, and are in no list and no log.
"""

from frontdesk.webhooks.erasing import forget_answers_in, forget_objects_in
from frontdesk.webhooks.history import DeliveryStory, get_delivery, list_deliveries
from frontdesk.webhooks.manage import (
    add_secret,
    create_webhook,
    list_webhooks,
    remove_secret,
    remove_webhook,
    update_webhook,
)
from frontdesk.webhooks.relay import Relay
from frontdesk.webhooks.replaying import replay, replay_many, send_test
from frontdesk.webhooks.store.relay import rewind_in as rewind_relay_in
from frontdesk.webhooks.types import (
    TEST_EVENT,
    Attempt,
    Delivery,
    DeliveryState,
    DisabledFor,
    EventType,
    NewWebhook,
    Secret,
    Webhook,
    WebhookChanges,
)

__all__ = [
    "TEST_EVENT",
    "Attempt",
    "Delivery",
    "DeliveryState",
    "DeliveryStory",
    "DisabledFor",
    "EventType",
    "NewWebhook",
    "Relay",
    "Secret",
    "Webhook",
    "WebhookChanges",
    "add_secret",
    "create_webhook",
    "forget_answers_in",
    "forget_objects_in",
    "get_delivery",
    "list_deliveries",
    "list_webhooks",
    "remove_secret",
    "remove_webhook",
    "replay",
    "replay_many",
    "rewind_relay_in",
    "send_test",
    "update_webhook",
]
