"""An in-memory index of the questions of one knowledge base in one language.

What is asked is compared with every known question by evidence, each a share from 0 to 1:
- `words`, `groups`: the best cosine, weighted by rarity, with one of its ways to be asked (words and ideas; letters);
- `said`, `spelt`: how much of what is asked occurs in all its ways to be asked together;
- `answered`: how much of it occurs there or in the answer;
- `covered`: how much of one way to ask occurs in what is asked;
- `missed`: how much of what is asked are ideas that this question lacks;
- `lead`: how far it is ahead of the next question;
- `known`: which share of the words that carry meaning occurs anywhere in the knowledge;
- `weight`: how much is shared at all: two rare words say more than one common one.
A logistic curve turns the evidence into the score: about how often a match like this one is right. The very same text
(but for case, width and punctuation) scores 1.

The rarest features and a fixed budget of postings find the candidates, so that a question costs about the same in a
large knowledge base as in a small one.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, structs

from frontdesk.bots.matching.family import Family
from frontdesk.bots.matching.normalise import normalise
from frontdesk.bots.matching.spelling import Speller
from frontdesk.bots.matching.tuning import TUNING, Tuning
from frontdesk.bots.matching.words import Features, features_of

_WORD_BUDGET: Final = 1_200
_GROUP_BUDGET: Final = 600
_CANDIDATES: Final = 24
_EXACT: Final = 1.0
_MOST: Final = 0.99
_RUNNERS_UP: Final = 8
_RARE_PAIR: Final = 20.0  # the weight of about two rare words: with it, `weight` is one half


class Hit(Struct, frozen=True):
    """A known question (by the key it was added with) and how well it fits."""

    key: int
    score: float


class Evidence(Struct, frozen=True):
    """Why a question is taken for what was meant."""

    words: float
    groups: float
    said: float
    spelt: float
    answered: float
    covered: float
    missed: float
    known: float
    weight: float
    lead: float = 0.0


class Index:
    """Answers `search`; made by `IndexBuilder` and never changed after."""

    def __init__(self, language: str, tuning: Tuning | None = None) -> None:
        self.language = language
        self.tuning = tuning or TUNING[language]
        self.keys: list[int] = []
        self.exact: dict[str, int] = {}
        self.words = Family()
        self.groups = Family()
        self.speller = Speller()

    def search(self, text: str, *, limit: int = 5) -> list[Hit]:
        """The questions that fit best, best first; each once, by its best way of asking."""
        normal = normalise(text)
        if not normal:
            return []
        same = self.exact.get(normal)
        hits = [hit for hit in self._similar(normal, limit + 1) if hit.key != same]
        if same is not None:
            hits.insert(0, Hit(same, _EXACT))
        return hits[:limit]

    def explain(self, text: str) -> list[tuple[int, Evidence]]:
        """The best candidates with their evidence, most promising first."""
        features = features_of(normalise(text), self.language, self.speller.mend)
        words = self.words.read(features.words, self.tuning.unseen)
        groups = self.groups.read(features.groups, self.tuning.unseen)
        found: list[tuple[float, int, Evidence]] = []
        for document in self._candidates(words.known, groups.known):
            fit, spelt = self.words.compare(document, words), self.groups.compare(document, groups)
            shared = fit.said * words.mass
            evidence = Evidence(
                words=fit.cosine,
                groups=spelt.cosine,
                said=fit.said,
                spelt=spelt.said,
                answered=fit.told,
                covered=fit.covered,
                missed=fit.missed,
                known=words.meaning,
                weight=shared / (shared + _RARE_PAIR),
            )
            found.append((self.tuning.ranking.sum(evidence), document, evidence))
        found.sort(key=lambda item: (-item[0], item[1]))
        ranked: list[tuple[int, Evidence]] = []
        for place, (rank, document, evidence) in enumerate(found[:_RUNNERS_UP]):
            rival = found[1][0] if place == 0 and len(found) > 1 else found[0][0] if place else 0.0
            ranked.append((self.keys[document], structs.replace(evidence, lead=rank - rival)))
        return ranked

    def _similar(self, normal: str, limit: int) -> list[Hit]:
        return [
            Hit(key, min(_MOST, self.tuning.score(evidence)))
            for key, evidence in self.explain(normal)[:limit]
        ]

    def _candidates(self, words: Sequence[int], groups: Sequence[int]) -> list[int]:
        partial: dict[int, float] = {}
        for family, numbers, share, budget in (
            (self.words, words, 1.0, _WORD_BUDGET),
            (self.groups, groups, 0.5, _GROUP_BUDGET),
        ):
            left = budget
            for number in numbers:
                postings, gain = family.postings[number], share * family.squares[number]
                for document in postings[:left]:
                    partial[document] = partial.get(document, 0.0) + gain
                left -= len(postings)
                if left <= 0:
                    break
        if len(partial) <= _CANDIDATES:
            return list(partial)
        return heapq.nlargest(_CANDIDATES, partial, key=partial.__getitem__)


class IndexBuilder:
    """Builds an index in small steps, so that whoever builds can let others run in between.

    `known` are features of an earlier build by normalised text: most texts do not change from build to build.
    """

    def __init__(
        self, language: str, *, known: dict[str, Features] | None = None, tuning: Tuning | None = None
    ) -> None:
        self._index = Index(language, tuning)
        self._known = known or {}
        self.features: dict[str, Features] = {}

    def add(self, key: int, texts: Iterable[str], answer: str = "") -> None:
        """Add a question: its standard text, the similar ones, its answer. A text belongs to the first that has it."""
        index = self._index
        ways: list[Features] = []
        for text in texts:
            normal = normalise(text)
            if normal and normal not in index.exact:
                index.exact[normal] = key
                ways.append(self._features(normal))
        if not ways:
            return
        told = self._features(normalise(answer))
        index.keys.append(key)
        index.words.add([way.words for way in ways], told.words)
        index.groups.add([way.groups for way in ways], ())

    def finish(self, *, step: int = 100) -> Iterator[Index | None]:
        """Weigh everything; yields None between steps, and the index at the end."""
        index = self._index
        if index.language == "en":
            for number, word in enumerate(index.words.numbers):
                index.speller.learn(word)
                if number % (10 * step) == 0:
                    yield None
        for family in (index.words, index.groups):
            for _step in family.weigh(step):
                yield None
        yield index

    def build(self) -> Index:
        """Finish at once."""
        for _step in self.finish():
            pass
        return self._index

    def _features(self, normal: str) -> Features:
        features = self._known.get(normal)
        if features is None:
            features = features_of(normal, self._index.language)
        self.features[normal] = features
        return features
