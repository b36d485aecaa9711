"""How well the bot finds the question that people mean. `python -m tests.unit.bots.evaluate [--fit] [--show] [--final]`.

The knowledge is the demo shop's: 55 questions a language with their similar ones. Each file in `data` holds paraphrases
with the question they mean, and questions that the shop cannot answer (expected is empty):
- `tuning`: read while words and rules are written; weights are fitted on it, and on the shop's own similar questions,
  each asked while it is left out of the index. `--show` prints what goes wrong here.
- `validation`: only its figures are looked at, as often as one likes, so that they flatter a little.
- `held-out`: written before any of the tuning, measured once it is over (`--final`), never printed.
"""

import csv
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from operator import mul
from pathlib import Path
from typing import NamedTuple

from typing_extensions import override

from frontdesk.bots.matching.index import Evidence, Index, IndexBuilder
from frontdesk.bots.matching.tuning import ANSWER_THRESHOLD, SUGGEST_THRESHOLD, TUNING, Tuning, Weights
from frontdesk.bots.matching.words import Features

ROOT = Path(__file__).resolve().parents[3]
KNOWLEDGE = ROOT / "src" / "frontdesk" / "app" / "demo" / "knowledge"
ASKED = Path(__file__).parent / "data"
LANGUAGES = ("zh-CN", "en")
TUNE, VALIDATION, HELD_OUT = "tuning", "validation", "held-out"


@dataclass(frozen=True)
class Known:
    texts: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Case:
    asked: str
    expected: str


@dataclass(frozen=True)
class Measured:
    """Shares. `hit`, `wrong`, `suggested` of the questions that have an answer; `false`, `offered` of the others."""

    hit: float
    wrong: float
    suggested: float
    false: float
    offered: float
    known: int
    unknown: int

    @override
    def __str__(self) -> str:
        shares = ("hit", "wrong", "suggested", "false", "offered")
        told = " ".join(f"{name} {value:.1%}" for name, value in zip(shares, astuple(self), strict=False))
        return f"{told} ({self.known} answerable, {self.unknown} not)"


