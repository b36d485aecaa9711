"""The only file that knows the table of what was changed of contacts."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.contacts.types import Author, Change, Source, Value
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_SELECT: Final = "select id, at, by_kind, by_id, field, former, latter from contact_change"


def _change(row: Row) -> Change:
    return Change(row[0], row[1], Author(Source(row[2]), row[3]), row[4], _value(row[5]), _value(row[6]))


def _value(text: str) -> Value | None:
    return msgspec.json.decode(text, type=Value | None)


async def insert(
    tx: Transaction, organization_id: int, contact_id: int, version: int, change: Change
) -> None:
    await tx.execute(
        "insert into contact_change"
        " (organization_id, id, contact_id, version, at, by_kind, by_id, field, former, latter)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        organization_id, change.id, contact_id, version, change.at, change.by.source.value, change.by.id, change.field,
        msgspec.json.encode(change.before).decode(), msgspec.json.encode(change.after).decode(),
    )  # fmt: skip


async def find_before(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], *, before: int, limit: int
) -> Sequence[Change]:
    """Newest first."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and contact_id = any($2) and id < $3 order by id desc limit $4",
        organization_id, list(contact_ids), before, limit,
    )  # fmt: skip
    return [_change(row) for row in rows]


async def find_after(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], *, after: int, limit: int
) -> Sequence[Change]:
    """Oldest first."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and contact_id = any($2) and id > $3 order by id limit $4",
        organization_id, list(contact_ids), after, limit,
    )  # fmt: skip
    return [_change(row) for row in rows]


async def newest_of_others(
    reader: Reader,
    organization_id: int,
    contact_id: int,
    fields: Sequence[str],
    *,
    after: int,
    author: Author,
) -> Change | None:
    """The last change of one of these fields since a version that this author has not made."""
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and contact_id = $2 and field = any($3) and version > $4"
        " and not (by_kind = $5 and by_id = $6) order by id desc limit 1",
        organization_id, contact_id, list(fields), after, author.source.value, author.id,
    )  # fmt: skip
    return None if row is None else _change(row)


async def delete(tx: Transaction, organization_id: int, contact_ids: Sequence[int]) -> None:
    await tx.execute(
        "delete from contact_change where organization_id = $1 and contact_id = any($2)",
        organization_id,
        list(contact_ids),
    )
