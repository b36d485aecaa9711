"""How many new sessions an address may open: a bucket of tokens each, in the memory of this process."""

from collections import OrderedDict
from typing import Final
from weakref import WeakKeyDictionary

from frontdesk.core.clock import Clock
from frontdesk.core.errors import busy
from frontdesk.platform import Bus, Platform

BURST: Final = 40  # offices and schools share an address
PER_SECOND: Final = 0.5
_KEPT: Final = 20_000


class Arrivals:
    """Refuses an address that opens sessions faster than people can."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, address: str) -> None:
        """Take a token. Raises `busy` with the seconds until the next one."""
        now = self._clock.monotonic()
        tokens, since = self._buckets.pop(address, (float(BURST), now))
        tokens = min(float(BURST), tokens + max(0.0, now - since) * PER_SECOND)
        admitted = tokens >= 1
        self._buckets[address] = (tokens - 1 if admitted else tokens, now)
        while len(self._buckets) > _KEPT:
            self._buckets.popitem(last=False)
        if not admitted:
            raise busy(
                "channels.too-fast",
                "Too many visits from your address at once.",
                retry_after=round((1 - tokens) / PER_SECOND, 1),
            )


_arrivals: Final[WeakKeyDictionary[Bus, Arrivals]] = WeakKeyDictionary()


def arrivals(platform: Platform) -> Arrivals:
    """The buckets of this process."""
    found = _arrivals.get(platform.bus)
    if found is None:
        found = _arrivals[platform.bus] = Arrivals(platform.clock)
    return found
