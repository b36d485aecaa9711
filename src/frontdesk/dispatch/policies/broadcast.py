"""Broadcast: everybody who could have it is asked at once, and the first to accept has it.

Nobody's place is held meanwhile: who accepts needs a free one at that moment. If there is one person to whom it should
go, that one is asked alone until the answer is no or the offer has run out.
"""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Agent, Choice, Rules, Waiting


def choose(
    waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis, *, preferred: int | None = None
) -> Choice:
    """Nobody is chosen; the scores are free places."""
    asked = [preferred] if preferred is not None else [agent.id for agent in agents]
    return Choice(None, {agent.id: float(agent.capacity - agent.load) for agent in agents}, asked=asked)
