"""What a team promises, changed by who manages it; and how a conversation stands."""

from msgspec import Struct

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.conversations import end_of_log, get_readable
from frontdesk.core.subject import Subject
from frontdesk.dispatch.rights import require_agent
from frontdesk.dispatch.service_levels.types import Clock, Result, ServiceLevel
from frontdesk.dispatch.store import service_levels as rows
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import STAFF_CHANGED, StaffChanged, find_team, require_reach


class Measured(Struct, frozen=True):
    """What is counted for a conversation now, and what became of what was promised before."""

    clock: Clock
    results: list[Result]


async def get_service_level(platform: Platform, subject: Subject, team_id: int) -> ServiceLevel:
    """What this team promises; nothing, when nobody has said anything."""
    require(subject, Permission.STAFF_READ)

    async def read(reader: Reader) -> ServiceLevel:
        await find_team(reader, subject.organization_id, team_id)
        known = await rows.promised(reader, subject.organization_id, team_id)
        return ServiceLevel() if known is None else known.level

    return await platform.database.read(subject.organization_id, read)


async def set_service_level(
    platform: Platform, subject: Subject, team_id: int, level: ServiceLevel
) -> ServiceLevel:
    """Replace what this team promises. It counts at once, also for what is being counted.

    What ended before the team promised anything is not judged.
    """
    require(subject, Permission.TEAM_MANAGE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> ServiceLevel:
        team = await find_team(tx, organization_id, team_id)
        await require_reach(tx, subject, team_id)
        if level.is_empty:
            await rows.promise_nothing(tx, organization_id, team_id)
        else:
            await rows.begin(tx, await end_of_log(platform, tx))
            await rows.promise(tx, organization_id, team_id, level, platform.clock.now())
        target = Target("team", team.id, team.name)
        await record_in(platform, tx, subject, Action.TEAM_CHANGED, target, fields=["service_level"])
        event = StaffChanged(organization_id, "teams")
        tx.after_commit(lambda: STAFF_CHANGED.publish(platform.bus, event))
        return level

    return await platform.database.write(organization_id, work)


async def measured(platform: Platform, subject: Subject, conversation_id: int) -> Measured:
    """How a conversation that the asking agent may read stands, and stood."""
    require_agent(subject)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Measured:
        await get_readable(reader, subject, conversation_id)
        known = await rows.clocks(reader, organization_id, [conversation_id])
        clock = known.get(conversation_id, Clock(conversation_id, organization_id))
        return Measured(clock, await rows.results(reader, organization_id, conversation_id))

    return await platform.database.read(organization_id, read)
