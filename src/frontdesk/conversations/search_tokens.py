"""Turning text into search tokens: unigrams and bigrams of Chinese, Japanese and Korean, lower-cased words of the rest.

Every pair of neighbouring Chinese characters is a token, so any two characters find what they stand in, without a
dictionary that knows some words and not others.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_HAN: Final = (
    "\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff"
    "\\uac00-\\ud7a3\\uf900-\\ufa6d\\ufa70-\\ufad9\\U00020000-\\U000323af"
)
_RUNS: Final = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>[^\W_{_HAN}]+)")
_LONGEST_WORD: Final = 64
_LONGEST_QUERY: Final = 100


def normalize(text: str) -> str:
    """Full-width to half-width, compatibility forms folded, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def index_tokens(text: str) -> str:
    """The tokens of a text for the index, separated by spaces."""
    return " ".join(_tokens(normalize(text)))


class Term(NamedTuple):
    """A token to be found, or the beginning of one. It has only letters and digits: no syntax can come from a person."""

    text: str
    beginning: bool = False


def query_terms(query: str) -> Sequence[Term]:
    """What must all be found. A Latin word matches as a beginning, Chinese characters as neighbours."""
    terms: list[Term] = []
    for run, chinese in _runs(normalize(query[:_LONGEST_QUERY])):
        if not chinese:
            terms.append(Term(run[:_LONGEST_WORD], beginning=True))
        elif len(run) == 1:
            terms.append(Term(run))
        else:
            terms += [Term(pair) for pair in _pairs(run)]
    return list(dict.fromkeys(terms))


def needles(query: str) -> Sequence[str]:
    """What to highlight: the words and runs of the query."""
    return list(dict.fromkeys(run for run, _ in _runs(normalize(query[:_LONGEST_QUERY]))))


def _tokens(text: str) -> Iterator[str]:
    for run, chinese in _runs(text):
        if chinese:
            yield from run
            yield from _pairs(run)
        else:
            yield run[:_LONGEST_WORD]


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for match in _RUNS.finditer(text):
        chinese = match["han"] is not None
        yield match[0], chinese


def _pairs(run: str) -> Iterator[str]:
    return (run[at : at + 2] for at in range(len(run) - 1))
