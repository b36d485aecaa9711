"""How many wait, and how long, for the operator's screens.

The numbers are of all organizations together; every process that dispatches tells the same ones.
"""

from typing import Final

from frontdesk.dispatch.store import queue
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.platform.telemetry import gauge

_waiting: Final = gauge("queue_waiting_conversations", "Conversations that wait for a human")
_oldest: Final = gauge("queue_oldest_wait_seconds", "How long the conversation that waits longest has waited")


async def measure(platform: Platform) -> None:
    """Look once; called every few seconds."""
    count, since = await platform.database.read(EVERY_ORGANIZATION, queue.totals)
    _waiting.set(count)
    _oldest.set(0 if since is None else max(0, platform.clock.now() - since) / 1000)
