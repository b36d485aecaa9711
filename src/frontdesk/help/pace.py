"""How much a visitor, and an address, may look up."""

from typing import Final
from weakref import WeakKeyDictionary

from frontdesk.core.clock import Clock
from frontdesk.core.errors import busy
from frontdesk.core.subject import Subject
from frontdesk.platform import Bus, Platform
from frontdesk.platform.buckets import Buckets

BURST: Final = 60
_PER_SECOND: Final = 2.0  # somebody who types, with a look for every pause
ADDRESS_BURST: Final = 600  # offices and schools share an address
_ADDRESS_PER_SECOND: Final = 20.0


class Pace:
    """Refuses who looks up more than people can read."""

    def __init__(self, clock: Clock) -> None:
        self._visitors = Buckets(clock, burst=BURST, per_second=_PER_SECOND)
        self._addresses = Buckets(clock, burst=ADDRESS_BURST, per_second=_ADDRESS_PER_SECOND)

    def admit(self, visitor: Subject) -> None:
        """Raises `busy` with the seconds until the next look."""
        wait = self._visitors.take(str(visitor.id))
        address = visitor.origin.address
        if not wait and address:
            wait = self._addresses.take(address)
        if wait:
            raise busy("help.too-fast", "You are looking up too much at once.", retry_after=wait)


_paces: Final[WeakKeyDictionary[Bus, Pace]] = WeakKeyDictionary()


def pace_of(platform: Platform) -> Pace:
    """The one of this process."""
    pace = _paces.get(platform.bus)
    if pace is None:
        pace = _paces[platform.bus] = Pace(platform.clock)
    return pace