@cache
def questions(language: str) -> list[Known]:
    """Every question of the demo shop with its similar ones."""
    with (KNOWLEDGE / f"faq.{language}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [Known((row[0], *(text for text in row[1].split("|") if text)), row[2]) for row in rows]


def cases(language: str, part: str) -> list[Case]:
    with (ASKED / f"{part}.{language}.csv").open(encoding="utf-8", newline="") as file:
        return [Case(row["asked"], row["expected"]) for row in csv.DictReader(file)]


@cache
def prepared(language: str) -> dict[str, Features]:
    """The features of every text of the shop, so that the many indexes of a fit need not find them again."""
    builder = IndexBuilder(language)
    for key, known in enumerate(questions(language)):
        builder.add(key, known.texts, known.answer)
    return builder.features


def build(
    language: str, *, fold: int | None = None, lacking: int | None = None, tuning: Tuning | None = None
) -> Index:
    """The shop's index: without the ways to ask of one fold, or lacking one question altogether."""
    builder = IndexBuilder(language, known=prepared(language), tuning=tuning)
    for key, known in enumerate(questions(language)):
        if key != lacking:
            texts = [text for at, text in enumerate(known.texts) if not at or at % FOLDS != fold]
            builder.add(key, texts, known.answer)
    return builder.build()


def measure(
    index: Index,
    language: str,
    found: Sequence[Case],
    *,
    answer: float = ANSWER_THRESHOLD,
    suggest: float = SUGGEST_THRESHOLD,
) -> Measured:
    names = [known.texts[0] for known in questions(language)]
    counts = dict.fromkeys(("hit", "wrong", "suggested", "false", "offered", "known", "unknown"), 0)
    for case in found:
        hits = index.search(case.asked, limit=3)
        top = hits[0].score if hits else 0.0
        good = [names[hit.key] for hit in hits if hit.score >= suggest]
        if case.expected:
            counts["known"] += 1
            if top >= answer:
                counts["hit" if good[0] == case.expected else "wrong"] += 1
            else:
                counts["suggested"] += case.expected in good
        else:
            counts["unknown"] += 1
            counts["false" if top >= answer else "offered"] += top >= suggest
    known, unknown = max(counts["known"], 1), max(counts["unknown"], 1)
    return Measured(
        counts["hit"] / known,
        counts["wrong"] / known,
        counts["suggested"] / known,
        counts["false"] / unknown,
        counts["offered"] / unknown,
        counts["known"],
        counts["unknown"],
    )


def mistakes(index: Index, language: str, found: Sequence[Case]) -> Iterator[str]:
    names = [known.texts[0] for known in questions(language)]
    for case in found:
        hits = index.search(case.asked, limit=3)
        top = hits[0] if hits else None
        right = top is not None and names[top.key] == case.expected
        answered = top is not None and top.score >= ANSWER_THRESHOLD
        if answered != bool(case.expected) or (answered and not right):
            shown = " | ".join(f"{names[hit.key]} {hit.score:.2f}" for hit in hits)
            yield f"  {case.asked}  (means: {case.expected or 'nothing'}) -> {shown}"


# ---- fitting -------------------------------------------------------------------------------------------------------


class Sample(NamedTuple):
    evidence: Evidence
    meant: bool
    weight: float


TUNE_WEIGHT = 2.0  # somebody else's words say more about visitors than the shop's own
LACKING_WEIGHT = 0.4  # what is left may well be a fair answer
FOLDS = 6
RANKING = ("words", "groups", "said", "spelt", "answered", "covered", "missed")
SCORING = (*RANKING, "lead", "known", "weight")
OFF_TOPIC = ("trivia", "science", "history", "sports", "literature", "movies", "psychology", "politics")


def off_topic(language: str) -> list[Case]:
    """What nobody asks a shop, from the question-answer corpus that the demo uses."""
    folder = files("chatterbot_corpus") / "data" / ("english" if language == "en" else "chinese")
    found: list[Case] = []
    for name in OFF_TOPIC:
        lines = (folder / f"{name}.yml").read_text(encoding="utf-8").splitlines()
        found.extend(Case(line[4:].strip("'\" "), "") for line in lines if line.startswith("- - "))
    return found[::2]


def samples(language: str, tuning: Tuning) -> list[list[Sample]]:
    """The evidence of the candidates of many questions, and whether each was meant.

    Asked are the tuning data, what nobody asks a shop, and all that the shop itself wrote: once while this way to ask
    is left out of the index (with others: in folds), and once while the whole question is, so that nothing can be right.
    """
    every: list[list[Sample]] = []

    def ask(index: Index, asked: str, meant: int | None, weight: float) -> None:
        found = index.explain(asked)
        if found:
            every.append([Sample(evidence, key == meant, weight) for key, evidence in found])

    names = [known.texts[0] for known in questions(language)]
    index = build(language, tuning=tuning)
    for case in cases(language, TUNE):
        ask(index, case.asked, names.index(case.expected) if case.expected else None, TUNE_WEIGHT)
    for case in off_topic(language):
        ask(index, case.asked, None, 1.0)
    for fold in range(FOLDS):
        index = build(language, fold=fold, tuning=tuning)
        for key, known in enumerate(questions(language)):
            for at, text in enumerate(known.texts):
                if at and at % FOLDS == fold:
                    ask(index, text, key, 1.0)
    for key, known in enumerate(questions(language)):
        index = build(language, lacking=key, tuning=tuning)
        for text in known.texts[::3]:
            ask(index, text, None, LACKING_WEIGHT)
    return every


def descend(data: Sequence[Sample], names: Sequence[str], *, turns: int) -> tuple[Weights, float, float]:
    """Logistic regression by gradient descent with weights at or above zero; the loss comes third."""
    signs = [-1.0 if name == "missed" else 1.0 for name in names]
    rows = [
        (
            [sign * float(getattr(evidence, name)) for sign, name in zip(signs, names, strict=True)],
            meant,
            weight,
        )
        for evidence, meant, weight in data
    ]
    total = sum(sample.weight for sample in data)
    weights, base, rate, loss = [1.0] * len(names), -2.0, 4.0, 0.0
    for turn in range(turns):
        slopes, slope, loss = [0.0] * len(names), 0.0, 0.0
        for shares, meant, weight in rows:
            guess = 1 / (1 + math.exp(-(sum(map(mul, weights, shares)) + base)))
            loss -= weight * math.log(max(1e-9, guess if meant else 1 - guess))
            off = weight * (guess - meant)
            slope += off
            for at, share in enumerate(shares):
                slopes[at] += off * share
        step = rate if turn < turns // 2 else rate / 4
        base -= step * slope / total
        weights = [
            max(0.0, weight - step * (down / total + 0.0003 * weight))
            for weight, down in zip(weights, slopes, strict=True)
        ]
    rounded = {name: round(weight, 3) for name, weight in zip(names, weights, strict=True)}
    return Weights(**rounded), round(base, 3), loss / total


def fit(language: str) -> Tuning:
    """First which candidate is right, then, with the lead that this gives, how sure the first one is.

    Among fits that are as good within a hundredth, the one that is most wary of words it never saw.
    """
    fits: list[tuple[float, Tuning]] = []
    for unseen in (0.3, 0.45, 0.6):
        every = [sample for group in samples(language, Tuning(unseen=unseen)) for sample in group]
        ranking, _base, _loss = descend(every, RANKING, turns=150)
        firsts = [group[0] for group in samples(language, Tuning(unseen=unseen, ranking=ranking))]
        scoring, base, loss = descend(firsts, SCORING, turns=1500)
        tuning = Tuning(unseen=unseen, ranking=ranking, scoring=scoring, base=base)
        print(f"  loss {loss:.4f} {tuning}")  # noqa: T201  a script that reports
        fits.append((loss, tuning))
    least = min(loss for loss, _tuning in fits)
    return next(tuning for loss, tuning in reversed(fits) if loss <= 1.01 * least)


def main() -> None:
    for language in LANGUAGES:
        tuning = TUNING[language]
        if "--fit" in sys.argv:
            tuning = fit(language)
        index = build(language, tuning=tuning)
        print(language, tuning)  # noqa: T201  a script that reports
        for part in (TUNE, VALIDATION, *([HELD_OUT] if "--final" in sys.argv else [])):
            for answer in (0.6, ANSWER_THRESHOLD, 0.8):
                measured = measure(index, language, cases(language, part), answer=answer)
                print(f"  {part} at {answer}: {measured}")  # noqa: T201  a script that reports
        if "--show" in sys.argv:
            print("\n".join(mistakes(index, language, cases(language, TUNE))))  # noqa: T201  a script that reports


if __name__ == "__main__":
    main()
