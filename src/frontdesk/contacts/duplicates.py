"""Records that look like the same person."""

from collections.abc import Sequence
from typing import Final

from frontdesk.auth import Permission
from frontdesk.contacts import store
from frontdesk.contacts.records import get_contact_in, require_staff
from frontdesk.contacts.types import Contact
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader

_MOST: Final = 5


async def duplicates_of(platform: Platform, subject: Subject, contact_id: int) -> Sequence[Contact]:
    """Others with the same e-mail address or telephone number, the last seen first, and only those that could be merged.

    Two whom the company knows under ids of their own are two people, whatever they have in common.
    """
    require_staff(subject, Permission.CONTACT_MERGE)

    async def read(reader: Reader) -> Sequence[Contact]:
        contact = await get_contact_in(reader, subject.organization_id, contact_id)
        found = await store.find_alike(reader, subject.organization_id, contact, limit=_MOST * 4)
        return [other for other in found if contact.external_id is None or other.external_id is None][:_MOST]

    return await platform.database.read(subject.organization_id, read)
