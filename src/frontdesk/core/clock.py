"""The only source of time. Moments are integers: milliseconds since the epoch, UTC."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

Millis = int


class Clock(Protocol):
    """Tells the time. Two calls never go backward within a process, even when the machine's clock is set back."""

    def now(self) -> Millis: ...

    def monotonic(self) -> float:
        """Seconds on a clock for measuring durations; unrelated to `now`."""
        ...


class SystemClock:
    """The machine's clock, held still (never turned back) while the machine's own clock is behind what was told.

    Safe to use from several threads. `source` tells nanoseconds since the epoch.
    """

    def __init__(self, source: Callable[[], int] = time.time_ns) -> None:
        self._source = source
        self._latest = 0
        self._lock = threading.Lock()

    def now(self) -> Millis:
        with self._lock:
            self._latest = max(self._latest, self._source() // 1_000_000)
            return self._latest

    def monotonic(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that moves only when told. For tests and the simulator."""

    def __init__(self, now: Millis = 1_800_000_000_000) -> None:
        self._now = now

    def now(self) -> Millis:
        return self._now

    def monotonic(self) -> float:
        return self._now / 1000

    def advance(self, *, seconds: float) -> None:
        self._now += round(seconds * 1000)
