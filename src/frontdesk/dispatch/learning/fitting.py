"""From trials to estimates: means that are drawn towards zero where little is known, part after part of what is left.

Effects of agents, of free places and of pairs of agent and kind are added up (backfitting: Friedman and Stuetzle 1981).
Each is a mean of what the others leave unexplained, with `DOUBT` imagined trials of no effect among the real ones; an
agent of few conversations is therefore taken to be like everybody.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Final

from frontdesk.dispatch.estimates import STEPS, Estimates, pair, step
from frontdesk.dispatch.learning.trials import Trial

Part = Callable[[Trial], str]
"""What of a trial something may depend on."""
DOUBT: Final = 10
ROUNDS: Final = 4


def fit(trials: Sequence[Trial]) -> Estimates:
    """Of at least one trial."""
    mean = fmean(trial.reward for trial in trials)
    parts: dict[Part, dict[str, float]] = {part: {} for part in (_agent, _step, _pair)}
    for _ in range(ROUNDS):
        for part in parts:
            others = [(one, effects) for one, effects in parts.items() if one is not part]
            parts[part] = _effects(trials, part, mean, others)
    free = parts[_step]
    return Estimates(
        mean, parts[_agent], parts[_pair], tuple(free.get(str(which), 0.0) for which in range(STEPS))
    )


def _effects(
    trials: Sequence[Trial], part: Part, mean: float, others: Sequence[tuple[Part, Mapping[str, float]]]
) -> dict[str, float]:
    """What this part adds, by its key: the mean of what neither `mean` nor the others explain, with doubt."""
    sums: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    for trial in trials:
        expected = mean + sum(effects.get(other(trial), 0.0) for other, effects in others)
        sums[part(trial)] += trial.reward - expected
        counts[part(trial)] += 1
    return {key: total / (counts[key] + DOUBT) for key, total in sums.items()}


def _agent(trial: Trial) -> str:
    return str(trial.chosen)


def _pair(trial: Trial) -> str:
    return pair(trial.chosen, trial.kind)


def _step(trial: Trial) -> str:
    return str(step(trial.free[trial.chosen]))
