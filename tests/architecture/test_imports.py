"""Import rules that are finer than the floors in pyproject.toml."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import tree

# Two floors hold boxes of their own (DESIGN section 3): what others use of them is `frontdesk.core.<box>`.
FLOORS_OF_BOXES = frozenset({"core", "platform"})


def imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every imported name in full, with its line; `from a import b` gives `a.b`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def is_module(parts: tuple[str, ...]) -> bool:
    path = tree.SOURCE.joinpath(*parts)
    return path.is_dir() or path.with_suffix(".py").is_file()


def reaches_inside(imported: str, box: str) -> bool:
    """Whether `imported` goes past the public names of a package other than `box`."""
    root, *rest = imported.split(".")
    if root != "frontdesk" or len(rest) < 2 or rest[0] == box:
        return False
    public_depth = 2 if rest[0] in FLOORS_OF_BOXES else 1
    inner = tuple(rest[: public_depth + 1])
    return len(inner) > public_depth and is_module(inner) and inner[-1] not in public_names(inner[:-1])


def public_names(package: tuple[str, ...]) -> frozenset[str]:
    """What a package's `__init__` imports by name: a public function may be called like the module it lives in."""
    path = tree.SOURCE.joinpath(*package, "__init__.py")
    found = ast.walk(tree.syntax(path)) if path.is_file() else ()
    return frozenset(alias.name for node in found if isinstance(node, ast.ImportFrom) for alias in node.names)


def box_of(path: Path) -> str:
    return path.relative_to(tree.SOURCE).parts[0]


def test_only_public_names_of_a_package_are_imported() -> None:
    wrong = [
        f"{tree.name(path)}:{line} imports {imported}: ask for a public name of its package"
        for path in tree.product_modules()
        if box_of(path) != "app"
        for line, imported in imports(tree.syntax(path))
        if reaches_inside(imported, box_of(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_core_imports_only_the_standard_library() -> None:
    wrong = [
        f"{tree.name(path)}:{line} imports {imported}"
        for path in tree.product_modules()
        if box_of(path) == "core"
        for line, imported in imports(tree.syntax(path))
        if imported.split(".")[0] not in sys.stdlib_module_names and not imported.startswith("frontdesk.core")
    ]
    assert not wrong, "\n".join(wrong)


def test_inside_is_told_from_public() -> None:
    assert not reaches_inside("frontdesk.core.ids.Ids", "conversations")
    assert not reaches_inside("frontdesk.conversations.state", "conversations")
    assert not reaches_inside("frontdesk.conversations.NoSuchModule", "dispatch")
    assert not reaches_inside("litestar.handlers.get", "dispatch")
    assert reaches_inside("frontdesk.conversations.state", "dispatch")
    assert reaches_inside("frontdesk.platform.database.migrations.apply", "dispatch")
