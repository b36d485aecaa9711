"""Exploring: a small share of choices is left to chance, among those whom a conversation could go to anyway.

Whoever always chooses alike never learns what another choice would have been worth. With chance in it every agent has
a known probability of being chosen (its propensity, kept with the decision), and what a log of such choices says about
another policy can be computed (`learning/off_policy.py`). Nobody waits longer for it, and the order of the queue stays
as it is: only which of the free places somebody gets is left to chance. Who has waited for long is none to try with.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.chance import Chance
from frontdesk.core.clock import Millis
from frontdesk.dispatch.types import Agent, Rules, Waiting

NAME: Final = "exploring"
AGE_CAP_MS: Final = 120_000
"""Whoever has waited for longer gets the agent whom the team's own policy chooses."""


class Drawn(Struct, frozen=True):
    """Who was drawn, if chance had its turn, and the probability that each agent had of being chosen."""

    chosen: int | None
    chances: Mapping[int, float]


def explore(waiting: Waiting, agents: Sequence[Agent], best: int, rules: Rules, now: Millis) -> Drawn | None:
    """Let chance have its turn where the rules say so. `best`: whom the policy chose among these agents.

    The draw follows from the conversation's number: the same question has the same answer, today and in a year.
    """
    if not rules.explore or now - waiting.enqueued_at > AGE_CAP_MS or len(agents) < 2:
        return None
    even = rules.explore / len(agents)
    chances = {agent.id: even for agent in agents}
    chances[best] += 1 - rules.explore
    chance = Chance(NAME, waiting.conversation_id)
    turn = chance.share() < rules.explore
    return Drawn(agents[chance.below(len(agents))].id if turn else None, chances)
