"""Rows of `agent_state`: they are added, and never change."""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.staff.types import StateChange, Status


async def insert(tx: Transaction, organization_id: int, agent_id: int, change: StateChange) -> None:
    await tx.execute(
        "insert into agent_state (id, organization_id, agent_id, at, before, after, reason, by_id)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
        change.id, organization_id, agent_id, change.at, change.before, change.after, change.reason, change.by_id,
    )  # fmt: skip


async def since(
    reader: Reader, organization_id: int, agent_ids: Sequence[int], moment: Millis
) -> Sequence[tuple[int, Millis, Status, Status]]:
    """(agent, when, before, after), the oldest first."""
    rows = await reader.fetch(
        "select agent_id, at, before, after from agent_state"
        " where organization_id = $1 and agent_id = any($2) and at >= $3 order by id",
        organization_id, agent_ids, moment,
    )  # fmt: skip
    return [(row[0], row[1], Status(row[2]), Status(row[3])) for row in rows]


async def of_agent(
    reader: Reader, organization_id: int, agent_id: int, *, before: int, limit: int
) -> Sequence[StateChange]:
    """The newest first, with id < before."""
    rows = await reader.fetch(
        "select id, at, before, after, reason, by_id from agent_state"
        " where organization_id = $1 and agent_id = $2 and id < $3 order by id desc limit $4",
        organization_id, agent_id, before, limit,
    )  # fmt: skip
    return [StateChange(row[0], row[1], Status(row[2]), Status(row[3]), row[4], row[5]) for row in rows]
