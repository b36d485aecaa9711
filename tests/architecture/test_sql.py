"""One SQL text serves two engines: `$1, $2` must mean the same by number (PostgreSQL) and by order (SQLite).

SQLite numbers `$name` parameters by first appearance, so placeholders must first appear in ascending order.
"""

import ast
import re

import pytest

from tests.architecture import tree

STATEMENT = re.compile(r"(?is)^\s*(select|insert|update|delete|with|create)\b")
PLACEHOLDER = re.compile(r"\$(\d+)")


def first_appearances(sql: str) -> list[int]:
    return list(dict.fromkeys(int(number) for number in PLACEHOLDER.findall(sql)))


def is_in_order(sql: str) -> bool:
    seen = first_appearances(sql)
    return seen == list(range(1, len(seen) + 1))


def literal(node: ast.AST) -> str | None:
    """The text of a string or an f-string, whose inserted parts count as blanks."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [literal(part) if isinstance(part, ast.Constant) else " " for part in node.values]
        return "".join(part or " " for part in parts)
    return None


def test_placeholders_first_appear_in_ascending_order() -> None:
    wrong: list[str] = []
    for path in tree.product_modules():
        inner = {
            id(part)
            for node in ast.walk(tree.syntax(path))
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(tree.syntax(path)):
            sql = literal(node) if id(node) not in inner else None
            if sql and STATEMENT.match(sql) and not is_in_order(sql):
                wrong.append(
                    f"{tree.name(path)}:{getattr(node, 'lineno', 0)}: placeholders appear as {first_appearances(sql)}"
                )
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select 1", True),
        ("select a from t where b = $1 and c = $2 and d = $1", True),
        ("select a from t where b = $2 and c = $1", False),
        ("update t set a = $1 where b = $3", False),
    ],
)
def test_order_is_told_from_disorder(sql: str, expected: bool) -> None:
    assert is_in_order(sql) is expected
