"""Estimates of a wait: none without data, honest with some."""

from random import Random
from statistics import fmean

import pytest

from frontdesk.dispatch.pace import LEAST, Estimate, Pace, Wait, estimate, pace_of

NOW = 1_800_000_000_000
MINUTE = 60_000


def served(count: int, *, every_s: float, until: int = NOW) -> list[Wait]:
    """One after the other was served, and somebody waited all the time."""
    step = round(every_s * 1000)
    return [Wait(until - (each + 1) * step, until - each * step, served=True) for each in range(count)]


def test_too_few_tell_nothing() -> None:
    assert pace_of([], NOW) is None
    assert pace_of(served(LEAST - 1, every_s=30), NOW) is None
    assert estimate(1, None) is None


def test_only_time_in_which_somebody_waited_counts() -> None:
    busy = served(10, every_s=60, until=NOW - 5 * MINUTE)
    assert pace_of(busy, NOW) == Pace(10, 600)
    idle_between = [*served(5, every_s=60), *served(5, every_s=60, until=NOW - 10 * MINUTE)]
    assert pace_of(idle_between, NOW) == Pace(10, 600)


def test_waits_side_by_side_are_not_counted_twice() -> None:
    together = [Wait(NOW - 10 * MINUTE, NOW - each * MINUTE, served=True) for each in range(8)]
    assert pace_of(together, NOW) == Pace(8, 600)


def test_who_left_was_not_served_but_waited() -> None:
    left = Wait(NOW - 20 * MINUTE, NOW - 8 * MINUTE, served=False)
    assert pace_of([*served(8, every_s=60), left], NOW) == Pace(8, 20 * 60)


def test_who_waits_now_counts_as_time_in_which_nobody_was_served() -> None:
    stuck = [*served(8, every_s=30, until=NOW - 10 * MINUTE), Wait(NOW - 14 * MINUTE, None, served=False)]
    pace = pace_of(stuck, NOW)
    assert pace == Pace(8, 14 * 60)


def test_the_newest_minutes_count_where_they_tell_enough() -> None:
    slower_now = [*served(10, every_s=100), *served(100, every_s=10, until=NOW - 20 * MINUTE)]
    assert pace_of(slower_now, NOW) == Pace(10, 1000)
    quiet_now = served(20, every_s=60, until=NOW - 40 * MINUTE)
    assert pace_of(quiet_now, NOW) == Pace(19, 20 * 60) or pace_of(quiet_now, NOW) == Pace(20, 20 * 60)


def test_more_data_makes_it_narrower_and_a_later_place_later() -> None:
    little, much = estimate(5, Pace(8, 480)), estimate(5, Pace(200, 12_000))
    assert little is not None
    assert much is not None
    assert little.latest - little.soonest > much.latest - much.soonest
    assert much.soonest < much.likely < much.latest
    later = estimate(6, Pace(200, 12_000))
    assert later is not None
    assert later.likely > much.likely


@pytest.mark.parametrize("position", [1, 2, 5, 20, 100])
@pytest.mark.parametrize("seen", [8, 30, 200])
def test_four_of_five_waits_lie_within_the_interval(position: int, seen: int) -> None:
    """A rate that nobody knows, measured over `seen` assignments, then the wait of a place."""
    chance = Random(position * 1000 + seen)  # noqa: S311 - the same draws each time, and no secret
    inside, shorter = 0, 0
    for _ in range(3000):
        rate = 10 ** chance.uniform(-3, -1.3)
        told = estimate(position, Pace(seen, chance.gammavariate(seen, 1 / rate)))
        assert told is not None
        wait = chance.gammavariate(position, 1 / rate)
        inside += told.soonest - 0.5 <= wait <= told.latest + 0.5
        shorter += wait <= told.likely
    assert 0.77 <= inside / 3000 <= 0.84
    assert 0.46 <= shorter / 3000 <= 0.54


def test_it_is_right_for_agents_who_serve_several_at_once() -> None:
    """Ten places with conversations of five minutes on average: the mean wait of place k is k times half a minute."""
    told = estimate(10, Pace(60, 60 * 30.0))
    assert told is not None
    assert told.likely == pytest.approx(300, rel=0.05)
    assert fmean((told.soonest, told.latest)) == pytest.approx(300, rel=0.15)
    assert told == Estimate(told.likely, told.soonest, told.latest)
