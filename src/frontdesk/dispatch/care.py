"""Whose customer a contact is, and how important: what dispatch keeps of it beside the contact's record."""

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.contacts import get_contact_in, parts_of_in
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject
from frontdesk.dispatch.rights import require_agent
from frontdesk.dispatch.store import cares
from frontdesk.dispatch.types import Care
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import AgentKind, card


async def get_care(platform: Platform, subject: Subject, contact_id: int) -> Care:
    """For staff. Visitors never learn their level."""
    require_agent(subject)
    require(subject, Permission.CONTACT_READ)

    async def read(reader: Reader) -> Care:
        contact = await get_contact_in(reader, subject.organization_id, contact_id)
        return await cares.find(reader, subject.organization_id, contact.id)

    return await platform.database.read(subject.organization_id, read)


async def set_care(platform: Platform, subject: Subject, contact_id: int, care: Care) -> Care:
    """Replace it. It counts from the contact's next wait on; the owner, from the next decision on.

    Raises `not_found` for a contact or an owner that the organization does not have.
    """
    require_agent(subject)
    require(subject, Permission.CONTACT_EDIT)

    async def work(tx: Transaction) -> Care:
        contact = await get_contact_in(tx, subject.organization_id, contact_id)
        if care.owner_id is not None:
            owner = await card(tx, subject.organization_id, care.owner_id)
            if owner.kind is not AgentKind.HUMAN:
                raise not_found("agent")
        return await _change_in(platform, tx, subject, contact.id, care)

    return await platform.database.write(subject.organization_id, work)


async def set_vip(platform: Platform, subject: Subject, contact_id: int, level: int) -> Care:
    """Say how important a contact is, and nothing about whose. As `set_care` otherwise."""
    require_agent(subject)
    require(subject, Permission.CONTACT_EDIT)

    async def work(tx: Transaction) -> Care:
        contact = await get_contact_in(tx, subject.organization_id, contact_id)
        known = await cares.find(tx, subject.organization_id, contact.id)
        return await _change_in(platform, tx, subject, contact.id, Care(known.owner_id, level))

    return await platform.database.write(subject.organization_id, work)


async def join_cares_in(tx: Transaction, organization_id: int, other_id: int, contact_id: int) -> None:
    """Two records have become one: it keeps its own agent, else the other's, and the higher level."""
    other = await cares.find(tx, organization_id, other_id)
    kept = await cares.find(tx, organization_id, contact_id)
    owner_id = other.owner_id if kept.owner_id is None else kept.owner_id
    care = Care(owner_id, max(kept.vip, other.vip))
    if care != Care():
        await _save_in(tx, organization_id, contact_id, care)


async def _change_in(
    platform: Platform, tx: Transaction, subject: Subject, contact_id: int, care: Care
) -> Care:
    if care != await cares.find(tx, subject.organization_id, contact_id):
        await _save_in(tx, subject.organization_id, contact_id, care)
        owned = "" if care.owner_id is None else str(care.owner_id)
        target = Target("contact", contact_id)
        await record_in(platform, tx, subject, Action.CONTACT_ASSIGNED, target, owner=owned, vip=care.vip)
    return care


async def _save_in(tx: Transaction, organization_id: int, contact_id: int, care: Care) -> None:
    # A conversation knows its visitor under the id of its time: the same stands under each of them.
    for known_as in await parts_of_in(tx, organization_id, contact_id):
        await cares.save(tx, organization_id, known_as, care)
