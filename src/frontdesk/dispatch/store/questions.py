"""What the agent who has a conversation asks a colleague: to go on with it, or to join. One question for each at most.

The table is older than the second of them, and called `transfer_request`.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.dispatch.store.organizations import places
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_COLUMNS: Final = "organization_id, conversation_id, from_agent_id, to_agent_id, note, expires_at, purpose"


class Purpose(StrEnum):
    TRANSFER = "transfer"
    JOIN = "join"


class Question(Struct, frozen=True):
    organization_id: int
    conversation_id: int
    from_agent_id: int
    to_agent_id: int
    note: str
    expires_at: Millis
    purpose: Purpose = Purpose.TRANSFER


def _question(row: Row) -> Question:
    return Question(row[0], row[1], row[2], row[3], row[4], row[5], Purpose(row[6]))


async def insert(transaction: Transaction, one: Question) -> None:
    await transaction.execute(
        f"insert into transfer_request ({_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)",  # noqa: S608 - constant columns
        one.organization_id,
        one.conversation_id,
        one.from_agent_id,
        one.to_agent_id,
        one.note,
        one.expires_at,
        one.purpose,
    )


async def find(reader: Reader, organization_id: int, conversation_id: int) -> Question | None:
    row = await reader.fetch_one(
        f"select {_COLUMNS} from transfer_request where organization_id = $1 and conversation_id = $2",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
    )
    return None if row is None else _question(row)


async def to_agent(reader: Reader, organization_id: int, agent_id: int) -> Sequence[Question]:
    """What this agent has been asked."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from transfer_request where organization_id = $1 and to_agent_id = $2
        order by expires_at, conversation_id""",  # noqa: S608 - constant columns
        organization_id,
        agent_id,
    )
    return [_question(row) for row in rows]


async def from_agent(reader: Reader, organization_id: int, agent_id: int) -> Sequence[Question]:
    """What this agent has asked others."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from transfer_request where organization_id = $1 and from_agent_id = $2
        order by expires_at, conversation_id""",  # noqa: S608 - constant columns
        organization_id,
        agent_id,
    )
    return [_question(row) for row in rows]


async def expired(
    reader: Reader, now: Millis, organization_ids: Sequence[int], *, limit: int
) -> Sequence[Question]:
    """Those of these organizations whose time is over, the oldest first."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from transfer_request where expires_at <= $1
        and organization_id in ({places(2, organization_ids)}) order by expires_at limit {limit:d}""",  # noqa: S608 - constant columns, places and a number
        now,
        *organization_ids,
    )
    return [_question(row) for row in rows]


async def delete(transaction: Transaction, organization_id: int, conversation_id: int) -> None:
    await transaction.execute(
        "delete from transfer_request where organization_id = $1 and conversation_id = $2",
        organization_id,
        conversation_id,
    )
