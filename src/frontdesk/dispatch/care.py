"""Whose customer a contact is, and how important: what dispatch keeps of it beside the contact's record."""

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.contacts import get_contact_in
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
        await get_contact_in(reader, subject.organization_id, contact_id)
        return await cares.find(reader, subject.organization_id, contact_id)

    return await platform.database.read(subject.organization_id, read)


async def set_care(platform: Platform, subject: Subject, contact_id: int, care: Care) -> Care:
    """Replace it. It counts from the contact's next wait on; the owner, from the next decision on.

    Raises `not_found` for a contact or an owner that the organization does not have.
    """
    require_agent(subject)
    require(subject, Permission.CONTACT_EDIT)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Care:
        await get_contact_in(tx, organization_id, contact_id)
        if care.owner_id is not None:
            owner = await card(tx, organization_id, care.owner_id)
            if owner.kind is not AgentKind.HUMAN:
                raise not_found("agent")
        if care != await cares.find(tx, organization_id, contact_id):
            await cares.save(tx, organization_id, contact_id, care)
            owned = "" if care.owner_id is None else str(care.owner_id)
            target = Target("contact", contact_id)
            await record_in(platform, tx, subject, Action.CONTACT_ASSIGNED, target, owner=owned, vip=care.vip)
        return care

    return await platform.database.write(organization_id, work)
