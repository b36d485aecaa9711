"""Removing what agents kept about a conversation that must be forgotten, and files that nothing needs any more."""

from collections.abc import Sequence

from frontdesk.desk import store, store_reply_files
from frontdesk.platform import Reader, Transaction


async def forget_desk_in(tx: Transaction, organization_id: int, conversation_id: int) -> None:
    """Remove everybody's drafts and marks of a conversation; saved replies' files stay for it no longer. A repeat changes
    nothing.

    The browser in which a draft was written keeps its own copy until the draft is sent or emptied there.
    """
    await store.forget(tx, organization_id, conversation_id)
    await store_reply_files.forget_sendings(tx, organization_id, conversation_id)


async def reply_files_in(reader: Reader, organization_id: int, media: Sequence[int]) -> frozenset[int]:
    """Those of these files that are, or were, saved replies': they do not go with a conversation."""
    if not media:
        return frozenset()
    return frozenset(await store_reply_files.of_replies(reader, organization_id, media))


async def needless_files(reader: Reader, *, limit: int) -> Sequence[tuple[int, int]]:
    """Organization and file, of every organization, where no reply holds it and no conversation has it any more."""
    return await store_reply_files.needless(reader, limit=limit)


async def forget_file_in(tx: Transaction, organization_id: int, media_id: int) -> None:
    """Know no longer of a needless file, whose bytes are the caller's to remove. Nothing can need it again."""
    await store_reply_files.forget(tx, organization_id, media_id)
