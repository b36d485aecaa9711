"""Chance that can be repeated: the same seed gives the same draws. For simulations; secrets come from `core.ids`."""

import math
import random
from collections.abc import Sequence


class Chance:
    """One stream of draws. Streams of different names do not influence each other."""

    def __init__(self, *name: int | str) -> None:
        self._random = random.Random("/".join(map(str, name)))  # noqa: S311 - to be repeated, not to be secret

    def share(self) -> float:
        """Evenly from 0 up to, not including, 1."""
        return self._random.random()

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        return self._random.randrange(limit)

    def exponential(self, mean: float) -> float:
        return self._random.expovariate(1 / mean)

    def lognormal(self, mean: float, deviation: float) -> float:
        """With this mean and standard deviation of the values themselves, not of their logarithms."""
        variance = math.log1p((deviation / mean) ** 2)
        return self._random.lognormvariate(math.log(mean) - variance / 2, math.sqrt(variance))

    def one_of(self, weights: Sequence[float]) -> int:
        """The position of one of the weights, each as likely as its share of their sum."""
        return self._random.choices(range(len(weights)), weights)[0]
