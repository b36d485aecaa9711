"""The queueing formulas that a simulator must reproduce before it is trusted.

Both are the stationary law of a birth and death process, from which Erlang's C (waiting without an end) and the "A" of
Palm, as in Garnett, Mandelbaum and Reiman, "Designing a call center with impatient customers", Manufacturing & Service
Operations Management 4(3), 2002, follow by Little's law and by arrivals that see time averages.
"""

from math import inf
from typing import NamedTuple


class Queue(NamedTuple):
    """In the long run: which part waits at all, which part gives up, and the mean wait of everybody in seconds."""

    delayed: float
    gave_up: float
    wait_s: float


def erlang(*, per_hour: float, work_s: float, places: int, patience_s: float = inf) -> Queue:
    """Poisson arrivals, exponential work, `places` alike; `patience_s` exponential, or none (then it must be stable)."""
    arrival, done, leaving = per_hour / 3600, 1 / work_s, 1 / patience_s
    weight, total, delayed, queued = 1.0, 0.0, 0.0, 0.0
    for present in range(1, 200_000):
        total += weight
        if present > places:
            delayed += weight
            queued += weight * (present - 1 - places)
        weight *= arrival / (min(present, places) * done + max(0, present - places) * leaving)
        if present > places and weight < 1e-15 * total:
            break
    waiting = queued / total
    return Queue(delayed / total, leaving * waiting / arrival, waiting / arrival)
