"""Learned: among those who could have it, the agent with whom such a conversation is expected to turn out best.

What is expected was learned from outcomes (`learning/`): ratings, the time that it took, whether it was passed on. Only
who gets a free place follows from it, never who waits: the order of the queue stays first come, first served, and
whoever has waited longer than `AGE_CAP_MS` gets the least busy agent. It counts for a team only where its outcomes have
shown that it does better than the least busy agent does (`earning.py`).
"""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.dispatch.estimates import kind_of
from frontdesk.dispatch.policies import least_busy
from frontdesk.dispatch.policies.exploring import AGE_CAP_MS
from frontdesk.dispatch.types import Agent, Choice, Rules, Waiting


def choose(
    waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis, *, preferred: int | None = None
) -> Choice:
    """The agent of the best expectation, which is the score; among equals the least busy."""
    usual = least_busy.choose(waiting, agents, rules, now, preferred=preferred)
    if rules.estimates is None or now - waiting.enqueued_at > AGE_CAP_MS:
        return usual
    kind = kind_of(waiting.facts.language, waiting.facts.channel)
    scores = {
        agent.id: round(rules.estimates.of(agent.id, kind, usual.scores[agent.id]), 4) for agent in agents
    }
    best = max(agents, key=lambda agent: (scores[agent.id], usual.scores[agent.id], -agent.id))
    return Choice(preferred if preferred is not None else best.id, scores)
