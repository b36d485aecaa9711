"""A returning customer goes back to the human who served last, whenever that agent could get it anyway."""

from collections.abc import Sequence

from frontdesk.dispatch.types import Agent, Waiting

NAME = "returning"


def preferred(waiting: Waiting, eligible: Sequence[Agent]) -> int | None:
    """The contact's last human agent if eligible now. Nobody waits for it: it is a preference, not a reservation."""
    last = waiting.returning_to
    return last if last is not None and any(agent.id == last for agent in eligible) else None
