"""Whether the event loop keeps up: what comes late here comes late for everybody whom the process serves."""

import asyncio
from typing import Final

from frontdesk.platform.telemetry import histogram

_PAUSE: Final = 0.5
_lag: Final = histogram("event_loop_lag_seconds", "How late the event loop wakes up what is due")


async def watch_loop() -> None:
    """Sleep, see how late it became, repeat."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + _PAUSE
        await asyncio.sleep(_PAUSE)
        _lag.observe(max(0.0, loop.time() - due))
