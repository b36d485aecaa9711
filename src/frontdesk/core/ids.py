"""Identities and secrets.

An id is a 63-bit Snowflake: 41 bits of milliseconds since 2025-01-01 UTC, 10 bits of worker number, 12 bits of
sequence. Ids of one process are strictly increasing. The time inside is a logical clock: it follows the wall clock,
never goes backward, and runs ahead of it when more than 4,096 ids are asked for within a millisecond.
"""

import secrets
import threading
from typing import Final

from frontdesk.core.clock import Clock, Millis

EPOCH: Final[Millis] = 1_735_689_600_000
WORKER_BITS: Final = 10
SEQUENCE_BITS: Final = 12
MAX_WORKER: Final = (1 << WORKER_BITS) - 1
_MAX_SEQUENCE: Final = (1 << SEQUENCE_BITS) - 1


class Ids:
    """Makes ids. `floor` is the high-water mark of an earlier life of this worker: no id is made at or below it.

    Safe to use from several threads.
    """

    def __init__(self, clock: Clock, *, worker: int, floor: Millis = 0) -> None:
        if not 0 <= worker <= MAX_WORKER:
            message = f"worker number {worker} is outside 0..{MAX_WORKER}"
            raise ValueError(message)
        self._clock = clock
        self._worker = worker << SEQUENCE_BITS
        self._millis = max(floor, EPOCH)  # also on a machine whose clock begins in 1970
        self._sequence = _MAX_SEQUENCE
        self._lock = threading.Lock()

    def new(self) -> int:
        with self._lock:
            return self._next(self._clock.now())

    def _next(self, now: Millis) -> int:
        if now > self._millis:
            self._millis, self._sequence = now, 0
        elif self._sequence < _MAX_SEQUENCE:
            self._sequence += 1
        else:
            self._millis, self._sequence = self._millis + 1, 0
        return ((self._millis - EPOCH) << (WORKER_BITS + SEQUENCE_BITS)) | self._worker | self._sequence

    @property
    def high_water(self) -> Millis:
        """No id made so far is of a later millisecond; keep it across restarts as the next `floor`."""
        return max(self._millis, self._clock.now())


def millis_of(identity: int) -> Millis:
    """The logical millisecond in which an id was made."""
    return (identity >> (WORKER_BITS + SEQUENCE_BITS)) + EPOCH


def first_id_at(moment: Millis) -> int:
    """The smallest id that can carry this moment, or the largest there is: turns a date range into an id range."""
    return min(max(0, moment - EPOCH) << (WORKER_BITS + SEQUENCE_BITS), (1 << 63) - 1)


def parse_id(text: str) -> int | None:
    """The id written in `text`, or None when it is not a decimal 63-bit number. Never raises on hostile input."""
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        return None
    value = int(text)
    return value if value < 1 << 63 else None


def new_secret(*, size: int = 32) -> str:
    """A URL-safe random secret of `size` bytes. Secrets and public codes are random, never ids."""
    return secrets.token_urlsafe(size)


def new_code(*, length: int = 10) -> str:
    """A short random public code of lower-case letters and digits that are hard to confuse. Not a secret."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(length))
