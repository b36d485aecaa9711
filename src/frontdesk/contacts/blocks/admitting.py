"""Whether somebody is kept out, by who they are or by where they come from."""

from typing import Final

from frontdesk.contacts.blocks import store
from frontdesk.contacts.blocks.networks import sortable
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, forbidden
from frontdesk.platform import Platform, Reader, Transaction

_NOWHERE: Final = ""


async def is_blocked_in(
    reader: Reader, organization_id: int, contact_id: int, now: Millis, *, address: str = _NOWHERE
) -> bool:
    """Whether this contact is blocked, or whoever comes from this address, or from where the contact came last."""
    place = sortable(address) or _NOWHERE
    return await store.keeps_out(reader, organization_id, now, contact_id=contact_id, address=place)


async def came_from_in(
    platform: Platform, tx: Transaction, organization_id: int, contact_id: int, address: str
) -> None:
    """Keep from where a contact came, for as long as it does not come from elsewhere."""
    place = sortable(address)
    if place is not None:
        now = platform.clock.now()
        await store.came_from(tx, organization_id, contact_id, address=address, sortable=place, now=now)


def blocked() -> FrontdeskError:
    """The same calm words for everybody: who is blocked need not read why."""
    return forbidden(
        "contacts.blocked",
        "This chat is not available at the moment.",
        hint="Please reach the company another way.",
    )
