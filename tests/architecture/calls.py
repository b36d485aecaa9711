"""Which functions of the product call which, as far as names tell: imports and re-exports are followed, methods are not."""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.architecture import tree

Function = tuple[str, str]  # module, name
Node = ast.FunctionDef | ast.AsyncFunctionDef


def module_of(path: Path) -> str:
    parts = path.relative_to(tree.SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _modules() -> Mapping[str, ast.Module]:
    return {module_of(path): tree.syntax(path) for path in tree.product_modules()}


@cache
def _names(module: str) -> Mapping[str, Function]:
    """What the names of a module stand for: (module, name) elsewhere, or (module, "") for a module itself."""
    found: dict[str, Function] = {}
    for node in ast.walk(_modules()[module]):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                target = (whole, "") if whole in _modules() else (node.module, alias.name)
                found[alias.asname or alias.name] = target
    return found


@cache
def functions() -> Mapping[Function, Node]:
    """The functions of all modules, and the methods as `Class.method`."""
    found: dict[Function, Node] = {}
    for module, syntax in _modules().items():
        for node in syntax.body:
            if isinstance(node, Node):
                found[module, node.name] = node
            elif isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, Node):
                        found[module, f"{node.name}.{inner.name}"] = inner
    return found


def _resolve(module: str, name: str) -> Function | None:
    """Where a name of a module is defined, through any number of re-exports."""
    for _ in range(8):
        if (module, name) in functions():
            return module, name
        if module not in _modules() or name not in _names(module):
            return None
        module, name = _names(module)[name]
    return None


@cache
def called_by(function: Function) -> frozenset[Function]:
    """The functions that this one names: calls them, or hands them on."""
    module, body = function[0], functions().get(function)
    found: set[Function] = set()
    for node in () if body is None else ast.walk(body):
        target: Function | None = None
        if isinstance(node, ast.Name):
            target = _resolve(module, node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = _names(module).get(node.value.id)
            if owner is not None and owner[1] == "":
                target = _resolve(owner[0], node.attr)
        if target is not None and target != function:
            found.add(target)
    return frozenset(found)


def permissions_named_by(function: Function) -> frozenset[str]:
    """The permissions that stand in the text of a function, and in the defaults of its parameters."""
    body = functions().get(function)
    return frozenset(
        node.attr
        for node in (() if body is None else ast.walk(body))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Permission"
    )
