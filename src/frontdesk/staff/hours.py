"""When a team is open: a week on the clock of its own time zone, with holidays. Pure: the moment is given.

The clock on the wall decides. On the day on which it is put forward, hours that it skips are not open; on the day on
which it is put back, hours that it shows twice are open twice.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Annotated, Final
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Meta, Struct, structs

from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.core.text import clean_line

MAX_HOLIDAYS: Final = 200
MAX_HOLIDAY_NAME: Final = 60
HORIZON: Final = 366
"""How many days ahead open time is looked for."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_MILLISECOND: Final = timedelta(milliseconds=1)


class Interval(Struct, frozen=True, forbid_unknown_fields=True):
    """From `opens` until just before `closes`. What goes on past midnight is two intervals, one ending at 24:00."""

    opens: Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]
    closes: Annotated[str, Meta(pattern="^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", max_length=5)]


Day = Annotated[tuple[Interval, ...], Meta(max_length=6)]


class Holiday(Struct, frozen=True, forbid_unknown_fields=True):
    """A date on which the week does not count: closed, or open in its own intervals."""

    date: Annotated[str, Meta(pattern="^2[0-9]{3}-[0-9]{2}-[0-9]{2}$", max_length=10)]
    name: Annotated[str, Meta(max_length=MAX_HOLIDAY_NAME)] = ""
    intervals: Day = ()


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """`week` has seven days, Monday first. `time_zone` is a name of the IANA's, as Asia/Shanghai."""

    time_zone: Annotated[str, Meta(min_length=1, max_length=64)]
    week: Annotated[tuple[Day, ...], Meta(min_length=7, max_length=7)]
    holidays: Annotated[tuple[Holiday, ...], Meta(max_length=MAX_HOLIDAYS)] = ()


def open_at(hours: Hours, moment: Millis) -> bool:
    """Whether the team is open at this moment."""
    local = (_EPOCH + moment * _MILLISECOND).astimezone(ZoneInfo(hours.time_zone))
    now = f"{local:%H:%M}"
    return any(each.opens <= now < each.closes for each in _intervals(hours, local.date()))


def opens_next(hours: Hours, moment: Millis) -> Millis | None:
    """The first moment from this one on at which the team is open; None when it never is again."""
    if open_at(hours, moment):
        return moment
    zone = ZoneInfo(hours.time_zone)
    today = (_EPOCH + moment * _MILLISECOND).astimezone(zone).date()
    for day in _days_from(hours, today):
        found = [turn for turn in _turns(hours, zone, day) if turn > moment and open_at(hours, turn)]
        if found:
            return min(found)
    return None


def open_until(hours: Hours | None, began: Millis, span: Millis) -> Millis | None:
    """When the team will have been open for so long since then, which is when a promise made then is due.

    Without hours every moment counts. None: not within a year.
    """
    if hours is None:
        return began + span
    for opens, closes in _open_spans(hours, began):
        if closes - opens >= span:
            return opens + span
        span -= closes - opens
    return None


def open_between(hours: Hours | None, began: Millis, ended: Millis) -> Millis:
    """For how long the team was open between two moments, at most a year apart."""
    if hours is None:
        return max(0, ended - began)
    total = 0
    for opens, closes in _open_spans(hours, began):
        if opens >= ended:
            break
        total += min(closes, ended) - opens
    return total


def checked(hours: Hours) -> Hours:
    """In order, with clean names. Raises an `invalid` error for what makes no sense."""
    if hours.time_zone not in _zones():
        raise invalid(
            "staff.time-zone", "There is no such time zone.", hint="Use a name such as Asia/Shanghai."
        )
    holidays = sorted((_checked_holiday(one) for one in hours.holidays), key=lambda one: one.date)
    if len({one.date for one in holidays}) < len(holidays):
        raise invalid("staff.holiday-twice", "A holiday is listed twice.", hint="List each date once.")
    week = tuple(_checked_day(day) for day in hours.week)
    return structs.replace(hours, week=week, holidays=tuple(holidays))


def _checked_holiday(holiday: Holiday) -> Holiday:
    try:
        date.fromisoformat(holiday.date)
    except ValueError:
        raise invalid(
            "staff.holiday-date", f"{holiday.date} is no date.", hint="Write it as 2027-02-06."
        ) from None
    name = clean_line(holiday.name, field="holiday", limit=MAX_HOLIDAY_NAME)
    return structs.replace(holiday, name=name, intervals=_checked_day(holiday.intervals))


def _checked_day(day: tuple[Interval, ...]) -> tuple[Interval, ...]:
    ordered = tuple(sorted(day, key=lambda each: each.opens))
    if any(each.opens >= each.closes for each in ordered):
        raise _wrong("A team closes after it has opened.", "Past midnight is an interval of the next day.")
    if any(later.opens < former.closes for former, later in pairwise(ordered)):
        raise _wrong("Intervals of a day overlap.", "Join them into one.")
    return ordered


def _wrong(sentence: str, hint: str) -> FrontdeskError:
    return invalid("staff.hours", sentence, hint=hint)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _intervals(hours: Hours, day: date) -> tuple[Interval, ...]:
    text = day.isoformat()
    own = next((holiday for holiday in hours.holidays if holiday.date == text), None)
    return hours.week[day.weekday()] if own is None else own.intervals


def _days_from(hours: Hours, first: date) -> Iterator[date]:
    """The days that can be the next open one: a week and as many days as holidays may close, then later holidays."""
    soon = 8 + len(hours.holidays)
    for number in range(soon):
        yield first + number * _DAY
    later = (date.fromisoformat(holiday.date) for holiday in hours.holidays if holiday.intervals)
    yield from sorted(day for day in later if day >= first + soon * _DAY)


def _open_spans(hours: Hours, first: Millis) -> Iterator[tuple[Millis, Millis]]:
    """The spans of open time from a moment on, for as many days as are looked ahead. One may begin where one ends."""
    zone = ZoneInfo(hours.time_zone)
    today = (_EPOCH + first * _MILLISECOND).astimezone(zone).date()
    before = first
    for day in (today + number * _DAY for number in range(HORIZON)):
        midnight = _moment(day + _DAY, time(), zone)
        turns = {*_turns(hours, zone, day), midnight} if _intervals(hours, day) else {midnight}
        for turn in sorted(turns):
            if turn <= before:
                continue
            if open_at(hours, before):
                yield before, turn
            before = turn


def _turns(hours: Hours, zone: ZoneInfo, day: date) -> Iterator[Millis]:
    """The moments of a day at which it can open or close: the ends of its intervals, and where the clock is changed."""
    for interval in _intervals(hours, day):
        for clock in (interval.opens, interval.closes):
            if clock == "24:00":
                continue  # midnight: the next day says what follows
            for fold in (0, 1):
                yield _moment(day, time.fromisoformat(clock).replace(fold=fold), zone)
    before, after = _moment(day, time(), zone), _moment(day + _DAY, time(), zone)
    if _offset(before, zone) != _offset(after, zone):
        changed = _offset(after, zone)
        while after - before > 1:
            middle = (before + after) // 2
            before, after = (before, middle) if _offset(middle, zone) == changed else (middle, after)
        yield after


def _moment(day: date, clock: time, zone: ZoneInfo) -> Millis:
    return (datetime.combine(day, clock, zone) - _EPOCH) // _MILLISECOND


def _offset(moment: Millis, zone: ZoneInfo) -> timedelta | None:
    return (_EPOCH + moment * _MILLISECOND).astimezone(zone).utcoffset()
