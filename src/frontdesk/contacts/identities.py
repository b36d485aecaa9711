"""Contacts whom the company knows: named by its own back end, found again on every device."""

from collections.abc import Mapping
from contextlib import suppress

from msgspec import structs

from frontdesk.contacts import store, store_fields
from frontdesk.contacts.changing import change_in
from frontdesk.contacts.names import clean_email, clean_phone
from frontdesk.contacts.types import (
    MAX_COMPANY,
    MAX_NAME,
    Author,
    Contact,
    Identity,
    Source,
    Value,
)
from frontdesk.contacts.values import clean_value
from frontdesk.core.errors import FrontdeskError, not_found
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader, Transaction


async def find_identified_in(reader: Reader, organization_id: int, external_id: str) -> Contact | None:
    """The contact whom the company knows under this id."""
    return await store.find_external(reader, organization_id, external_id)


async def identify_in(
    platform: Platform, tx: Transaction, organization_id: int, contact_id: int, identity: Identity
) -> Contact:
    """The company has said who this is. What it says replaces what is there; what it does not say stays.

    What is not of a form that we take, or of no field that there is, is left out: nobody is kept from writing to us by a
    typing error in somebody else's database. The caller has checked that no other contact has this id.
    """
    known = await store.find(tx, organization_id, contact_id)
    if known is None:
        raise not_found("contact")
    email, phone, name, company = "", "", "", ""
    with suppress(FrontdeskError):
        name = clean_line(identity.name, field="name", limit=MAX_NAME)
    with suppress(FrontdeskError):
        email = clean_email(identity.email)
    with suppress(FrontdeskError):
        phone = clean_phone(identity.phone)
    with suppress(FrontdeskError):
        company = clean_line(identity.company, field="company", limit=MAX_COMPANY)
    contact = structs.replace(
        known,
        external_id=identity.external_id,
        name=name or known.name,
        name_given=known.name_given or bool(name),
        email=email or known.email,
        phone=phone or known.phone,
        company=company or known.company,
        fields=await _fields_in(tx, known, identity.fields),
    )
    return await change_in(platform, tx, known, contact, Author(Source.COMPANY))


async def _fields_in(tx: Transaction, known: Contact, said: Mapping[str, object]) -> Mapping[str, Value]:
    """The contact's fields with what is said of them, as far as it fits."""
    if not said:
        return known.fields
    fields = dict(known.fields)
    for field in await store_fields.find_all(tx, known.organization_id):
        value = said.get(field.key)
        if field.archived or field.key not in said or not isinstance(value, Value | None):
            continue
        with suppress(FrontdeskError):
            kept = clean_value(field, value, known.fields.get(field.key))
            fields.pop(field.key, None)
            if kept is not None:
                fields[field.key] = kept
    return fields
