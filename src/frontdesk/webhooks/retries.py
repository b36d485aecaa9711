"""When a delivery that failed is tried again. Pure: the schedule is data, the jitter is made of the delivery's id."""

import zlib
from typing import Final

from frontdesk.core.clock import Millis

SECOND: Final[Millis] = 1_000
MINUTE: Final[Millis] = 60 * SECOND
HOUR: Final[Millis] = 60 * MINUTE
DAY: Final[Millis] = 24 * HOUR
# The pause after the first failure, after the second… Together 23 hours and 42 minutes.
SCHEDULE: Final[tuple[Millis, ...]] = (
    5 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    1 * HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    8 * HOUR,
)
JITTER: Final = 0.2
GIVE_UP_AFTER: Final[Millis] = DAY


def next_attempt(
    delivery_id: int, attempts: int, *, since: Millis, now: Millis, retry_after: Millis | None
) -> Millis | None:
    """When to try again after `attempts` failures, or None: it is given up.

    It is given up when the schedule is through, or when it is a day old already: what stood behind an event that
    failed all day gets one attempt each, so that a conversation is stuck for a day and not for a day an event.
    """
    if attempts > len(SCHEDULE) or now - since >= GIVE_UP_AFTER:
        return None
    pause = SCHEDULE[attempts - 1]
    fraction = zlib.crc32(f"{delivery_id}.{attempts}".encode()) / 0xFFFFFFFF
    planned = now + round(pause * (1 - JITTER + 2 * JITTER * fraction))
    return planned if retry_after is None else max(planned, now + retry_after)
