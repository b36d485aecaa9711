"""When a delivery is tried again: the schedule, its jitter, what a receiver asks for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.webhooks.retries import (
    DAY,
    HOUR,
    JITTER,
    LONGEST_WAIT,
    MINUTE,
    SCHEDULE,
    SECOND,
    next_attempt,
    parse_retry_after,
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


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 2 * MINUTE),
        (" 0 ", 0),
        ("Fri, 15 Jan 2027 08:00:30 GMT", 30 * SECOND),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0),
        ("Fri, 15 Jan 2100 08:00:00 GMT", LONGEST_WAIT),
        ("99999999999999999999999999", LONGEST_WAIT),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("٣", None),
        ("Fri, 99 Jan 2027 08:00:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_at_most_a_day(value: str, expected: int | None) -> None:
    assert parse_retry_after(value, NOW) == expected
