"""The only file that knows the table of panels."""

from typing import Final

from frontdesk.panels.types import Panel
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_SELECT: Final = "select id, organization_id, code, name, url, secret, created_at from panel"


async def find(reader: Reader, organization_id: int, panel_id: int) -> Panel | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and id = $2", organization_id, panel_id
    )
    return None if row is None else _panel(row)


async def find_all(reader: Reader, organization_id: int) -> list[Panel]:
    """Oldest first."""
    rows = await reader.fetch(f"{_SELECT} where organization_id = $1 order by id", organization_id)
    return [_panel(row) for row in rows]


async def find_code(reader: Reader, code: str) -> Panel | None:
    """Of any organization: a code belongs to one panel of all."""
    row = await reader.fetch_one(f"{_SELECT} where code = $1", code)
    return None if row is None else _panel(row)


async def insert(tx: Transaction, organization_id: int, panel: Panel) -> None:
    await tx.execute(
        "insert into panel (id, organization_id, code, name, url, secret, created_at)"
        " values ($1, $2, $3, $4, $5, $6, $7)",
        panel.id, organization_id, panel.code, panel.name, panel.url, panel.secret, panel.created_at,
    )  # fmt: skip


async def update(tx: Transaction, organization_id: int, panel: Panel) -> None:
    await tx.execute(
        "update panel set name = $1, url = $2, secret = $3 where organization_id = $4 and id = $5",
        panel.name, panel.url, panel.secret, organization_id, panel.id,
    )  # fmt: skip


async def delete(tx: Transaction, organization_id: int, panel_id: int) -> None:
    await tx.execute("delete from panel where organization_id = $1 and id = $2", organization_id, panel_id)


def _panel(row: Row) -> Panel:
    return Panel(
        id=row[0], organization_id=row[1], code=row[2], name=row[3], url=row[4], secret=row[5], created_at=row[6]
    )  # fmt: skip
