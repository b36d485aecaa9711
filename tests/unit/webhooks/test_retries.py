"""When a delivery is tried again: the schedule and its jitter."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.webhooks.retries import (
    DAY,
    HOUR,
    JITTER,
    SCHEDULE,
    SECOND,
    next_attempt,
)

NOW = 1_800_000_000_000


def test_the_schedule_fills_about_a_day_and_only_grows() -> None:
    assert 23 * HOUR < sum(SCHEDULE) < DAY
    assert all(one <= other for one, other in pairwise(SCHEDULE))


@given(st.integers(1, 1 << 62), st.integers(1, len(SCHEDULE)))
def test_a_pause_is_the_schedules_give_or_take_a_fifth(delivery: int, attempts: int) -> None:
    planned = next_attempt(delivery, attempts, since=NOW, now=NOW, retry_after=None)
    assert planned is not None
    assert abs((planned - NOW) / SCHEDULE[attempts - 1] - 1) <= JITTER + 0.001


def test_deliveries_that_failed_together_do_not_come_back_together() -> None:
    planned = {next_attempt(one, 1, since=NOW, now=NOW, retry_after=None) for one in range(200)}
    assert len(planned) > 150


def test_after_the_last_pause_it_is_given_up() -> None:
    last = len(SCHEDULE)
    assert next_attempt(1, last, since=NOW, now=NOW, retry_after=None) is not None
    assert next_attempt(1, last + 1, since=NOW, now=NOW, retry_after=None) is None


def test_what_has_waited_for_a_day_gets_one_attempt() -> None:
    assert next_attempt(1, 1, since=NOW - DAY, now=NOW, retry_after=None) is None
    assert next_attempt(1, 1, since=NOW - DAY + 1, now=NOW, retry_after=None) is not None


def test_a_receiver_may_ask_for_a_longer_pause_and_not_for_a_shorter_one() -> None:
    assert next_attempt(1, 1, since=NOW, now=NOW, retry_after=HOUR) == NOW + HOUR
    sooner = next_attempt(1, 4, since=NOW, now=NOW, retry_after=SECOND)
    assert sooner == next_attempt(1, 4, since=NOW, now=NOW, retry_after=None)
