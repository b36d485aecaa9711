"""The end of a contact's record."""

from collections.abc import Sequence

from frontdesk.contacts import store, store_history, store_tags, store_track
from frontdesk.contacts.blocks import store as block_store
from frontdesk.contacts.blocks.types import Block
from frontdesk.contacts.types import ContactErased
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.platform.outbox import tell_in


async def parts_of_in(reader: Reader, organization_id: int, contact_id: int) -> Sequence[int]:
    """The ids under which this person is known, whichever of them was asked for: the record's own, then those that lead to it."""
    return await store.find_parts(reader, organization_id, [contact_id])


async def remove_in(platform: Platform, tx: Transaction, organization_id: int, parts: Sequence[int]) -> None:
    """Remove the record with its parts, their history, track and tags. What others keep about the contact is theirs to remove; its first id is told."""
    await store_history.delete(tx, organization_id, parts)
    await store_track.delete(tx, organization_id, parts)
    await store_tags.take_all(tx, organization_id, parts)
    await store.delete(tx, organization_id, parts)
    await block_store.forget(tx, organization_id, parts)
    await tell_in(
        platform, tx, organization_id, "contact.erased", about=parts[0], data=ContactErased(str(parts[0]))
    )


async def blocks_of_in(reader: Reader, organization_id: int, parts: Sequence[int]) -> Sequence[Block]:
    """Everything that kept this contact out, or does."""
    return await block_store.of_contacts(reader, organization_id, parts)


async def last_address_in(reader: Reader, organization_id: int, contact_id: int) -> str | None:
    """From where the contact came last."""
    known = await block_store.last_address(reader, organization_id, contact_id)
    return None if known is None else known[0]
