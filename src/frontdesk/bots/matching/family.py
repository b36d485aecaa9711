"""Postings and weights of one kind of feature: words, or letter groups."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.bots.matching.lexicon import courtesies, is_elsewhere, is_small
from frontdesk.bots.matching.words import SMALL_WEIGHT, strangeness

_SMALL_SQUARE: Final = SMALL_WEIGHT * SMALL_WEIGHT
_TOLD: Final = 0.5  # a word that only answers hold is half known


class Asked(Struct, frozen=True):
    """A text as a family sees it: its features that are known, rarest first; the weight of all; the ideas among the
    known; the weight of what carries meaning; and which share of that is known.
    """

    known: Sequence[int]
    numbers: frozenset[int]
    ideas: frozenset[int]
    mass: float
    meant: float
    meaning: float


class Fit(Struct, frozen=True):
    """How a document fits: the best cosine with one way to ask; the share of that way that is asked; the share of the
    asked in all ways; in these or the answer; and the share of ideas asked for that it lacks.
    """

    cosine: float
    covered: float
    said: float
    told: float
    missed: float


_NO_FIT: Final = Fit(0.0, 0.0, 0.0, 0.0, 0.0)


class Family:
    """Documents are questions; each has several ways to be asked, their union, and what only its answer has."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.postings: list[Sequence[int]] = []
        self.squares: list[float] = []
        self._growing: list[list[int]] = []
        self._ways: list[tuple[tuple[int, ...], ...]] = []
        self._norms: list[tuple[float, ...]] = []
        self._unions: list[tuple[int, ...]] = []
        self._answers: list[tuple[int, ...]] = []
        self._unseen_square = 0.0

    def add(self, ways: Iterable[Sequence[str]], answer: Sequence[str]) -> None:
        document = len(self._ways)
        numbered = tuple([tuple([self._number(feature) for feature in way]) for way in ways])
        union = set[int]().union(*numbered)
        for number in union:
            self._growing[number].append(document)
        self._ways.append(numbered)
        self._unions.append(tuple(union))
        self._answers.append(tuple(union.union([self._number(feature) for feature in answer])))

    def weigh(self, step: int) -> Iterator[None]:
        """Rarities and norms; yields now and then. Nothing may be added afterwards."""
        total, features = len(self._ways), list(self.numbers)
        self._unseen_square = _square(total, 0)
        for start in range(0, len(features), 10 * step):
            for feature in features[start : start + 10 * step]:
                postings = self._growing[len(self.postings)]
                small = _SMALL_SQUARE if is_small(feature) else 1.0
                self.squares.append(small * _square(total, len(postings)))
                self.postings.append(tuple(postings))
            yield
        self._growing = []
        squares = self.squares
        for start in range(0, total, step):
            self._norms.extend(
                tuple([math.sqrt(sum([squares[number] for number in way])) for way in ways])
                for ways in self._ways[start : start + step]
            )
            yield

    def read(self, features: Iterable[str], unseen: float) -> Asked:
        """What is asked. A feature that the index never saw weighs like a rare one, scaled by `unseen`."""
        polite, wanted, strange = self._sorted(features)
        known = [number for _feature, number in wanted if number is not None]
        squares, mass, meant, met = self.squares, 0.0, 0.0, 0.0
        ideas: list[int] = []
        for feature, number in wanted:
            if number is None:
                mass += _SMALL_SQUARE * self._unseen_square
                continue
            mass += squares[number]
            if not is_small(feature):
                meant += squares[number]
                met += squares[number] * (1.0 if self.postings[number] else _TOLD)
                if feature[0] == "#":
                    ideas.append(number)
        mass += unseen * unseen * self._unseen_square * strange
        meant += self._unseen_square * strange
        for number in polite:
            mass += _SMALL_SQUARE * squares[number]
        known.sort(key=lambda number: (len(self.postings[number]), number))
        return Asked(known, frozenset(known), frozenset(ideas), mass, meant, met / meant if meant else 0.0)

    def compare(self, document: int, asked: Asked) -> Fit:
        if asked.mass == 0.0:
            return _NO_FIT
        squares, norm, numbers = self.squares, math.sqrt(asked.mass), asked.numbers
        best = covered = 0.0
        for way, way_norm in zip(self._ways[document], self._norms[document], strict=True):
            shared = numbers.intersection(way)
            if shared and way_norm:
                weight = sum([squares[number] for number in shared])
                best = max(best, weight / (way_norm * norm))
                covered = max(covered, weight / (way_norm * way_norm))
        all_ways = numbers.intersection(self._unions[document])
        said = sum([squares[number] for number in all_ways])
        told = sum([squares[number] for number in numbers.intersection(self._answers[document])])
        missed = sum([squares[number] for number in asked.ideas.difference(all_ways)])
        return Fit(
            best, covered, said / asked.mass, told / asked.mass, missed / asked.meant if asked.meant else 0.0
        )

    def _sorted(self, features: Iterable[str]) -> tuple[list[int], list[tuple[str, int | None]], float]:
        """(courtesies beside other things, what counts, how much was never seen)"""
        polite: list[tuple[str, int]] = []
        wanted: list[tuple[str, int | None]] = []
        strange, meant = 0.0, False
        for feature in features:
            number, small = self.numbers.get(feature), is_small(feature)
            if number is not None and feature in courtesies():
                polite.append((feature, number))
            elif not small and (number is None or (is_elsewhere(feature) and not self.postings[number])):
                strange += strangeness(feature)
            else:
                wanted.append((feature, number))
                meant = meant or not small
        if meant:
            return [number for _feature, number in polite], wanted, strange
        return [], [*polite, *wanted], strange

    def _number(self, feature: str) -> int:
        number = self.numbers.get(feature)
        if number is None:
            number = self.numbers[feature] = len(self._growing)
            self._growing.append([])
        return number


def _square(total: int, having: int) -> float:
    """The squared rarity of a feature that `having` of `total` questions have."""
    rarity = math.log(1 + (total + 0.5) / (having + 0.5))
    return rarity * rarity
