"""Overflow: the first step of a team's chain that can be taken, with what kept each step before it."""

from collections.abc import Sequence

from frontdesk.conversations import Conversation
from frontdesk.core.errors import FrontdeskError
from frontdesk.dispatch.reach import absence_of, is_full
from frontdesk.dispatch.routing import routing_in
from frontdesk.dispatch.types import Cause, Onward, Overflow, OverflowStep, Passed
from frontdesk.dispatch.unqueueing import back_to_bot
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import Settings
from frontdesk.staff import find_team


async def next_step(
    platform: Platform,
    tx: Transaction,
    conversation: Conversation,
    steps: Sequence[OverflowStep],
    *,
    cause: Cause,
    settings: Settings,
) -> tuple[OverflowStep, Overflow]:
    """Where somebody goes who cannot wait here. A message can always be left: every chain ends there."""
    passed: list[Passed] = []
    for step in steps:
        kept = await _kept_by(platform, tx, conversation, step, settings)
        passed.append(Passed(step.to, step.team_id, kept))
        if not kept:
            return step, Overflow(cause, tuple(passed))
    last = OverflowStep(Onward.LEAVE_MESSAGE)
    return last, Overflow(cause, (*passed, Passed(last.to)))


async def _kept_by(
    platform: Platform, tx: Transaction, conversation: Conversation, step: OverflowStep, settings: Settings
) -> str:
    """Why this step cannot be taken; empty when it can."""
    organization_id = conversation.organization_id
    if step.to is Onward.BOT:
        has_one = conversation.agent_id is not None or await back_to_bot(tx, conversation)
        return "" if has_one else "no_bot"
    if step.team_id is None:
        return ""
    team_id = int(step.team_id)
    try:
        await find_team(tx, organization_id, team_id)
    except FrontdeskError:
        return "removed"
    absence = await absence_of(platform, tx, organization_id, team_id)
    if absence is not None:
        return absence.why
    holds = await routing_in(tx, organization_id, team_id)
    return "full" if await is_full(tx, organization_id, holds, settings) else ""
