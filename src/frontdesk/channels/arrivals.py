"""How many new sessions an address may open."""

from typing import Final
from weakref import WeakKeyDictionary

from frontdesk.core.clock import Clock
from frontdesk.core.errors import busy
from frontdesk.platform import Bus, Platform
from frontdesk.platform.buckets import Buckets

BURST: Final = 40  # offices and schools share an address
PER_SECOND: Final = 0.5


class Arrivals:
    """Refuses an address that opens sessions faster than people can."""

    def __init__(self, clock: Clock) -> None:
        self._buckets = Buckets(clock, burst=BURST, per_second=PER_SECOND)

    def admit(self, address: str) -> None:
        """Raises `busy` with the seconds until the next one."""
        wait = self._buckets.take(address)
        if wait:
            raise busy("channels.too-fast", "Too many visits from your address at once.", retry_after=wait)


_arrivals: Final[WeakKeyDictionary[Bus, Arrivals]] = WeakKeyDictionary()


def arrivals(platform: Platform) -> Arrivals:
    """The buckets of this process."""
    found = _arrivals.get(platform.bus)
    if found is None:
        found = _arrivals[platform.bus] = Arrivals(platform.clock)
    return found
