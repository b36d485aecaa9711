"""How much somebody may do: a bucket of tokens for each name, in the memory of this process."""

from collections import OrderedDict
from typing import Final

from frontdesk.core.clock import Clock

_KEPT: Final = 20_000


class Buckets:
    """Each name has `burst` tokens, and gets `per_second` back until it is full again. Who was seen last is kept longest."""

    def __init__(self, clock: Clock, *, burst: int, per_second: float) -> None:
        self._clock = clock
        self._burst = float(burst)
        self._per_second = per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> float:
        """Take a token; 0 when there was one, else the seconds until there is."""
        now = self._clock.monotonic()
        tokens, since = self._buckets.pop(name, (self._burst, now))
        tokens = min(self._burst, tokens + max(0.0, now - since) * self._per_second)
        admitted = tokens >= 1
        self._buckets[name] = (tokens - 1 if admitted else tokens, now)
        while len(self._buckets) > _KEPT:
            self._buckets.popitem(last=False)
        return 0.0 if admitted else round((1 - tokens) / self._per_second, 1)
