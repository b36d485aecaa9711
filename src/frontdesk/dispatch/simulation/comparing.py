"""Several sets of rules on the same days: their figures, and the differences to the first of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from frontdesk.core.errors import invalid
from frontdesk.dispatch.estimates import Estimates
from frontdesk.dispatch.intervals import Interval, interval
from frontdesk.dispatch.simulation.demand import Visitor, draw
from frontdesk.dispatch.simulation.measures import MEASURES, day_of, measure
from frontdesk.dispatch.simulation.replay import Replay
from frontdesk.dispatch.simulation.scenario import Crew, RuleSet, Scenario
from frontdesk.dispatch.simulation.teaching import teach, usual_ms

Progress = Callable[[int], None]


class Figure(Struct, frozen=True):
    """A figure of one set of rules. `difference` to the first set, day by day; None for the first itself.

    `verdict`: "better" or "worse" than the first when the difference's interval leaves zero out, else "".
    """

    name: str
    unit: str
    value: Interval
    difference: Interval | None = None
    verdict: str = ""


class Compared(Struct, frozen=True):
    """What one set of rules did. `waits`: how many visitors waited how many whole seconds, rounded up."""

    title: str
    figures: Sequence[Figure]
    waits: Mapping[int, int]


class Given(Struct, frozen=True):
    """A day before any rule has a say: who is there, and who will come."""

    crews: Sequence[Crew]
    visitors: Sequence[Visitor]


def simulate(scenario: Scenario, progress: Progress = lambda _done: None) -> Sequence[Compared]:
    """Let every set of rules meet the visitors of every replication."""
    days = (Given(scenario.agents, draw(scenario, number)) for number in range(scenario.replications))
    return compare(
        scenario.rules,
        days,
        estimates=teach(scenario),
        judged=any(crew.rating or crew.passes_on for crew in scenario.agents),
        promise_s=scenario.promise_s,
        warm_up_hours=scenario.warm_up_hours,
        progress=progress,
    )


def compare(
    rules: Sequence[RuleSet],
    days: Iterable[Given],
    *,
    estimates: Estimates | None = None,
    judged: bool = False,
    promise_s: float,
    warm_up_hours: float = 0.0,
    progress: Progress = lambda _done: None,
) -> Sequence[Compared]:
    """Let every set of rules meet the same days. `progress` hears how many are done; `estimates` are for `learned`.

    `judged`: outcomes differ from agent to agent, and what they are worth is told.
    """
    measured: list[list[Mapping[str, float]]] = [[] for _ in rules]
    waits: list[Counter[int]] = [Counter() for _ in rules]
    for done, given in enumerate(days, start=1):
        for which, rule_set in enumerate(rules):
            replay = Replay(given.crews, rule_set, given.visitors, estimates)
            visits = replay.run()
            day = day_of(
                visits,
                replay.desks,
                ended_at=replay.ended_at,
                warm_up_hours=warm_up_hours,
                promise_s=promise_s,
                usual_ms=usual_ms(given.visitors) if judged else 0.0,
            )
            measured[which].append(measure(day))
            waits[which].update(-(-visit.waited_ms // 1000) for visit in day.visits)
        progress(done)
    return [
        Compared(
            rule_set.title, _figures(measured[which], measured[0] if which else None), dict(waits[which])
        )
        for which, rule_set in enumerate(rules)
    ]


def _figures(
    own: Sequence[Mapping[str, float]], first: Sequence[Mapping[str, float]] | None
) -> Sequence[Figure]:
    """A day on which nobody came says nothing about any set of rules, and is left out of all of them."""
    counted = [which for which, figures in enumerate(own) if figures]
    if len(counted) < 2:
        raise invalid(
            "simulation.empty",
            "Almost nobody came: there is nothing to compare.",
            hint="Take more hours, more replications or more visitors an hour.",
        )
    made: list[Figure] = []
    for one in MEASURES:
        if any(one.name not in own[which] for which in counted):
            continue
        value = interval([own[which][one.name] for which in counted])
        if first is None:
            made.append(Figure(one.name, one.unit, value))
            continue
        difference = interval([own[which][one.name] - first[which][one.name] for which in counted])
        made.append(Figure(one.name, one.unit, value, difference, _verdict(difference, one.good)))
    return made


def _verdict(difference: Interval, good: int) -> str:
    if difference.holds_zero or not good:
        return ""
    return "better" if difference.mean * good > 0 else "worse"
