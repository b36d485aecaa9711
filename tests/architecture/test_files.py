"""Size, wording and hygiene of the project's files."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.architecture import tree

MAX_PYTHON_LINES = 400
MAX_APP_LINES = 250
MAX_PACKAGE_LINES = 400
MAX_CARD_LINES = 25

# Spelled apart, so that this file does not break its own rules.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
SILENCED = re.compile(
    r"#\s*(?:type:\s*ignore|noqa|pyright:\s*ignore)(?:\[[^\]]*\]|:\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?(?P<rest>.*)"
)
SKIPPED = re.compile(
    r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|\b(?:it|test|describe)\.(?:skip|todo|fails|only)\b"
)
REGISTRY = re.compile(
    r"https?://[^\s\"'>)]*(?:pypi|pythonhosted|npmjs|npmmirror|yarnpkg|registry|artifactory|nexus)[^\s\"'>)]*"
    r"|\bindex-url\b(?<!emit-index-url)|\bfind-links\b",
    re.IGNORECASE,
)
MACHINE_PATH = re.compile(r"(?<![\w.:/$}*-])/(?:home|root|Users|work|opt|mnt|private)/[\w.-]+")
CODE = (
    ".py",
    ".ts",
    ".tsx",
    ".js",
    ".mjs",
    ".css",
    ".sql",
    ".sh",
    ".toml",
    ".json",
    ".yml",
    ".yaml",
    ".html",
    ".md",
    ".txt",
    "",
)
CONTAINER_PATHS_ALLOWED = ("deploy/", "docs/")  # there, a path belongs to a container or a reader's server


def line_limit(path: Path) -> int | None:
    if path.suffix == ".py":
        return MAX_PYTHON_LINES
    if path.suffix in {".ts", ".tsx"}:
        return MAX_PACKAGE_LINES if tree.name(path).startswith("web/packages/") else MAX_APP_LINES
    return None


def lines(path: Path) -> Iterator[tuple[int, str]]:
    return enumerate(tree.text(path).splitlines(), start=1)


def found(pattern: re.Pattern[str], paths: Iterable[Path]) -> list[str]:
    return [
        f"{tree.name(p)}:{n}: {line.strip()[:120]}"
        for p in paths
        for n, line in lines(p)
        if pattern.search(line)
    ]


def test_no_file_outgrows_its_limit() -> None:
    wrong: list[str] = []
    for path in tree.files(".py", ".ts", ".tsx"):
        limit, length = line_limit(path), len(tree.text(path).splitlines())
        if limit is not None and length > limit and not tree.is_generated(path):
            wrong.append(f"{tree.name(path)}: {length} lines, at most {limit}: split it by what it does")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_left_unfinished() -> None:
    paths = [p for p in tree.files(*CODE) if not tree.is_generated(p) and p.name != "package-lock.json"]
    wrong = found(UNFINISHED, paths)
    assert not wrong, "finish it, or open an issue:\n" + "\n".join(wrong)


def test_no_test_is_skipped() -> None:
    wrong = found(SKIPPED, [p for p in tree.files(".py", ".ts", ".tsx") if p != Path(__file__)])
    assert not wrong, "\n".join(wrong)


def has_reason(line: str) -> bool:
    """Whether each silencing comment of the line ends in words that say why."""
    match = SILENCED.search(line)
    if match is None:
        return True
    last = SILENCED.search(line, match.start("rest"))
    rest = (last or match).group("rest")
    return len(re.findall(r"\w{2,}", rest)) >= 2


def test_a_silenced_check_says_why() -> None:
    wrong = [
        f"{tree.name(p)}:{n}: {line.strip()[:120]}"
        for p in tree.files(".py")
        for n, line in lines(p)
        if p != Path(__file__) and not has_reason(line)
    ]
    assert not wrong, "give the reason on the same line:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x = 1", True),
        ("x = f()  # noqa: S603", False),
        ("x = f()  # noqa: S603  our own script, fixed arguments", True),
        ("x = f()  # pyright: ignore[reportAny]", False),
        ("x = f()  # pyright: ignore[reportAny]  the library returns Any", True),
        ("x = f()  # type: ignore", False),
    ],
)
def test_a_reason_is_told_from_none(line: str, expected: bool) -> None:
    assert has_reason(line) is expected


def test_no_registry_address_is_written_down() -> None:
    wrong = found(REGISTRY, [p for p in tree.project_files() if p != Path(__file__)])
    assert not wrong, "\n".join(wrong)


def test_no_path_of_a_machine_is_written_down() -> None:
    paths = [p for p in tree.project_files() if not tree.name(p).startswith(CONTAINER_PATHS_ALLOWED)]
    wrong = found(MACHINE_PATH, [p for p in paths if p != Path(__file__)])
    assert not wrong, "\n".join(wrong)


def test_every_package_has_a_card() -> None:
    wrong: list[str] = []
    for package in tree.packages():
        init = package / "__init__.py"
        card = ast.get_docstring(tree.syntax(init)) if init.is_file() else None
        if not card:
            wrong.append(f"{tree.name(package)}: no docstring in __init__.py")
        elif (length := len(card.splitlines())) > MAX_CARD_LINES:
            wrong.append(f"{tree.name(package)}: a card of {length} lines, at most {MAX_CARD_LINES}")
    assert not wrong, "\n".join(wrong)
