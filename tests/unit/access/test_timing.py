"""The wheel of deadlines and the bucket of tokens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.access.rate import PASS, TOO_MUCH, Bucket
from frontdesk.access.timers import GRAIN, Wheel


class Alarm:
    """Rings at its deadline; may be given another one at any time."""

    def __init__(self, deadline: float) -> None:
        self.turn = 0
        self.deadline = deadline
        self.rung: list[float] = []

    def due(self, now: float) -> float | None:
        if now < self.deadline:
            return self.deadline
        self.rung.append(now)
        return None


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@settings(deadline=None)
@given(st.lists(st.floats(min_value=0, max_value=100), min_size=1, max_size=20), st.floats(0.1, 7))
def test_every_deadline_is_met_once_and_never_early(delays: list[float], step: float) -> None:
    hand = Hand()
    wheel = Wheel(hand)
    alarms = [Alarm(hand.now + delay) for delay in delays]
    for alarm in alarms:
        wheel.schedule(alarm, alarm.deadline)
    while hand.now < 1_102:
        hand.now += step
        wheel.advance()
    for alarm in alarms:
        (rung,) = alarm.rung
        assert alarm.deadline <= rung <= alarm.deadline + GRAIN + step


def test_a_later_deadline_costs_nothing_and_an_earlier_one_is_kept() -> None:
    hand = Hand()
    wheel = Wheel(hand)
    alarm = Alarm(hand.now + 10)
    wheel.schedule(alarm, alarm.deadline)
    alarm.deadline = hand.now + 20
    hand.now += 11
    wheel.advance()
    assert alarm.rung == []
    alarm.deadline = hand.now + 2
    wheel.schedule(alarm, alarm.deadline)
    hand.now += 3
    wheel.advance()
    hand.now += 30
    wheel.advance()
    assert len(alarm.rung) == 1


@pytest.mark.parametrize("burst", [1, 5, 60])
def test_a_burst_passes_then_frames_are_refused_then_it_is_too_much(burst: int) -> None:
    bucket = Bucket(burst, 0.0)
    outcomes = [bucket.take(0.0, 10, burst) for _ in range(2 * burst + 1)]
    assert outcomes[:burst] == [PASS] * burst
    assert all(wait > 0 for wait in outcomes[burst : 2 * burst])
    assert outcomes[-1] == TOO_MUCH


@given(st.floats(0.5, 100), st.integers(1, 100))
def test_who_waits_as_told_may_talk(rate: float, burst: int) -> None:
    bucket = Bucket(burst, 0.0)
    wait = PASS
    while wait == PASS:
        wait = bucket.take(0.0, rate, burst)
    if wait != TOO_MUCH:
        assert bucket.take(wait + 1 / rate + 1e-6, rate, burst) == PASS


@given(st.floats(1, 50), st.integers(1, 50))
def test_on_average_no_more_than_the_rate_passes(rate: float, burst: int) -> None:
    bucket = Bucket(burst, 0.0)
    passed = sum(bucket.take(turn * 0.5 / rate, rate, burst) == PASS for turn in range(400))
    assert passed <= burst + 200 + 1
