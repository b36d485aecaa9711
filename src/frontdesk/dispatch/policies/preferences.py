"""The one person to whom a conversation should go: who was asked for, whose customer it is, who served last.

The first of them who can have it gets it. One who is there but has no place (or is busy) is waited for as long as the
team says, counted from the beginning of the wait; everybody else is kept away meanwhile, and anybody may have it after.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.dispatch.policies import owner, requested, returning
from frontdesk.dispatch.types import Agent, Excluded, Rules, Waiting

_COMES_FREE: Final = frozenset({Excluded.FULL, Excluded.SAVED, Excluded.BUSY})


class Wish(Struct, frozen=True):
    """`chosen`: this one can have it now. `held_until`: until then it waits for somebody who cannot yet."""

    name: str = ""
    chosen: int | None = None
    held_until: Millis | None = None


PREFERENCES: Final[tuple[tuple[str, Callable[[Waiting], int | None], Callable[[Rules], int]], ...]] = (
    (requested.NAME, requested.person, requested.wait_s),
    (owner.NAME, owner.person, owner.wait_s),
    (returning.NAME, returning.person, returning.wait_s),
)


def prefer(
    waiting: Waiting,
    agents: Sequence[Agent],
    reasons: Mapping[int, Excluded | None],
    rules: Rules,
    now: Millis,
) -> Wish:
    """Whom this conversation goes to before anybody else, or until when it waits for somebody."""
    known = {agent.id for agent in agents}
    for name, person, wait_s in PREFERENCES:
        wanted = person(waiting)
        if wanted is None or wanted not in known:
            continue
        if reasons[wanted] is None:
            return Wish(name, wanted)
        until = waiting.enqueued_at + wait_s(rules) * 1000
        if reasons[wanted] in _COMES_FREE and now < until:
            return Wish(name, None, until)
    return Wish()
