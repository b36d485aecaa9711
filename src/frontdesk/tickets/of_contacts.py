"""All that contacts have left, for whoever gives it to them or erases it. Who may was asked by the caller."""

from collections.abc import Sequence

from frontdesk.conversations import ChangedFrame, publish_frame, staff_subject
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.tickets import store
from frontdesk.tickets.types import LeaveMessage


async def of_contacts_in(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], *, after: int = 0, limit: int = 100
) -> Sequence[LeaveMessage]:
    """Their leave-messages with id > `after`, oldest first."""
    return await store.of_contacts(reader, organization_id, contact_ids, after=after, limit=limit)


async def remove_of_contacts_in(
    platform: Platform, tx: Transaction, organization_id: int, contact_ids: Sequence[int]
) -> Sequence[int]:
    """Remove their leave-messages; returns which there were. Staff's lists are told to look again."""
    removed = await store.delete_of_contacts(tx, organization_id, contact_ids)
    if removed:
        frame = ChangedFrame(topic="leave-messages")
        tx.after_commit(lambda: publish_frame(platform.bus, staff_subject(organization_id), frame))
    return removed
