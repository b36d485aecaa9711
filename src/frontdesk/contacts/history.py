"""Who changed what of a contact, and when."""

from collections.abc import Sequence
from typing import Final

from frontdesk.auth import Permission
from frontdesk.contacts import store, store_history
from frontdesk.contacts.records import get_contact_in, require_staff
from frontdesk.contacts.types import Change
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader

_MOST: Final = 100
_LAST: Final = (1 << 63) - 1


async def changes_of(
    platform: Platform, subject: Subject, contact_id: int, *, cursor: str | None = None, limit: int = 50
) -> Page[Change]:
    """Newest first, with what was changed of the contacts that became a part of this one."""
    require_staff(subject, Permission.CONTACT_READ)
    before, size = parse_cursor(cursor), min(max(limit, 1), _MOST)

    async def read(reader: Reader) -> Sequence[Change]:
        await get_contact_in(reader, subject.organization_id, contact_id)
        parts = await store.find_parts(reader, subject.organization_id, [contact_id])
        last = _LAST if before is None else before
        return await store_history.find_before(
            reader, subject.organization_id, parts, before=last, limit=size + 1
        )

    rows = await platform.database.read(subject.organization_id, read)
    return page_of(rows, limit=size, key=lambda change: change.id)


async def changes_in(
    reader: Reader, organization_id: int, parts: Sequence[int], *, after: int, limit: int
) -> Sequence[Change]:
    """What was changed of these contacts behind one change, oldest first. For other services."""
    return await store_history.find_after(reader, organization_id, parts, after=after, limit=limit)
