"""Several sets of rules on the same days: their figures, and the differences to the first of them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from frontdesk.core.errors import invalid
from frontdesk.dispatch.simulation.demand import Visitor, draw
from frontdesk.dispatch.simulation.intervals import Interval, interval
from frontdesk.dispatch.simulation.measures import MEASURES, Day, day_of, measure
from frontdesk.dispatch.simulation.replay import Replay
from frontdesk.dispatch.simulation.scenario import RuleSet, Scenario


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


def compare(
    scenario: Scenario,
    days: Callable[[Scenario, int], Sequence[Visitor]] = draw,
    progress: Callable[[int], None] = lambda _done: None,
) -> Sequence[Compared]:
    """Let every set of rules meet the visitors of every replication. `progress` hears how many replications are done."""
    measured: list[list[Mapping[str, float]]] = [[] for _ in scenario.rules]
    waits: list[Counter[int]] = [Counter() for _ in scenario.rules]
    for replication in range(scenario.replications):
        visitors = days(scenario, replication)
        for which, rule_set in enumerate(scenario.rules):
            day = _day(scenario, rule_set, visitors)
            measured[which].append(measure(day, scenario))
            waits[which].update(-(-visit.waited_ms // 1000) for visit in day.visits)
        progress(replication + 1)
    return [
        Compared(
            rule_set.title, _figures(measured[which], measured[0] if which else None), dict(waits[which])
        )
        for which, rule_set in enumerate(scenario.rules)
    ]


def _day(scenario: Scenario, rule_set: RuleSet, visitors: Sequence[Visitor]) -> Day:
    replay = Replay(scenario, rule_set, visitors)
    visits = replay.run()
    return day_of(visits, replay.desks, scenario, replay.ended_at)


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
