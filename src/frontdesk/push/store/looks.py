"""Tabs that visitors look at, in the database."""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction


async def put(
    tx: Transaction, organization_id: int, connection: str, principal_id: int, ends_at: Millis
) -> None:
    await tx.execute(
        """insert into push_look (connection, organization_id, principal_id, ends_at) values ($1, $2, $3, $4)
        on conflict (connection) do update set ends_at = excluded.ends_at""",
        connection,
        organization_id,
        principal_id,
        ends_at,
    )


async def remove(tx: Transaction, organization_id: int, connection: str) -> None:
    await tx.execute(
        "delete from push_look where organization_id = $1 and connection = $2", organization_id, connection
    )


async def looking(
    reader: Reader, organization_id: int, principal_ids: Sequence[int], now: Millis
) -> frozenset[int]:
    """Those of these visitors who have a tab in sight."""
    rows = await reader.fetch(
        """select distinct principal_id from push_look
        where organization_id = $1 and principal_id = any($2) and ends_at > $3""",
        organization_id,
        list(principal_ids),
        now,
    )
    return frozenset(row[0] for row in rows)


async def forget(tx: Transaction, organization_id: int, principal_ids: Sequence[int]) -> None:
    await tx.execute(
        "delete from push_look where organization_id = $1 and principal_id = any($2)",
        organization_id,
        list(principal_ids),
    )


async def remove_over(tx: Transaction, now: Millis) -> None:
    """Of every organization: what nobody has said again in time."""
    await tx.execute("delete from push_look where ends_at <= $1", now)
