"""What another policy would have been worth, from the log of one that left a known share to chance.

*Inverse propensity*: where chance chose as the other policy would have, the outcome counts, divided by the probability
that it had (Horvitz and Thompson 1952): right on average, and far from it with few trials. *Doubly robust*: what a model
expects of the other policy's choice, corrected by the same weights where the log knows better; right if either of the two
is, and with less variance (Dudík, Langford, Li: Doubly Robust Policy Evaluation and Learning, ICML 2011). The model must
not have seen the trials that it is judged by.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from frontdesk.dispatch.estimates import Estimates
from frontdesk.dispatch.intervals import Interval, interval
from frontdesk.dispatch.learning.trials import Trial

Target = Callable[[Trial], Mapping[int, float]]
"""A policy: the probability with which it would choose each of those who could have it."""


class Value(Struct, frozen=True):
    """What a policy is worth more than another for one conversation, by both estimators, and how many trials were like it."""

    doubly_robust: Interval
    inverse_propensity: Interval
    alike: int


def compare_policies(trials: Sequence[Trial], estimates: Estimates, one: Target, other: Target) -> Value:
    """`one` less `other`, trial by trial: both meet the same conversations. Of at least two trials."""
    robust, inverse, alike = list[float](), list[float](), 0
    for trial in trials:
        known = {agent: estimates.of(agent, trial.kind, free) for agent, free in trial.free.items()}
        first, second = one(trial), other(trial)
        weight = (first.get(trial.chosen, 0.0) - second.get(trial.chosen, 0.0)) / trial.chances[trial.chosen]
        modelled = sum(
            (first.get(agent, 0.0) - second.get(agent, 0.0)) * value for agent, value in known.items()
        )
        robust.append(modelled + weight * (trial.reward - known[trial.chosen]))
        inverse.append(weight * trial.reward)
        alike += first.get(trial.chosen, 0.0) > 0
    return Value(interval(robust), interval(inverse), alike)


def least_busy(trial: Trial) -> Mapping[int, float]:
    """Of those with the largest free share each is as likely: who of them was idle for longest, trials do not tell."""
    most = max(trial.free.values())
    best = [agent for agent, free in trial.free.items() if free == most]
    return {agent: 1 / len(best) for agent in best}


def by_estimates(estimates: Estimates) -> Target:
    """As `policies/learned.py` chooses."""

    def choose(trial: Trial) -> Mapping[int, float]:
        def worth(agent: int) -> tuple[float, float, int]:
            free = trial.free[agent]
            return round(estimates.of(agent, trial.kind, free), 4), free, -agent

        return {max(trial.free, key=worth): 1.0}

    return choose
