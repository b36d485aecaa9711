"""Learning from outcomes who should get which conversation, and proving it before it counts. Pure, standard library only.

A team lets chance have a small share of its choices (`policies/exploring.py`). Each such choice with its outcome is a
`Trial`. From the earlier half of the trials estimates are made; on the later half the policy that follows them is judged
against the least busy agent by what really came of it. Only when the whole confidence interval of the difference is above
zero has it earned to be switched on.
"""

from frontdesk.dispatch.learning.fitting import fit
from frontdesk.dispatch.learning.judging import FEWEST, Judgement, judge
from frontdesk.dispatch.learning.off_policy import Value, compare_policies
from frontdesk.dispatch.learning.trials import Outcome, Trial, reward, trial_of

__all__ = [
    "FEWEST",
    "Judgement",
    "Outcome",
    "Trial",
    "Value",
    "compare_policies",
    "fit",
    "judge",
    "reward",
    "trial_of",
]
