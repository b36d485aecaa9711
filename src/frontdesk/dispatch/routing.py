"""How a team routes: read by dispatch at every decision, changed by who manages teams. Every version is kept."""

from collections.abc import Sequence
from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.errors import conflict
from frontdesk.core.subject import Subject
from frontdesk.dispatch.earning import require_earned_in
from frontdesk.dispatch.overflow_rules import check_overflow
from frontdesk.dispatch.ownership import queue_changed
from frontdesk.dispatch.store import learned, routings
from frontdesk.dispatch.types import Routing, Rules, StoredRouting
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import Team, find_team, require_reach

_KEPT_SHOWN: Final = 50


async def get_routing(platform: Platform, subject: Subject, team_id: int) -> StoredRouting:
    """What holds for this team; the defaults, as version 0, when nothing was ever changed."""
    require(subject, Permission.STAFF_READ)

    async def read(reader: Reader) -> StoredRouting:
        await find_team(reader, subject.organization_id, team_id)
        return await routing_in(reader, subject.organization_id, team_id)

    return await platform.database.read(subject.organization_id, read)


async def routing_history(platform: Platform, subject: Subject, team_id: int) -> Sequence[StoredRouting]:
    """The team's versions, newest first."""
    require(subject, Permission.TEAM_MANAGE)

    async def read(reader: Reader) -> Sequence[StoredRouting]:
        await find_team(reader, subject.organization_id, team_id)
        return await routings.history(reader, subject.organization_id, team_id, limit=_KEPT_SHOWN)

    return await platform.database.read(subject.organization_id, read)


async def set_routing(
    platform: Platform, subject: Subject, team_id: int, routing: Routing, *, based_on: int | None = None
) -> StoredRouting:
    """Replace what holds; it counts for the next decision, also about those who wait already (not for their places).

    Saving what holds makes no new version. With `based_on`, raises `dispatch.routing-changed` when that is not the
    version that holds: somebody else has changed it meanwhile. Raises `dispatch.overflow-…` for chains that lead nowhere,
    or back, and `dispatch.not-earned` when what was learned is switched on without having earned it.
    """
    require(subject, Permission.TEAM_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> StoredRouting:
        team = await find_team(tx, organization_id, team_id)
        await require_reach(tx, subject, team_id)
        before = await routing_in(tx, organization_id, team_id)
        if based_on is not None and based_on != before.version:
            raise conflict(
                "dispatch.routing-changed",
                "Somebody else has changed these rules.",
                hint="Load them again.",
            )
        if before.version and routing == before.routing:
            return before
        await check_overflow(tx, organization_id, team_id, routing)
        if routing.learned and not before.routing.learned:
            await require_earned_in(tx, organization_id, team_id)
        stored = StoredRouting(team_id, before.version + 1, routing, now, subject.id)
        await routings.insert(tx, organization_id, stored)
        facts = {"routing_version": stored.version}
        await record_in(
            platform, tx, subject, Action.TEAM_CHANGED, Target("team", team.id, team.name), **facts
        )
        queue_changed(platform, tx, organization_id, team_id)
        return stored

    return await platform.database.write(organization_id, work)


async def routing_in(reader: Reader, organization_id: int, team_id: int) -> StoredRouting:
    """`get_routing`, for dispatch itself."""
    stored = await routings.current(reader, organization_id, team_id)
    return stored if stored is not None else StoredRouting(team_id, 0, Routing())


async def rules_of(reader: Reader, organization_id: int, team: Team, stored: StoredRouting) -> Rules:
    """The rules by which this team's conversations are placed. What was learned counts while it earns it."""
    routing = stored.routing
    known = await learned.find(reader, organization_id, team.id) if routing.learned else None
    earned = known is not None and known.judgement.earned
    return Rules(
        "learned" if earned else team.policy,
        stored.version,
        routing.requested_wait_s,
        routing.owner_wait_s,
        routing.returning_wait_s,
        routing.attributes,
        routing.relaxations,
        routing.explore_percent / 100,
        known.estimates if known is not None and earned else None,
    )
