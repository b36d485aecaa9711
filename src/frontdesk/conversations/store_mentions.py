"""The SQL of mentions."""

from collections.abc import Sequence

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction


class Mention(Struct, frozen=True):
    """That an agent was named in the entry at `seq` of a conversation."""

    id: int
    conversation_id: int
    seq: int
    at: Millis
    seen_at: Millis | None


async def insert(transaction: Transaction, organization_id: int, agent_id: int, mention: Mention) -> None:
    await transaction.execute(
        """insert into mention (id, organization_id, agent_id, conversation_id, seq, at, seen_at)
        values ($1, $2, $3, $4, $5, $6, $7)""",
        mention.id,
        organization_id,
        agent_id,
        mention.conversation_id,
        mention.seq,
        mention.at,
        mention.seen_at,
    )


async def was_mentioned(reader: Reader, organization_id: int, conversation_id: int, agent_id: int) -> bool:
    row = await reader.fetch_one(
        "select 1 from mention where organization_id = $1 and conversation_id = $2 and agent_id = $3 limit 1",
        organization_id,
        conversation_id,
        agent_id,
    )
    return row is not None


async def of_agent(
    reader: Reader, organization_id: int, agent_id: int, *, before: int, limit: int
) -> Sequence[Mention]:
    """The newest first, with id < before."""
    rows = await reader.fetch(
        """select id, conversation_id, seq, at, seen_at from mention
        where organization_id = $1 and agent_id = $2 and id < $3 order by id desc limit $4""",
        organization_id,
        agent_id,
        before,
        limit,
    )
    return [Mention(*row) for row in rows]


async def count_unseen(reader: Reader, organization_id: int, agent_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from mention where organization_id = $1 and agent_id = $2 and seen_at is null",
        organization_id,
        agent_id,
    )
    return 0 if row is None else row[0]


async def is_unseen(
    reader: Reader, organization_id: int, agent_id: int, conversation_id: int, seq: int
) -> bool:
    row = await reader.fetch_one(
        """select 1 from mention where organization_id = $1 and agent_id = $2 and conversation_id = $3 and seq = $4
        and seen_at is null""",
        organization_id,
        agent_id,
        conversation_id,
        seq,
    )
    return row is not None


async def mark_seen(
    transaction: Transaction, organization_id: int, agent_id: int, up_to: int, now: Millis
) -> int:
    """How many were not seen before."""
    return await transaction.execute(
        """update mention set seen_at = $1
        where organization_id = $2 and agent_id = $3 and id <= $4 and seen_at is null""",
        now,
        organization_id,
        agent_id,
        up_to,
    )
