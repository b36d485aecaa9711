"""Whether the learned policy has earned to be switched on for a team."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.dispatch.estimates import Estimates
from frontdesk.dispatch.learning.fitting import fit
from frontdesk.dispatch.learning.off_policy import Value, by_estimates, compare_policies, least_busy
from frontdesk.dispatch.learning.trials import Trial

FEWEST: Final = 400
"""With fewer trials nothing is said: half of them teach, the other half judges."""


class Judgement(Struct, frozen=True):
    """`gain`: how much more a conversation is worth by what was learned than with the least busy agent (of 1 at most)."""

    trials: int
    gain: Value | None = None

    @property
    def earned(self) -> bool:
        """Whether all of the interval is above zero."""
        return self.gain is not None and self.gain.doubly_robust.mean > self.gain.doubly_robust.half


def judge(trials: Sequence[Trial]) -> tuple[Judgement, Estimates | None]:
    """Learn from the earlier half, judge by the later one; the estimates are of the earlier half, the judged ones.

    `trials` in the order in which they happened.
    """
    if len(trials) < FEWEST:
        return Judgement(len(trials)), None
    half = len(trials) // 2
    estimates = fit(trials[:half])
    gain = compare_policies(trials[half:], estimates, by_estimates(estimates), least_busy)
    return Judgement(len(trials), gain), estimates
