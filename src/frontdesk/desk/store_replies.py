"""The only file that knows the table of quick replies."""

from typing import Final

import msgspec

from frontdesk.conversations import Card, File, Image
from frontdesk.core.clock import Millis
from frontdesk.desk.reply_types import QuickReply
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_SELECT: Final = "select id, agent_id, group_name, title, text, position, attachments, card from quick_reply"
_attachments: Final = msgspec.json.Decoder(tuple[Image | File, ...])
_card: Final = msgspec.json.Decoder(Card)


def _reply(row: Row) -> QuickReply:
    card = None if row[7] is None else _card.decode(row[7])
    return QuickReply(row[0], row[1], row[2], row[3], row[4], row[5], _attachments.decode(row[6]), card)


def _json(value: Card | tuple[Image | File, ...]) -> str:
    return msgspec.json.encode(value).decode()


async def insert(tx: Transaction, organization_id: int, reply: QuickReply, now: Millis) -> None:
    await tx.execute(
        "insert into quick_reply (id, organization_id, agent_id, group_name, title, text, position, attachments, card,"
        " created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        reply.id, organization_id, reply.agent_id, reply.group, reply.title, reply.text, reply.position,
        _json(reply.attachments), None if reply.card is None else _json(reply.card), now,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, reply_id: int) -> QuickReply | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and id = $2",
        organization_id, reply_id,
    )  # fmt: skip
    return None if row is None else _reply(row)


async def find_visible(reader: Reader, organization_id: int, agent_id: int) -> list[QuickReply]:
    """The organization's and the agent's own, in the order in which they are shown."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and (agent_id is null or agent_id = $2)"
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
        f"{_SELECT} where organization_id = $1 and coalesce(agent_id, 0) = $2 and group_name = $3 order by position, id",
        organization_id, agent_id or 0, group,
    )  # fmt: skip
    return [_reply(row) for row in rows]


async def update(tx: Transaction, organization_id: int, reply: QuickReply) -> None:
    await tx.execute(
        "update quick_reply set group_name = $1, title = $2, text = $3, position = $4, attachments = $5, card = $6"
        " where organization_id = $7 and id = $8",
        reply.group, reply.title, reply.text, reply.position, _json(reply.attachments),
        None if reply.card is None else _json(reply.card), organization_id, reply.id,
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
