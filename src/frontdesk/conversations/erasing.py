"""Taking what was said out of a closed conversation, for good. The log keeps its numbers and says itself that it was done.

The entries become tombstones in batches; with the last batch an `erased` entry is appended. So whoever holds the
conversation on a screen, or comes back with an old head, empties what it has by the same way as for every other news.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.conversations import store, store_erasing, store_tags
from frontdesk.conversations.append import SYSTEM, append_in
from frontdesk.conversations.decoding import media_of
from frontdesk.conversations.entries import Draft, EntryKind
from frontdesk.conversations.index_sql import INDEX
from frontdesk.conversations.state import ConversationState
from frontdesk.conversations.tombstones import tombstone
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction

_CLOSED: Final = frozenset({ConversationState.CLOSED})
_PAGES: Final = 64  # of the index, in one step: a step holds the writer


class ErasedBatch(Struct, frozen=True):
    """`after` is where to go on, None once the conversation is erased. `media` are the files that were in it."""

    after: int | None
    media: Sequence[int]


async def erase_in(
    platform: Platform, tx: Transaction, organization_id: int, conversation_id: int, *, after: int, limit: int
) -> ErasedBatch:
    """Erase up to `limit` entries with seq > `after`. Begin with 0 and go on until there is no `after`.

    A repeat, from wherever, changes nothing. The files are the caller's to remove, who notes them in the same
    transaction: nothing names them any more. Raises a `conflict` error for a conversation that is open.
    """
    entries = await store.entries_after(tx, organization_id, conversation_id, after, limit + 1)
    more, entries = len(entries) > limit, entries[:limit]
    media = [found for entry in entries if (found := media_of(entry)) is not None]
    emptied = [(entry, tombstone(entry)) for entry in entries]
    await store_erasing.replace_entries(
        tx, organization_id, [left for entry, left in emptied if left != entry]
    )
    remove = INDEX[platform.database.engine].remove
    await tx.execute_each(remove, [(int(left.id),) for entry, left in emptied if left != entry])
    if more:
        return ErasedBatch(entries[-1].seq, media)
    conversation = await store.get(tx, organization_id, conversation_id)
    if not conversation.is_erased:
        draft = Draft(EntryKind.ERASED, SYSTEM)
        await append_in(platform, tx, organization_id, conversation_id, [draft], expect=_CLOSED)
        await store_erasing.forget_name(tx, organization_id, conversation_id)
        await store_tags.remove_all(tx, organization_id, conversation_id)
    return ErasedBatch(None, media)


async def settle_index(platform: Platform) -> None:
    """Let the search index forget for good what was removed from it, in steps between which others may write.

    FTS5 only marks what was removed; its words go when the segments that they stand in are merged. Elsewhere the
    engine's own housekeeping (vacuum) does it.
    """
    if platform.database.engine != "sqlite":
        return
    pages = -_PAGES
    while await platform.database.write(EVERY_ORGANIZATION, _merging(pages)):
        pages = _PAGES


def _merging(pages: int) -> Callable[[Transaction], Awaitable[bool]]:
    async def work(tx: Transaction) -> bool:
        return await store_erasing.merge_index(tx, pages)

    return work
