"""Statements about many organizations at once: those that this process holds."""

from collections.abc import Iterator, Sequence
from typing import Final

PART: Final = 500  # organizations named in one statement


def parts(organization_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many at a time as a statement may name."""
    for start in range(0, len(organization_ids), PART):
        yield organization_ids[start : start + PART]


def places(first: int, organization_ids: Sequence[int]) -> str:
    """Placeholders for these, from number `first` on."""
    return ", ".join(f"${number}" for number in range(first, first + len(organization_ids)))
