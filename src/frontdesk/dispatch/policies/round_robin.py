"""Round robin: whoever has waited longest for a conversation gets the next one."""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Agent, Choice, Rules, Waiting


def choose(
    waiting: Waiting, agents: Sequence[Agent], rules: Rules, now: Millis, *, preferred: int | None = None
) -> Choice:
    """The least recently assigned agent; the score is the milliseconds since. Who never had one comes first."""
    idle = {agent.id: now - (agent.last_assigned_at or 0) for agent in agents}
    chosen = (
        preferred if preferred is not None else max(idle, key=lambda identity: (idle[identity], -identity))
    )
    return Choice(chosen, {identity: float(span) for identity, span in idle.items()})
