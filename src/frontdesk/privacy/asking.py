"""Asking for a contact to be erased, and how far that is."""

from collections.abc import Sequence

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, forget_visitors_in, require
from frontdesk.contacts import get_contact_in, parts_of_in, remove_in
from frontdesk.conversations import count_to_erase_in, open_of_contacts_in
from frontdesk.core.errors import forbidden, not_found
from frontdesk.core.subject import Subject, system_subject
from frontdesk.dispatch import close_in, forget_cares_in
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.platform.outbox import forget_in
from frontdesk.privacy import store
from frontdesk.privacy.types import ERASURE_ASKED, Erasure, ErasureAsked
from frontdesk.push import forget_visitors_devices_in
from frontdesk.tickets import remove_of_contacts_in
from frontdesk.webhooks import forget_objects_in


async def erase_contact(platform: Platform, subject: Subject, contact_id: int) -> Erasure:
    """Erase a contact; a repeat returns the same erasure, also when it is finished.

    When this returns, the visitor is out on every browser, open conversations are closed, and whatever names the person
    is gone: record, identities, keys, leave-messages, tickets, owner and VIP level, what webhooks were told about it. What was
    said, and files, follow by the worker. Nothing of it can be brought back.
    Raises `not_found` for what is not a contact of the organization.
    """
    _staff(subject)
    organization_id, identity = subject.organization_id, platform.ids.new()

    async def work(tx: Transaction) -> Erasure:
        known = await store.of_contact(tx, organization_id, contact_id)
        if known is not None:
            return known
        contact = await get_contact_in(tx, organization_id, contact_id)
        parts = await parts_of_in(tx, organization_id, contact.id)
        erasure = Erasure(
            id=identity,
            organization_id=organization_id,
            contact_id=contact.id,
            parts=parts,
            asked_by=subject.id,
            asked_at=platform.clock.now(),
            conversations=await count_to_erase_in(tx, organization_id, parts),
            done=0,
            files=0,
            conversation_id=0,
            seq=0,
            finished_at=None,
        )
        await store.insert(tx, erasure)
        await record_in(
            platform, tx, subject, Action.CONTACT_ERASURE_ASKED, Target("contact", contact.id),
            conversations=erasure.conversations,
        )  # fmt: skip
        await _forget_person_in(platform, tx, organization_id, parts)
        asked = ErasureAsked(organization_id, erasure.id)
        tx.after_commit(lambda: ERASURE_ASKED.publish(platform.bus, asked))
        return erasure

    return await platform.database.write(organization_id, work)


async def get_erasure(platform: Platform, subject: Subject, contact_id: int) -> Erasure:
    """How far the erasure of a contact is. Raises `not_found` where nobody has asked for one."""
    _staff(subject)

    async def read(reader: Reader) -> Erasure:
        erasure = await store.of_contact(reader, subject.organization_id, contact_id)
        if erasure is None:
            raise not_found("erasure")
        return erasure

    return await platform.database.read(subject.organization_id, read)


async def _forget_person_in(
    platform: Platform, tx: Transaction, organization_id: int, parts: Sequence[int]
) -> None:
    """Everything that is little and says who it was. Closing comes first: it still needs a contact."""
    system = system_subject(organization_id)
    for conversation in await open_of_contacts_in(tx, organization_id, parts):
        await close_in(platform, tx, system, conversation, reason="erasing")
    await forget_visitors_in(platform, tx, organization_id, parts)
    await forget_visitors_devices_in(tx, organization_id, parts)
    await forget_cares_in(tx, organization_id, parts)
    left = await remove_of_contacts_in(platform, tx, organization_id, parts)
    await forget_in(tx, organization_id, [*parts, *left])
    await forget_objects_in(tx, organization_id, [*parts, *left])
    await remove_in(platform, tx, organization_id, parts)


def _staff(subject: Subject) -> None:
    if not subject.is_staff:
        raise forbidden("privacy.staff-only", "Only staff erase contacts.")
    require(subject, Permission.CONTACT_ERASE)
