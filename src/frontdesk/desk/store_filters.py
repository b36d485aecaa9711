"""The only file that knows the table of saved filters."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.desk.filter_types import Criteria, Filter
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_SELECT: Final = "select id, agent_id, team_id, name, criteria from desk_filter"


def _filter(row: Row) -> Filter:
    return Filter(row[0], row[1], row[2], row[3], msgspec.json.decode(row[4], type=Criteria))


async def find_for(
    reader: Reader, organization_id: int, agent_id: int, teams: Sequence[int]
) -> Sequence[Filter]:
    """An agent's own and those of the teams, in the order in which they were made."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and (agent_id = $2 or team_id = any($3)) order by id",
        organization_id, agent_id, list(teams),
    )  # fmt: skip
    return [_filter(row) for row in rows]


async def find(reader: Reader, organization_id: int, filter_id: int) -> Filter | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and id = $2", organization_id, filter_id
    )
    return None if row is None else _filter(row)


async def count_of(reader: Reader, organization_id: int, agent_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from desk_filter where organization_id = $1 and agent_id = $2",
        organization_id,
        agent_id,
    )
    return 0 if row is None else row[0]


async def insert(tx: Transaction, organization_id: int, saved: Filter) -> None:
    await tx.execute(
        "insert into desk_filter (organization_id, id, agent_id, team_id, name, criteria)"
        " values ($1, $2, $3, $4, $5, $6)",
        organization_id, saved.id, saved.agent_id, saved.team_id, saved.name, _json(saved),
    )  # fmt: skip


async def update(tx: Transaction, organization_id: int, saved: Filter) -> None:
    await tx.execute(
        "update desk_filter set team_id = $1, name = $2, criteria = $3 where organization_id = $4 and id = $5",
        saved.team_id, saved.name, _json(saved), organization_id, saved.id,
    )  # fmt: skip


async def delete(tx: Transaction, organization_id: int, filter_id: int) -> None:
    await tx.execute(
        "delete from desk_filter where organization_id = $1 and id = $2", organization_id, filter_id
    )


def _json(saved: Filter) -> str:
    return msgspec.json.encode(saved.criteria).decode()
