"""A dry run: who would get such a visitor now, under the rules that hold or under others. Nothing is changed."""

from collections.abc import Mapping

from msgspec import Struct

from frontdesk.auth import Permission, require
from frontdesk.core.subject import Subject
from frontdesk.dispatch.policies import decide
from frontdesk.dispatch.policies.attributes import head_start_s
from frontdesk.dispatch.routing import routing_in, rules_of
from frontdesk.dispatch.table import lay
from frontdesk.dispatch.types import Decision, Facts, Routing, StoredRouting, Waiting
from frontdesk.platform import Platform, Reader
from frontdesk.staff import cards, find_team, require_reach


class Tried(Struct, frozen=True):
    """What would be decided, and how far ahead of its arrival the visitor would stand in the queue."""

    decision: Decision
    head_start_s: int
    names: Mapping[int, str]


async def try_routing(
    platform: Platform,
    subject: Subject,
    team_id: int,
    routing: Routing | None,
    facts: Facts,
    *,
    waited_s: int = 0,
    owner: int | None = None,
) -> Tried:
    """Decide about a visitor who has waited so long, among the team's agents as they are. `routing` None: what holds."""
    require(subject, Permission.TEAM_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def read(reader: Reader) -> Tried:
        team = await find_team(reader, organization_id, team_id)
        await require_reach(reader, subject, team_id)
        stored = await routing_in(reader, organization_id, team_id)
        if routing is not None:
            stored = StoredRouting(team_id, 0, routing)
        laid = await lay(reader, organization_id, team_id, now)
        waiting = Waiting(0, enqueued_at=now - waited_s * 1000, owner=owner, facts=facts)
        rules = await rules_of(reader, organization_id, team, stored)
        decision = decide(waiting, laid.table.agents(), rules, now)
        start = head_start_s(facts, stored.routing)
        known = await cards(reader, organization_id, [one.agent_id for one in decision.candidates])
        return Tried(decision, start, {identity: one.name for identity, one in known.items()})

    return await platform.database.read(organization_id, read)
