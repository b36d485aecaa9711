"""The lines of the log that say who waited for whom, of conversations that have ended."""

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct

from frontdesk.conversations.entries import Entry, EntryKind
from frontdesk.conversations.rows import ENTRY_COLUMNS, entry_of
from frontdesk.conversations.state import Rating
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader

_KINDS: Final = (
    EntryKind.OPENED, EntryKind.QUEUED, EntryKind.UNQUEUED, EntryKind.ASSIGNED, EntryKind.CLOSED,
)  # fmt: skip

_rating: Final = msgspec.json.Decoder(Rating)


class Handled(Struct, frozen=True):
    """An ended conversation with those of its entries that say who had it when."""

    id: int
    contact_id: int
    channel_id: int
    language: str
    rating: Rating | None
    entries: list[Entry]


async def handled_since(
    reader: Reader, organization_id: int, since: Millis, *, most: int
) -> Sequence[Handled]:
    """Of conversations that ended since then, at most so many, the latest."""
    columns = ", ".join(f"e.{column.strip()}" for column in ENTRY_COLUMNS.split(","))
    rows = await reader.fetch(
        f"""select c.id, c.contact_id, c.channel_id, c.language, c.rating, {columns}
        from (
            select id, contact_id, channel_id, language, rating from conversation
            where organization_id = $1 and state = 'closed' and closed_at >= $2
            order by closed_at desc, id desc limit {most:d}
        ) as c join entry e on e.conversation_id = c.id
        where e.organization_id = $1 and e.kind = any($3) order by c.id, e.seq""",  # noqa: S608 - constant columns and a number
        organization_id,
        since,
        [kind.value for kind in _KINDS],
    )
    found: dict[int, Handled] = {}
    for conversation_id, contact_id, channel_id, language, rating, *entry in rows:
        one = found.get(conversation_id)
        if one is None:
            rated = None if rating is None else _rating.decode(rating)
            one = Handled(conversation_id, contact_id, channel_id, language, rated, [])
            found[conversation_id] = one
        one.entries.append(entry_of(tuple(entry)))
    return list(found.values())
