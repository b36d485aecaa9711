"""Finding something inside one conversation: a word, or where a day begins."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.auth import Permission, require
from frontdesk.conversations import store
from frontdesk.conversations.access_rules import get_readable
from frontdesk.conversations.entries import Sender
from frontdesk.conversations.search import Piece, snippet_of, words_of
from frontdesk.conversations.search_tokens import needles, normalize
from frontdesk.core.clock import Millis
from frontdesk.core.errors import invalid
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader

MOST: Final = 200
_CHUNK: Final = 500
_LATEST: Final[Millis] = 1 << 53


class Found(Struct, frozen=True):
    """An entry that holds every word of the query."""

    seq: int
    at: Millis
    sender: Sender
    snippet: Sequence[Piece]


class FindAnswer(Struct, frozen=True):
    """Newest first. `more`: there are older ones than the 200 that are given."""

    items: Sequence[Found]
    more: bool


class DayAnswer(Struct, frozen=True):
    """The first message or note at or after the moment; null when nothing came later."""

    seq: int | None


async def find(platform: Platform, subject: Subject, conversation_id: int, query: str) -> FindAnswer:
    """Messages and notes of a conversation that hold every word of the query anywhere, whatever its case and width.

    Looks at the log itself: what was written a moment ago is found, and what was recalled is not.
    Raises `not_found` for what the subject may not read.
    """
    require(subject, Permission.SEARCH_USE)
    wanted = needles(query)
    if not wanted:
        raise invalid("search.empty", "Type at least one letter, digit or character to search for.")
    organization_id = subject.organization_id

    async def read(reader: Reader) -> FindAnswer:
        before = (await get_readable(reader, subject, conversation_id)).head + 1
        found: list[Found] = []
        while before > 1:
            entries = await store.entries_before(reader, organization_id, conversation_id, before, _CHUNK)
            for entry in reversed(entries):
                text = words_of(entry)
                folded = normalize(text)
                if all(word in folded for word in wanted):
                    if len(found) == MOST:
                        return FindAnswer(found, more=True)
                    found.append(Found(entry.seq, entry.at, entry.sender, snippet_of(text, wanted)))
            before = entries[0].seq if entries else 0
        return FindAnswer(found, more=False)

    return await platform.database.read(organization_id, read)


async def find_day(platform: Platform, subject: Subject, conversation_id: int, since: Millis) -> DayAnswer:
    """Where to begin reading for a day that begins at this moment. Raises `not_found` as `find` does."""
    require(subject, Permission.SEARCH_USE)
    since = min(max(since, 0), _LATEST)

    async def read(reader: Reader) -> DayAnswer:
        await get_readable(reader, subject, conversation_id)
        return DayAnswer(await store.first_since(reader, subject.organization_id, conversation_id, since))

    return await platform.database.read(subject.organization_id, read)
