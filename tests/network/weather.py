"""What may happen to a frame or a request on its way, how often, and how often it did."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

CLEAR: Final[Mapping[str, float]] = {"late": 0.05}
BAD: Final[Mapping[str, float]] = {
    "late": 0.15,  # it waits, and everything behind it on this line
    "twice": 0.05,  # it comes a second time: a request that was sent again
    "lost": 0.01,  # it never arrives, nor does anything behind it, and nobody is told
    "cut": 0.01,  # it arrives, and the line is cut before the answer: committed, not acked
    "ghost": 0.01,  # the line is cut before it arrives, and it arrives later, behind what a newer line brought
    "skipped": 0.01,  # it never arrives, what is behind it does: news that the bus between processes lost
}
LATE: Final = (0.01, 0.2)
GHOSTLY: Final = (0.2, 1.5)


@dataclass
class Weather:
    """`down`: no line works and none is opened. `fates`: how likely each is; what is left is that it simply passes."""

    dice: Random
    fates: Mapping[str, float] = field(default_factory=lambda: CLEAR)
    down: bool = False
    happened: Counter[str] = field(default_factory=Counter[str])

    def fate(self, *possible: str) -> str:
        """One of these, or `passes`."""
        at = self.dice.random()
        for name in possible:
            at -= self.fates.get(name, 0.0)
            if at < 0:
                self.happened[name] += 1
                return name
        return "passes"

    def lateness(self) -> float:
        return self.dice.uniform(*LATE)

    def ghostliness(self) -> float:
        return self.dice.uniform(*GHOSTLY)
