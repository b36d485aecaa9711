"""Light English stemming: plurals and the commonest endings of verbs go, nothing else is guessed."""

from functools import lru_cache
from typing import Final

_SHORTEST: Final = 3
_DOUBLES: Final = frozenset({"bb", "dd", "gg", "mm", "nn", "pp", "rr", "tt"})
_VOWELS: Final = frozenset("aeiouy")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; short words and words that are not English letters stay as they are."""
    if len(word) <= _SHORTEST or not word.isascii() or not word.isalpha():
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= _SHORTEST and any(letter in _VOWELS for letter in root):
            word = root[:-1] if root[-2:] in _DOUBLES else root
            break
    if word.endswith("e") and len(word) > _SHORTEST + 1:  # care is no car
        word = word[:-1]
    if word.endswith("y") and len(word) > _SHORTEST:
        word = word[:-1] + "i"
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
