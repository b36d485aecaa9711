"""How sure a mean is: 95 % confidence intervals over independent replications, by Student's t."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev
from typing import Final

from msgspec import Struct

_T: Final = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)
"""The 97.5 % quantiles for 1 to 9 degrees of freedom."""
_Z: Final = 1.959964


class Interval(Struct, frozen=True):
    """A mean, and how far to both sides the true one may be."""

    mean: float
    half: float

    @property
    def holds_zero(self) -> bool:
        return abs(self.mean) <= self.half


def interval(values: Sequence[float]) -> Interval:
    """Of at least two independent values."""
    return Interval(fmean(values), _quantile(len(values) - 1) * stdev(values) / sqrt(len(values)))


def _quantile(freedom: int) -> float:
    """Beyond the table by the Cornish-Fisher expansion (Abramowitz and Stegun 26.7.5), to three decimals."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    return _Z + (_Z**3 + _Z) / (4 * freedom) + (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / (96 * freedom**2)
