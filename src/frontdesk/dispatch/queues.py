"""The queues that somebody follows: who waits, what limits them, when the team is open, what a newcomer would be told."""

from msgspec import Struct

from frontdesk.auth import Permission, require
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.dispatch.reach import Absence, absence_of, limits_of
from frontdesk.dispatch.rights import require_agent
from frontdesk.dispatch.routing import routing_in
from frontdesk.dispatch.store import line, queue
from frontdesk.dispatch.types import QueuePosition
from frontdesk.dispatch.waiting import pace_of_team, stand
from frontdesk.platform import Platform, Reader
from frontdesk.settings import get as get_settings
from frontdesk.staff import Team, teams_watched_by


class Queue(Struct, frozen=True):
    """One team's queue. `callbacks`: those of `waiting` who have gone. Limits of 0 are none.

    `next` is what somebody would be told who came now; `absence` why nobody could.
    """

    team: Team
    waiting: int
    callbacks: int
    oldest: Millis | None
    max_waiting: int
    max_wait_s: int
    next: QueuePosition
    absence: Absence | None


async def list_queues(platform: Platform, subject: Subject) -> list[Queue]:
    """The queues of the teams that this agent follows."""
    require_agent(subject)
    require(subject, Permission.STAFF_READ)
    organization_id = subject.organization_id
    settings = await get_settings(platform, organization_id)

    async def read(reader: Reader) -> list[Queue]:
        counts = await line.count_waiting(reader, organization_id)
        callbacks = await queue.count_callbacks(reader, organization_id)
        queues: list[Queue] = []
        for team in await teams_watched_by(reader, subject):
            routing = (await routing_in(reader, organization_id, team.id)).routing
            waiting, oldest = counts.get(team.id, (0, None))
            max_waiting, max_wait_s = limits_of(routing, settings)
            pace = await pace_of_team(platform, reader, organization_id, team.id)
            queues.append(
                Queue(
                    team,
                    waiting,
                    callbacks.get(team.id, 0),
                    oldest,
                    max_waiting,
                    max_wait_s,
                    stand(waiting + 1, pace),
                    await absence_of(platform, reader, organization_id, team.id),
                )
            )
        return queues

    return await platform.database.read(organization_id, read)
