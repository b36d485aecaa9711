"""How teams route. Versions are only added; the highest of a team holds."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.dispatch.types import Routing, StoredRouting
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_decode: Final = msgspec.json.Decoder(Routing).decode
_COLUMNS: Final = "team_id, version, document, changed_at, changed_by"


def _stored(row: Row) -> StoredRouting:
    return StoredRouting(row[0], row[1], _decode(row[2]), row[3], row[4])


async def current(reader: Reader, organization_id: int, team_id: int) -> StoredRouting | None:
    row = await reader.fetch_one(
        f"select {_COLUMNS} from routing where organization_id = $1 and team_id = $2 order by version desc limit 1",  # noqa: S608 - constant columns
        organization_id,
        team_id,
    )
    return None if row is None else _stored(row)


async def all_current(reader: Reader, organization_id: int) -> Sequence[StoredRouting]:
    """What holds for each team that has ever changed it."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from routing where organization_id = $1 and version = (select max(other.version)
        from routing other where other.organization_id = $1 and other.team_id = routing.team_id) order by team_id""",  # noqa: S608 - constant columns
        organization_id,
    )
    return [_stored(row) for row in rows]


async def history(
    reader: Reader, organization_id: int, team_id: int, *, limit: int
) -> Sequence[StoredRouting]:
    """Newest first."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from routing where organization_id = $1 and team_id = $2
        order by version desc limit $3""",  # noqa: S608 - constant columns
        organization_id,
        team_id,
        limit,
    )
    return [_stored(row) for row in rows]


async def insert(transaction: Transaction, organization_id: int, stored: StoredRouting) -> None:
    await transaction.execute(
        """insert into routing (team_id, version, organization_id, document, changed_at, changed_by)
        values ($1, $2, $3, $4, $5, $6)""",
        stored.team_id,
        stored.version,
        organization_id,
        msgspec.json.encode(stored.routing).decode(),
        stored.changed_at,
        stored.changed_by,
    )
