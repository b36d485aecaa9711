"""Small pieces of the wire: ids are decimal strings."""

from typing import overload

from msgspec import Struct

from frontdesk.core.errors import not_found
from frontdesk.core.ids import parse_id


class Wire(Struct, frozen=True):
    """Base of what goes over the wire: frozen, snake_case. Unknown fields of requests are ignored."""


def path_id(text: str, *, what: str = "page") -> int:
    """The id in an address. Raises the `not_found` error that an unknown id gives, so that both look the same."""
    value = parse_id(text)
    if value is None:
        raise not_found(what)
    return value


@overload
def optional_path_id(text: None, *, what: str = "page") -> None: ...
@overload
def optional_path_id(text: str, *, what: str = "page") -> int: ...
def optional_path_id(text: str | None, *, what: str = "page") -> int | None:
    """As `path_id`; nothing stays nothing."""
    return None if text is None else path_id(text, what=what)
