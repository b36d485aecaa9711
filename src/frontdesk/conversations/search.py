"""Finding old conversations by a word, in Chinese or English."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
from msgspec import Struct

from frontdesk.auth import Permission, require
from frontdesk.conversations.access_rules import may_read
from frontdesk.conversations.entries import Entry, Sender
from frontdesk.conversations.index_sql import INDEX, IndexSql
from frontdesk.conversations.rows import (
    COLUMNS,
    ENTRY_COLUMNS,
    Conversation,
    conversation_of,
    entry_of,
    snapshot_of,
)
from frontdesk.conversations.search_tokens import needles, normalize, query_terms
from frontdesk.conversations.search_words import Words
from frontdesk.conversations.state import Snapshot
from frontdesk.core.clock import Millis
from frontdesk.core.errors import invalid
from frontdesk.core.ids import first_id_at
from frontdesk.core.paging import parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader
from frontdesk.platform.database import Row

MOST_COUNTED: Final = 1_001
MOST: Final = 50
_AROUND: Final = 40
_SCANNED: Final = 400
_LAST: Final = (1 << 63) - 1


class Piece(Struct, frozen=True):
    """A piece of a snippet; `hit` pieces are shown highlighted."""

    text: str
    hit: bool


class Hit(Struct, frozen=True):
    conversation: Snapshot
    seq: int
    entry_id: str
    at: Millis
    sender: Sender
    snippet: Sequence[Piece]


class SearchPage(Struct, frozen=True):
    """`total` is counted up to 1,001, which means more than a thousand.

    It is null for those who may not read everything: the count itself would tell what others wrote.
    """

    items: Sequence[Hit]
    cursor: str | None
    total: int | None


async def search(
    platform: Platform,
    subject: Subject,
    query: str,
    *,
    since: Millis | None = None,
    until: Millis | None = None,
    agent_id: int | None = None,
    tag_id: int | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> SearchPage:
    """Messages and notes that hold every word of the query, newest first, in conversations the subject may read.

    `agent_id` keeps what that agent wrote, `tag_id` what was said in conversations that have this tag. Two characters are enough; fewer than one letter or digit is an error.
    """
    require(subject, Permission.SEARCH_USE)
    terms = query_terms(query)
    if not terms:
        raise invalid("search.empty", "Type at least one letter, digit or character to search for.")
    limit = min(max(limit, 1), MOST)
    filters = [f"o{subject.organization_id}"] + ([] if agent_id is None else [f"s{agent_id}"])
    index = INDEX[platform.database.engine]
    wanted = _Wanted(index, index.match(terms, filters), subject.organization_id, tag_id or 0)
    low = 0 if since is None else first_id_at(since)
    high = _LAST if until is None else first_id_at(until)
    position = parse_cursor(cursor)

    async def read(reader: Reader) -> SearchPage:
        everything = subject.may(Permission.CONVERSATION_READ_ALL)
        total = await wanted.count(reader, low, high) if everything else None
        top = min(high, _LAST if position is None else position)
        page = _Page(wanted, low, top, limit, needles(query))
        found, last = await page.fill(reader, subject)
        return SearchPage(found, last, total)

    return await platform.database.read(subject.organization_id, read)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an entry must have to be found: its words, and a conversation with the tag (0: with any, or none)."""

    index: IndexSql
    match: str
    organization_id: int
    tag_id: int

    async def count(self, reader: Reader, low: int, high: int) -> int:
        row = await reader.fetch_one(
            self.index.counted, self.match, low, high, self.tag_id, self.organization_id, MOST_COUNTED
        )
        return 0 if row is None else row[0]

    async def newest(self, reader: Reader, low: int, top: int, limit: int) -> Sequence[Row]:
        return await reader.fetch(
            self.index.newest, self.match, low, top, self.tag_id, self.organization_id, limit
        )


@dataclass(slots=True)
class _Page:
    """A page being filled from the matches with low <= entry id < top, newest first."""

    wanted: _Wanted
    low: int
    top: int
    limit: int
    marked: Sequence[str]
    readable: dict[int, Conversation | None] = field(default_factory=dict[int, Conversation | None])

    async def fill(self, reader: Reader, subject: Subject) -> tuple[list[Hit], str | None]:
        """The hits that the subject may read and the cursor of the next page; looks at a bounded number of matches."""
        hits: list[Hit] = []
        for _ in range(_SCANNED // self.limit):
            rows = await self.wanted.newest(reader, self.low, self.top, self.limit)
            for (entry_id,) in rows:
                self.top = entry_id
                hit = await self._hit(reader, subject, entry_id)
                if hit is not None:
                    hits.append(hit)
                if len(hits) == self.limit:
                    return hits, str(self.top)
            if len(rows) < self.limit:
                return hits, None
        return hits, str(self.top)

    async def _hit(self, reader: Reader, subject: Subject, entry_id: int) -> Hit | None:
        row = await reader.fetch_one(
            f"select conversation_id, {ENTRY_COLUMNS} from entry where organization_id = $1 and id = $2",  # noqa: S608 - constant columns
            subject.organization_id,
            entry_id,
        )
        if row is None:
            return None
        conversation_id, *rest = row
        if conversation_id not in self.readable:
            self.readable[conversation_id] = await _readable(reader, subject, conversation_id)
        conversation = self.readable[conversation_id]
        entry = entry_of(tuple(rest))
        if conversation is None or entry.recalled is True:
            return None
        snippet = snippet_of(words_of(entry), self.marked)
        return Hit(snapshot_of(conversation), entry.seq, entry.id, entry.at, entry.sender, snippet)


async def _readable(reader: Reader, subject: Subject, conversation_id: int) -> Conversation | None:
    row = await reader.fetch_one(
        f"select {COLUMNS} from conversation where organization_id = $1 and id = $2",  # noqa: S608 - constant columns
        subject.organization_id,
        conversation_id,
    )
    if row is None:
        return None
    conversation = conversation_of(row)
    return conversation if await may_read(reader, subject, conversation) else None


def words_of(entry: Entry) -> str:
    """What can be found of an entry."""
    return msgspec.json.decode(entry.body, type=Words).searched


def snippet_of(text: str, marked: Sequence[str]) -> list[Piece]:
    """The text around the first hit, cut into plain and highlighted pieces."""
    folded = normalize(text)
    if len(folded) != len(text):
        text = folded  # folding changed lengths: show the folded text, so that positions agree
    places = sorted(_places(folded, marked))
    if not places:
        return [Piece(text[: 2 * _AROUND], hit=False)] if text else []
    start = max(0, places[0][0] - _AROUND)
    end = min(len(text), places[0][0] + 3 * _AROUND)
    pieces: list[Piece] = [Piece("…", hit=False)] if start else []
    at = start
    for first, last in places:
        if first < at or first >= end:
            continue
        if first > at:
            pieces.append(Piece(text[at:first], hit=False))
        pieces.append(Piece(text[first:last], hit=True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end], hit=False))
    if end < len(text):
        pieces.append(Piece("…", hit=False))
    return pieces


def _places(folded: str, marked: Sequence[str]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for needle in marked:
        at = folded.find(needle)
        while at >= 0 and len(places) < 50:
            places.append((at, at + len(needle)))
            at = folded.find(needle, at + len(needle))
    return places
