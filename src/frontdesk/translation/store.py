"""The only file that knows the table of translation services."""

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.translation.types import Service


async def find(reader: Reader, organization_id: int) -> Service | None:
    row = await reader.fetch_one(
        "select url, secret from translation_service where organization_id = $1", organization_id
    )
    return None if row is None else Service(row[0], row[1])


async def put(
    tx: Transaction, organization_id: int, service: Service, *, changed_by: int, now: Millis
) -> None:
    await tx.execute(
        """insert into translation_service (organization_id, url, secret, changed_at, changed_by)
        values ($1, $2, $3, $4, $5)
        on conflict (organization_id) do update set
            url = excluded.url, secret = excluded.secret,
            changed_at = excluded.changed_at, changed_by = excluded.changed_by""",
        organization_id,
        service.url,
        service.secret,
        now,
        changed_by,
    )


async def remove(tx: Transaction, organization_id: int) -> None:
    await tx.execute("delete from translation_service where organization_id = $1", organization_id)
