"""Files for those of our own services that may read a conversation, or all that there is of a person."""

from frontdesk.media import store
from frontdesk.media.describe import opened
from frontdesk.media.types import MediaRef, OpenedMedia
from frontdesk.platform import Platform, Reader


async def open_media(platform: Platform, organization_id: int, media_id: int) -> OpenedMedia | None:
    """The file; None when there is none any more. Who may have it was asked by the caller."""
    media = await platform.database.read(
        organization_id, lambda reader: store.find(reader, organization_id, media_id)
    )
    return None if media is None else opened(platform, media, thumbnail=False)


async def known_in(reader: Reader, organization_id: int, media_id: int) -> MediaRef | None:
    """What is known of the file; None when there is none any more. Who may have it was asked by the caller."""
    media = await store.find(reader, organization_id, media_id)
    return None if media is None else media.ref
