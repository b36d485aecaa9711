"""The SQL of whole conversations: of a contact's, of a channel's that are over, and of erasing them."""

from collections.abc import Sequence

from frontdesk.conversations.entries import Entry
from frontdesk.conversations.rows import COLUMNS, Conversation, conversation_of
from frontdesk.conversations.tombstones import ERASED_NAME, ERASED_REASON
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction


async def replace_entries(tx: Transaction, organization_id: int, left: Sequence[Entry]) -> None:
    """Put tombstones where the entries were."""
    await tx.execute_each(
        "update entry set body = $1, recalled = $2, client_id = null where organization_id = $3 and id = $4",
        [
            (bytes(entry.body).decode(), entry.recalled is True, organization_id, int(entry.id))
            for entry in left
        ],
    )


async def forget_name(tx: Transaction, organization_id: int, conversation_id: int) -> None:
    await tx.execute(
        "update conversation set contact_name = $1 where organization_id = $2 and id = $3",
        ERASED_NAME,
        organization_id,
        conversation_id,
    )


async def first_of(reader: Reader, organization_id: int, contact_ids: Sequence[int]) -> Conversation | None:
    """The oldest conversation of these contacts that is not erased; it may be open."""
    row = await reader.fetch_one(
        f"""select {COLUMNS} from conversation where organization_id = $1 and contact_id = any($2)
        and (close_reason is null or close_reason <> $3) order by id limit 1""",  # noqa: S608 - constant columns
        organization_id,
        list(contact_ids),
        ERASED_REASON,
    )
    return None if row is None else conversation_of(row)


async def after_of(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], *, after: int, limit: int
) -> list[Conversation]:
    """All that there is of these contacts with id > `after`, oldest first."""
    rows = await reader.fetch(
        f"""select {COLUMNS} from conversation where organization_id = $1 and contact_id = any($2) and id > $3
        order by id limit $4""",  # noqa: S608 - constant columns
        organization_id,
        list(contact_ids),
        after,
        limit,
    )
    return [conversation_of(row) for row in rows]


async def open_of(reader: Reader, organization_id: int, contact_ids: Sequence[int]) -> list[Conversation]:
    """Their open conversations, on every channel."""
    rows = await reader.fetch(
        f"""select {COLUMNS} from conversation where organization_id = $1 and contact_id = any($2)
        and state <> 'closed' order by id""",  # noqa: S608 - constant columns
        organization_id,
        list(contact_ids),
    )
    return [conversation_of(row) for row in rows]


async def count_of(reader: Reader, organization_id: int, contact_ids: Sequence[int]) -> int:
    """How many conversations of these contacts are not erased."""
    row = await reader.fetch_one(
        """select count(*) from conversation where organization_id = $1 and contact_id = any($2)
        and (close_reason is null or close_reason <> $3)""",
        organization_id,
        list(contact_ids),
        ERASED_REASON,
    )
    return 0 if row is None else row[0]


async def closed_of_channel(
    reader: Reader,
    organization_id: int,
    channel_id: int,
    *,
    after: tuple[Millis, int],
    before: Millis,
    limit: int,
) -> list[Conversation]:
    """A channel's conversations that were closed before a moment and are not erased, the first closed first.

    `after` is (closed_at, id) of the last one that the caller has seen.
    """
    rows = await reader.fetch(
        f"""select {COLUMNS} from conversation where organization_id = $1 and state = 'closed'
        and (closed_at, id) > ($2, $3) and closed_at < $4 and channel_id = $5 and close_reason <> $6
        order by closed_at, id limit $7""",  # noqa: S608 - constant columns
        organization_id,
        *after,
        before,
        channel_id,
        ERASED_REASON,
        limit,
    )
    return [conversation_of(row) for row in rows]


async def merge_index(tx: Transaction, pages: int) -> bool:
    """Merge segments of FTS5, about so many pages; below 0: begin with all of them. Whether there may be more to do."""
    before = await tx.fetch_one("select total_changes()")
    await tx.execute("insert into entry_index (entry_index, rank) values ('merge', $1)", pages)
    after = await tx.fetch_one("select total_changes()")
    return before is not None and after is not None and after[0] - before[0] > 1  # one is the command itself
