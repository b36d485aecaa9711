"""What was learned of how conversations turn out: a mean, and what agent, kind of visitor and free places add to it."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

STEPS: Final = 4
"""In how many steps the free share of an agent's places counts."""


class Estimates(Struct, frozen=True):
    """`agents`: by id. `pairs`: by id and kind, as `pair` writes it. `free`: by how much of the places is free, from little to all.

    Whatever is not known adds nothing.
    """

    mean: float
    agents: Mapping[str, float] = {}
    pairs: Mapping[str, float] = {}
    free: Sequence[float] = (0.0,) * STEPS

    def of(self, agent_id: int, kind: str, free: float) -> float:
        """How well a conversation of this kind is expected to turn out with this agent, from 0 to 1."""
        return (
            self.mean
            + self.agents.get(str(agent_id), 0.0)
            + self.pairs.get(pair(agent_id, kind), 0.0)
            + self.free[step(free)]
        )


def kind_of(language: str, channel: str) -> str:
    """By which visitors are told apart."""
    return f"{language.partition('-')[0].lower()}/{channel}"


def pair(agent_id: int, kind: str) -> str:
    return f"{agent_id} {kind}"


def step(free: float) -> int:
    """Of a share from 0 to 1."""
    return min(STEPS - 1, int(free * STEPS))
