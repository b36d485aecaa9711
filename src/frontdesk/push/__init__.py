"""Push: who has no page in sight, agent or visitor, is told on their devices, by the push service of each browser.

Owns: push_subscription, push_delivery, push_position, push_key, push_look.
Reads: the log (`conversations.lines_after`), what is offered or urgent (`dispatch.standing_offers_in`,
`newly_urgent_in`), who looks (`staff.watching_in`, and of visitors what their tabs say).

`Notifier` follows both, makes a delivery for each device of whoever is concerned, and sends it when nobody looks.

Invariants:
- A subscription is a session's: nothing is sent once that has ended, and it is removed.
- An event makes one delivery for each device, whichever process dies; each attempt is claimed before it is made.
- What is told is read when it is sent, and only if it is still news: seen, taken back or moved on, it is not sent.
- Only the browser can read it (RFC 8291). No message's words are in it unless the device's owner asked for them.
- Requests go to public addresses, and to networks that the operator allows, as with webhooks.
- Where no device is subscribed nothing of the log is read, and nothing is written.
"""

from frontdesk.push.forgetting import devices_of_visitors_in, forget_visitors_devices_in
from frontdesk.push.keys import load_push_key
from frontdesk.push.looking import put_in_sight as put_visitor_in_sight
from frontdesk.push.notifier import Notifier
from frontdesk.push.store.position import rewind_in as rewind_push_in
from frontdesk.push.subscribing import read_push, subscribe, try_push, unsubscribe
from frontdesk.push.types import Kind, NewSubscription, Problem, PushState, Subscription

__all__ = [
    "Kind",
    "NewSubscription",
    "Notifier",
    "Problem",
    "PushState",
    "Subscription",
    "devices_of_visitors_in",
    "forget_visitors_devices_in",
    "load_push_key",
    "put_visitor_in_sight",
    "read_push",
    "rewind_push_in",
    "subscribe",
    "try_push",
    "unsubscribe",
]
