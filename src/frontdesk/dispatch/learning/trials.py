"""Choices with what came of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.dispatch.types import Candidate

RATED: Final = 0.5
QUICK: Final = 0.25
KEPT: Final = 0.25
"""What the three parts of a reward weigh."""


class Outcome(Struct, frozen=True):
    """How a conversation went: the rating as a share from 0 to 1 (None: not rated), how long the agent had it, and
    whether it was passed on to somebody else.
    """

    rating: float | None
    handled_ms: int
    passed_on: bool = False


class Trial(Struct, frozen=True):
    """A choice in which chance had a share. `chances` and `free` (the free share of the places) are of everybody who
    could have been chosen.
    """

    kind: str
    chosen: int
    chances: Mapping[int, float]
    free: Mapping[int, float]
    reward: float


def reward(outcome: Outcome, *, usual_ms: float, usual_rating: float) -> float:
    """From 0 to 1: half of it the rating, a quarter how quick it was, a quarter that it stayed with the agent.

    One that was not rated counts as rated as usual, and as long as usual is half of quick: neither says anything then.
    """
    rating = usual_rating if outcome.rating is None else outcome.rating
    quick = usual_ms / (usual_ms + outcome.handled_ms) if usual_ms > 0 else 0.5
    return RATED * rating + QUICK * quick + KEPT * (not outcome.passed_on)


def trial_of(candidates: Sequence[Candidate], chosen: int | None, kind: str, worth: float) -> Iterator[Trial]:
    """The trial that a decision was; none where chance had no share in it."""
    chances = {one.agent_id: one.chance for one in candidates if one.chance is not None}
    free = {one.agent_id: one.free or 0.0 for one in candidates if one.agent_id in chances}
    if chosen is not None and chosen in chances:
        yield Trial(kind, chosen, chances, free, worth)
