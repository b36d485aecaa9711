"""What may stand in the organization's own fields, kind by kind."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from frontdesk.contacts.types import MAX_NUMBER, MAX_TEXT, MAX_URL, Field, FieldKind, Value
from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.core.text import clean_line, is_web_address

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXPECTED: Final[Mapping[FieldKind, str]] = {
    FieldKind.TEXT: "Write some text.",
    FieldKind.NUMBER: f"Write a number between -{MAX_NUMBER} and {MAX_NUMBER}.",
    FieldKind.DATE: "Write a day as year-month-day, like 2026-11-29.",
    FieldKind.CHOICE: "Choose one of the field's choices.",
    FieldKind.BOOLEAN: "Say true or false.",
    FieldKind.LINK: "Write an address that begins with http:// or https://.",
}


def clean_value(field: Field, value: Value | None, known: Value | None) -> Value | None:
    """The value as it is kept; None for nothing. What a contact has already is taken again, though no longer a choice."""
    if value is None or value == "":
        return None
    if value == known and type(value) is type(known):
        return known
    match field.kind, value:
        case FieldKind.BOOLEAN, bool():
            return value
        case FieldKind.NUMBER, int() | float() if not isinstance(value, bool) and abs(value) <= MAX_NUMBER:
            return value
        case ((FieldKind.TEXT | FieldKind.CHOICE | FieldKind.DATE | FieldKind.LINK), str()):
            return _text(field, value)
        case _:
            raise _wrong(field)


def _text(field: Field, value: str) -> str | None:
    limit = MAX_URL if field.kind is FieldKind.LINK else MAX_TEXT
    text = clean_line(value, field=field.label, limit=limit)
    match field.kind:
        case FieldKind.CHOICE if text not in field.choices:
            raise _wrong(field)
        case FieldKind.DATE if not _is_day(text):
            raise _wrong(field)
        case FieldKind.LINK if not is_web_address(text):
            raise _wrong(field)
        case _:
            return text or None


def _is_day(text: str) -> bool:
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _wrong(field: Field) -> FrontdeskError:
    return invalid(
        "contacts.value",
        f"“{field.label}” cannot be this.",
        hint=_EXPECTED[field.kind],
        details={"field": f"fields.{field.key}"},
    )
