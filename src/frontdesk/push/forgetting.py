"""What is kept for a person's devices: given with everything else that is kept about them, and forgotten."""

from collections.abc import Sequence

from frontdesk.core.subject import SubjectKind
from frontdesk.platform import Reader, Transaction
from frontdesk.push.store import looks, subscriptions
from frontdesk.push.types import Subscription


async def devices_of_visitors_in(
    reader: Reader, organization_id: int, contact_ids: Sequence[int]
) -> Sequence[Subscription]:
    """The browsers on which these contacts are told."""
    return [
        device
        for contact_id in contact_ids
        for device in await subscriptions.of_principal(
            reader, organization_id, SubjectKind.VISITOR, contact_id
        )
    ]


async def forget_visitors_devices_in(
    tx: Transaction, organization_id: int, contact_ids: Sequence[int]
) -> None:
    """With what was to be sent there."""
    for device in await devices_of_visitors_in(tx, organization_id, contact_ids):
        await subscriptions.remove(tx, organization_id, device.id)
    await looks.forget(tx, organization_id, contact_ids)
