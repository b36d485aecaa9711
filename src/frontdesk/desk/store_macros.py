"""The only file that knows the table of macros."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.desk.macro_types import Macro
from frontdesk.desk.steps import Step
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_SELECT: Final = "select id, agent_id, team_id, name, steps from desk_macro"
_steps: Final = msgspec.json.Decoder(tuple[Step, ...])


def _macro(row: Row) -> Macro:
    return Macro(row[0], row[1], row[2], row[3], _steps.decode(row[4]))


async def find_for(
    reader: Reader, organization_id: int, agent_id: int, teams: Sequence[int]
) -> Sequence[Macro]:
    """An agent's own and those of the teams, by name."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and (agent_id = $2 or team_id = any($3)) order by name, id",
        organization_id, agent_id, list(teams),
    )  # fmt: skip
    return [_macro(row) for row in rows]


async def find(reader: Reader, organization_id: int, macro_id: int) -> Macro | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and id = $2", organization_id, macro_id
    )
    return None if row is None else _macro(row)


async def count_of(reader: Reader, organization_id: int, agent_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from desk_macro where organization_id = $1 and agent_id = $2",
        organization_id,
        agent_id,
    )
    return 0 if row is None else row[0]


async def insert(tx: Transaction, organization_id: int, macro: Macro) -> None:
    await tx.execute(
        "insert into desk_macro (organization_id, id, agent_id, team_id, name, steps)"
        " values ($1, $2, $3, $4, $5, $6)",
        organization_id, macro.id, macro.agent_id, macro.team_id, macro.name, _json(macro),
    )  # fmt: skip


async def update(tx: Transaction, organization_id: int, macro: Macro) -> None:
    await tx.execute(
        "update desk_macro set team_id = $1, name = $2, steps = $3 where organization_id = $4 and id = $5",
        macro.team_id, macro.name, _json(macro), organization_id, macro.id,
    )  # fmt: skip


async def delete(tx: Transaction, organization_id: int, macro_id: int) -> None:
    await tx.execute(
        "delete from desk_macro where organization_id = $1 and id = $2", organization_id, macro_id
    )


def _json(macro: Macro) -> str:
    return msgspec.json.encode(macro.steps).decode()
