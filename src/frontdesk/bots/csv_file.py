"""Reading a CSV file of questions: encodings, headers in English or Chinese, and what is wrong in which line. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.bots.matching import language_of, normalise
from frontdesk.bots.types import (
    LANGUAGES,
    MAX_ANSWER,
    MAX_CATEGORY,
    MAX_QUESTION,
    MAX_QUESTIONS,
    MAX_RELATED,
    MAX_SIMILAR,
    ZH,
    ImportProblem,
)
from frontdesk.core.text import clean, clean_line

MAX_BYTES: Final = 20 * 1024 * 1024
_MANY: Final = 1_000
_NAMES: Final = {
    "question": ("question", "standard question", "问题", "标准问题", "标准问", "标准问法"),
    "similar": ("similar", "similar questions", "相似问题", "相似问", "相似问法"),
    "answer": ("answer", "答案", "回答", "标准答案", "回复"),
    "category": ("category", "分类", "类别", "类目"),
    "language": ("language", "语言"),
    "related": ("related", "related questions", "关联问题", "相关问题", "关联问"),
}
_COLUMN_OF: Final = {name: column for column, names in _NAMES.items() for name in names}
_REQUIRED: Final = ("question", "answer")
_LANGUAGE_OF: Final = {
    **{language.lower(): language for language in LANGUAGES},
    "zh": "zh-CN", "中文": "zh-CN", "chinese": "zh-CN", "英文": "en", "英语": "en", "english": "en",
}  # fmt: skip


class Row(Struct, frozen=True, kw_only=True):
    """A good line. `key` is the normalised question; `related` are questions by their text."""

    line: int
    key: str
    question: str
    similar: tuple[str, ...]
    answer: str
    category: str
    language: str
    related: tuple[str, ...]


class Parsed(Struct, frozen=True):
    """`lines` counts the lines with content below the header."""

    rows: Sequence[Row]
    problems: Sequence[ImportProblem]
    lines: int


class _RowError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse(data: bytes, *, language: str | None = None) -> Parsed:
    """The rows of a file. `language` is for rows that name none; without it their letters decide."""
    if len(data) > MAX_BYTES:
        return _refused("import.too-large", f"The file is larger than {MAX_BYTES // (1024 * 1024)} MiB.")
    text = _decode(data)
    if text is None:
        return _refused("import.encoding", "The file is neither UTF-8 nor GBK text.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, None)
    except csv.Error as error:
        return _refused("import.broken", f"The header cannot be read: {error}.")
    if header is None or not any(header):
        return _refused("import.empty", "The file is empty.")
    columns, problem = _columns(header)
    if problem is not None:
        return Parsed((), (problem,), 0)
    return _parse_rows(reader, columns, len(header), language)


def _parse_rows(
    reader: Iterator[list[str]], columns: dict[str, int], width: int, language: str | None
) -> Parsed:
    rows: list[Row] = []
    problems: list[ImportProblem] = []
    seen: dict[tuple[str, str], int] = {}
    lines = 0
    for number, cells, broken in _lines(reader):
        if broken is None and not any(cell.strip() for cell in cells):
            continue
        lines += 1
        try:
            if broken is not None:
                raise _RowError("import.broken", broken)  # noqa: TRY301  one place that counts problems
            row = _row(number, cells, columns, width, language)
            first = seen.setdefault((row.language, row.key), number)
            if first != number:
                raise _RowError("import.repeated", f"The same question is in line {first} already.")  # noqa: TRY301  as above
            rows.append(row)
        except _RowError as refused:
            problems.append(ImportProblem(number, refused.code, str(refused)))
        if lines > MAX_QUESTIONS or len(problems) >= _MANY:
            problems.append(ImportProblem(number, "import.too-many", "The rest of the file was not read."))
            break
    return Parsed(rows, problems, lines)


def _lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str], str | None]]:
    """(line in the file where the row ends, cells, what is broken). A broken row ends the file."""
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield getattr(reader, "line_num", 0), [], f"The row cannot be read: {error}."
            return
        yield getattr(reader, "line_num", 0), cells, None


def _row(number: int, cells: list[str], columns: dict[str, int], width: int, language: str | None) -> Row:
    if len(cells) > width or len(cells) <= max(columns[name] for name in _REQUIRED):
        raise _RowError("import.columns", f"The row has {len(cells)} columns, the header {width}.")
    values = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
    question = _limited(values["question"], "question", MAX_QUESTION)
    key = normalise(question)
    if not key:
        raise _RowError("import.question", "The question is missing.")
    answer = values["answer"].replace("\r\n", "\n").strip()
    if len(answer) > MAX_ANSWER:
        raise _RowError("import.too-long", f"The answer has more than {MAX_ANSWER} characters.")
    similar = {normalise(text): text for text in _several(values.get("similar", ""), "similar", MAX_SIMILAR)}
    similar.pop(key, None)
    similar.pop("", None)
    path = "/".join(part.strip() for part in values.get("category", "").split("/") if part.strip())
    return Row(
        line=number,
        key=key,
        question=question,
        similar=tuple(similar.values()),
        answer=clean(answer, field="answer", limit=MAX_ANSWER),
        category=_limited(path, "category", MAX_CATEGORY),
        language=_language(values.get("language", ""), question, language),
        related=_several(values.get("related", ""), "related", MAX_RELATED),
    )


def _several(cell: str, name: str, most: int) -> tuple[str, ...]:
    """The texts of a cell, between `|` or line breaks."""
    parts = cell.replace("｜", "|").replace("\n", "|").split("|")
    texts = tuple(dict.fromkeys(_limited(part, name, MAX_QUESTION) for part in parts if part.strip()))
    if len(texts) > most:
        raise _RowError("import.too-many-cells", f"At most {most} {name} questions are allowed.")
    return texts


def _limited(value: str, name: str, limit: int) -> str:
    text = " ".join(value.split())
    if len(text) > limit:
        raise _RowError(
            "import.too-long", f"The {name} has {len(text)} characters; at most {limit} are allowed."
        )
    return clean_line(text, field=name, limit=limit)


def _language(cell: str, question: str, fallback: str | None) -> str:
    named = cell.strip().lower()
    if not named:
        return fallback or language_of(question) or ("en" if question.isascii() else ZH)
    known = _LANGUAGE_OF.get(named)
    if known is None:
        raise _RowError(
            "import.language", f"The language “{cell.strip()[:20]}” is none of {', '.join(LANGUAGES)}."
        )
    return known


def _columns(header: list[str]) -> tuple[dict[str, int], ImportProblem | None]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(header):
        name = _COLUMN_OF.get(" ".join(cell.lower().split()))
        if name is None:
            return {}, ImportProblem(1, "import.header", f"The column “{cell.strip()[:40]}” is unknown.")
        if name in columns:
            return {}, ImportProblem(1, "import.header", f"The column “{cell.strip()[:40]}” is there twice.")
        columns[name] = at
    missing = [name for name in _REQUIRED if name not in columns]
    if missing:
        return {}, ImportProblem(1, "import.header", f"The column “{missing[0]}” is missing.")
    return columns, None


def _decode(data: bytes) -> str | None:
    """UTF-8 with or without a byte order mark, else GBK: as spreadsheets in China write it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _refused(code: str, message: str) -> Parsed:
    return Parsed((), (ImportProblem(1, code, message),), 0)
