"""Free text from people: trimmed, limited, and free of characters that only serve to confuse."""

import re
from typing import Final
from urllib.parse import urlsplit

from frontdesk.core.errors import invalid

# Control characters except tab and line feed, lone surrogates, and marks that turn the writing direction around.
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(value: str, *, field: str, limit: int, required: bool = False) -> str:
    """Several lines of text, trimmed. Raises an `invalid` error that names the field when it is too long or missing."""
    text = _FORBIDDEN.sub("", value.replace("\r\n", "\n")).strip()
    if len(text) > limit:
        raise invalid(
            "text.too-long",
            f"The {field} has {len(text)} characters; at most {limit} are allowed.",
            hint="Shorten it.",
            details={"field": field, "limit": limit},
        )
    if required and not text:
        raise invalid(
            "text.missing", f"The {field} is missing.", hint="Fill it in.", details={"field": field}
        )
    return text


def clean_line(value: str, *, field: str, limit: int, required: bool = False) -> str:
    """One line of text: as `clean`, with every run of white space turned into one space."""
    return clean(" ".join(value.split()), field=field, limit=limit, required=required)


def is_web_address(text: str) -> bool:
    """Whether browsers open it as a page, at the host that a reader takes it for: no name before an @, no backslash."""
    if not text.isprintable() or " " in text or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None


def spreadsheet_cell(value: object) -> str:
    """Text that no spreadsheet takes for a formula, whatever a person has put into it."""
    text = str(value)
    first = text.lstrip()[:1]
    return f"'{text}" if first in {"=", "+", "-", "@"} or text[:1] in {"\t", "\r"} else text
