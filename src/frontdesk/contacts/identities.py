"""Contacts whom the company knows: named by its own back end, found again on every device, made one of two."""

from collections.abc import Mapping
from contextlib import suppress

from msgspec import structs

from frontdesk.contacts import store, store_fields, store_tags
from frontdesk.contacts.blocks import store as block_store
from frontdesk.contacts.changing import change_in
from frontdesk.contacts.names import clean_email, clean_phone
from frontdesk.contacts.types import (
    MAX_COMPANY,
    MAX_NAME,
    MAX_REMARK,
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


async def merge_in(
    platform: Platform, tx: Transaction, organization_id: int, gone_id: int, into_id: int
) -> Contact:
    """Make one contact of two: `into_id` stays and takes over what it does not know itself.

    The former id leads to it from now on. What others keep about the former contact is theirs to move.
    """
    gone = await store.find(tx, organization_id, gone_id)
    into = await store.find(tx, organization_id, into_id)
    if gone is None or into is None:
        raise not_found("contact")
    if gone.id == into.id:
        return into
    newer = max(gone, into, key=lambda contact: contact.last_seen_at)
    contact = structs.replace(
        into,
        name=gone.name if gone.name_given and not into.name_given else into.name,
        name_given=into.name_given or gone.name_given,
        email=into.email or gone.email,
        phone=into.phone or gone.phone,
        remark="\n".join(filter(None, (into.remark, gone.remark)))[:MAX_REMARK],
        first_seen_at=min(into.first_seen_at, gone.first_seen_at),
        last_seen_at=newer.last_seen_at,
        visits=into.visits + gone.visits,
        page=newer.page or into.page,
        company=into.company or gone.company,
        fields={**gone.fields, **into.fields},
        tags=tuple(dict.fromkeys((*into.tags, *gone.tags))),
    )
    await block_store.move(tx, organization_id, gone.id, into.id)
    await store_tags.take_all(tx, organization_id, [gone.id])
    await store.mark_merged(tx, organization_id, gone.id, into=into.id)
    return await change_in(platform, tx, into, contact, Author(Source.COMPANY))
