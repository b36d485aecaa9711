"""Smooth weighted round robin: each agent's share follows its weight, spread as evenly as can be.

Everybody eligible earns its weight; the richest is chosen and pays the round's total. What is left over is kept as the
agent's turn, so that fairness lasts over restarts. Weight 0 means "only when nobody else can"; when everybody who can
has weight 0, they share equally.
"""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Agent, Choice, Rules, Waiting


def choose(
    waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis, *, preferred: int | None = None
) -> Choice:
    """The next agent by turn. `preferred` gets it in any case and pays like everybody, so the shares still hold."""
    weights = effective_weights(agents)
    total = sum(weights.values())
    earned = {agent.id: agent.turn + weights[agent.id] for agent in agents}
    runners = [agent.id for agent in agents if weights[agent.id] > 0]
    chosen = (
        preferred
        if preferred is not None
        else max(runners, key=lambda identity: (earned[identity], -identity))
    )
    turns = earned | {chosen: earned[chosen] - total}
    return Choice(chosen, {identity: float(turn) for identity, turn in earned.items()}, turns)


def effective_weights(agents: Sequence[Agent]) -> dict[int, int]:
    """Weights as given; all 1 when none is above 0."""
    if any(agent.weight > 0 for agent in agents):
        return {agent.id: max(agent.weight, 0) for agent in agents}
    return {agent.id: 1 for agent in agents}
