"""The only file that knows the table of contacts."""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from frontdesk.contacts.names import email_key, phone_key
from frontdesk.contacts.types import Contact, Value, VisitedPage, Wanted
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_SELECT: Final = (
    "select id, organization_id, channel_id, name, name_given, email, phone, remark, language, first_seen_at, last_seen_at,"
    " visits, page, external_id, company, fields, tags, version,"
    " page_attributes from contact"
)


def _contact(row: Row) -> Contact:
    page = None if row[12] is None else msgspec.json.decode(row[12], type=VisitedPage)
    return Contact(
        id=row[0], organization_id=row[1], channel_id=row[2], name=row[3], name_given=bool(row[4]), email=row[5],
        phone=row[6], remark=row[7], language=row[8], first_seen_at=row[9], last_seen_at=row[10], visits=row[11],
        page=page, external_id=row[13], company=row[14], fields=msgspec.json.decode(row[15], type=dict[str, Value]),
        tags=msgspec.json.decode(row[16], type=tuple[int, ...]), version=row[17],
        page_attributes=msgspec.json.decode(row[18], type=dict[str, Value]),
    )  # fmt: skip


def _page(contact: Contact) -> str | None:
    return None if contact.page is None else msgspec.json.encode(contact.page).decode()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _found_by(contact: Contact) -> str:
    """What a search looks in. A line each, so that no text is found across two of them."""
    values = [str(value) for value in contact.fields.values() if not isinstance(value, bool)]
    return "\n".join(
        [contact.name, contact.email, contact.phone, contact.company, contact.external_id or "", *values]
    ).lower()


async def insert(tx: Transaction, organization_id: int, contact: Contact) -> None:
    await tx.execute(
        "insert into contact (organization_id, id, channel_id, name, name_given, email, phone, remark, language,"
        " first_seen_at, last_seen_at, visits, page, external_id, company, fields, tags, version, found_by, email_key,"
        " phone_key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        organization_id, contact.id, contact.channel_id, contact.name, contact.name_given, contact.email,
        contact.phone, contact.remark, contact.language, contact.first_seen_at, contact.last_seen_at, contact.visits,
        _page(contact), contact.external_id, contact.company, _json(contact.fields), _json(contact.tags),
        contact.version, _found_by(contact), email_key(contact.email), phone_key(contact.phone),
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, contact_id: int) -> Contact | None:
    """The contact; for the id of one that was merged, the one that it is a part of now."""
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1"  # noqa: S608 - constant columns
        " and id = coalesce((select merged_into from contact where organization_id = $1 and id = $2), $2)",
        organization_id, contact_id,
    )  # fmt: skip
    return None if row is None else _contact(row)


async def names(reader: Reader, organization_id: int, contact_ids: Collection[int]) -> dict[int, str]:
    """By id; who was merged goes by the name of the one that they are a part of."""
    rows = await reader.fetch(
        """select c.id, coalesce(whole.name, c.name) from contact c
        left join contact whole on whole.organization_id = c.organization_id and whole.id = c.merged_into
        where c.organization_id = $1 and c.id = any($2)""",
        organization_id,
        list(contact_ids),
    )
    return {row[0]: row[1] for row in rows}


async def find_external(reader: Reader, organization_id: int, external_id: str) -> Contact | None:
    """The contact whom the company knows under this id."""
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and external_id = $2", organization_id, external_id
    )
    return None if row is None else _contact(row)


async def find_page(
    reader: Reader, organization_id: int, wanted: Wanted, *, before: int | None, limit: int
) -> Sequence[Contact]:
    """Newest first. The text is compared in lower case; empty: all."""
    pattern = "%" + wanted.text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and id < $2 and merged_into is null"  # noqa: S608 - constant columns
        " and found_by like $3 escape '!'"
        " and (cast($4 as bigint) = 0"
        " or id in (select contact_id from contact_tag where organization_id = $1 and tag_id = $4))"
        " and ($5 or id = any($6)) order by id desc limit $7",
        organization_id, before if before is not None else (1 << 63) - 1, pattern, wanted.tag_id or 0,
        wanted.among is None, list(wanted.among or ()), limit,
    )  # fmt: skip
    return [_contact(row) for row in rows]


async def update(tx: Transaction, organization_id: int, contact: Contact) -> None:
    await tx.execute(
        "update contact set name = $1, name_given = $2, email = $3, phone = $4, remark = $5, language = $6,"
        " last_seen_at = $7, visits = $8, page = $9, external_id = $10, first_seen_at = $11, company = $12, fields = $13,"
        " tags = $14, version = $15, found_by = $16, email_key = $17, phone_key = $18, page_attributes = $19"
        " where organization_id = $20 and id = $21",
        contact.name, contact.name_given, contact.email, contact.phone, contact.remark, contact.language,
        contact.last_seen_at, contact.visits, _page(contact), contact.external_id, contact.first_seen_at,
        contact.company, _json(contact.fields), _json(contact.tags), contact.version, _found_by(contact),
        email_key(contact.email), phone_key(contact.phone), _json(contact.page_attributes), organization_id, contact.id,
    )  # fmt: skip


async def mark_merged(tx: Transaction, organization_id: int, contact_id: int, *, into: int) -> None:
    """Lead whoever asks for this contact, or for one that became a part of it, to the other."""
    await tx.execute(
        "update contact set merged_into = $1 where organization_id = $2 and (id = $3 or merged_into = $3)",
        into, organization_id, contact_id,
    )  # fmt: skip


async def find_parts(reader: Reader, organization_id: int, contact_ids: Sequence[int]) -> Sequence[int]:
    """Every id under which the people of these ids are known: those that stay first, then those that lead to them."""
    rows = await reader.fetch(
        "with kept as (select coalesce(merged_into, id) as id from contact where organization_id = $1 and id = any($2))"
        " select id, merged_into is not null as led from contact where organization_id = $1"
        " and (id in (select id from kept) or merged_into in (select id from kept)) order by led, id",
        organization_id, list(contact_ids),
    )  # fmt: skip
    return [row[0] for row in rows]


async def find_alike(
    reader: Reader, organization_id: int, contact: Contact, *, limit: int
) -> Sequence[Contact]:
    """Others with this contact's address or number, the last seen first."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and merged_into is null and id <> $2"
        " and ((email_key <> '' and email_key = $3) or (phone_key <> '' and phone_key = $4))"
        " order by last_seen_at desc, id desc limit $5",
        organization_id, contact.id, email_key(contact.email), phone_key(contact.phone), limit,
    )  # fmt: skip
    return [_contact(row) for row in rows]


async def delete(tx: Transaction, organization_id: int, contact_ids: Sequence[int]) -> None:
    await tx.execute(
        "delete from contact where organization_id = $1 and id = any($2)", organization_id, list(contact_ids)
    )
