"""Whether somebody sounds upset: a list of words with weights in Chinese and English, nothing learned and nothing sent out.

It is a coarse instrument: it knows set phrases, not irony, and it would rather miss than cry wolf. What it finds in
sentences that it was not made from is measured in `tests/unit/bots/test_tone.py`. A text counts as upset from 1: the sum
of its words, more for shouting, less for courtesy.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from frontdesk.bots.matching import normalise

UPSET: Final = 1.0
_LOOKED_AT: Final = 1_000  # characters: whoever writes more than this says it in the beginning
_SHOUTED: Final = re.compile(r"[!！]")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_ONE_MARK: Final = 0.2
_MOST_SHOUTING: Final = 0.8
_CAPITALS: Final = 0.6
_LONGEST: Final = 4  # words, of an English form


def is_upset(text: str) -> bool:
    return score(text) >= UPSET


def score(text: str) -> float:
    """How upset a text sounds: 0 is calm, from 1 on it is upset."""
    text = text[:_LOOKED_AT]
    said = normalise(text)
    return _chinese(said) + _english(said.split()) + _shouting(text)


def _chinese(said: str) -> float:
    forms, negators = _forms("upset_zh.txt"), _negators()
    total, at = 0.0, 0
    while at < len(said):
        candidates = _candidates().get(said[at], ())
        form = next((form for form in candidates if said.startswith(form, at)), None)
        if form is None:
            at += 1
            continue
        if not any(said.endswith(negator, 0, at) for negator in negators):
            total += forms[form]
        at += len(form)
    return total


def _english(words: list[str]) -> float:
    forms, negators = _forms("upset_en.txt"), _negators()
    total, at = 0.0, 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            weight = forms.get(" ".join(words[at : at + size]))
            if weight is not None:
                if not negators.intersection(words[max(0, at - 2) : at]):
                    total += weight
                at += size
                break
        else:
            at += 1
    return total


def _shouting(text: str) -> float:
    """Exclamation marks add a little, words in capitals more; neither is enough by itself."""
    words = _WORD.findall(text)
    loud = len(words) > 1 and sum(word.isupper() for word in words) * 2 > len(words)
    marks = _ONE_MARK * len(_SHOUTED.findall(text))
    return min(_MOST_SHOUTING, marks + (_CAPITALS if loud else 0.0))


@cache
def _forms(name: str) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for line in _lines(name):
        weight, *forms = line.split()
        weights.update(dict.fromkeys([form.replace("_", " ") for form in forms], float(weight)))
    return weights


@cache
def _candidates() -> Mapping[str, tuple[str, ...]]:
    """The Chinese forms by their first character, the longest first."""
    by_first: dict[str, list[str]] = {}
    for form in sorted(_forms("upset_zh.txt"), key=len, reverse=True):
        by_first.setdefault(form[0], []).append(form)
    return {first: tuple(forms) for first, forms in by_first.items()}


@cache
def _negators() -> frozenset[str]:
    return frozenset(word for line in _lines("negators.txt") for word in line.split())


def _lines(name: str) -> list[str]:
    text = (files("frontdesk.bots.tone") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
