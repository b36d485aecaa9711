"""What points come to. Pure."""

from collections.abc import Sequence

from frontdesk.quality.types import MOST_POINTS, Criterion


def percent_of(criteria: Sequence[Criterion], points: Sequence[int]) -> int:
    """The weighted points as a share of the most there can be, in whole percent, halves up."""
    most = MOST_POINTS * sum(criterion.weight for criterion in criteria)
    got = sum(criterion.weight * each for criterion, each in zip(criteria, points, strict=True))
    return (200 * got + most) // (2 * most)


def average_of(total: int, count: int) -> float | None:
    """The average of that many results, to one decimal, halves up."""
    return None if count == 0 else (20 * total + count) // (2 * count) / 10
