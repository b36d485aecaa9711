"""The documents say what is so: links lead somewhere, named files and tests exist, tables equal the code's."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, get_type_hints

import pytest
from msgspec import Meta, Struct

from frontdesk.access import CloseCode
from frontdesk.access.asyncapi import CLIENT_FRAMES, SERVER_FRAMES
from frontdesk.conversations import EntryKind, MessageBody
from frontdesk.platform.config import Config, document
from frontdesk.settings import Settings
from tests.architecture import tree

PAGES: Final = tuple(
    path for path in tree.files(".md") if path.parent == tree.ROOT or path.is_relative_to(tree.ROOT / "docs")
)
PROTOCOL: Final = tree.ROOT / "docs" / "protocol.md"
CONFIGURATION: Final = tree.ROOT / "docs" / "configuration.md"

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:src|tests|web|scripts|docs|bench|requirements)/[\w./*@-]+)(?:::(\w+))?`")
MADE = re.compile(r"`make ([a-z-]+)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def prose(page: Path) -> str:
    """The text without its blocks of code, in which an example may name anything."""
    return FENCED.sub("", tree.text(page))


def anchors(page: Path) -> set[str]:
    """The anchors that a reader's browser makes of the headings."""
    titles = HEADING.findall(FENCED.sub("", tree.text(page)))
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def broken(page: Path, target: str) -> bool:
    """Whether a relative link leads nowhere."""
    if re.match(r"[a-z]+:", target):
        return False
    name, _, anchor = target.partition("#")
    path = (page.parent / name).resolve() if name else page
    if not path.exists():
        return True
    return bool(anchor) and anchor not in anchors(path)


def defined(path: Path) -> set[str]:
    """The functions and classes of a Python file, with those that are made by a call (`TestMachine = Machine.TestCase`)."""
    names: set[str] = set()
    for node in ast.walk(tree.syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return names


def missing(name: str, inner: str) -> bool:
    """Whether a file (or pattern) that a document names is not there, or does not define `inner`."""
    found = list(tree.ROOT.glob(name.rstrip("/")))
    if not found:
        return True
    return bool(inner) and inner not in defined(found[0])


def test_relative_links_lead_somewhere() -> None:
    wrong = [
        f"{tree.name(page)}: {target}"
        for page in PAGES
        for target in LINK.findall(prose(page))
        if broken(page, target)
    ]
    assert not wrong, "\n".join(wrong)


def test_named_files_and_tests_exist() -> None:
    wrong = [
        f"{tree.name(page)}: {name}{'::' if inner else ''}{inner}"
        for page in PAGES
        for name, inner in NAMED.findall(prose(page))
        if missing(name, inner)
    ]
    assert not wrong, "rename it in the document as well:\n" + "\n".join(wrong)


def test_named_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", tree.text(tree.ROOT / "Makefile"), re.MULTILINE))
    wrong = [
        f"{tree.name(page)}: make {target}"
        for page in PAGES
        for target in MADE.findall(tree.text(page))
        if target not in targets
    ]
    assert not wrong, "\n".join(wrong)


def commands(page: Path) -> list[str]:
    lines = [line for block in SHELL.findall(tree.text(page)) for line in block.splitlines()]
    return [command for line in lines if (command := line.partition("#")[0].strip())]


def test_both_readmes_give_the_same_commands() -> None:
    english, chinese = tree.ROOT / "README.md", tree.ROOT / "docs" / "README.zh-CN.md"
    assert commands(english) == commands(chinese)


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (tree.ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


# ---- the protocol --------------------------------------------------------------------------------------------------


def section(title: str) -> str:
    """The part of the protocol under a heading, up to the next one of its level."""
    match = re.search(
        rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", tree.text(PROTOCOL), re.MULTILINE | re.DOTALL
    )
    assert match is not None, f"docs/protocol.md has no section “{title}”"
    return match[1]


def rows(text: str) -> dict[str, str]:
    """The rows of tables whose first cell is one word of code."""
    return {match[1]: match[0] for match in re.finditer(r"^\| `([\w ]+)` \|.*$", text, re.MULTILINE)}


@pytest.mark.parametrize(
    ("frames", "title"), [(CLIENT_FRAMES, "What a client sends"), (SERVER_FRAMES, "What the server sends")]
)
def test_every_frame_and_field_is_documented(frames: Iterable[type[Struct]], title: str) -> None:
    told = rows(section(title))
    wrong: list[str] = []
    known = {str(frame.__struct_config__.tag): frame.__struct_encode_fields__ for frame in frames}
    for tag, fields in known.items():
        wrong += [f"{tag}: {field}" for field in fields if f"`{field}`" not in told.get(tag, "")]
        if tag not in told:
            wrong.append(f"{tag}: no row")
    wrong += [f"{tag}: the code has no such frame" for tag in told if tag not in known]
    assert not wrong, f"docs/protocol.md, “{title}”:\n" + "\n".join(wrong)


def test_every_close_code_is_documented() -> None:
    assert set(rows(section("Close codes"))) == {str(int(code)) for code in CloseCode}


def test_every_kind_of_entry_is_in_the_reducer_table() -> None:
    assert set(rows(section("The reducer"))) == set(EntryKind)


def test_every_type_of_message_is_documented() -> None:
    types = {str(body.__struct_config__.tag) for body in MessageBody.__args__}
    assert types <= set(rows(section("Message bodies")))


# ---- the configuration ---------------------------------------------------------------------------------------------


def table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    cells = [list(head), *[list(line) for line in lines]]
    cells.insert(1, ["---"] * len(cells[0]))
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in cells)


def shown(value: object) -> str:
    """A default as one writes it in TOML; nothing for an empty text."""
    if value == "":
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def configuration_table() -> str:
    """What `frontdesk config` lists, with the defaults."""
    lines = [
        (f"`{key}`", f"`{variable}`", shown(value), meaning)
        for key, variable, value, meaning in document(Config())
    ]
    return table(("key", "environment", "default", "meaning"), lines)


def settings_table() -> str:
    """What an organization may decide for itself."""
    defaults, lines = Settings(), list[tuple[str, str, str]]()
    for name, hint in get_type_hints(Settings, include_extras=True).items():
        meta: Meta = hint.__metadata__[0]
        value = getattr(defaults, name)
        lines.append(
            (f"`{name}`", "a text" if isinstance(value, Struct) else shown(value), meta.description or "")
        )
    return table(("setting", "default", "meaning"), lines)


@pytest.mark.parametrize(
    ("mark", "expected"), [("configuration", configuration_table()), ("settings", settings_table())]
)
def test_the_table_equals_the_code(mark: str, expected: str) -> None:
    match = re.search(rf"<!-- {mark} -->\n\n(.*?)\n\n<!-- /{mark} -->", tree.text(CONFIGURATION), re.DOTALL)
    written = "" if match is None else match[1]
    assert written == expected, (
        f"docs/configuration.md: put this between <!-- {mark} --> and <!-- /{mark} -->:\n\n{expected}\n"
    )


def test_what_leads_nowhere_is_found() -> None:
    page = tree.ROOT / "README.md"
    assert broken(page, "docs/no-such-page.md")
    assert broken(page, "docs/protocol.md#no-such-heading")
    assert not broken(page, "docs/protocol.md#close-codes")
    assert missing("tests/architecture/no_such_file.py", "")
    assert missing("tests/architecture/test_docs.py", "no_such_test")
    assert not missing("tests/architecture/test_docs.py", "test_what_leads_nowhere_is_found")
