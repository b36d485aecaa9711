"""Identities and secrets.

An id is a 63-bit Snowflake: 41 bits of milliseconds since 2025-01-01 UTC, 10 bits of worker number, 12 bits of
sequence. Ids of one process are strictly increasing. The time inside is a logical clock: it follows the wall clock,
never goes backward, and runs ahead of it when more than 4,096 ids are asked for within a millisecond.

Where several processes make ids, each has a worker number of its own and a stretch of time that is reserved for it
under that number: outside of the stretch it makes none.
"""

import secrets
import threading
from typing import Final

from frontdesk.core.clock import Clock, Millis
from frontdesk.core.errors import ErrorKind, FrontdeskError

EPOCH: Final[Millis] = 1_735_689_600_000
WORKER_BITS: Final = 10
SEQUENCE_BITS: Final = 12
MAX_WORKER: Final = (1 << WORKER_BITS) - 1
_MAX_SEQUENCE: Final = (1 << SEQUENCE_BITS) - 1
FOREVER: Final[Millis] = EPOCH + (1 << 41) - 1


class Ids:
    """Makes ids. `floor` is the high-water mark of an earlier life of this worker: no id is made at or below it.

    `until` is the last millisecond that is reserved for this worker; beyond it `new` raises `unavailable`.
    Safe to use from several threads.
    """

    def __init__(self, clock: Clock, *, worker: int, floor: Millis = 0, until: Millis = FOREVER) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._millis = EPOCH  # also on a machine whose clock begins in 1970
        self.renumber(worker=worker, floor=floor, until=until)

    def renumber(self, *, worker: int, floor: Millis, until: Millis) -> None:
        """Go on under another worker number. Ids go up all the same."""
        if not 0 <= worker <= MAX_WORKER:
            message = f"worker number {worker} is outside 0..{MAX_WORKER}"
            raise ValueError(message)
        with self._lock:
            self._worker = worker << SEQUENCE_BITS
            self._millis, self._sequence = max(floor, self._millis), _MAX_SEQUENCE
            self._until = until

    def reserve(self, until: Millis) -> None:
        """The stretch of this worker goes on to this millisecond; it never gets shorter."""
        with self._lock:
            self._until = max(until, self._until)

    def new(self) -> int:
        with self._lock:
            return self._next(self._clock.now())

    def _next(self, now: Millis) -> int:
        if now > self._millis:
            millis, sequence = now, 0
        elif self._sequence < _MAX_SEQUENCE:
            millis, sequence = self._millis, self._sequence + 1
        else:
            millis, sequence = self._millis + 1, 0
        if millis > self._until:
            raise FrontdeskError(
                ErrorKind.UNAVAILABLE,
                "core.ids-unavailable",
                "Nothing new can be stored: this process could not renew its hold on its worker number.",
                hint="Try again in a moment. The reason is in the server's log.",
                retry_after=1,
            )
        self._millis, self._sequence = millis, sequence
        return ((millis - EPOCH) << (WORKER_BITS + SEQUENCE_BITS)) | self._worker | sequence

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


def new_bytes(size: int) -> bytes:
    """Random bytes, for secrets in a form of their own."""
    return secrets.token_bytes(size)


def new_code(*, length: int = 10) -> str:
    """A short random public code of lower-case letters and digits that are hard to confuse. Not a secret."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(length))
