"""Slowing down guesses of passwords: per account and per address, before any work is done."""

from dataclasses import dataclass
from typing import Final

from frontdesk.core.clock import Clock
from frontdesk.core.errors import FrontdeskError, busy

_ACCOUNT_BURST: Final = 10
_ACCOUNT_REFILL: Final = 30.0  # seconds for one more try
_ADDRESS_BURST: Final = 40
_ADDRESS_REFILL: Final = 3.0
_MAX_BUCKETS: Final = 20_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class _Buckets:
    """Token buckets by name. When there are too many, full ones go first, then the oldest: memory has a bound."""

    def __init__(self, clock: Clock, *, burst: int, refill: float) -> None:
        self._clock = clock
        self._burst = burst
        self._refill = refill
        self._buckets: dict[str, _Bucket] = {}

    def wait(self, name: str) -> float:
        """Seconds until a try is allowed; 0 when it is now."""
        bucket = self._filled(name)
        return 0.0 if bucket.tokens >= 1 else (1 - bucket.tokens) * self._refill

    def take(self, name: str) -> None:
        bucket = self._filled(name)
        bucket.tokens -= 1
        self._buckets[name] = bucket
        if len(self._buckets) > _MAX_BUCKETS:
            self._prune()

    def give_back(self, name: str) -> None:
        bucket = self._filled(name)
        bucket.tokens = min(self._burst, bucket.tokens + 1)

    def _filled(self, name: str) -> _Bucket:
        now = self._clock.monotonic()
        bucket = self._buckets.get(name)
        if bucket is None:
            return _Bucket(self._burst, now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) / self._refill)
        bucket.at = now
        return bucket

    def _prune(self) -> None:
        for name in list(self._buckets):
            if self._filled(name).tokens >= self._burst:
                del self._buckets[name]
        for name in list(self._buckets)[: max(0, len(self._buckets) - _MAX_BUCKETS // 2)]:
            del self._buckets[name]


class SignInThrottle:
    """Counts tries that have not succeeded. Tries count when they begin, so that many at once are no way around."""

    def __init__(self, clock: Clock) -> None:
        self._accounts = _Buckets(clock, burst=_ACCOUNT_BURST, refill=_ACCOUNT_REFILL)
        self._addresses = _Buckets(clock, burst=_ADDRESS_BURST, refill=_ADDRESS_REFILL)

    def begin(self, account: str, address: str) -> None:
        """Count a try. Raises `busy` with the seconds to wait when there were too many; then nothing is counted."""
        wait = max(self._accounts.wait(account), self._addresses.wait(address))
        if wait > 0:
            raise _too_many(wait)
        self._accounts.take(account)
        self._addresses.take(address)

    def begin_from(self, address: str) -> None:
        """Count a try that names no account. Raises `busy` as `begin` does."""
        wait = self._addresses.wait(address)
        if wait > 0:
            raise _too_many(wait)
        self._addresses.take(address)

    def succeeded_from(self, address: str) -> None:
        """The try was good and does not count."""
        self._addresses.give_back(address)

    def succeeded(self, account: str, address: str) -> None:
        """The try was good and does not count."""
        self._accounts.give_back(account)
        self._addresses.give_back(address)


def _too_many(wait: float) -> FrontdeskError:
    return busy("auth.throttled", "Too many attempts to sign in.", retry_after=max(1.0, round(wait, 1)))
