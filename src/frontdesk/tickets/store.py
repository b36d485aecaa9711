"""The only file that knows the table of leave-messages."""

from collections.abc import Sequence
from typing import Final

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.tickets.types import LeaveMessage, LeaveMessageState, TicketLink

_SELECT: Final = (
    "select m.id, m.contact_id, m.channel_id, m.conversation_id, m.client_id, m.name, m.phone, m.email, m.text, m.state,"
    " m.created_at, m.handled_by, m.handled_at, m.remark, t.id, t.number from leave_message m"
    " left join ticket t on t.organization_id = m.organization_id and t.leave_message_id = m.id"
)


def _message(row: Row) -> LeaveMessage:
    return LeaveMessage(
        id=row[0], contact_id=row[1], channel_id=row[2], conversation_id=row[3], client_id=row[4], name=row[5],
        phone=row[6], email=row[7], text=row[8], state=LeaveMessageState(row[9]), created_at=row[10],
        handled_by=row[11], handled_at=row[12], remark=row[13],
        ticket=None if row[14] is None else TicketLink(str(row[14]), row[15]),
    )  # fmt: skip


async def insert(tx: Transaction, organization_id: int, message: LeaveMessage) -> None:
    await tx.execute(
        "insert into leave_message (organization_id, id, contact_id, channel_id, conversation_id, client_id, name,"
        " phone, email, text, state, created_at, handled_by, handled_at, remark)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        organization_id, message.id, message.contact_id, message.channel_id, message.conversation_id,
        message.client_id, message.name, message.phone, message.email, message.text, message.state,
        message.created_at, message.handled_by, message.handled_at, message.remark,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, message_id: int) -> LeaveMessage | None:
    row = await reader.fetch_one(
        f"{_SELECT} where m.organization_id = $1 and m.id = $2",
        organization_id,
        message_id,
    )
    return None if row is None else _message(row)


async def find_by_client_id(
    reader: Reader, organization_id: int, contact_id: int, client_id: str
) -> LeaveMessage | None:
    row = await reader.fetch_one(
        f"{_SELECT} where m.organization_id = $1 and m.contact_id = $2 and m.client_id = $3",
        organization_id, contact_id, client_id,
    )  # fmt: skip
    return None if row is None else _message(row)


async def count_since(reader: Reader, organization_id: int, contact_id: int, moment: Millis) -> int:
    row = await reader.fetch_one(
        "select count(*) from leave_message where organization_id = $1 and contact_id = $2 and created_at > $3",
        organization_id, contact_id, moment,
    )  # fmt: skip
    return 0 if row is None else row[0]


async def find_page(
    reader: Reader, organization_id: int, *, state: LeaveMessageState | None, before: int | None, limit: int
) -> Sequence[LeaveMessage]:
    """Newest first."""
    last = before if before is not None else (1 << 63) - 1
    states = list(LeaveMessageState) if state is None else [state, state]
    rows = await reader.fetch(
        f"{_SELECT} where m.organization_id = $1 and m.id < $2 and m.state in ($3, $4)"
        " order by m.id desc limit $5",
        organization_id, last, states[0], states[1], limit,
    )  # fmt: skip
    return [_message(row) for row in rows]


async def count_open(reader: Reader, organization_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from leave_message where organization_id = $1 and state = 'open'", organization_id
    )
    return 0 if row is None else row[0]


async def update(tx: Transaction, organization_id: int, message: LeaveMessage) -> None:
    """Keep who handled it, when, and the remark; what the visitor wrote never changes."""
    await tx.execute(
        "update leave_message set state = $1, handled_by = $2, handled_at = $3, remark = $4"
        " where organization_id = $5 and id = $6",
        message.state, message.handled_by, message.handled_at, message.remark, organization_id, message.id,
    )  # fmt: skip


async def of_contacts(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], *, after: int, limit: int
) -> Sequence[LeaveMessage]:
    """Oldest first."""
    rows = await reader.fetch(
        f"{_SELECT} where m.organization_id = $1 and m.contact_id = any($2) and m.id > $3 order by m.id limit $4",
        organization_id, list(contact_ids), after, limit,
    )  # fmt: skip
    return [_message(row) for row in rows]


async def delete_of_contacts(
    tx: Transaction, organization_id: int, contact_ids: Sequence[int]
) -> Sequence[int]:
    """Returns the ids of those that there were."""
    rows = await tx.fetch(
        "delete from leave_message where organization_id = $1 and contact_id = any($2) returning id",
        organization_id, list(contact_ids),
    )  # fmt: skip
    return [row[0] for row in rows]
