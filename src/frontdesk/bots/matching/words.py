"""What a text is about: its words, ideas and letter groups.

Words that mean the same to a customer are one idea (`concepts_*.txt`). Small words (how, is, please…) count little: in
a knowledge base of forty questions their rarity says nothing. Letter groups (pairs of Chinese characters, triples of
English letters) still fit when words are cut, bent or misspelt.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Final

import rjieba
from msgspec import Struct

from frontdesk.bots.matching import lexicon
from frontdesk.bots.matching.spelling import Speller
from frontdesk.bots.matching.stemming import stem

SMALL_WEIGHT: Final = 0.25
_RUN: Final = re.compile(r"[a-z0-9]+|[^\sa-z0-9]+")
_MANY: Final = 10
_ELSEWHERE: Final = 3.0
_STRANGE: Final = {  # by part of speech, as the dictionary names them
    "n": 1.5, "ns": 0.4, "nr": 1.0, "x": 1.0, "eng": 1.0, "v": 0.5, "a": 0.4, "t": 0.3, "f": 0.2, "d": 0.2, "": 0.5,
    **dict.fromkeys("mqrpcuye", 0.1),
}  # fmt: skip
_MANY_ZH: Final = re.compile(
    r"(\d{2,5}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九几]?[百千万][^\s]?)(?=[个只盏件套份台箱条])"
)
_MANY_EN: Final = frozenset(
    map(
        stem,
        [
            "ten",
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
            "ninety",
            "hundred",
            "thousand",
            "dozen",
        ],
    )
)
_MEASURES: Final = frozenset(
    map(
        stem,
        [
            "am",
            "pm",
            "oclock",
            "day",
            "hour",
            "hr",
            "minute",
            "min",
            "week",
            "month",
            "year",
            "percent",
            "off",
            "dollar",
            "usd",
            "buck",
            "eur",
            "pound",
        ],
    )
) | frozenset(map(stem, ["yuan", "cm", "mm", "inch", "kg", "g", "watt", "v", "volt"]))


class Features(Struct, frozen=True, gc=False):
    """Words and ideas, and letter groups, each named once.

    Tuples of plain values, here and in the index, because the collector forgets those: with hundreds of thousands of
    sets to go through, it would hold the process up for a tenth of a second every now and then.
    """

    words: tuple[str, ...]
    groups: tuple[str, ...]


def features_of(text: str, language: str, mend: Callable[[str], str] | None = None) -> Features:
    """The features of a normalised text. `mend` puts a misspelt English word right."""
    return _english(text, mend) if language == "en" else _chinese(text)


def warm_up() -> None:
    """Load the dictionaries, which takes some tenths of a second once in a process."""
    strangeness("灯笼")
    for language, text in (("zh-CN", "灯笼多少钱一个"), ("en", "how much is one lantern")):
        features_of(text, language, Speller().mend)


@lru_cache(maxsize=20_000)
def strangeness(word: str) -> float:
    """How much an unknown word says that something else is talked about: a thing much, a place, a time, an act little."""
    if lexicon.is_elsewhere(word):
        return _ELSEWHERE
    if word.isascii():
        return _STRANGE["x"] if word.isalpha() else _STRANGE[""]
    _part, tag = rjieba.tag(word)[0]
    return _STRANGE.get(tag, _STRANGE.get(tag[0], _STRANGE[""]))


def _chinese(text: str) -> Features:
    known = lexicon.chinese()
    words: set[str] = set()
    groups: set[str] = set()
    if _MANY_ZH.search(text):
        words.add("#批量")
    for run in _RUN.findall(text):
        if run[0].isascii():
            words.update(known.ideas.get(run) or (stem(run),))
            groups.add(run)
            continue
        groups.update([run[at : at + 2] for at in range(len(run) - 1)])
        at = start = 0
        while at < len(run):
            for size in range(min(known.longest, len(run) - at), 0, -1):
                ideas = known.ideas.get(run[at : at + size])
                if ideas is not None:
                    words.update(ideas)
                    words.update(_cut(run[start:at]))
                    at = start = at + size
                    break
            else:
                at += 1
        words.update(_cut(run[start:]))
    return Features(tuple(words), tuple(groups or words))


def _cut(part: str) -> list[str]:
    return rjieba.cut(part) if len(part) > 1 else [part] if part else []


def _english(text: str, mend: Callable[[str], str] | None) -> Features:
    known = lexicon.english()
    spoken = " ".join([lexicon.SHORT.get(word, word) for word in text.split()]).split()
    stems = [stem(word) for word in spoken]
    if mend is not None:
        stems = [mend(root) for root in stems]
    groups: set[str] = set()
    for root in stems:
        if not lexicon.is_small(root):
            padded = f" {root} "
            groups.update([padded[at : at + 3] for at in range(len(padded) - 2)])
    words: set[str] = {"#bulk"} if _names_many(stems) else set()
    at = 0
    while at < len(stems):
        for size in range(min(known.longest, len(stems) - at), 0, -1):
            ideas = known.ideas.get(" ".join(stems[at : at + size]))
            if ideas is not None:
                words.update(ideas)
                at += size
                break
        else:
            words.add(stems[at])
            at += 1
    return Features(tuple(words), tuple(groups or words))


def _names_many(stems: list[str]) -> bool:
    """Whether many pieces are spoken of: a number from ten on, with something after it that is no measure."""
    return any(
        (one in _MANY_EN or (one.isdecimal() and _MANY <= int(one[:6]) < 10_000)) and after not in _MEASURES
        for one, after in pairwise(stems)
    )
