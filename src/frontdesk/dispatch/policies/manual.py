"""Manual: nobody is given anything; conversations wait until an agent picks one."""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Agent, Choice, Rules, Waiting


def choose(
    waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis, *, preferred: int | None = None
) -> Choice:
    """Nobody is chosen; the scores are free places."""
    return Choice(None, {agent.id: float(agent.capacity - agent.load) for agent in agents})
