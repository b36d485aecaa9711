"""What one simulated day was like, in figures. Visitors who came during the warm-up are not counted."""

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Final

from msgspec import Struct

from frontdesk.dispatch.learning.trials import reward
from frontdesk.dispatch.simulation.demand import HOUR_MS
from frontdesk.dispatch.simulation.office import Desk
from frontdesk.dispatch.simulation.replay import Visit


class Day(Struct, frozen=True):
    """The visits that count and what was promised to them; how many conversations each agent got, and which part of
    the places was taken, where that is known. `usual_ms`: how long conversations take as a rule.
    """

    visits: Sequence[Visit]
    promise_s: float
    shares: Sequence[int] = ()
    occupancy: float = 0.0
    usual_ms: float = 0.0


class Measure(Struct, frozen=True):
    """A figure with its unit. `good`: 1 when more is better, -1 when less is, 0 when neither."""

    name: str
    unit: str
    good: int
    of: Callable[[Day], float]


def day_of(
    visits: Sequence[Visit],
    desks: Sequence[Desk],
    *,
    ended_at: int,
    warm_up_hours: float,
    promise_s: float,
    usual_ms: float,
) -> Day:
    """Put aside the warm-up. How full places were and who got how many is counted for the whole day."""
    begin = warm_up_hours * HOUR_MS
    places = sum(desk.crew.capacity * _present_ms(desk, ended_at) for desk in desks)
    busy = sum(desk.busy_ms for desk in desks)
    return Day(
        [visit for visit in visits if visit.at >= begin],
        promise_s,
        [desk.served for desk in desks],
        busy / places if places else 0.0,
        usual_ms,
    )


def _present_ms(desk: Desk, ended_at: int) -> float:
    if not desk.crew.present:
        return ended_at
    return sum((end - start) * HOUR_MS for start, end in desk.crew.present)


def _wait(day: Day) -> float:
    return fmean(visit.waited_ms for visit in day.visits) / 1000


def _delayed(day: Day) -> float:
    return 100 * fmean(visit.waited_ms > 0 for visit in day.visits)


def _prompt(day: Day) -> float:
    promise = day.promise_s * 1000
    return 100 * fmean(visit.agent is not None and visit.waited_ms <= promise for visit in day.visits)


def _gave_up(day: Day) -> float:
    return 100 * fmean(visit.agent is None for visit in day.visits)


def _slowest(day: Day) -> float:
    """The 95th percentile, by nearest rank."""
    waits = sorted(visit.waited_ms for visit in day.visits)
    return waits[max(0, -(-len(waits) * 95 // 100) - 1)] / 1000


def _handled(day: Day) -> float:
    served = [visit.handled_ms for visit in day.visits if visit.agent is not None]
    return fmean(served) / 1000 if served else 0.0


def _occupancy(day: Day) -> float:
    return 100 * day.occupancy


def _fairness(day: Day) -> float:
    """Jain's index of how many conversations each agent got: 1 when all got the same, 1/n when one got all."""
    total, squares = sum(day.shares), sum(share * share for share in day.shares)
    return total * total / (len(day.shares) * squares) if squares else 1.0


def _worth(day: Day) -> float:
    """What the conversations that were served are worth on average, as `learning` counts it: 100 at most."""
    known = [visit.outcome for visit in day.visits if visit.outcome is not None]
    worth = [reward(one, usual_ms=day.usual_ms, usual_rating=0.5) for one in known]
    return 100 * fmean(worth) if worth else 0.0


MEASURES: Final = (
    Measure("wait", "s", -1, _wait),
    Measure("wait_p95", "s", -1, _slowest),
    Measure("delayed", "%", -1, _delayed),
    Measure("prompt", "%", 1, _prompt),
    Measure("gave_up", "%", -1, _gave_up),
    Measure("handled", "s", 0, _handled),
    Measure("occupancy", "%", 0, _occupancy),
    Measure("worth", "%", 1, _worth),
    Measure("fairness", "", 1, _fairness),
)


def measure(day: Day) -> Mapping[str, float]:
    """Every figure of a day on which somebody came; nothing of one on which nobody did.

    What conversations are worth is told where it is known how long they take as a rule.
    """
    told = [one for one in MEASURES if one.of is not _worth or day.usual_ms]
    return {one.name: one.of(day) for one in told} if day.visits else {}


def reality(visits: Sequence[Visit], promise_s: float) -> Mapping[str, float]:
    """The figures of a day that really was: those that follow from its visits alone."""
    day = Day(visits, promise_s)
    return {one.name: one.of(day) for one in MEASURES if one.of not in {_occupancy, _fairness, _worth}}
