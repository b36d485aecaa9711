"""Contacts on the wire."""

from frontdesk.contacts.types import Contact, ContactView


def contact_view(contact: Contact) -> ContactView:
    """The contact as staff see it."""
    return ContactView(
        id=str(contact.id),
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        remark=contact.remark,
        language=contact.language,
        first_seen_at=contact.first_seen_at,
        last_seen_at=contact.last_seen_at,
        page=contact.page,
        visits=contact.visits,
        external_id=contact.external_id,
    )
