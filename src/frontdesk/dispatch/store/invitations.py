"""Who has been asked whether to take a conversation that goes to the first of them."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.dispatch.store.organizations import places
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row


class Invitation(Struct, frozen=True):
    organization_id: int
    conversation_id: int
    agent_id: int
    expires_at: Millis


def _invitation(row: Row) -> Invitation:
    return Invitation(row[0], row[1], row[2], row[3])


async def insert(transaction: Transaction, one: Invitation) -> None:
    await transaction.execute(
        "insert into invitation (conversation_id, agent_id, organization_id, expires_at) values ($1, $2, $3, $4)",
        one.conversation_id,
        one.agent_id,
        one.organization_id,
        one.expires_at,
    )


async def find(
    reader: Reader, organization_id: int, conversation_id: int, agent_id: int
) -> Invitation | None:
    row = await reader.fetch_one(
        """select organization_id, conversation_id, agent_id, expires_at from invitation
        where organization_id = $1 and conversation_id = $2 and agent_id = $3""",
        organization_id,
        conversation_id,
        agent_id,
    )
    return None if row is None else _invitation(row)


async def of_conversations(
    reader: Reader, organization_id: int, *conversation_ids: int
) -> Sequence[Invitation]:
    rows = await reader.fetch(
        """select organization_id, conversation_id, agent_id, expires_at from invitation
        where organization_id = $1 and conversation_id = any($2) order by conversation_id, agent_id""",
        organization_id,
        conversation_ids,
    )
    return [_invitation(row) for row in rows]


async def of_agent(reader: Reader, organization_id: int, agent_id: int) -> Sequence[Invitation]:
    """The oldest first."""
    rows = await reader.fetch(
        """select organization_id, conversation_id, agent_id, expires_at from invitation
        where organization_id = $1 and agent_id = $2 order by expires_at, conversation_id""",
        organization_id,
        agent_id,
    )
    return [_invitation(row) for row in rows]


async def too_heavy(reader: Reader, organization_id: int, agent_ids: Iterable[int]) -> Sequence[Invitation]:
    """Those about what takes more places than these agents have left, of all or for its kind; the oldest first."""
    rows = await reader.fetch(
        """select i.organization_id, i.conversation_id, i.agent_id, i.expires_at from invitation i
        join queue_item q on q.conversation_id = i.conversation_id join seat s on s.agent_id = i.agent_id
        where i.organization_id = $1 and i.agent_id = any($2) and (s.load + s.reserved + q.weight > s.capacity
            or case q.written_from when 'site' then s.site_taken + q.weight > s.site_limit
                when 'app' then s.app_taken + q.weight > s.app_limit
                else s.messaging_taken + q.weight > s.messaging_limit end)
        order by i.expires_at, i.conversation_id""",
        organization_id,
        list(agent_ids),
    )
    return [_invitation(row) for row in rows]


async def expired(
    reader: Reader, now: Millis, organization_ids: Sequence[int], *, limit: int
) -> Sequence[Invitation]:
    """Those of these organizations whose time is over, the oldest first."""
    rows = await reader.fetch(
        f"""select organization_id, conversation_id, agent_id, expires_at from invitation where expires_at <= $1
        and organization_id in ({places(2, organization_ids)}) order by expires_at limit {limit:d}""",  # noqa: S608 - places and a number
        now,
        *organization_ids,
    )
    return [_invitation(row) for row in rows]


async def delete(transaction: Transaction, one: Invitation) -> None:
    await transaction.execute(
        "delete from invitation where organization_id = $1 and conversation_id = $2 and agent_id = $3",
        one.organization_id,
        one.conversation_id,
        one.agent_id,
    )
