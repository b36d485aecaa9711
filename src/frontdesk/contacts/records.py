"""Finding and editing contacts: staff only. Visitors never read what is written about them."""

import msgspec
from msgspec import UNSET

from frontdesk.auth import Permission, require
from frontdesk.contacts import store
from frontdesk.contacts.names import clean_email, clean_phone
from frontdesk.contacts.types import MAX_NAME, MAX_REMARK, Contact, ContactChanges
from frontdesk.contacts.visits import announce
from frontdesk.core.errors import forbidden, not_found
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean, clean_line
from frontdesk.platform import Platform, Reader, Transaction

MAX_PAGE = 100


async def find_contact_in(reader: Reader, organization_id: int, contact_id: int) -> Contact | None:
    """The contact, or None for an id that is not one of this organization. For other services."""
    return await store.find(reader, organization_id, contact_id)


async def get_contact_in(reader: Reader, organization_id: int, contact_id: int) -> Contact:
    """The contact. Raises `not_found` for an id that is not a contact of this organization. For other services."""
    contact = await store.find(reader, organization_id, contact_id)
    if contact is None:
        raise not_found("contact")
    return contact


async def get_contact(platform: Platform, subject: Subject, contact_id: int) -> Contact:
    """One contact, for staff."""
    _staff(subject, Permission.CONTACT_READ)
    return await platform.database.read(
        subject.organization_id, lambda reader: get_contact_in(reader, subject.organization_id, contact_id)
    )


async def list_contacts(
    platform: Platform, subject: Subject, *, text: str = "", cursor: str | None = None, limit: int = 50
) -> Page[Contact]:
    """Newest first, those with `text` in their name, address or number."""
    _staff(subject, Permission.CONTACT_READ)
    text = clean_line(text, field="search text", limit=MAX_NAME).lower()
    before, size = parse_cursor(cursor), min(max(limit, 1), MAX_PAGE)
    rows = await platform.database.read(
        subject.organization_id,
        lambda reader: store.find_page(
            reader, subject.organization_id, text=text, before=before, limit=size + 1
        ),
    )
    return page_of(rows, limit=size, key=lambda contact: contact.id)


async def update_contact(
    platform: Platform, subject: Subject, contact_id: int, changes: ContactChanges
) -> Contact:
    """Change what is set."""
    _staff(subject, Permission.CONTACT_EDIT)

    async def work(tx: Transaction) -> Contact:
        known = await get_contact_in(tx, subject.organization_id, contact_id)
        contact = _changed(known, changes)
        if contact != known:
            await store.update(tx, subject.organization_id, contact)
            await announce(platform, tx, contact)
        return contact

    return await platform.database.write(subject.organization_id, work)


def _changed(contact: Contact, changes: ContactChanges) -> Contact:
    if changes.name is not UNSET:
        name = clean_line(changes.name, field="name", limit=MAX_NAME, required=True)
        if name != contact.name:
            contact = msgspec.structs.replace(contact, name=name, name_given=True)
    if changes.email is not UNSET:
        contact = msgspec.structs.replace(contact, email=clean_email(changes.email))
    if changes.phone is not UNSET:
        contact = msgspec.structs.replace(contact, phone=clean_phone(changes.phone))
    if changes.remark is not UNSET:
        contact = msgspec.structs.replace(
            contact, remark=clean(changes.remark, field="remark", limit=MAX_REMARK)
        )
    return contact


def _staff(subject: Subject, permission: Permission) -> None:
    if not subject.is_staff:
        raise forbidden("contacts.staff-only", "Only staff see contacts.")
    require(subject, permission)
