"""Moments in words, on the clock of a time zone that is named: whoever reads them may live in another."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from frontdesk.bots.types import ZH
from frontdesk.core.clock import Millis

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_WEEKDAYS: Final = "一二三四五六日"
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def spoken(moment: Millis, time_zone: str, language: str) -> str:
    """As “11月30日（周一）09:00（UTC+8）” and “on Monday, November 30, at 09:00 (UTC+8)”."""
    local = (_EPOCH + timedelta(milliseconds=moment)).astimezone(ZoneInfo(time_zone))
    clock = f"{local:%H:%M}"
    if language == ZH:
        return (
            f"将于{local.month}月{local.day}日（周{_WEEKDAYS[local.weekday()]}）{clock}（{_offset(local)}）"
        )
    day, month = _DAYS[local.weekday()], _MONTHS[local.month - 1]
    return f"on {day}, {month} {local.day}, at {clock} ({_offset(local)})"


def _offset(local: datetime) -> str:
    minutes = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
