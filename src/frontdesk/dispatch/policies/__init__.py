"""Pure decisions: `(waiting, agents, rules, now) -> decision`. No I/O; production, tests and simulations share them.

The same input always gives the same decision. Every agent handed in appears in it once, with a score or a reason.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from frontdesk.core.clock import Millis
from frontdesk.dispatch.policies import least_busy, returning, round_robin, weighted
from frontdesk.dispatch.policies.filters import exclusion
from frontdesk.dispatch.types import Agent, Candidate, Choice, Decision, Excluded, Rules, Waiting

__all__ = ["POLICIES", "Policy", "decide", "exclusion"]


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
}


def decide(waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis) -> Decision:
    """Who gets this conversation now, and why; `chosen` is None when nobody may have it."""
    reasons: dict[int, Excluded | None] = {agent.id: exclusion(waiting, agent) for agent in agents}
    eligible = [agent for agent in agents if reasons[agent.id] is None]
    if not eligible:
        left_out = [Candidate(agent.id, None, reasons[agent.id]) for agent in agents]
        return Decision(waiting.conversation_id, rules.policy, None, left_out)
    preferred = returning.preferred(waiting, eligible)
    choice = POLICIES[rules.policy](waiting, eligible, rules, now, preferred=preferred)
    candidates = [Candidate(agent.id, choice.scores.get(agent.id), reasons[agent.id]) for agent in agents]
    policy = rules.policy if preferred is None else returning.NAME
    return Decision(waiting.conversation_id, policy, choice.chosen, candidates, choice.turns)
