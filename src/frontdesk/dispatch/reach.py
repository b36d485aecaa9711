"""Whether somebody who asks for a human can be reached: the team's hours, who is there, how many wait already."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.core.errors import not_found
from frontdesk.dispatch.routing import routing_in
from frontdesk.dispatch.store import queue
from frontdesk.dispatch.table import people_of, people_of_department
from frontdesk.dispatch.types import Onward, Routing
from frontdesk.platform import Platform, Reader
from frontdesk.settings import Settings
from frontdesk.staff import Member, Status, hours_of, open_at, opens_next


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


async def is_full(reader: Reader, organization_id: int, team_id: int, settings: Settings) -> bool:
    """Whether as many wait for this team as may."""
    most, _ = limits_of((await routing_in(reader, organization_id, team_id)).routing, settings)
    waiting, _ = (await queue.count_waiting(reader, organization_id)).get(team_id, (0, 0))
    return 0 < most <= waiting


def limits_of(routing: Routing, settings: Settings) -> tuple[int, int]:
    """How many may wait, and for how many seconds; 0 is no limit."""
    return (
        settings.max_waiting if routing.max_waiting is None else routing.max_waiting,
        settings.queue_timeout_s if routing.max_wait_s is None else routing.max_wait_s,
    )


async def on_duty(reader: Reader, organization_id: int, team_id: int) -> bool:
    """Whether anybody of this team is there: online, busy or away."""
    return _anybody(await people_of(reader, organization_id, team_id))


async def department_on_duty(reader: Reader, organization_id: int, department_id: int) -> bool:
    """Whether anybody of this department is there. Raises `not_found` for one that was removed or is not known here."""
    people = await people_of_department(reader, organization_id, department_id)
    if people is None:
        raise not_found("department")
    return _anybody(people)


def _anybody(members: Sequence[Member]) -> bool:
    return any(member.status is not Status.OFFLINE for member in members)
