"""Learning from a team's own outcomes, and whether what was learned may choose: it has to earn it first."""

import asyncio
from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.conversations import Wait, waits_for_team_in
from frontdesk.core.clock import Millis
from frontdesk.core.errors import conflict
from frontdesk.core.subject import Subject
from frontdesk.dispatch.estimates import kind_of
from frontdesk.dispatch.learning import Outcome, Trial, judge, reward, trial_of
from frontdesk.dispatch.store import decisions, learned
from frontdesk.dispatch.store.learned import Learned
from frontdesk.dispatch.types import StoredDecision
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import Team, find_team, require_reach

DAYS: Final = 90
MOST: Final = 20_000
"""Of how many conversations at most; the latest count."""
_DAY_MS: Final = 86_400_000


async def get_learned(platform: Platform, subject: Subject, team_id: int) -> Learned | None:
    """What was learned for this team, and the judgement on it; None when nobody has asked yet."""
    require(subject, Permission.TEAM_MANAGE)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Learned | None:
        await find_team(reader, organization_id, team_id)
        await require_reach(reader, subject, team_id)
        return await learned.find(reader, organization_id, team_id)

    return await platform.database.read(organization_id, read)


async def learn(platform: Platform, subject: Subject, team_id: int) -> Learned:
    """Learn from the team's last weeks and judge it. What was learned before is replaced, also where it had earned more."""
    require(subject, Permission.TEAM_MANAGE)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def read(reader: Reader) -> tuple[Team, Sequence[Trial]]:
        team = await find_team(reader, organization_id, team_id)
        await require_reach(reader, subject, team_id)
        return team, await _trials_in(reader, organization_id, team_id, since=now - DAYS * _DAY_MS)

    team, trials = await platform.database.read(organization_id, read)
    judgement, estimates = await asyncio.to_thread(judge, trials)
    found = Learned(now, judgement, estimates)

    async def keep(tx: Transaction) -> None:
        await learned.save(tx, organization_id, team_id, found)
        target = Target("team", team_id, team.name)
        await record_in(platform, tx, subject, Action.TEAM_CHANGED, target, learned_from=judgement.trials)

    await platform.database.write(organization_id, keep)
    return found


async def require_earned_in(reader: Reader, organization_id: int, team_id: int) -> None:
    """Raise `dispatch.not-earned` unless what was learned for this team does better than the least busy agent."""
    found = await learned.find(reader, organization_id, team_id)
    if found is None or not found.judgement.earned:
        raise conflict(
            "dispatch.not-earned",
            "What was learned has not shown yet that it does better than the least busy agent.",
            hint="Leave some choices to chance for a while, then learn again.",
        )


async def _trials_in(reader: Reader, organization_id: int, team_id: int, *, since: Millis) -> list[Trial]:
    """Choices in which chance had a share, whose conversations have ended, in the order in which they were made."""
    waits = await waits_for_team_in(reader, organization_id, team_id, since, most=MOST)
    served = {(one.conversation_id, one.agent_id): one for one in waits if one.agent_id is not None}
    explored = await decisions.explored(reader, organization_id, team_id, since, limit=MOST)
    return list(_trials(explored, served)) if served else []


def _trials(
    explored: Sequence[tuple[int, StoredDecision]], served: Mapping[tuple[int, int], Wait]
) -> Sequence[Trial]:
    usual_ms = median(wait.had_ms for wait in served.values())
    ratings = [wait.rating for wait in served.values() if wait.rating is not None]
    usual_rating = fmean(ratings) if ratings else 0.5
    found: list[Trial] = []
    for conversation_id, decision in explored:
        wait = served.get((conversation_id, decision.chosen or 0))
        if wait is None:
            continue
        outcome = Outcome(wait.rating, wait.had_ms, wait.passed_on)
        worth = reward(outcome, usual_ms=usual_ms, usual_rating=usual_rating)
        kind = kind_of(wait.language, str(wait.channel_id))
        found += trial_of(decision.candidates, decision.chosen, kind, worth)
    return found
