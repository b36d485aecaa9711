"""What every change of a contact's record does: it is kept, noted in its history, and told."""

from collections.abc import Iterator
from typing import Final

from msgspec import structs

from frontdesk.contacts import store, store_history, store_tags
from frontdesk.contacts.events import CONTACT_CHANGED
from frontdesk.contacts.types import Author, Change, Contact, ContactChanged, Value
from frontdesk.contacts.views import contact_view
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.outbox import tell_in

_NOTED: Final = ("name", "email", "phone", "company", "remark", "external_id")


def differences(known: Contact, contact: Contact) -> Iterator[tuple[str, Value | None, Value | None]]:
    """What differs of what people and the company say, with before and after. Visits and pages are not among it."""
    for name in _NOTED:
        before, after = getattr(known, name), getattr(contact, name)
        if before != after:
            yield name, before, after
    for key in sorted({*known.fields, *contact.fields}):
        before, after = known.fields.get(key), contact.fields.get(key)
        if (before, type(before)) != (after, type(after)):
            yield f"fields.{key}", before, after
    for tag in sorted({*known.tags} ^ {*contact.tags}):
        yield f"tags.{tag}", tag in known.tags or None, tag in contact.tags or None


async def change_in(
    platform: Platform, tx: Transaction, known: Contact, contact: Contact, author: Author
) -> Contact:
    """Keep the contact as it is now; returns it with its new version. Where nothing differs, nothing happens."""
    if contact == known:
        return known
    contact = structs.replace(contact, version=known.version + 1)
    await store.update(tx, contact.organization_id, contact)
    if contact.tags != known.tags:
        await store_tags.give(tx, contact.organization_id, contact.id, contact.tags)
    now = platform.clock.now()
    for name, before, after in differences(known, contact):
        change = Change(platform.ids.new(), now, author, name, before, after)
        await store_history.insert(tx, contact.organization_id, contact.id, contact.version, change)
    await _announce(platform, tx, contact)
    return contact


async def _announce(platform: Platform, tx: Transaction, contact: Contact) -> None:
    await tell_in(
        platform,
        tx,
        contact.organization_id,
        "contact.changed",
        about=contact.id,
        data=contact_view(contact),
    )
    await show_in(platform, tx, contact)


async def show_in(platform: Platform, tx: Transaction, contact: Contact) -> None:
    """Tell the screens to look again: conversations and they may know the person under a former id."""
    for known_as in await store.find_parts(tx, contact.organization_id, [contact.id]):
        event = ContactChanged(contact.organization_id, known_as, contact.name)
        tx.after_commit(lambda event=event: CONTACT_CHANGED.publish(platform.bus, event))
