"""What the demo's bot knows: the shop's questions, and small talk from the package `chatterbot-corpus` if installed."""

import csv
import io
from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final, cast

from frontdesk.bots import normalise

HEADER: Final = ("question", "similar", "answer", "category", "language", "related")
FOLDERS: Final = {"zh-CN": "chinese", "en": "english"}
TOPICS: Final = (
    "greetings",
    "conversations",
    "ai",
    "food",
    "humor",
    "movies",
    "sports",
    "science",
    "computers",
)
_LONGEST: Final = 300
_UNFIT: Final = (
    "死",
    "杀",
    "恨",
    "性",
    "kill",
    "die",
    "dead",
    "hate",
    "sex",
    "stupid",
    "drunk",
    "murder",
    "suicide",
)
Row = tuple[str, str, str, str, str, str]


def shop_rows() -> list[Row]:
    """The shop's own questions, in both languages."""
    rows: list[Row] = []
    for language in FOLDERS:
        text = (files("frontdesk.app.demo") / "knowledge" / f"faq.{language}.csv").read_text(encoding="utf-8")
        for question, similar, answer, category, named, related in list(csv.reader(io.StringIO(text)))[1:]:
            rows.append((question, similar, answer, category, named, related))
    return rows


def small_talk_rows(taken: set[str]) -> list[Row] | None:
    """Question-answer pairs of the corpus that are not in `taken` (normalised); None when it is not installed."""
    spec = find_spec("chatterbot_corpus")
    if spec is None or not spec.submodule_search_locations or find_spec("yaml") is None:
        return None
    data = Path(next(iter(spec.submodule_search_locations))) / "data"
    rows: list[Row] = []
    seen = set(taken)
    for language, folder in FOLDERS.items():
        for topic in TOPICS:
            for question, answer in _pairs(data / folder / f"{topic}.yml"):
                key = normalise(question)
                if key and key not in seen and _fits(question) and _fits(answer):
                    seen.add(key)
                    rows.append((question, "", answer, f"Small talk/{topic.title()}", language, ""))
    return rows


def to_csv(rows: list[Row]) -> bytes:
    """The rows as the file that `frontdesk knowledge import` takes."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(rows)
    return text.getvalue().encode()


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The first question and answer of every exchange in a file of the corpus."""
    import yaml  # noqa: PLC0415  only the demo has this package

    if not path.is_file():
        return
    content = cast("dict[str, list[list[object]]]", yaml.safe_load(path.read_text(encoding="utf-8")))
    for exchange in content.get("conversations", []):
        if len(exchange) >= 2:
            yield " ".join(str(exchange[0]).split()), " ".join(str(exchange[1]).split())


def _fits(text: str) -> bool:
    words = text.lower()
    return 0 < len(text) <= _LONGEST and "|" not in text and not any(word in words for word in _UNFIT)
