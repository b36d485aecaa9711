"""The words of customer service: which mean the same, which say little, and what people type for short.

All of it is data (`*.txt`), one lexicon for each language, read once. What a form means never depends on a knowledge
base, so that a text has the same features in all of them.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from msgspec import Struct

from frontdesk.bots.matching.stemming import stem

_COURTESY: Final = "!"


def _lines(name: str) -> list[str]:
    lines = (files("frontdesk.bots.matching") / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


_ELSEWHERE: Final = frozenset(stem(word) for line in _lines("elsewhere.txt") for word in line.split())
_WRITTEN: Final = frozenset(word for line in _lines("small_words.txt") for word in line.split())
_SMALL: Final = _WRITTEN | {stem(word) for word in _WRITTEN}
SHORT: Final[Mapping[str, str]] = {
    short: meant.replace("_", " ") for short, meant in (line.split() for line in _lines("short_forms_en.txt"))
}


class Lexicon(Struct, frozen=True):
    """`ideas` of each form; `longest` form, in characters (Chinese) or words (English); `words` that forms consist of."""

    ideas: Mapping[str, tuple[str, ...]]
    longest: int
    words: frozenset[str]


def is_small(feature: str) -> bool:
    """Whether a word says little by itself."""
    return feature in _SMALL


def is_elsewhere(feature: str) -> bool:
    """Whether a word names what somebody else answers for."""
    return feature in _ELSEWHERE


@cache
def courtesies() -> frozenset[str]:
    """The ideas of greeting and thanking, which say little beside anything else."""
    names = ("concepts_zh.txt", "concepts_en.txt")
    lines = (line for name in names for line in _lines(name) if line.startswith(_COURTESY))
    return frozenset(_name(line) for line in lines)


@cache
def chinese() -> Lexicon:
    ideas = _ideas("concepts_zh.txt", lambda form: form)
    return Lexicon(ideas, max(map(len, ideas)), frozenset())


@cache
def english() -> Lexicon:
    ideas = _ideas("concepts_en.txt", lambda form: " ".join(stem(word) for word in form.split("_")))
    words = frozenset(word for form in ideas for word in form.split())
    return Lexicon(ideas, max(form.count(" ") + 1 for form in ideas), words | _SMALL)


def _ideas(name: str, written: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    ideas: dict[str, tuple[str, ...]] = {}
    for line in _lines(name):
        idea = _name(line)
        for form in map(written, line.removeprefix(_COURTESY).split()):
            if idea not in ideas.get(form, ()):
                ideas[form] = (*ideas.get(form, ()), idea)
    return ideas


def _name(line: str) -> str:
    return f"#{line.removeprefix(_COURTESY).split()[0]}"
