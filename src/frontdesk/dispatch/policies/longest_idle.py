"""Longest idle: who has nothing to do comes before who has something, and has had nothing for longest before the others.

Among those who all have something, the largest free share of capacity comes first. Idle begins with the last
conversation's end or with coming on duty. It is chosen for its fairness: every order by idle time serves visitors
equally fast in the long run (arXiv 1402.3606).
"""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Agent, Choice, Rules, Waiting


def choose(
    waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis, *, preferred: int | None = None
) -> Choice:
    """The longest idle agent. The score is its idle milliseconds, or, below 0, how much of the capacity is taken."""
    scores = {agent.id: _score(agent, now) for agent in agents}
    best = max(agents, key=lambda one: (scores[one.id], now - (one.last_assigned_at or 0), -one.id))
    return Choice(preferred if preferred is not None else best.id, scores)


def _score(agent: Agent, now: Millis) -> float:
    if agent.load:
        return -round(agent.load / agent.capacity, 4)
    return float(max(0, now - (agent.free_since or 0)))
