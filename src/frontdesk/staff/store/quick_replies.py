"""Rows of `quick_reply`."""

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.staff.types import QuickReply


def _reply(row: Row) -> QuickReply:
    return QuickReply(id=row[0], agent_id=row[1], group=row[2], title=row[3], text=row[4], position=row[5])


async def insert(tx: Transaction, organization_id: int, reply: QuickReply, now: Millis) -> None:
    await tx.execute(
        "insert into quick_reply (id, organization_id, agent_id, group_name, title, text, position, created_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
        reply.id, organization_id, reply.agent_id, reply.group, reply.title, reply.text, reply.position, now,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, reply_id: int) -> QuickReply | None:
    row = await reader.fetch_one(
        "select id, agent_id, group_name, title, text, position from quick_reply"
        " where organization_id = $1 and id = $2",
        organization_id, reply_id,
    )  # fmt: skip
    return None if row is None else _reply(row)


async def find_visible(reader: Reader, organization_id: int, agent_id: int) -> list[QuickReply]:
    """The organization's and the agent's own, in the order in which they are shown."""
    rows = await reader.fetch(
        "select id, agent_id, group_name, title, text, position from quick_reply"
        " where organization_id = $1 and (agent_id is null or agent_id = $2)"
        " order by case when agent_id is null then 1 else 0 end, group_name, position, id",
        organization_id, agent_id,
    )  # fmt: skip
    return [_reply(row) for row in rows]


async def count(reader: Reader, organization_id: int, agent_id: int | None) -> int:
    row = await reader.fetch_one(
        "select count(*) from quick_reply where organization_id = $1 and coalesce(agent_id, 0) = $2",
        organization_id, agent_id or 0,
    )  # fmt: skip
    return 0 if row is None else row[0]


async def find_group(
    reader: Reader, organization_id: int, agent_id: int | None, group: str
) -> list[QuickReply]:
    rows = await reader.fetch(
        "select id, agent_id, group_name, title, text, position from quick_reply"
        " where organization_id = $1 and coalesce(agent_id, 0) = $2 and group_name = $3 order by position, id",
        organization_id, agent_id or 0, group,
    )  # fmt: skip
    return [_reply(row) for row in rows]


async def update(tx: Transaction, organization_id: int, reply: QuickReply) -> None:
    await tx.execute(
        "update quick_reply set group_name = $1, title = $2, text = $3, position = $4"
        " where organization_id = $5 and id = $6",
        reply.group, reply.title, reply.text, reply.position, organization_id, reply.id,
    )  # fmt: skip


async def place(tx: Transaction, organization_id: int, reply_id: int, position: int) -> None:
    await tx.execute(
        "update quick_reply set position = $1 where organization_id = $2 and id = $3",
        position, organization_id, reply_id,
    )  # fmt: skip


async def delete(tx: Transaction, organization_id: int, reply_id: int) -> None:
    await tx.execute(
        "delete from quick_reply where organization_id = $1 and id = $2", organization_id, reply_id
    )
