"""Whose customer a contact is, and how important."""

from collections.abc import Sequence

from frontdesk.dispatch.types import Care
from frontdesk.platform import Reader, Transaction


async def find(reader: Reader, organization_id: int, contact_id: int) -> Care:
    """Nothing special about a contact that is not known."""
    return (await find_many(reader, organization_id, [contact_id])).get(contact_id, Care())


async def find_many(reader: Reader, organization_id: int, contact_ids: Sequence[int]) -> dict[int, Care]:
    """Of those contacts that something is known of."""
    if not contact_ids:
        return {}
    rows = await reader.fetch(
        "select contact_id, owner_id, vip from care where organization_id = $1 and contact_id = any($2)",
        organization_id,
        contact_ids,
    )
    return {contact_id: Care(owner_id, vip) for contact_id, owner_id, vip in rows}


async def find_important(reader: Reader, organization_id: int, vip: int) -> list[int]:
    """The contacts of at least this level."""
    rows = await reader.fetch(
        "select contact_id from care where organization_id = $1 and vip >= $2", organization_id, vip
    )
    return [row[0] for row in rows]


async def save(transaction: Transaction, organization_id: int, contact_id: int, care: Care) -> None:
    await transaction.execute(
        """insert into care (organization_id, contact_id, owner_id, vip) values ($1, $2, $3, $4)
        on conflict (organization_id, contact_id) do update set owner_id = excluded.owner_id, vip = excluded.vip""",
        organization_id,
        contact_id,
        care.owner_id,
        care.vip,
    )


async def delete(transaction: Transaction, organization_id: int, contact_ids: Sequence[int]) -> None:
    await transaction.execute(
        "delete from care where organization_id = $1 and contact_id = any($2)",
        organization_id,
        list(contact_ids),
    )
