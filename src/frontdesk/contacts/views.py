"""Contacts and their changes on the wire."""

from frontdesk.contacts.types import Change, ChangeView, Contact, ContactView, Stop, StopView


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
        company=contact.company,
        fields=contact.fields,
        tags=tuple(str(tag) for tag in contact.tags),
        version=contact.version,
        page_attributes=contact.page_attributes,
    )


def change_view(change: Change) -> ChangeView:
    """The change as staff see it."""
    return ChangeView(
        id=str(change.id),
        at=change.at,
        source=change.by.source,
        agent_id=str(change.by.id) if change.by.id else None,
        field=change.field,
        before=change.before,
        after=change.after,
    )


def stop_view(stop: Stop) -> StopView:
    """The page as staff see it."""
    return StopView(stop.at, stop.page.url, stop.page.title, stop.page.referrer)
