"""Whether somebody who asks for a human can be reached: the team's hours, who is there, how many wait already."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.core.errors import not_found
from frontdesk.dispatch.store import line
from frontdesk.dispatch.table import people_of_department
from frontdesk.dispatch.types import Onward, Routing, StoredRouting
from frontdesk.platform import Platform, Reader
from frontdesk.settings import Settings
from frontdesk.staff import Status, hours_of, is_anybody, open_at, opens_next

_THERE: Final = frozenset(Status) - {Status.OFFLINE}


class Why(StrEnum):
    """Outside of the team's hours, nobody of it is there, or as many wait as may."""

    CLOSED = "closed"
    NOBODY = "nobody"
    FULL = "full"


class Absence(Struct, frozen=True):
    """Why nobody can be reached now. `opens_at`: when a closed team opens, on the clock of its `time_zone`.

    `instead`: what the visitor is offered instead.
    """

    why: Why
    opens_at: Millis | None = None
    time_zone: str = ""
    instead: Onward = Onward.LEAVE_MESSAGE


async def absence_of(
    platform: Platform, reader: Reader, organization_id: int, team_id: int
) -> Absence | None:
    """Why this team does not answer visitors now: it is closed, or nobody of it is there; None when it does."""
    hours, now = await hours_of(reader, organization_id, team_id), platform.clock.now()
    if hours is not None and not open_at(hours, now):
        return Absence(Why.CLOSED, opens_next(hours, now), hours.time_zone)
    return None if await on_duty(reader, organization_id, team_id) else Absence(Why.NOBODY)


async def is_full(reader: Reader, organization_id: int, holds: StoredRouting, settings: Settings) -> bool:
    """Whether as many wait for the team as its rules allow."""
    most, _ = limits_of(holds.routing, settings)
    return most > 0 and await line.is_as_long_as(reader, organization_id, holds.team_id, most)


def limits_of(routing: Routing, settings: Settings) -> tuple[int, int]:
    """How many may wait, and for how many seconds; 0 is no limit."""
    return (
        settings.max_waiting if routing.max_waiting is None else routing.max_waiting,
        settings.queue_timeout_s if routing.max_wait_s is None else routing.max_wait_s,
    )


async def on_duty(reader: Reader, organization_id: int, team_id: int) -> bool:
    """Whether anybody of this team is there: online, busy or away."""
    return await is_anybody(reader, organization_id, team_id, _THERE)


async def department_on_duty(reader: Reader, organization_id: int, department_id: int) -> bool:
    """Whether anybody of this department is there. Raises `not_found` for one that was removed or is not known here."""
    people = await people_of_department(reader, organization_id, department_id)
    if people is None:
        raise not_found("department")
    return any(one.status in _THERE for one in people)
