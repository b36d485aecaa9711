"""The only file that knows the table of the organization's own fields."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.contacts.types import Field, FieldKind
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_SELECT: Final = "select id, key, label, kind, choices, position, archived from contact_field"


def _field(row: Row) -> Field:
    choices = msgspec.json.decode(row[4], type=list[str])
    return Field(row[0], row[1], row[2], FieldKind(row[3]), choices, row[5], bool(row[6]))


async def find_all(reader: Reader, organization_id: int) -> Sequence[Field]:
    """In their order, archived ones too."""
    rows = await reader.fetch(f"{_SELECT} where organization_id = $1 order by position, id", organization_id)
    return [_field(row) for row in rows]


async def insert(tx: Transaction, organization_id: int, field: Field) -> None:
    await tx.execute(
        "insert into contact_field (organization_id, id, key, label, kind, choices, position, archived)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
        organization_id, field.id, field.key, field.label, field.kind.value, _choices(field), field.position,
        field.archived,
    )  # fmt: skip


async def update(tx: Transaction, organization_id: int, field: Field) -> None:
    await tx.execute(
        "update contact_field set label = $1, choices = $2, position = $3, archived = $4"
        " where organization_id = $5 and id = $6",
        field.label, _choices(field), field.position, field.archived, organization_id, field.id,
    )  # fmt: skip


def _choices(field: Field) -> str:
    return msgspec.json.encode(field.choices).decode()
