"""Removing files for good."""

from collections.abc import Sequence

from frontdesk.core.subject import SubjectKind
from frontdesk.media import store
from frontdesk.platform import Platform, Reader, Transaction


async def remove(platform: Platform, organization_id: int, media_id: int) -> None:
    """Remove a file with its thumbnail, then what is known of it. A repeat, and what is not there, change nothing.

    Killed in between it leaves the row, so that a repeat finds the rest. Raises when the store of files is away.
    """
    media = await platform.database.read(
        organization_id, lambda reader: store.find(reader, organization_id, media_id)
    )
    if media is None:
        return
    await platform.blobs.delete(media.key)
    await platform.blobs.delete(media.thumbnail_key)

    async def work(tx: Transaction) -> None:
        await store.delete(tx, organization_id, media_id)

    await platform.database.write(organization_id, work)


async def of_uploader_in(
    reader: Reader, organization_id: int, kind: SubjectKind, uploader_id: int, *, limit: int
) -> Sequence[int]:
    """Files that somebody has sent, attached or not, the oldest first."""
    return await store.of_uploader(reader, organization_id, kind, uploader_id, limit=limit)


async def visitors_files_in(reader: Reader, organization_id: int, media: Sequence[int]) -> frozenset[int]:
    """Those of these files that visitors have sent."""
    if not media:
        return frozenset()
    return frozenset(await store.of_visitors(reader, organization_id, media))
