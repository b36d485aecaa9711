"""Finding and editing contacts: staff only. Visitors never read what is written about them."""

from collections.abc import Collection, Mapping, Sequence

from msgspec import UNSET, structs

from frontdesk.auth import Permission, require
from frontdesk.contacts import store, store_fields, store_history
from frontdesk.contacts.changing import change_in, differences
from frontdesk.contacts.names import clean_email, clean_phone
from frontdesk.contacts.types import (
    MAX_COMPANY,
    MAX_NAME,
    MAX_REMARK,
    Author,
    Contact,
    ContactChanges,
    Source,
    Value,
    Wanted,
)
from frontdesk.contacts.values import clean_value
from frontdesk.core.errors import conflict, forbidden, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean, clean_line
from frontdesk.platform import Platform, Reader, Transaction


async def find_contact_in(reader: Reader, organization_id: int, contact_id: int) -> Contact | None:
    """The contact, or None for an id that is not one of this organization. For other services."""
    return await store.find(reader, organization_id, contact_id)


async def names_of_contacts_in(
    reader: Reader, organization_id: int, contact_ids: Collection[int]
) -> Mapping[int, str]:
    """Their names now; ids that are not contacts of this organization are left out. For other services."""
    return await store.names(reader, organization_id, contact_ids)


async def get_contact_in(reader: Reader, organization_id: int, contact_id: int) -> Contact:
    """The contact. Raises `not_found` for an id that is not a contact of this organization. For other services."""
    contact = await store.find(reader, organization_id, contact_id)
    if contact is None:
        raise not_found("contact")
    return contact


async def get_contact(platform: Platform, subject: Subject, contact_id: int) -> Contact:
    """One contact, for staff."""
    require_staff(subject, Permission.CONTACT_READ)
    return await platform.database.read(
        subject.organization_id, lambda reader: get_contact_in(reader, subject.organization_id, contact_id)
    )


async def contacts_page_in(
    reader: Reader, organization_id: int, wanted: Wanted, *, before: int | None, limit: int
) -> Sequence[Contact]:
    """What is wanted of the contacts with an id below `before`, newest first. For other services."""
    text = clean_line(wanted.text, field="search text", limit=MAX_NAME).lower()
    return await store.find_page(
        reader, organization_id, structs.replace(wanted, text=text), before=before, limit=limit
    )


async def update_contact(
    platform: Platform, subject: Subject, contact_id: int, changes: ContactChanges
) -> Contact:
    """Change what is set. Raises `conflict` when somebody else has changed the same since the version that was seen."""
    require_staff(subject, Permission.CONTACT_EDIT)
    author = Author(Source.AGENT, subject.id)

    async def work(tx: Transaction) -> Contact:
        known = await get_contact_in(tx, subject.organization_id, contact_id)
        contact = structs.replace(
            _changed(known, changes), fields=await _fields_in(tx, subject.organization_id, known, changes)
        )
        if changes.version is not UNSET:
            await _nothing_newer_in(tx, known, contact, author, seen=changes.version)
        return await change_in(platform, tx, known, contact, author)

    return await platform.database.write(subject.organization_id, work)


def _changed(contact: Contact, changes: ContactChanges) -> Contact:
    if changes.name is not UNSET:
        name = clean_line(changes.name, field="name", limit=MAX_NAME, required=True)
        if name != contact.name:
            contact = structs.replace(contact, name=name, name_given=True)
    if changes.email is not UNSET:
        contact = structs.replace(contact, email=clean_email(changes.email))
    if changes.phone is not UNSET:
        contact = structs.replace(contact, phone=clean_phone(changes.phone))
    if changes.company is not UNSET:
        company = clean_line(changes.company, field="company", limit=MAX_COMPANY)
        contact = structs.replace(contact, company=company)
    if changes.remark is not UNSET:
        contact = structs.replace(contact, remark=clean(changes.remark, field="remark", limit=MAX_REMARK))
    return contact


async def _fields_in(
    tx: Transaction, organization_id: int, known: Contact, changes: ContactChanges
) -> Mapping[str, Value]:
    """What stands in the organization's own fields after the changes."""
    if changes.fields is UNSET or not changes.fields:
        return known.fields
    fields = {
        each.key: each for each in await store_fields.find_all(tx, organization_id) if not each.archived
    }
    values = dict(known.fields)
    for key, value in changes.fields.items():
        if key not in fields:
            raise invalid(
                "contacts.field-unknown",
                "There is no such field.",
                hint="See which there are under /v1/contact-fields; archived ones are not set.",
                details={"field": f"fields.{key[:40]}"},
            )
        kept = clean_value(fields[key], value, values.pop(key, None))
        if kept is not None:
            values[key] = kept
    return values


async def _nothing_newer_in(
    tx: Transaction, known: Contact, contact: Contact, author: Author, *, seen: int
) -> None:
    names = [name for name, _, _ in differences(known, contact)]
    newer = await store_history.newest_of_others(
        tx, known.organization_id, known.id, names, after=seen, author=author
    )
    if newer is not None:
        raise conflict(
            "contacts.changed-meanwhile",
            "Somebody else has just changed this.",
            hint="Look at what it is now, and change it again if need be.",
            details={"field": newer.field, "version": known.version},
        )


def require_staff(subject: Subject, permission: Permission) -> None:
    """Raise `forbidden` for visitors, and for staff without the permission."""
    if not subject.is_staff:
        raise forbidden("contacts.staff-only", "Only staff see contacts.")
    require(subject, permission)
