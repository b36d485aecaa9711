"""Mending a slip of the finger: the known word that is one letter more, less, other or swapped."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from frontdesk.bots.matching import lexicon

_SHORTEST: Final = 5
_LONGEST: Final = 20


class Speller:
    """Knows the words of the lexicon and those that are learnt; mends what it does not know, only to what it does."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._near: dict[str, tuple[str, ...]] = {}

    def learn(self, word: str) -> None:
        if word in self._known:
            return
        self._known.add(word)
        if _mendable(word):
            for near in (word, *_shorter(word)):
                self._near[near] = (*self._near.get(near, ()), word)

    def mend(self, word: str) -> str:
        """The word itself when it is known, or nothing known is near."""
        if word in self._known or not _mendable(word) or word in lexicon.english().words:
            return word
        near = _common()
        for shape in (word, *_shorter(word)):
            for known in (*self._near.get(shape, ()), *near.get(shape, ())):
                if known[0] == word[0] and _one_apart(word, known):
                    return known
        return word


def _mendable(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha()


@cache
def _common() -> Mapping[str, tuple[str, ...]]:
    """The lexicon's words by everything that is one letter shorter."""
    near: dict[str, tuple[str, ...]] = {}
    for word in sorted(lexicon.english().words):
        if _mendable(word):
            for shape in (word, *_shorter(word)):
                near[shape] = (*near.get(shape, ()), word)
    return near


def _shorter(word: str) -> Iterable[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _one_apart(one: str, other: str) -> bool:
    if len(one) > len(other):
        one, other = other, one
    at = next((at for at in range(len(one)) if one[at] != other[at]), len(one))
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or one[at + 1 :] == other[at + 1 :]
