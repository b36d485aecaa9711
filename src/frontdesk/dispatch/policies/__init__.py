"""Pure decisions: `(waiting, agents, rules, now) -> decision`. No I/O; production, tests and simulations share them.

Filters first (who may have it at all), then the one person whom it should go to, if any, then a score among the rest.
The same input always gives the same decision. Every agent handed in appears in it once, with a score or a reason.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from msgspec.structs import replace

from frontdesk.core.clock import Millis
from frontdesk.dispatch.policies import (
    attributes,
    broadcast,
    exploring,
    learned,
    least_busy,
    longest_idle,
    manual,
    round_robin,
    skills,
    weighted,
)
from frontdesk.dispatch.policies.exploring import Drawn
from frontdesk.dispatch.policies.filters import exclusion
from frontdesk.dispatch.policies.preferences import PREFERENCES, Wish, prefer
from frontdesk.dispatch.types import Agent, Candidate, Choice, Decision, Excluded, Rules, Waiting

__all__ = ["POLICIES", "PREFERENCES", "Policy", "decide", "exclusion"]


_BY_HAND: Final = "manual"
_ASKED: Final = "broadcast"


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
    _ASKED: broadcast.choose,
    _BY_HAND: manual.choose,
    "learned": learned.choose,
}


def decide(waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis) -> Decision:
    """Who gets this conversation now, and why; `chosen` is None when nobody may have it, or everybody is asked."""
    rules = _chooses_for(waiting, rules)
    asked_for = attributes.needs(waiting, rules)
    needs, relaxes_at = skills.relaxed(asked_for, rules, waiting.enqueued_at, now)
    reasons: dict[int, Excluded | None] = {agent.id: exclusion(waiting, agent, needs) for agent in agents}
    wish = prefer(waiting, agents, reasons, rules, now)
    if wish.held_until is not None:
        reasons |= {identity: Excluded.HELD for identity, reason in reasons.items() if reason is None}
    eligible = [agent for agent in agents if reasons[agent.id] is None]
    choice, drawn = Choice(None, {}), None
    if eligible:
        policy = POLICIES[rules.policy]
        choice = policy(waiting, eligible, rules, now, preferred=wish.chosen)
        if wish.chosen is None and choice.chosen is not None:
            drawn = exploring.explore(waiting, eligible, choice.chosen, rules, now)
        if drawn is not None and drawn.chosen is not None:
            choice = policy(waiting, eligible, rules, now, preferred=drawn.chosen)
    moments = [moment for moment in (relaxes_at, wish.held_until) if moment is not None]
    return Decision(
        waiting.conversation_id,
        _name(rules, choice, wish, drawn),
        choice.chosen,
        [_candidate(agent, choice, reasons[agent.id], drawn) for agent in agents],
        choice.turns,
        choice.asked,
        rules.version,
        needs,
        min(moments, default=None) if choice.chosen is None else None,
    )


def _chooses_for(waiting: Waiting, rules: Rules) -> Rules:
    """Where the team picks by hand, a department's people are asked: they need not look into other teams' queues."""
    if waiting.department_id is None or rules.policy != _BY_HAND:
        return rules
    return replace(rules, policy=_ASKED)


def _name(rules: Rules, choice: Choice, wish: Wish, drawn: Drawn | None) -> str:
    """By what it was decided: a person who came first, chance, or the policy."""
    if wish.chosen is not None and wish.chosen == choice.chosen:
        return wish.name
    return exploring.NAME if drawn is not None and drawn.chosen is not None else rules.policy


def _candidate(agent: Agent, choice: Choice, reason: Excluded | None, drawn: Drawn | None) -> Candidate:
    score = choice.scores.get(agent.id)
    if drawn is None or reason is not None:
        return Candidate(agent.id, score, reason)
    free = round((agent.capacity - agent.load) / agent.capacity, 4)
    return Candidate(agent.id, score, reason, round(drawn.chances[agent.id], 6), free)
