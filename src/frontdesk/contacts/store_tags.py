"""The only file that knows the tables of tags, and of which contacts have them."""

from collections.abc import Iterable, Sequence
from typing import Final

from frontdesk.contacts.types import Color, Tag
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_SELECT: Final = "select id, name, color, archived from tag"


def _tag(row: Row) -> Tag:
    return Tag(row[0], row[1], Color(row[2]), bool(row[3]))


async def find_all(reader: Reader, organization_id: int) -> Sequence[Tag]:
    """By name, archived ones too."""
    rows = await reader.fetch(f"{_SELECT} where organization_id = $1 order by folded", organization_id)
    return [_tag(row) for row in rows]


async def find(reader: Reader, organization_id: int, tag_id: int) -> Tag | None:
    row = await reader.fetch_one(f"{_SELECT} where organization_id = $1 and id = $2", organization_id, tag_id)
    return None if row is None else _tag(row)


async def insert(tx: Transaction, organization_id: int, tag: Tag) -> None:
    await tx.execute(
        "insert into tag (organization_id, id, name, folded, color, archived) values ($1, $2, $3, $4, $5, $6)",
        organization_id, tag.id, tag.name, folded(tag.name), tag.color.value, tag.archived,
    )  # fmt: skip


async def update(tx: Transaction, organization_id: int, tag: Tag) -> None:
    await tx.execute(
        "update tag set name = $1, folded = $2, color = $3, archived = $4 where organization_id = $5 and id = $6",
        tag.name, folded(tag.name), tag.color.value, tag.archived, organization_id, tag.id,
    )  # fmt: skip


def folded(name: str) -> str:
    """The name as it is compared: two that differ in capitals alone are one."""
    return name.casefold()


async def give(tx: Transaction, organization_id: int, contact_id: int, tags: Iterable[int]) -> None:
    """The contact has these tags and no others."""
    await tx.execute(
        "delete from contact_tag where organization_id = $1 and contact_id = $2", organization_id, contact_id
    )
    await tx.execute_each(
        "insert into contact_tag (organization_id, contact_id, tag_id) values ($1, $2, $3)",
        [(organization_id, contact_id, tag_id) for tag_id in tags],
    )


async def take_all(tx: Transaction, organization_id: int, contact_ids: Sequence[int]) -> None:
    await tx.execute(
        "delete from contact_tag where organization_id = $1 and contact_id = any($2)",
        organization_id,
        list(contact_ids),
    )
