"""What one simulated day was like, in figures. Visitors who came during the warm-up are not counted."""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Final

from msgspec import Struct

from frontdesk.dispatch.simulation.demand import HOUR_MS
from frontdesk.dispatch.simulation.office import Desk
from frontdesk.dispatch.simulation.replay import Visit
from frontdesk.dispatch.simulation.scenario import Scenario


class Day(Struct, frozen=True):
    """The visits that count, each agent's number of conversations, and which part of the places was taken."""

    visits: Sequence[Visit]
    shares: Sequence[int]
    occupancy: float


class Measure(Struct, frozen=True):
    """A figure with its unit. `good`: 1 when more is better, -1 when less is, 0 when neither."""

    name: str
    unit: str
    good: int
    of: Callable[[Day, Scenario], float]


def day_of(visits: Sequence[Visit], desks: Sequence[Desk], scenario: Scenario, ended_at: int) -> Day:
    """Put aside the warm-up. How full places were and who got how many is counted for the whole day."""
    begin = scenario.warm_up_hours * HOUR_MS
    places = sum(desk.crew.capacity * _present_ms(desk, ended_at) for desk in desks)
    busy = sum(desk.busy_ms for desk in desks)
    return Day(
        [visit for visit in visits if visit.at >= begin],
        [desk.served for desk in desks],
        busy / places if places else 0.0,
    )


def _present_ms(desk: Desk, ended_at: int) -> float:
    if not desk.crew.present:
        return ended_at
    return sum((end - start) * HOUR_MS for start, end in desk.crew.present)


def _wait(day: Day, _scenario: Scenario) -> float:
    return fmean(visit.waited_ms for visit in day.visits) / 1000


def _delayed(day: Day, _scenario: Scenario) -> float:
    return 100 * fmean(visit.waited_ms > 0 for visit in day.visits)


def _prompt(day: Day, scenario: Scenario) -> float:
    promise = scenario.promise_s * 1000
    return 100 * fmean(visit.agent is not None and visit.waited_ms <= promise for visit in day.visits)


def _gave_up(day: Day, _scenario: Scenario) -> float:
    return 100 * fmean(visit.agent is None for visit in day.visits)


def _slowest(day: Day, _scenario: Scenario) -> float:
    """The 95th percentile, by nearest rank."""
    waits = sorted(visit.waited_ms for visit in day.visits)
    return waits[max(0, -(-len(waits) * 95 // 100) - 1)] / 1000


def _handled(day: Day, _scenario: Scenario) -> float:
    served = [visit.handled_ms for visit in day.visits if visit.agent is not None]
    return fmean(served) / 1000 if served else 0.0


def _occupancy(day: Day, _scenario: Scenario) -> float:
    return 100 * day.occupancy


def _fairness(day: Day, _scenario: Scenario) -> float:
    """Jain's index of how many conversations each agent got: 1 when all got the same, 1/n when one got all."""
    total, squares = sum(day.shares), sum(share * share for share in day.shares)
    return total * total / (len(day.shares) * squares) if squares else 1.0


MEASURES: Final = (
    Measure("wait", "s", -1, _wait),
    Measure("wait_p95", "s", -1, _slowest),
    Measure("delayed", "%", -1, _delayed),
    Measure("prompt", "%", 1, _prompt),
    Measure("gave_up", "%", -1, _gave_up),
    Measure("handled", "s", 0, _handled),
    Measure("occupancy", "%", 0, _occupancy),
    Measure("fairness", "", 1, _fairness),
)


def measure(day: Day, scenario: Scenario) -> Mapping[str, float]:
    """Every figure of a day on which somebody came; nothing of one on which nobody did."""
    return {one.name: one.of(day, scenario) for one in MEASURES} if day.visits else {}
