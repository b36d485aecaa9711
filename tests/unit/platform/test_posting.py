"""What the other side's answer asks for."""

import pytest

from frontdesk.platform.posting import LONGEST_WAIT, parse_retry_after

NOW = 1_800_000_000_000


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120_000),
        (" 0 ", 0),
        ("Fri, 15 Jan 2027 08:00:30 GMT", 30_000),
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
