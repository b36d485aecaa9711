"""Pure decisions: `(waiting, agents, rules, now) -> decision`. No I/O; production, tests and simulations share them.

Filters first (who may have it at all), then the one person whom it should go to, if any, then a score among the rest.
The same input always gives the same decision. Every agent handed in appears in it once, with a score or a reason.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from frontdesk.core.clock import Millis
from frontdesk.dispatch.policies import (
    attributes,
    broadcast,
    least_busy,
    longest_idle,
    manual,
    round_robin,
    skills,
    weighted,
)
from frontdesk.dispatch.policies.filters import exclusion
from frontdesk.dispatch.policies.preferences import PREFERENCES, prefer
from frontdesk.dispatch.types import Agent, Candidate, Choice, Decision, Excluded, Rules, Waiting

__all__ = ["POLICIES", "PREFERENCES", "Policy", "decide", "exclusion"]


class Policy(Protocol):
    """Chooses among eligible agents, of whom there is at least one."""

    def __call__(
        self,
        waiting: Waiting,
        agents: Sequence[Agent],
        rules: Rules,
        now: Millis,
        *,
        preferred: int | None = None,
    ) -> Choice: ...


POLICIES: Final[dict[str, Policy]] = {
    "weighted": weighted.choose,
    "round_robin": round_robin.choose,
    "least_busy": least_busy.choose,
    "longest_idle": longest_idle.choose,
    "broadcast": broadcast.choose,
    "manual": manual.choose,
}


def decide(waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis) -> Decision:
    """Who gets this conversation now, and why; `chosen` is None when nobody may have it, or everybody is asked."""
    asked_for = attributes.needs(waiting, rules)
    needs, relaxes_at = skills.relaxed(asked_for, rules, waiting.enqueued_at, now)
    reasons: dict[int, Excluded | None] = {agent.id: exclusion(waiting, agent, needs) for agent in agents}
    wish = prefer(waiting, agents, reasons, rules, now)
    if wish.held_until is not None:
        reasons |= {identity: Excluded.HELD for identity, reason in reasons.items() if reason is None}
    eligible = [agent for agent in agents if reasons[agent.id] is None]
    choice = Choice(None, {})
    if eligible:
        choice = POLICIES[rules.policy](waiting, eligible, rules, now, preferred=wish.chosen)
    moments = [moment for moment in (relaxes_at, wish.held_until) if moment is not None]
    return Decision(
        waiting.conversation_id,
        rules.policy if wish.chosen is None or wish.chosen != choice.chosen else wish.name,
        choice.chosen,
        [Candidate(agent.id, choice.scores.get(agent.id), reasons[agent.id]) for agent in agents],
        choice.turns,
        choice.asked,
        rules.version,
        needs,
        min(moments, default=None) if choice.chosen is None else None,
    )
