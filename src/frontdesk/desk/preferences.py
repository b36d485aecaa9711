"""How an agent likes to work, on all devices: how long a message can be taken back before it leaves, which columns are shown."""

from msgspec import UNSET, structs

from frontdesk.auth import Permission, require
from frontdesk.conversations import ChangedFrame, deliver_subject, publish_frame
from frontdesk.core.errors import conflict
from frontdesk.core.subject import Subject
from frontdesk.desk import store_preferences as store
from frontdesk.desk.types import MAX_TABLES, PreferenceChanges, Preferences
from frontdesk.platform import Platform, Transaction


async def change_preferences(platform: Platform, subject: Subject, changes: PreferenceChanges) -> Preferences:
    """Keep what is set, and tell one's other devices. A repeat changes nothing."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Preferences:
        known = await store.find(tx, organization_id, subject.id)
        kept = known
        if changes.undo_s is not UNSET:
            kept = structs.replace(kept, undo_s=changes.undo_s)
        if changes.columns is not UNSET:
            kept = structs.replace(kept, columns={**kept.columns, **changes.columns})
        if len(kept.columns) > MAX_TABLES:
            raise conflict(
                "desk.too-many-tables", "There are not so many tables.", hint="Name one that there is."
            )
        if kept != known:
            await store.put(tx, organization_id, subject.id, kept)
            to = deliver_subject(organization_id, subject.id)
            tx.after_commit(lambda: publish_frame(platform.bus, to, ChangedFrame(topic="desk")))
        return kept

    return await platform.database.write(organization_id, work)
