"""When a team is open: weeks, holidays and the days on which clocks are changed."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core.errors import FrontdeskError
from frontdesk.staff.hours import (
    Day,
    Holiday,
    Hours,
    Interval,
    checked,
    open_at,
    open_between,
    open_until,
    opens_next,
)

WORKING = (Interval("09:00", "12:00"), Interval("13:30", "18:00"))
WEEKDAYS = (*[WORKING] * 5, (), ())
SHANGHAI = Hours("Asia/Shanghai", WEEKDAYS)
NEVER: tuple[Day, ...] = ((),) * 7


def at(text: str, zone: str = "Asia/Shanghai", fold: int = 0) -> int:
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return round(local.timestamp() * 1000)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2027-03-01T08:59:59.999", False),
        ("2027-03-01T09:00", True),
        ("2027-03-01T11:59:59.999", True),
        ("2027-03-01T12:00", False),
        ("2027-03-05T17:59", True),
        ("2027-03-06T10:00", False),
    ],
)
def test_an_interval_begins_with_its_first_minute_and_ends_before_its_last(
    moment: str, is_open: bool
) -> None:
    assert open_at(SHANGHAI, at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2027-03-01T10:00", "2027-03-01T10:00"),
        ("2027-03-01T12:10", "2027-03-01T13:30"),
        ("2027-03-01T18:00", "2027-03-02T09:00"),
        ("2027-03-05T18:00", "2027-03-08T09:00"),
    ],
)
def test_the_next_opening_is_now_later_today_tomorrow_or_after_the_weekend(moment: str, opens: str) -> None:
    assert opens_next(SHANGHAI, at(moment)) == at(opens)


def test_a_night_shift_is_open_across_midnight() -> None:
    night = Hours("Asia/Shanghai", ((Interval("00:00", "02:00"), Interval("22:00", "24:00")),) * 7)
    assert open_at(night, at("2027-03-01T23:59:59.999"))
    assert open_at(night, at("2027-03-02T00:00"))
    assert not open_at(night, at("2027-03-02T02:00"))


def test_a_holiday_closes_a_working_day_and_opens_a_sunday_in_its_own_intervals() -> None:
    days = [Holiday(f"2027-10-0{day}", "国庆节") for day in range(1, 8)]
    hours = msgspec.structs.replace(
        SHANGHAI, holidays=(*days, Holiday("2027-10-10", "调休", (Interval("10:00", "16:00"),)))
    )
    assert not open_at(hours, at("2027-10-01T10:00"))
    assert opens_next(hours, at("2027-09-30T18:00")) == at("2027-10-08T09:00")
    assert opens_next(hours, at("2027-10-08T18:00")) == at("2027-10-10T10:00")


def test_a_team_without_a_week_opens_on_its_next_holiday_or_never_again() -> None:
    fair = Hours("Asia/Shanghai", NEVER, (Holiday("2028-05-01", "Fair", (Interval("10:00", "11:00"),)),))
    assert opens_next(fair, at("2027-01-01T00:00")) == at("2028-05-01T10:00")
    assert opens_next(fair, at("2028-05-01T11:00")) is None
    assert opens_next(Hours("Asia/Shanghai", NEVER), at("2027-01-01T00:00")) is None


def test_hours_that_the_clock_skips_are_not_open() -> None:
    """In New York 02:00 is followed by 03:00 on 2027-03-14."""
    early = Hours("America/New_York", ((Interval("02:30", "04:00"),),) * 7)
    assert opens_next(early, at("2027-03-14T01:00", "America/New_York")) == at(
        "2027-03-14T03:00", "America/New_York"
    )
    skipped = Hours("America/New_York", ((Interval("02:10", "02:50"),),) * 7)
    assert opens_next(skipped, at("2027-03-14T00:00", "America/New_York")) == at(
        "2027-03-15T02:10", "America/New_York"
    )


def test_hours_that_the_clock_shows_twice_are_open_twice() -> None:
    """In New York 01:59 is followed by 01:00 on 2027-11-07."""
    zone = "America/New_York"
    hours = Hours(zone, ((Interval("00:30", "01:30"),),) * 7)
    assert open_at(hours, at("2027-11-07T01:10", zone))
    assert not open_at(hours, at("2027-11-07T01:40", zone))
    assert opens_next(hours, at("2027-11-07T01:40", zone)) == at("2027-11-07T01:00", zone, fold=1)


def test_the_same_wall_clock_opens_an_hour_earlier_in_summer() -> None:
    hours = Hours("Europe/Berlin", WEEKDAYS)
    winter, summer = at("2027-03-26T20:00", "Europe/Berlin"), at("2027-03-29T00:00", "Europe/Berlin")
    opens = opens_next(hours, winter)
    assert opens == opens_next(hours, summer)
    assert opens == round(datetime(2027, 3, 29, 7, tzinfo=UTC).timestamp() * 1000)


times = st.integers(0, 24 * 12).map(lambda five: f"{five // 12:02}:{five % 12 * 5:02}")
days = st.lists(times, max_size=6, unique=True).map(
    lambda found: tuple(
        Interval(opens, closes)
        for number, (opens, closes) in enumerate(pairwise(sorted(found)))
        if number % 2 == 0
    )
)
zones = st.sampled_from(
    [
        "Asia/Shanghai",
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "Asia/Kolkata",
    ]
)
# The days around every change of a clock in these zones in 2027, and some others.
around = st.sampled_from(
    [
        "2027-03-13",
        "2027-03-27",
        "2027-04-03",
        "2027-04-29",
        "2027-06-01",
        "2027-10-02",
        "2027-10-28",
        "2027-11-06",
    ]
)


@given(st.lists(days, min_size=7, max_size=7), zones, around, st.integers(0, 24 * 60))
def test_the_next_opening_is_the_first_open_minute(
    week: list[Day], zone: str, day: str, minutes: int
) -> None:
    """Against looking at every minute of three days."""
    hours = Hours(zone, tuple(week))
    start = at(f"{day}T00:00", "UTC") + minutes * 60_000
    found = next(
        (moment for moment in range(start, start + 3 * 1440 * 60_000, 60_000) if open_at(hours, moment)), None
    )
    opens = opens_next(hours, start)
    if found is None:
        assert opens is None or opens >= start + timedelta(days=3) // timedelta(milliseconds=1)
    else:
        assert opens == found


HOUR = 3_600_000


@pytest.mark.parametrize(
    ("began", "hours", "due"),
    [
        ("2027-03-01T09:30", 2, "2027-03-01T11:30"),
        ("2027-03-01T11:00", 1, "2027-03-01T12:00"),
        ("2027-03-01T11:30", 1, "2027-03-01T14:00"),
        ("2027-03-01T12:10", 1, "2027-03-01T14:30"),
        ("2027-03-01T17:00", 2, "2027-03-02T10:00"),
        ("2027-03-01T22:00", 1, "2027-03-02T10:00"),
        ("2027-03-05T17:30", 1, "2027-03-08T09:30"),
        ("2027-03-01T09:00", 15, "2027-03-02T18:00"),
        ("2027-03-01T09:00", 0, "2027-03-01T09:00"),
    ],
)
def test_time_runs_only_while_the_team_is_open(began: str, hours: int, due: str) -> None:
    """7.5 hours a day, from Monday to Friday, with a break at noon."""
    until = open_until(SHANGHAI, at(began), hours * HOUR)
    assert until == at(due)
    assert open_between(SHANGHAI, at(began), until or 0) == hours * HOUR


def test_a_holiday_stops_the_time_and_a_worked_sunday_runs_it() -> None:
    closed, worked = Holiday("2027-03-02"), Holiday("2027-03-07", "", (Interval("10:00", "12:00"),))
    hours = msgspec.structs.replace(SHANGHAI, holidays=(closed, worked))
    assert open_until(hours, at("2027-03-01T17:30"), HOUR) == at("2027-03-03T09:30")
    assert open_until(hours, at("2027-03-05T17:30"), HOUR) == at("2027-03-07T10:30")


def test_without_hours_every_moment_counts_and_without_open_days_none_does() -> None:
    assert open_until(None, 1000, HOUR) == 1000 + HOUR
    assert open_between(None, 1000, 5000) == 4000
    assert open_until(Hours("Asia/Shanghai", NEVER), at("2027-03-01T10:00"), HOUR) is None
    assert open_between(Hours("Asia/Shanghai", NEVER), at("2027-03-01T10:00"), at("2027-04-01T10:00")) == 0


def test_a_day_on_which_the_clock_is_changed_has_the_hours_that_it_has() -> None:
    """In New York 2027-03-14 has 23 hours and 2027-11-07 has 25."""
    zone = "America/New_York"
    always = Hours(zone, ((Interval("00:00", "24:00"),),) * 7)
    assert open_between(always, at("2027-03-14T00:00", zone), at("2027-03-15T00:00", zone)) == 23 * HOUR
    assert open_between(always, at("2027-11-07T00:00", zone), at("2027-11-08T00:00", zone)) == 25 * HOUR
    night = Hours(zone, ((Interval("01:00", "04:00"),),) * 7)
    assert open_until(night, at("2027-03-14T01:00", zone), 2 * HOUR) == at("2027-03-14T04:00", zone)
    assert open_until(night, at("2027-11-07T01:00", zone), 2 * HOUR) == at("2027-11-07T02:00", zone)


@given(
    st.lists(days, min_size=7, max_size=7), zones, around, st.integers(0, 24 * 60), st.integers(0, 30 * 60)
)
def test_open_time_is_the_number_of_open_minutes(
    week: list[Day], zone: str, day: str, minutes: int, lasts: int
) -> None:
    """Against looking at every minute; and the moment at which so much is over is the first such."""
    hours = Hours(zone, tuple(week))
    start = at(f"{day}T00:00", "UTC") + minutes * 60_000
    end = start + lasts * 60_000
    counted = sum(60_000 for moment in range(start, end, 60_000) if open_at(hours, moment))
    assert open_between(hours, start, end) == counted
    if counted:
        until = open_until(hours, start, counted)
        assert until is not None
        assert until <= end
        assert open_between(hours, start, until) == counted
        assert open_between(hours, start, until - 60_000) == counted - 60_000


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        (Hours("Asia/Lantern", WEEKDAYS), "staff.time-zone"),
        (Hours("America", WEEKDAYS), "staff.time-zone"),
        (Hours("../../etc/passwd", WEEKDAYS), "staff.time-zone"),
        (Hours("Asia/Shanghai", ((Interval("18:00", "09:00"),), *WEEKDAYS[1:])), "staff.hours"),
        (Hours("Asia/Shanghai", ((Interval("09:00", "09:00"),), *WEEKDAYS[1:])), "staff.hours"),
        (
            Hours("Asia/Shanghai", ((Interval("09:00", "12:00"), Interval("11:00", "13:00")), *WEEKDAYS[1:])),
            "staff.hours",
        ),
        (Hours("Asia/Shanghai", WEEKDAYS, (Holiday("2027-02-30"),)), "staff.holiday-date"),
        (
            Hours("Asia/Shanghai", WEEKDAYS, (Holiday("2027-02-03"), Holiday("2027-02-03"))),
            "staff.holiday-twice",
        ),
    ],
)
def test_hours_that_make_no_sense_are_refused(hours: Hours, code: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        checked(hours)
    assert caught.value.code == code


def test_checked_hours_are_in_order() -> None:
    mixed = Hours(
        "Asia/Shanghai",
        ((WORKING[1], WORKING[0]), *WEEKDAYS[1:]),
        (Holiday("2027-10-02", " 国庆 \n 节 "), Holiday("2027-10-01")),
    )
    good = checked(mixed)
    assert good.week == WEEKDAYS
    assert [(one.date, one.name) for one in good.holidays] == [("2027-10-01", ""), ("2027-10-02", "国庆 节")]
