"""When an open conversation is to be looked at next, and what was done for it."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.dispatch.store.organizations import places
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_COLUMNS: Final = "conversation_id, organization_id, since, due_at, bot_id, unanswered_since, replied_at, warned_at, alarmed_at"


class Watch(Struct, frozen=True):
    """`since`: when the owner or the state changed last. `bot_id`: the bot that had the conversation last. The other
    moments are those of the stretch that goes on now.
    """

    conversation_id: int
    organization_id: int
    since: Millis
    due_at: Millis
    bot_id: int | None = None
    unanswered_since: Millis | None = None
    replied_at: Millis | None = None
    warned_at: Millis | None = None
    alarmed_at: Millis | None = None


def _watch(row: Row) -> Watch:
    return Watch(*row)


async def find(reader: Reader, organization_id: int, conversation_id: int) -> Watch | None:
    row = await reader.fetch_one(
        f"select {_COLUMNS} from watch where organization_id = $1 and conversation_id = $2",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
    )
    return None if row is None else _watch(row)


async def restart(
    transaction: Transaction, organization_id: int, now: Millis, bots: Mapping[int, int | None]
) -> None:
    """The owners of these conversations changed: look soon, and forget what was done for those before.

    `bots`: by conversation, the bot that has or had it, if it is known now; one that was known before is kept.
    """
    await transaction.execute_each(
        """insert into watch (conversation_id, organization_id, since, due_at, bot_id) values ($1, $2, $3, $3, $4)
        on conflict (conversation_id) do update set since = excluded.since, due_at = excluded.due_at,
        unanswered_since = null,
        replied_at = null, warned_at = null, alarmed_at = null, bot_id = coalesce(excluded.bot_id, watch.bot_id)""",
        [(conversation_id, organization_id, now, bot_id) for conversation_id, bot_id in bots.items()],
    )


async def add_missing(
    transaction: Transaction, organization_id: int, conversation_id: int, now: Millis, bot_id: int | None
) -> None:
    """Watch a conversation that is not watched yet, and remember its bot if none was known."""
    await transaction.execute(
        """insert into watch (conversation_id, organization_id, since, due_at, bot_id) values ($1, $2, $3, $3, $4)
        on conflict (conversation_id) do update set bot_id = coalesce(watch.bot_id, excluded.bot_id)""",
        conversation_id,
        organization_id,
        now,
        bot_id,
    )


async def save(transaction: Transaction, watch: Watch) -> None:
    await transaction.execute(
        """update watch set due_at = $1, unanswered_since = $2, replied_at = $3, warned_at = $4, alarmed_at = $5
        where organization_id = $6 and conversation_id = $7""",
        watch.due_at,
        watch.unanswered_since,
        watch.replied_at,
        watch.warned_at,
        watch.alarmed_at,
        watch.organization_id,
        watch.conversation_id,
    )


async def delete(transaction: Transaction, organization_id: int, conversation_id: int) -> None:
    await transaction.execute(
        "delete from watch where organization_id = $1 and conversation_id = $2",
        organization_id,
        conversation_id,
    )


async def due(reader: Reader, now: Millis, organization_ids: Sequence[int], *, limit: int) -> Sequence[Watch]:
    """What is to be looked at now in these organizations, the longest due first."""
    rows = await reader.fetch(
        f"""select {_COLUMNS} from watch where due_at <= $1 and organization_id in ({places(2, organization_ids)})
        order by due_at limit {limit:d}""",  # noqa: S608 - constant columns, places and a number
        now,
        *organization_ids,
    )
    return [_watch(row) for row in rows]


async def hurry(transaction: Transaction, organization_id: int, now: Millis) -> None:
    """The organization's times changed: look at everything again."""
    await transaction.execute(
        "update watch set due_at = $1 where organization_id = $2 and due_at > $1", now, organization_id
    )


async def all_of(reader: Reader, organization_id: int) -> set[int]:
    """The conversations that are watched."""
    rows = await reader.fetch("select conversation_id from watch where organization_id = $1", organization_id)
    return {row[0] for row in rows}


async def alarmed(reader: Reader, organization_id: int) -> Sequence[Watch]:
    """Those whose agents are being waited for, and told so."""
    rows = await reader.fetch(
        f"select {_COLUMNS} from watch where organization_id = $1 and alarmed_at is not null",  # noqa: S608 - constant columns
        organization_id,
    )
    return [_watch(row) for row in rows]
