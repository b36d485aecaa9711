"""The only file that knows the table of the pages that visitors were on."""

from collections.abc import Sequence

from frontdesk.contacts.types import Stop, VisitedPage
from frontdesk.platform import Reader, Transaction


async def last(reader: Reader, organization_id: int, contact_id: int) -> VisitedPage | None:
    found = await find(reader, organization_id, [contact_id], limit=1)
    return found[0].page if found else None


async def find(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], *, limit: int
) -> Sequence[Stop]:
    """Newest first."""
    rows = await reader.fetch(
        "select id, at, url, title, referrer from contact_page"
        " where organization_id = $1 and contact_id = any($2) order by id desc limit $3",
        organization_id, list(contact_ids), limit,
    )  # fmt: skip
    return [Stop(row[0], row[1], VisitedPage(row[2], row[3], row[4])) for row in rows]


async def add(tx: Transaction, organization_id: int, contact_id: int, stop: Stop, *, keep: int) -> None:
    """Add a page, and forget what goes beyond those that are kept."""
    page = stop.page
    await tx.execute(
        "insert into contact_page (organization_id, id, contact_id, at, url, title, referrer)"
        " values ($1, $2, $3, $4, $5, $6, $7)",
        organization_id, stop.id, contact_id, stop.at, page.url, page.title, page.referrer,
    )  # fmt: skip
    await tx.execute(
        "delete from contact_page where organization_id = $1 and contact_id = $2 and id <= coalesce((select id"
        " from contact_page where organization_id = $1 and contact_id = $2 order by id desc limit 1 offset $3), 0)",
        organization_id, contact_id, keep,
    )  # fmt: skip


async def delete(tx: Transaction, organization_id: int, contact_ids: Sequence[int]) -> None:
    await tx.execute(
        "delete from contact_page where organization_id = $1 and contact_id = any($2)",
        organization_id,
        list(contact_ids),
    )
