"""The SQL of blocks, and of the addresses from which contacts came."""

from collections.abc import Sequence
from typing import Final

from frontdesk.contacts.blocks.types import Block
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction

_COLUMNS: Final = (
    "b.id, b.organization_id, b.contact_id, b.network, b.reason, b.created_at, b.created_by, b.ends_at"
)


async def insert(tx: Transaction, block: Block, ends: tuple[str, str] | None) -> None:
    first, last = ends or (None, None)
    await tx.execute(
        """insert into block (id, organization_id, contact_id, network, first_address, last_address, reason, created_at,
            created_by, ends_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        block.id, block.organization_id, block.contact_id, block.network, first, last, block.reason, block.created_at,
        block.created_by, block.ends_at,
    )  # fmt: skip


async def delete(tx: Transaction, organization_id: int, block_id: int) -> None:
    await tx.execute("delete from block where organization_id = $1 and id = $2", organization_id, block_id)


async def delete_ended(tx: Transaction, organization_id: int, now: Millis) -> None:
    await tx.execute("delete from block where organization_id = $1 and ends_at <= $2", organization_id, now)


async def find(reader: Reader, organization_id: int, block_id: int) -> Block | None:
    row = await reader.fetch_one(
        f"select {_COLUMNS} from block b where b.organization_id = $1 and b.id = $2",  # noqa: S608 - constant columns
        organization_id,
        block_id,
    )
    return None if row is None else Block(*row)


async def find_page(
    reader: Reader, organization_id: int, now: Millis, *, before: int | None, limit: int
) -> list[Block]:
    """Those that hold now, newest first."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from block b where b.organization_id = $1 and (b.ends_at is null or b.ends_at > $2)
        and b.id < $3 order by b.id desc limit $4""",  # noqa: S608 - constant columns
        organization_id,
        now,
        before if before is not None else (1 << 63) - 1,
        limit,
    )
    return [Block(*row) for row in rows]


async def holding(
    reader: Reader, organization_id: int, now: Millis, *, contact_id: int, address: str
) -> list[Block]:
    """Those that keep this contact out, or whoever comes from this address (sortable; empty: nowhere)."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from block b where b.organization_id = $1 and (b.ends_at is null or b.ends_at > $2)
        and ((b.network is null and b.contact_id = $3)
            or (b.network is not null and b.first_address <= $4 and b.last_address >= $4))
        order by b.id""",  # noqa: S608 - constant columns
        organization_id,
        now,
        contact_id,
        address,
    )
    return [Block(*row) for row in rows]


async def keeps_out(
    reader: Reader, organization_id: int, now: Millis, *, contact_id: int, address: str
) -> bool:
    """Whether one holds for this contact, for what it has become a part of, or for where either comes from: now, by `address`
    (sortable; empty: nowhere), or the last time. One statement, for it is asked at every door.
    """
    row = await reader.fetch_one(
        """with kept (id) as (select coalesce(
            (select merged_into from contact where organization_id = $1 and id = $2), cast($2 as bigint)))
        select 1 from block b cross join kept where b.organization_id = $1 and (b.ends_at is null or b.ends_at > $3)
        and ((b.network is null and b.contact_id = kept.id)
            or (b.network is not null and ((b.first_address <= $4 and b.last_address >= $4)
                or exists (select 1 from contact_address a where a.organization_id = $1 and a.contact_id = kept.id
                    and b.first_address <= a.sortable and b.last_address >= a.sortable))))
        limit 1""",
        organization_id,
        contact_id,
        now,
        address,
    )
    return row is not None


async def of_contacts(reader: Reader, organization_id: int, contact_ids: Sequence[int]) -> list[Block]:
    """Every block of these contacts, or of where they came from, also those that are over."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from block b where b.organization_id = $1 and b.contact_id = any($2) order by b.id""",  # noqa: S608 - constant columns
        organization_id,
        list(contact_ids),
    )
    return [Block(*row) for row in rows]


async def move(tx: Transaction, organization_id: int, gone_id: int, into_id: int) -> None:
    """The blocks of a contact that became a part of another hold for that one."""
    await tx.execute(
        "update block set contact_id = $1 where organization_id = $2 and contact_id = $3",
        into_id,
        organization_id,
        gone_id,
    )
    await forget_addresses(tx, organization_id, [gone_id])


async def forget(tx: Transaction, organization_id: int, contact_ids: Sequence[int]) -> None:
    await tx.execute(
        "delete from block where organization_id = $1 and contact_id = any($2)",
        organization_id,
        list(contact_ids),
    )
    await forget_addresses(tx, organization_id, contact_ids)


# ---- addresses -----------------------------------------------------------------------------------------------------


async def came_from(
    tx: Transaction, organization_id: int, contact_id: int, *, address: str, sortable: str, now: Millis
) -> None:
    await tx.execute(
        """insert into contact_address (organization_id, contact_id, address, sortable, seen_at)
        values ($1, $2, $3, $4, $5) on conflict (organization_id, contact_id) do update
        set address = excluded.address, sortable = excluded.sortable, seen_at = excluded.seen_at""",
        organization_id,
        contact_id,
        address,
        sortable,
        now,
    )


async def last_address(
    reader: Reader, organization_id: int, contact_id: int
) -> tuple[str, str, Millis] | None:
    """As it is written, sortable, and when."""
    row = await reader.fetch_one(
        """select address, sortable, seen_at from contact_address where organization_id = $1 and contact_id = $2""",
        organization_id,
        contact_id,
    )
    return None if row is None else (row[0], row[1], row[2])


async def contacts_in(
    reader: Reader, organization_id: int, ends: tuple[str, str], *, limit: int
) -> list[int]:
    """Who came last from between these two addresses, the latest first."""
    rows = await reader.fetch(
        """select contact_id from contact_address where organization_id = $1 and sortable >= $2 and sortable <= $3
        order by seen_at desc limit $4""",
        organization_id,
        *ends,
        limit,
    )
    return [row[0] for row in rows]


async def forget_addresses(tx: Transaction, organization_id: int, contact_ids: Sequence[int]) -> None:
    await tx.execute(
        "delete from contact_address where organization_id = $1 and contact_id = any($2)",
        organization_id,
        list(contact_ids),
    )
