"""Asking for the preview of a link in a conversation."""

from frontdesk.auth import Permission, require
from frontdesk.conversations import Entry, entry_at_in, get_readable
from frontdesk.core.errors import forbidden, not_found
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader
from frontdesk.previews.links import stands_in
from frontdesk.previews.previewer import Previewer
from frontdesk.previews.types import MAX_LINK, LinkPreview
from frontdesk.settings import get as get_settings


async def preview_link(
    platform: Platform, previewer: Previewer, subject: Subject, conversation_id: int, *, seq: int, link: str
) -> LinkPreview:
    """What the page of a link says, as it stands in this entry; nothing else can be asked for.

    Raises `not_found` for what the subject may not read and for a link that is not in the entry, `forbidden` where the
    organization has switched previews off, and `busy` when the subject asks for too many.
    """
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id = subject.organization_id
    if not (await get_settings(platform, organization_id)).link_previews:
        raise forbidden(
            "previews.off",
            "Previews of links are switched off.",
            hint="Open the link itself, or ask an administrator to allow previews in the settings.",
        )

    async def read(reader: Reader) -> Entry | None:
        await get_readable(reader, subject, conversation_id)
        return await entry_at_in(reader, organization_id, conversation_id, seq)

    entry = await platform.database.read(organization_id, read)
    if entry is None or len(link) > MAX_LINK or not stands_in(link, entry):
        raise not_found("link")
    return await previewer.look(subject, link)
