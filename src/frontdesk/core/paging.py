"""Pages of long lists, by cursor: stable while rows are added, unlike page numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from frontdesk.core.errors import invalid
from frontdesk.core.ids import parse_id

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """`cursor` is given back to get the next page; None means that this was the last."""

    items: Sequence[Item]
    cursor: str | None


def page_of(rows: Sequence[Item], *, limit: int, key: Callable[[Item], int]) -> Page[Item]:
    """Cut a page from `limit + 1` fetched rows; the cursor is the key of the last row kept."""
    if len(rows) > limit:
        kept = rows[:limit]
        return Page(kept, str(key(kept[-1])))
    return Page(rows, None)


def parse_cursor(cursor: str | None) -> int | None:
    """The key in a cursor. Raises an `invalid` error for a cursor that no page has given."""
    if cursor is None:
        return None
    value = parse_id(cursor)
    if value is None:
        raise invalid(
            "paging.cursor", "This cursor is not one of ours.", hint="Use the cursor of the previous page."
        )
    return value
