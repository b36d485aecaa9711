"""What follows a time in which the bus may have lost news: everybody resumes by their heads, a few at a time."""

import asyncio
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from frontdesk.access.connection import Connection
    from frontdesk.access.hub import Hub

logger = structlog.get_logger("frontdesk.access")
SPREAD_S: Final = 0.8
STEPS: Final = 20
PAUSE_S: Final = 0.05  # before a client comes back; named, as it would back off for longer by itself


async def resync(hub: "Hub", connections: Sequence["Connection"]) -> None:
    """Part with these connections within `SPREAD_S`, each with a word that it should come back at once.

    Before that, the sessions that ended meanwhile are read, so that none of them gets back in. Raises when they cannot
    be; the connections then stay, and the caller tries again.
    """
    await hub.authenticator.reload()
    left = list(connections)
    secrets.SystemRandom().shuffle(left)
    logger.info("access.resync", connections=len(left))
    size = max(1, -(-len(left) // STEPS))
    for start in range(0, len(left), size):
        for connection in left[start : start + size]:
            connection.resume(PAUSE_S)
        await asyncio.sleep(SPREAD_S / STEPS)
