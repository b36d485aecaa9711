"""Who arrives, drawn from a scenario: everything about a visitor is settled before any rule has a say.

That is what makes two sets of rules comparable with few replications: both meet the same people on the same day.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from frontdesk.core.chance import Chance
from frontdesk.core.clock import Millis
from frontdesk.dispatch.simulation.scenario import Kind, Scenario, Shape, Span
from frontdesk.dispatch.types import Facts

HOUR_MS = 3_600_000


class Visitor(Struct, frozen=True):
    """One arrival. `patience_ms` None: waits for ever. `work_ms`: what it takes an agent of speed 1 who does nothing else.

    `served_by`: the number of the agent who served this one last. `mood` and `luck`, from 0 to 1, settle what rating
    this one gives whom, and whether it is passed on: the same in front of every set of rules.
    """

    at: Millis
    work_ms: int
    patience_ms: int | None = None
    facts: Facts = Facts()
    served_by: int | None = None
    mood: float = 0.5
    luck: float = 0.5


def draw(scenario: Scenario, replication: int) -> Sequence[Visitor]:
    """The visitors of one replication, in the order of their arrival.

    Every question has a stream of its own, so that changing the patience leaves the arrivals as they were.
    """
    name = (scenario.seed, replication)
    kinds = scenario.arrivals.kinds
    shares = [kind.share for kind in kinds]
    which, patience, work, known, mood, luck = (
        Chance(*name, topic) for topic in ("kind", "patience", "work", "known", "mood", "luck")
    )
    agents = sum(crew.count for crew in scenario.agents)
    visitors: list[Visitor] = []
    for at in _arrivals(scenario, Chance(*name, "arrivals")):
        kind = kinds[which.one_of(shares)]
        returns, served_by = known.share() < kind.returning, 1 + known.below(agents)
        visitors.append(
            Visitor(
                at,
                _length(kind.work or scenario.arrivals.work, work),
                _patience(kind, scenario.arrivals.patience, patience),
                kind.facts(),
                served_by if returns else None,
                mood.share(),
                luck.share(),
            )
        )
    return visitors


def _arrivals(scenario: Scenario, chance: Chance) -> Iterator[Millis]:
    """A Poisson process whose rate may change from hour to hour. Having no memory, it may begin anew with each hour."""
    rates = scenario.arrivals.rates()
    hour, at = 0, 0.0
    while hour < scenario.hours:
        end, rate = min(hour + 1.0, scenario.hours), rates[hour % len(rates)]
        at = float(hour)
        while rate and (at := at + chance.exponential(1 / rate)) < end:
            yield int(at * HOUR_MS)
        hour += 1


def _patience(kind: Kind, usual: Span | None, chance: Chance) -> int | None:
    span = kind.patience or usual
    return None if span is None else _length(span, chance)


def _length(span: Span, chance: Chance) -> int:
    """In milliseconds, at least one."""
    if span.shape is Shape.FIXED:
        seconds = span.mean_s
    elif span.shape is Shape.LOGNORMAL and span.deviation_s is not None:
        seconds = chance.lognormal(span.mean_s, span.deviation_s)
    else:
        seconds = chance.exponential(span.mean_s)
    return max(1, round(seconds * 1000))
