"""The order of a queue: overtaking is bounded, and within one head start it is first come, first served."""

from heapq import heappop, heappush
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from frontdesk.dispatch.policies.ageing import LONGEST_HEAD_START_S, turn
from frontdesk.dispatch.policies.attributes import head_start_s
from frontdesk.dispatch.types import AttributeRule, Comparison, Condition, Facts, Routing

GOLD = Condition("page", Comparison.CONTAINS, "gold")
NEVER = -(1 << 62)


class Arrival(Struct, frozen=True):
    number: int
    at: int
    head_start: int
    turn: int


class Line:
    """Who has arrived so far, as the store keeps them."""

    def __init__(self) -> None:
        self._latest: dict[int, int] = {}
        self._count = 0

    def arrive(self, at: int, head_start: int) -> Arrival:
        self._count += 1
        moment = turn(at, head_start, self._latest.get(head_start, NEVER))
        self._latest[head_start] = moment
        return Arrival(self._count, at, head_start, moment)


visits = st.lists(
    st.tuples(st.integers(0, 900_000), st.integers(0, 5), st.booleans()), min_size=2, max_size=40
)


@given(visits, st.integers(0, 360), st.integers(0, LONGEST_HEAD_START_S))
def test_nobody_is_overtaken_by_who_came_later_than_the_longest_head_start(
    gaps: list[tuple[int, int, bool]], per_level: int, rule: int
) -> None:
    routing = Routing(vip_head_start_s=per_level, attributes=(AttributeRule((GOLD,), {}, rule),))
    longest = max(5 * per_level, rule) * 1000
    line, now, seen = Line(), 1_800_000_000_000, list[Arrival]()
    for gap, vip, gold in gaps:
        now += gap
        facts = Facts(vip=vip, page="https://shop.example/gold" if gold else "")
        start = head_start_s(facts, routing)
        assert start * 1000 <= longest <= LONGEST_HEAD_START_S * 1000
        seen.append(line.arrive(now, start))
    # Arrivals of one millisecond are spread over as many: that is all that may come on top.
    slack = len(seen)
    for first, later in ((a, b) for i, a in enumerate(seen) for b in seen[i + 1 :]):
        if later.at - first.at > longest + slack:
            assert first.turn < later.turn
        if first.head_start == later.head_start:
            assert first.turn < later.turn
        if later.head_start == 0:
            assert first.turn < later.turn + slack


def test_a_hundred_thousand_sessions_wait_no_longer_than_their_turn_and_the_bound() -> None:
    """One server, too many VIPs: in the order of service nobody was passed by who came a head start later."""
    chance = Random(24)  # noqa: S311 - the same day each time, and no secret
    bound = 60_000
    line, waiting, now, free_at = Line(), list[tuple[int, int, Arrival]](), 0, 0
    served: list[Arrival] = []
    for _ in range(100_000):
        now += round(chance.expovariate(1 / 30_000))
        arrival = line.arrive(now, chance.choice([0, 0, 0, 20, 40, 60]))
        while waiting and free_at <= now:
            served.append(heappop(waiting)[2])
            free_at = max(free_at, served[-1].at) + round(chance.expovariate(1 / 29_000))
        heappush(waiting, (arrival.turn, arrival.number, arrival))
    served += [heappop(waiting)[2] for _ in range(len(waiting))]
    assert len(served) == 100_000
    newest = 0
    overtaken = 0
    for arrival in served:
        overtaken += arrival.at < newest
        assert newest - arrival.at <= bound
        newest = max(newest, arrival.at)
    assert overtaken > 10_000
