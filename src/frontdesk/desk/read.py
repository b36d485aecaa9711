"""What an agent finds on the desk when a device connects."""

from frontdesk.auth import Permission, require
from frontdesk.core.subject import Subject
from frontdesk.desk import store, store_preferences
from frontdesk.desk.types import LISTED_DRAFTS, Desk
from frontdesk.platform import Platform, Reader


async def read_desk(platform: Platform, subject: Subject) -> Desk:
    """One's own drafts, marks and preferences, nobody else's."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Desk:
        drafts = await store.drafts_of(reader, organization_id, subject.id, limit=LISTED_DRAFTS)
        marks = await store.marks_of(reader, organization_id, subject.id)
        return Desk(drafts, marks, await store_preferences.find(reader, organization_id, subject.id))

    return await platform.database.read(organization_id, read)
