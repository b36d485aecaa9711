"""Which pages a visitor was on."""

from collections.abc import Sequence

from frontdesk.auth import Permission
from frontdesk.contacts import store, store_track
from frontdesk.contacts.records import get_contact_in, require_staff
from frontdesk.contacts.types import MAX_TRACK, Stop, VisitedPage
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader, Transaction


async def track_of(platform: Platform, subject: Subject, contact_id: int) -> Sequence[Stop]:
    """The last pages on which a contact opened the chat, newest first."""
    require_staff(subject, Permission.CONTACT_READ)

    async def read(reader: Reader) -> Sequence[Stop]:
        await get_contact_in(reader, subject.organization_id, contact_id)
        parts = await store.find_parts(reader, subject.organization_id, [contact_id])
        return await track_in(reader, subject.organization_id, parts)

    return await platform.database.read(subject.organization_id, read)


async def track_in(reader: Reader, organization_id: int, parts: Sequence[int]) -> Sequence[Stop]:
    """The same for other services."""
    return await store_track.find(reader, organization_id, parts, limit=MAX_TRACK)


async def note_stop_in(
    platform: Platform, tx: Transaction, organization_id: int, contact_id: int, page: VisitedPage | None
) -> None:
    """The visitor is on this page. Nothing is noted of the page that was the last one already."""
    if page is None or page == await store_track.last(tx, organization_id, contact_id):
        return
    stop = Stop(platform.ids.new(), platform.clock.now(), page)
    await store_track.add(tx, organization_id, contact_id, stop, keep=MAX_TRACK)
