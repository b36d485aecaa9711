"""How long a place in the queue takes: an interval from what was measured lately, or nothing. Pure.

While somebody waits for a team, each of its assignments takes one of the queue, so place k is served with the k-th from
now on. Of many conversations that end independently of each other, those moments are nearly a Poisson process, and k of
them take a time that is Gamma-distributed (W. Whitt, Predicting Queueing Delays, Management Science 45(6), 1999). The
rate is known only from n assignments in a time T: the wait over k·T/n is then F-distributed with 2k and 2n degrees of
freedom, which is the usual prediction interval for such a process. Little data makes it wide by itself. Quantiles of F
are E. Paulson's (Annals of Mathematical Statistics 13, 1942), within some percent.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis

WINDOWS_MS: Final = (20 * 60_000, 60 * 60_000, 180 * 60_000)
"""How far back is looked: the shortest of these in which enough were served."""
LEAST: Final = 8
_DECILE: Final = 1.2816
"""The normal distribution's 90 %: four of five waits lie between the tenth and the ninth tenth."""


class Wait(Struct, frozen=True):
    """A wait that ended, or is not over. `served`: it ended with an agent."""

    began_at: Millis
    ended_at: Millis | None
    served: bool


class Pace(Struct, frozen=True):
    """How many were served in how many seconds in which somebody waited."""

    served: int
    seconds: float


class Estimate(Struct, frozen=True):
    """Seconds: half of the waits are shorter than `likely`, four of five lie between the other two."""

    likely: int
    soonest: int
    latest: int


def pace_of(waits: Sequence[Wait], now: Millis) -> Pace | None:
    """The pace of late; None when too few were served to tell."""
    for window in WINDOWS_MS:
        since = now - window
        served = sum(wait.served and (wait.ended_at or 0) > since for wait in waits)
        if served >= LEAST:
            seconds = _covered(waits, since, now) / 1000
            return Pace(served, seconds) if seconds > 0 else None
    return None


def estimate(position: int, pace: Pace | None) -> Estimate | None:
    """When this position is served, at this pace; None when there is none."""
    if pace is None:
        return None
    mean = position * pace.seconds / pace.served
    low, middle, high = (mean * _f_quantile(position, pace.served, z) for z in (-_DECILE, 0.0, _DECILE))
    return Estimate(max(1, round(middle)), max(0, round(low)), max(1, round(high)))


def _f_quantile(k: int, n: int, z: float) -> float:
    """Of F with 2k and 2n degrees of freedom, where the normal distribution has z."""
    a, b = 1 / (9 * k), 1 / (9 * n)
    spread = sqrt((1 - b) ** 2 * a + (1 - a) ** 2 * b - a * b * z * z)
    root = ((1 - a) * (1 - b) + z * spread) / ((1 - b) ** 2 - b * z * z)
    return max(0.0, root) ** 3


def _covered(waits: Sequence[Wait], since: Millis, now: Millis) -> int:
    """How long anybody waited in this time."""
    total, until = 0, since
    for wait in sorted(waits, key=lambda wait: wait.began_at):
        begins, ends = max(wait.began_at, until), now if wait.ended_at is None else wait.ended_at
        if ends > begins:
            total += ends - begins
            until = ends
    return total
