"""What if last week had been routed by other rules? Recorded visitors, played again before anything is published."""

import asyncio
from collections.abc import Mapping, Sequence
from statistics import fmean

from msgspec import Struct

from frontdesk.auth import Permission, require
from frontdesk.core.errors import invalid
from frontdesk.core.subject import Subject
from frontdesk.dispatch.recorded import Recorded, recorded_in
from frontdesk.dispatch.routing import routing_in
from frontdesk.dispatch.simulation import SIMULATED, Compared, RuleSet, compare, reality
from frontdesk.dispatch.types import Routing
from frontdesk.platform import Platform, Reader
from frontdesk.settings import get as get_settings
from frontdesk.staff import Policy, find_team, require_reach

PROMISE_S = 20.0
"""An answer within this time counts as prompt, as in most service agreements (80/20)."""


class WhatIf(Struct, frozen=True):
    """How the days really went (what the log can tell), and how by the rules that hold and by the proposed ones.

    Fewer than two days with visitors and agents say nothing: then there are no figures.
    """

    days: int
    visitors: int
    recorded: Mapping[str, float] = {}
    compared: tuple[Compared, Compared] | None = None


async def what_if(
    platform: Platform,
    subject: Subject,
    team_id: int,
    routing: Routing | None,
    policy: Policy | None,
    *,
    days: int = 7,
) -> WhatIf:
    """Play the team's last days again, by the rules that hold and by others. None: what holds. Nothing is changed.

    Agents are as they are now (places, skills, weights) and were there when they really were. Raises
    `dispatch.not-simulated` for policies by which people choose.
    """
    require(subject, Permission.TEAM_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()
    settings = await get_settings(platform, organization_id)

    async def read(reader: Reader) -> tuple[Recorded, Sequence[RuleSet]]:
        team = await find_team(reader, organization_id, team_id)
        await require_reach(reader, subject, team_id)
        holds = (await routing_in(reader, organization_id, team_id)).routing
        rules = (
            RuleSet(name="now", policy=team.policy, routing=holds),
            RuleSet(name="then", policy=policy or team.policy, routing=routing or holds),
        )
        for rule_set in rules:
            _require_simulated(rule_set.policy)
        returning = settings.returning_customer_days > 0
        recorded = await recorded_in(
            reader, organization_id, team_id, now=now, days=days, returning=returning
        )
        return recorded, rules

    recorded, rules = await platform.database.read(organization_id, read)
    visitors = sum(map(len, recorded.visits))
    if len(recorded.days) < 2:
        return WhatIf(len(recorded.days), visitors)
    holds, proposed = await asyncio.to_thread(compare, rules, recorded.days, promise_s=PROMISE_S)
    real = [reality(visits, PROMISE_S) for visits in recorded.visits]
    return WhatIf(
        len(recorded.days),
        visitors,
        {name: fmean(day[name] for day in real) for name in real[0]},
        (holds, proposed),
    )


def _require_simulated(policy: str) -> None:
    if policy not in SIMULATED:
        raise invalid(
            "dispatch.not-simulated",
            "Where agents choose conversations themselves, nobody can say what they would have chosen.",
            hint="Propose a policy that chooses.",
        )
