"""How fast a connection may talk."""

from typing import Final

PASS: Final = 0.0
TOO_MUCH: Final = -1.0


class Bucket:
    """A token bucket that may run into debt: who goes on when told to slow down is found out.

    Every frame costs a token, refused ones too. Below zero frames are refused; a debt of a whole burst is too much.
    """

    __slots__ = ("_at", "_tokens")

    def __init__(self, burst: int, now: float) -> None:
        self._tokens = float(burst)
        self._at = now

    def take(self, now: float, rate: float, burst: int) -> float:
        """`PASS`, the seconds to wait before the next frame passes, or `TOO_MUCH`."""
        tokens = min(burst, self._tokens + (now - self._at) * rate) - 1.0
        self._tokens, self._at = tokens, now
        if tokens >= 0:
            return PASS
        return TOO_MUCH if tokens < -burst else -tokens / rate
