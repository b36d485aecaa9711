"""What a visit does to the record of the visitor."""

from collections.abc import Mapping

from msgspec import structs

from frontdesk.contacts import store
from frontdesk.contacts.changing import change_in
from frontdesk.contacts.names import clean_email, clean_phone, known_language, visitor_name
from frontdesk.contacts.track import note_stop_in
from frontdesk.contacts.types import (
    MAX_NAME,
    MAX_PAGE_TITLE,
    MAX_URL,
    Author,
    Contact,
    Source,
    Value,
    VisitedPage,
)
from frontdesk.contacts.views import contact_view
from frontdesk.core.errors import not_found
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.outbox import tell_in


async def visit_in(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    *,
    contact_id: int,
    channel_id: int,
    language: str,
    page: VisitedPage | None = None,
) -> Contact:
    """Somebody came, for the first time or again; returns the record as it is now.

    `contact_id` is the one that a visitor key proved, or a fresh id for somebody unknown, never one from input. It is
    made before the transaction, because a repeated unit of work must not make a second person.
    """
    now = platform.clock.now()
    language = known_language(language)
    known = await store.find(tx, organization_id, contact_id)
    if known is None:
        contact = Contact(
            id=contact_id,
            organization_id=organization_id,
            channel_id=channel_id,
            name=visitor_name(language),
            name_given=False,
            email="",
            phone="",
            remark="",
            language=language,
            first_seen_at=now,
            last_seen_at=now,
            visits=1,
            page=clean_page(page),
        )
        await store.insert(tx, organization_id, contact)
        await note_stop_in(platform, tx, organization_id, contact.id, contact.page)
        await tell_in(
            platform, tx, organization_id, "contact.created", about=contact.id, data=contact_view(contact)
        )
        return contact
    contact = structs.replace(
        known,
        last_seen_at=max(now, known.last_seen_at),
        visits=known.visits + 1,
        language=language,
        page=clean_page(page) or known.page,
    )
    await store.update(tx, organization_id, contact)
    await note_stop_in(platform, tx, organization_id, contact.id, clean_page(page))
    return contact


async def look_in(platform: Platform, tx: Transaction, contact: Contact, page: VisitedPage | None) -> Contact:
    """Somebody known, as just read, moved to another page: the same visit, no event. Returns them as they are then."""
    page = clean_page(page)
    moved = structs.replace(contact, last_seen_at=platform.clock.now(), page=page or contact.page)
    await store.update(tx, contact.organization_id, moved)
    await note_stop_in(platform, tx, contact.organization_id, contact.id, page)
    return moved


async def introduce_in(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    contact_id: int,
    *,
    name: str,
    email: str,
    phone: str,
    fields: Mapping[str, Value] | None = None,
) -> Contact:
    """A visitor said who they are: fills in what nobody has given yet, and never replaces what staff wrote.

    `fields` are values of the organization's own fields that `clean_value` has let through.
    """
    known = await store.find(tx, organization_id, contact_id)
    if known is None:
        raise not_found("contact")
    name = clean_line(name, field="name", limit=MAX_NAME)
    contact = structs.replace(
        known,
        name=name if name and not known.name_given else known.name,
        name_given=known.name_given or bool(name),
        email=known.email or clean_email(email),
        phone=known.phone or clean_phone(phone),
        fields={**(fields or {}), **known.fields},
    )
    return await change_in(platform, tx, known, contact, Author(Source.VISITOR))


def clean_page(page: VisitedPage | None) -> VisitedPage | None:
    """The page as it may be shown to staff: cut to its limits, without addresses that are not the web's."""
    if page is None:
        return None
    title = clean_line(page.title[: MAX_PAGE_TITLE * 2], field="title", limit=MAX_PAGE_TITLE * 2)[
        :MAX_PAGE_TITLE
    ]
    cleaned = VisitedPage(url=_web_address(page.url), title=title, referrer=_web_address(page.referrer))
    return cleaned if cleaned != VisitedPage() else None


def _web_address(value: str) -> str:
    address = clean_line(value[:MAX_URL], field="address", limit=MAX_URL)
    return address if address.lower().startswith(("http://", "https://")) else ""
