"""The only file that knows the tables of settings."""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction


async def find(reader: Reader, organization_id: int) -> dict[str, str]:
    """What the organization changed: name → JSON."""
    rows = await reader.fetch(
        "select name, value from organization_setting where organization_id = $1 order by name",
        organization_id,
    )
    return {row[0]: row[1] for row in rows}


async def put(
    tx: Transaction, organization_id: int, name: str, value: str, *, changed_by: int, now: Millis
) -> None:
    await tx.execute(
        "insert into organization_setting (organization_id, name, value, changed_at, changed_by)"
        " values ($1, $2, $3, $4, $5) on conflict (organization_id, name) do update"
        " set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        organization_id, name, value, now, changed_by,
    )  # fmt: skip


async def remove(tx: Transaction, organization_id: int, name: str) -> None:
    await tx.execute(
        "delete from organization_setting where organization_id = $1 and name = $2", organization_id, name
    )


async def find_categories(reader: Reader, organization_id: int) -> list[str]:
    rows = await reader.fetch(
        "select path from wrap_up_category where organization_id = $1 order by position", organization_id
    )
    return [row[0] for row in rows]


async def replace_categories(tx: Transaction, organization_id: int, paths: Sequence[str]) -> None:
    await tx.execute("delete from wrap_up_category where organization_id = $1", organization_id)
    for position, path in enumerate(paths):
        await tx.execute(
            "insert into wrap_up_category (organization_id, position, path) values ($1, $2, $3)",
            organization_id, position, path,
        )  # fmt: skip
