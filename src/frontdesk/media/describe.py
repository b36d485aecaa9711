"""Finding files: for a message that carries one, and for a picture that everybody may see."""

from typing import Final

from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.media import content, store
from frontdesk.media.types import Media, MediaKind, MediaRef, OpenedMedia
from frontdesk.platform import Platform, Reader

_SOUNDS: Final = frozenset(
    found.mime for found in (content.MP3, content.OGG, content.WAV, content.M4A, content.MP4, content.WEBM)
)


async def describe_in(reader: Reader, organization_id: int, media_id: int, subject: Subject) -> MediaRef:
    """The file, for its uploader to attach. Raises `not_found` for everybody else, as for what does not exist."""
    media = await store.find(reader, organization_id, media_id)
    if media is None or subject.organization_id != organization_id:
        raise not_found("file")
    if (media.uploader_kind, media.uploader_id) != (subject.kind, subject.id):
        raise not_found("file")
    return media.ref


def is_sound(media: MediaRef) -> bool:
    """Whether players take it for something to listen to: recorders put a voice into the containers of films, too."""
    return media.mime in _SOUNDS


async def open_picture(platform: Platform, organization_id: int, media_id: int) -> OpenedMedia:
    """A small version of a picture that an agent uploaded: an avatar, which is public.

    Raises `not_found` for what is not a picture of this organization, or is a visitor's.
    """
    media = await platform.database.read(
        organization_id, lambda reader: store.find(reader, organization_id, media_id)
    )
    if media is None or media.kind is not MediaKind.IMAGE or media.uploader_kind is not SubjectKind.AGENT:
        raise not_found("picture")
    return opened(platform, media, thumbnail=True)


def opened(platform: Platform, media: Media, *, thumbnail: bool) -> OpenedMedia:
    """The file or its thumbnail, ready to be sent."""
    if thumbnail and media.thumbnail_size:
        chunks = platform.blobs.get(media.thumbnail_key)
        return OpenedMedia(media.name, "image/webp", media.thumbnail_size, inline=True, chunks=chunks)
    chunks = platform.blobs.get(media.key)
    inline = media.kind is MediaKind.IMAGE
    return OpenedMedia(media.name, media.mime, media.size, inline=inline, chunks=chunks)
