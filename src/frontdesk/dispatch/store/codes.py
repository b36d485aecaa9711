"""Codes that ask for an agent or a team."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction

CODE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{1,39}")


class DirectCode(Struct, frozen=True):
    """A code that asks for an agent, or for a team: exactly one of the two."""

    code: str
    agent_id: int | None = None
    team_id: int | None = None


async def find(reader: Reader, organization_id: int, code: str) -> DirectCode | None:
    row = await reader.fetch_one(
        "select code, agent_id, team_id from direct_code where organization_id = $1 and code = $2",
        organization_id,
        code,
    )
    return None if row is None else DirectCode(row[0], row[1], row[2])


async def find_all(reader: Reader, organization_id: int) -> Sequence[DirectCode]:
    """The oldest first."""
    rows = await reader.fetch(
        "select code, agent_id, team_id from direct_code where organization_id = $1 order by created_at, code",
        organization_id,
    )
    return [DirectCode(code, agent_id, team_id) for code, agent_id, team_id in rows]


async def insert(transaction: Transaction, organization_id: int, code: DirectCode, now: Millis) -> None:
    await transaction.execute(
        "insert into direct_code (organization_id, code, agent_id, team_id, created_at) values ($1, $2, $3, $4, $5)",
        organization_id,
        code.code,
        code.agent_id,
        code.team_id,
        now,
    )


async def delete(transaction: Transaction, organization_id: int, code: str) -> bool:
    changed = await transaction.execute(
        "delete from direct_code where organization_id = $1 and code = $2", organization_id, code
    )
    return changed == 1
