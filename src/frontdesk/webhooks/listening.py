"""What follows when the webhooks of an organization change: which events are kept for it, and whether the log is read."""

from frontdesk.conversations import end_of_log
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.outbox import want_in
from frontdesk.webhooks.store import relay, webhooks


async def listen_in(platform: Platform, tx: Transaction, organization_id: int) -> None:
    """Call it in every transaction that adds, changes or removes a webhook."""
    enabled = [one for one in await webhooks.find_all(tx, organization_id) if one.enabled]
    await want_in(tx, organization_id, {event for one in enabled for event in one.events})
    if enabled:
        await relay.follow(tx, await end_of_log(platform, tx))
