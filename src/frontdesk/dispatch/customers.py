"""Contacts as a list: the records, together with whose customers they are and how important."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.contacts import Contact, Wanted, contacts_page_in, fields_in, tags_in
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.core.text import spreadsheet_cell
from frontdesk.dispatch.rights import require_agent
from frontdesk.dispatch.store import cares
from frontdesk.dispatch.types import Care
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import cards

MOST: Final = 200
_ROWS: Final = 500  # of the file, read at once
_LEADING: Final = ("id", "name", "email", "phone", "company", "external_id", "vip", "owner", "tags")
_TRAILING: Final = ("remark", "language", "visits", "first_seen_at", "last_seen_at")


class Customer(Struct, frozen=True):
    """`owner` is the name of the agent whose customer this is; empty for nobody's."""

    contact: Contact
    care: Care
    owner: str


class Search(Struct, frozen=True):
    """What is looked for; what is left out keeps everything. `vip` is the least level."""

    text: str = ""
    tag_id: int | None = None
    vip: int = 0


async def list_customers(
    platform: Platform, subject: Subject, search: Search, *, cursor: str | None = None, limit: int = 50
) -> Page[Customer]:
    """What the search keeps, newest first."""
    require_agent(subject)
    require(subject, Permission.CONTACT_READ)
    before, size = parse_cursor(cursor), min(max(limit, 1), MOST)
    rows = await platform.database.read(
        subject.organization_id,
        lambda reader: _page(reader, subject.organization_id, search, before=before, limit=size + 1),
    )
    return page_of(rows, limit=size, key=lambda customer: customer.contact.id)


async def export_customers(platform: Platform, subject: Subject, search: Search) -> AsyncIterator[bytes]:
    """What the search keeps as CSV, made while it is read. Who asked is in the audit log before its first byte."""
    require_agent(subject)
    require(subject, Permission.CONTACT_EXPORT)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> _Words:
        target = Target("contacts", organization_id)
        await record_in(platform, tx, subject, Action.CONTACTS_LISTED, target)
        return await _words(tx, organization_id)

    words = await platform.database.write(organization_id, work)
    # A search that cannot be made is refused here, and not after the first line.
    first = await platform.database.read(
        organization_id, lambda reader: _page(reader, organization_id, search, before=None, limit=_ROWS)
    )
    return _lines(platform, organization_id, search, words, first)


class _Words(Struct, frozen=True):
    """Names of what rows have only keys and ids of."""

    fields: dict[str, str]
    tags: dict[int, str]


async def _words(reader: Reader, organization_id: int) -> _Words:
    fields = {field.key: field.label for field in await fields_in(reader, organization_id)}
    tags = {tag.id: tag.name for tag in await tags_in(reader, organization_id)}
    return _Words(fields, tags)


async def _page(
    reader: Reader, organization_id: int, search: Search, *, before: int | None, limit: int
) -> list[Customer]:
    among = None if search.vip <= 0 else await cares.find_important(reader, organization_id, search.vip)
    wanted = Wanted(search.text, search.tag_id, among)
    found = await contacts_page_in(reader, organization_id, wanted, before=before, limit=limit)
    known = await cares.find_many(reader, organization_id, [contact.id for contact in found])
    owners = sorted({care.owner_id for care in known.values() if care.owner_id is not None})
    names = {owner: card.name for owner, card in (await cards(reader, organization_id, owners)).items()}
    people = [(contact, known.get(contact.id, Care())) for contact in found]
    return [Customer(contact, care, names.get(care.owner_id or 0, "")) for contact, care in people]


async def _lines(
    platform: Platform, organization_id: int, search: Search, words: _Words, found: Sequence[Customer]
) -> AsyncIterator[bytes]:
    yield "\ufeff".encode() + _csv(
        [[*_LEADING, *words.fields.values(), *_TRAILING]]
    )  # Excel reads UTF-8 by this mark
    while found:
        yield _csv([_row(customer, words) for customer in found])
        if len(found) < _ROWS:
            return
        before = found[-1].contact.id
        found = await platform.database.read(
            organization_id,
            lambda reader, before=before: _page(reader, organization_id, search, before=before, limit=_ROWS),
        )


def _row(customer: Customer, words: _Words) -> list[object]:
    contact, care = customer.contact, customer.care
    tags = ", ".join(words.tags.get(tag, "") for tag in contact.tags)
    return [
        contact.id, contact.name, contact.email, contact.phone, contact.company, contact.external_id or "", care.vip,
        customer.owner, tags, *(contact.fields.get(key, "") for key in words.fields), contact.remark, contact.language,
        contact.visits, _moment(contact.first_seen_at), _moment(contact.last_seen_at),
    ]  # fmt: skip


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue().encode()


def _cell(value: object) -> str:
    """Numbers as they are; whatever a person has typed so that no spreadsheet computes it."""
    return str(value) if isinstance(value, int | float) else spreadsheet_cell(value)
