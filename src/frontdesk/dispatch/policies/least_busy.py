"""Least busy: whoever has the largest free share of its own capacity; among equals, whoever has been idle longest."""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Agent, Choice, Rules, Waiting


def choose(
    waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis, *, preferred: int | None = None
) -> Choice:
    """The agent with the largest free share; the score is that share, from 0 (full) to 1 (idle)."""
    # Division rounds correctly: equal shares are equal floats, and unequal ones of such small numbers are not.
    shares = {agent.id: (agent.capacity - agent.load) / agent.capacity for agent in agents}
    best = max(agents, key=lambda agent: (shares[agent.id], now - (agent.last_assigned_at or 0), -agent.id))
    chosen = preferred if preferred is not None else best.id
    return Choice(chosen, {identity: round(share, 4) for identity, share in shares.items()})
