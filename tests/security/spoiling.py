"""From the running application's own description: bodies and queries that are not what it describes."""

from collections.abc import Iterator
from typing import Any, Final

Json = dict[str, Any]
DEEP: Final = 60_000
LONG: Final = "x" * 200_000
# What may be refused or taken, but must never break anything: each is of the right type.
ODD_TEXTS: Final = (
    "\x00",
    "a\x00b\x1b[31m",
    "\ud800",
    "\U0010ffff\ufffe\u202e\u200d",
    "' or 1=1 --",
    '"; drop table conversation; --',
    "${7*7}{{7*7}}<%= 7*7 %>",
    "../../../../etc/passwd",
    "",
    "   ",
)
ODD_NUMBERS: Final = (-1, 0, 2**31, 2**63, 2**64, -(2**63) - 1, 10**40, 10**400)
# Not JSON, or JSON of a form that no route takes.
BROKEN: Final[tuple[bytes, ...]] = (
    b"",
    b"{",
    b'{"name"',
    b'{"name": "x"',
    b"{'name': 'x'}",
    b"name=x&text=y",
    b"5",
    b'"text"',
    b"true",
    b"\xff\xfe\xfd",
    b'{"name": "\xff"}',
    b"\x00\x00\x00\x00",
    b'{"name": NaN}',
    b'{"name": 1e99999}',
    b"[" * DEEP,
    b'{"name":' * DEEP,
    b"[" * DEEP + b"]" * DEEP,
    b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
)
# Not among them: "5" for 5 and 1 for true, which the framework takes for what they plainly mean.
_WRONG: Final[dict[str, tuple[Any, ...]]] = {
    "string": (5, True, ["x"], {"a": "b"}),
    "integer": ("x", 1.5, [], {}, "0x10"),
    "number": ("x", [], {}),
    "boolean": ("perhaps", 7, [], {}),
    "array": ("x", 5, {"a": 1}, True),
    "object": ("x", 5, True, ["x"]),
}


class Document:
    """An OpenAPI document and what can be said wrongly by it."""

    def __init__(self, document: Json) -> None:
        self._schemas: Json = document["components"]["schemas"]
        self._paths: Json = document["paths"]

    def routes(self) -> Iterator[tuple[str, Json]]:
        for path, operations in self._paths.items():
            for method, operation in operations.items():
                yield f"{method.upper()} {path}", operation

    def body_of(self, operation: Json) -> Json | None:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        return None if content is None else self._one(content["schema"])

    def wrong_bodies(self, schema: Json, good: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever JSON holds
        """Good bodies with one field of another type, or without one that must be there."""
        if "array" in self._types(schema):
            yield from ({"items": good}, [5], ["x"], [None], [[]], "x")
            yield from ([wrong] for wrong in self.wrong_bodies(self._one(schema["items"]), good[0]))
            return
        for name in schema.get("required", []):
            yield {key: value for key, value in good.items() if key != name}
        for name, field in schema.get("properties", {}).items():
            allowed = self._types(field)
            for kind, values in _WRONG.items():
                if kind in allowed:
                    for value in values:
                        if not self._fits(value, allowed):
                            yield {**good, name: value}
            if "null" not in allowed:
                yield {**good, name: None}
            nested = self._one(field)
            if "properties" in nested:
                yield from ({**good, name: wrong} for wrong in self.wrong_bodies(nested, {}) if wrong != {})

    def odd_bodies(self, schema: Json, good: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever JSON holds
        """Good bodies with one field of the right type and a hostile value."""
        if "array" in self._types(schema):
            yield good * 5_000
            yield from ([odd] for odd in self.odd_bodies(self._one(schema["items"]), good[0]))
            return
        for name, field in schema.get("properties", {}).items():
            allowed = self._types(field)
            if "string" in allowed:
                yield from ({**good, name: text} for text in (LONG, *ODD_TEXTS))
            if allowed & {"integer", "number"}:
                yield from ({**good, name: number} for number in ODD_NUMBERS)
            if "array" in allowed:
                yield from ({**good, name: [text] * 10_000} for text in ("x", ""))
                yield from ({**good, name: [text]} for text in ODD_TEXTS)
        yield {**good, "organization_id": "1", "id": "1", "role": "administrator", "is_staff": True}
        yield {**good, "__proto__": {"admin": True}, "constructor": {}, "": "", "x" * 5_000: 1}

    def _one(self, schema: Json) -> Json:
        """The schema behind references and behind what may also be null."""
        if "$ref" in schema:
            return self._one(self._schemas[schema["$ref"].rpartition("/")[2]])
        for kind in ("oneOf", "anyOf", "allOf"):
            for option in schema.get(kind, []):
                if option.get("type") != "null":
                    return self._one(option)
        return schema

    def _types(self, schema: Json) -> set[str]:
        if "$ref" in schema:
            return self._types(self._schemas[schema["$ref"].rpartition("/")[2]])
        options = schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf")
        if options:
            return set[str]().union(*(self._types(option) for option in options))
        if "enum" in schema:
            return {"string"}
        kinds: str | list[str] = schema.get("type", "object")
        return set(kinds) if isinstance(kinds, list) else {kinds}

    def _fits(self, value: Any, allowed: set[str]) -> bool:  # noqa: ANN401 - whatever JSON holds
        """Whether the value is of one of the types after all."""
        names = {
            bool: "boolean",
            int: "integer",
            float: "number",
            str: "string",
            list: "array",
            dict: "object",
        }
        kind = names[type(value)]
        return kind in allowed or (kind == "integer" and "number" in allowed)
