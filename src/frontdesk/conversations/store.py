"""The SQL of conversations. The only file that knows their tables, besides the hot path in `batch.py`."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from frontdesk.conversations.entries import Entry
from frontdesk.conversations.rows import COLUMNS, ENTRY_COLUMNS, Conversation, conversation_of, entry_of
from frontdesk.core.clock import Millis
from frontdesk.core.errors import not_found
from frontdesk.platform import Reader, Transaction

_json: Final = msgspec.json.Encoder()


async def get(reader: Reader, organization_id: int, conversation_id: int) -> Conversation:
    """The conversation. Raises a `not_found` error when this organization has none of that id."""
    row = await reader.fetch_one(
        f"select {COLUMNS} from conversation where organization_id = $1 and id = $2",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
    )
    if row is None:
        raise not_found("conversation")
    return conversation_of(row)


async def get_many(
    reader: Reader, organization_id: int, conversation_ids: Sequence[int]
) -> dict[int, Conversation]:
    """By id. Raises a `not_found` error when this organization has not all of them."""
    rows = await reader.fetch(
        f"select {COLUMNS} from conversation where organization_id = $1 and id = any($2)",  # noqa: S608 - constant columns
        organization_id,
        list(conversation_ids),
    )
    found = {one.id: one for one in map(conversation_of, rows)}
    if not found.keys() >= set(conversation_ids):
        raise not_found("conversation")
    return found


async def insert(transaction: Transaction, conversation: Conversation) -> None:
    places = ", ".join(f"${number}" for number in range(1, 32))
    await transaction.execute(
        f"insert into conversation ({COLUMNS}) values ({places})",  # noqa: S608 - constant columns
        *_values(conversation),
    )


async def update(transaction: Transaction, *conversations: Conversation) -> None:
    """Write back everything that entries change. Pointers are not touched: they have a writer of their own."""
    await transaction.execute_each(
        """update conversation set state = $1, team_id = $2, agent_id = $3, agent_card = $4, waiting_since = $5,
        closed_at = $6, close_reason = $7, head = $8, last_message = $9, last_entry_at = $10, last_visitor_at = $11,
        last_agent_at = $12, rating_invited = $13, rating = $14, wrap_up = $15, guests = $16,
        snoozed_until = $17, woken_seq = $18
        where organization_id = $19 and id = $20""",
        [
            (
                one.state,
                one.team_id,
                one.agent_id,
                _text(one.agent),
                one.waiting_since,
                one.closed_at,
                one.close_reason,
                one.head,
                _text(one.last_message),
                one.last_entry_at,
                one.last_visitor_at,
                one.last_agent_at,
                one.rating_invited,
                _text(one.rating),
                _text(one.wrap_up),
                _text(one.guests or None),
                one.snoozed_until,
                one.woken_seq,
                one.organization_id,
                one.id,
            )
            for one in conversations
        ],
    )


async def insert_entries(
    transaction: Transaction, organization_id: int, entries: Iterable[tuple[int, Entry]]
) -> None:
    """Each with the id of its conversation."""
    await transaction.execute_each(
        """insert into entry (id, organization_id, conversation_id, seq, kind, at, sender_kind, sender_id, sender_name,
        body, recalled) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false)""",
        [
            (
                int(entry.id),
                organization_id,
                conversation_id,
                entry.seq,
                entry.kind,
                entry.at,
                entry.sender.kind,
                int(entry.sender.id),
                entry.sender.name,
                bytes(entry.body).decode(),
            )
            for conversation_id, entry in entries
        ],
    )


async def blank_entry(transaction: Transaction, organization_id: int, conversation_id: int, seq: int) -> None:
    """Take the content out of a recalled message, for good."""
    await transaction.execute(
        "update entry set body = '{}', recalled = true where organization_id = $1 and conversation_id = $2 and seq = $3",
        organization_id,
        conversation_id,
        seq,
    )


async def entry_at(reader: Reader, organization_id: int, conversation_id: int, seq: int) -> Entry | None:
    row = await reader.fetch_one(
        f"""select {ENTRY_COLUMNS} from entry
        where organization_id = $1 and conversation_id = $2 and seq = $3""",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
        seq,
    )
    return None if row is None else entry_of(row)


async def entries_before(
    reader: Reader, organization_id: int, conversation_id: int, before: int, limit: int
) -> list[Entry]:
    """Up to `limit` entries with seq < before, newest kept, in ascending order."""
    rows = await reader.fetch(
        f"""select {ENTRY_COLUMNS} from entry where organization_id = $1 and conversation_id = $2 and seq < $3
        order by seq desc limit $4""",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
        before,
        limit,
    )
    return [entry_of(row) for row in reversed(rows)]


async def newest_entries(
    reader: Reader, organization_id: int, conversation_ids: Sequence[int], limit: int
) -> dict[int, list[Entry]]:
    """By conversation: up to `limit` entries, the newest, in ascending order."""
    columns = ENTRY_COLUMNS.replace("id,", "e.id,", 1)
    rows = await reader.fetch(
        f"""select c.id, {columns} from conversation c join entry e on e.conversation_id = c.id
        where c.organization_id = $1 and c.id = any($2) and e.seq > c.head - $3 order by c.id, e.seq""",  # noqa: S608 - constant columns
        organization_id,
        list(conversation_ids),
        limit,
    )
    found: dict[int, list[Entry]] = {}
    for conversation_id, *row in rows:
        found.setdefault(conversation_id, []).append(entry_of(tuple(row)))
    return found


async def entries_after(
    reader: Reader, organization_id: int, conversation_id: int, after: int, limit: int
) -> list[Entry]:
    """Up to `limit` entries with seq > after, in ascending order."""
    rows = await reader.fetch(
        f"""select {ENTRY_COLUMNS} from entry where organization_id = $1 and conversation_id = $2 and seq > $3
        order by seq limit $4""",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
        after,
        limit,
    )
    return [entry_of(row) for row in rows]


async def first_since(
    reader: Reader, organization_id: int, conversation_id: int, since: Millis
) -> int | None:
    """The seq of the first message or note at or after a moment. Entries are never older than those before them."""
    row = await reader.fetch_one(
        """select min(seq) from entry where organization_id = $1 and conversation_id = $2 and at >= $3
        and kind in ('message', 'note')""",
        organization_id,
        conversation_id,
        since,
    )
    return None if row is None else row[0]


async def add_participants(
    transaction: Transaction, organization_id: int, participants: Iterable[tuple[int, int, Millis]]
) -> None:
    """Each a conversation, an agent, and since when it has been with it."""
    await transaction.execute_each(
        """insert into conversation_agent (organization_id, conversation_id, agent_id, first_at)
        values ($1, $2, $3, $4) on conflict do nothing""",
        [(organization_id, *one) for one in participants],
    )


async def took_part(
    reader: Reader, organization_id: int, conversation_id: int, agent_ids: Sequence[int]
) -> bool:
    """Whether one of these agents has or had the conversation."""
    row = await reader.fetch_one(
        "select 1 from conversation_agent where organization_id = $1 and conversation_id = $2 and agent_id = any($3)",
        organization_id,
        conversation_id,
        list(agent_ids),
    )
    return row is not None


async def serves_contact(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], agent_id: int
) -> bool:
    """Whether this agent has an active conversation with one of these contacts now."""
    row = await reader.fetch_one(
        """select 1 from conversation
        where organization_id = $1 and contact_id = any($2) and agent_id = $3 and state = 'active' limit 1""",
        organization_id,
        list(contact_ids),
        agent_id,
    )
    return row is not None


async def open_of_contact(
    reader: Reader, organization_id: int, contact_id: int, channel_id: int
) -> Conversation | None:
    """The contact's open conversation on this channel; the newest should there be several."""
    row = await reader.fetch_one(
        f"""select {COLUMNS} from conversation where organization_id = $1 and contact_id = $2 and channel_id = $3
        and state <> 'closed' order by id desc limit 1""",  # noqa: S608 - constant columns
        organization_id,
        contact_id,
        channel_id,
    )
    return None if row is None else conversation_of(row)


async def all_open_of_contact(
    reader: Reader, organization_id: int, contact_id: int, channel_id: int
) -> list[Conversation]:
    """The contact's open conversations on this channel: one, except while two contacts become one."""
    rows = await reader.fetch(
        f"""select {COLUMNS} from conversation where organization_id = $1 and contact_id = $2 and channel_id = $3
        and state <> 'closed' order by id""",  # noqa: S608 - constant columns
        organization_id,
        contact_id,
        channel_id,
    )
    return [conversation_of(row) for row in rows]


async def visited_by(reader: Reader, organization_id: int, agent_id: int) -> list[Conversation]:
    """The conversations of others that this agent is in now, as a guest."""
    rows = await reader.fetch(
        f"""select {COLUMNS} from conversation where organization_id = $1 and id in
        (select conversation_id from guest where organization_id = $1 and agent_id = $2 and left_at is null)
        order by id""",  # noqa: S608 - constant columns
        organization_id,
        agent_id,
    )
    return [conversation_of(row) for row in rows]


async def was_guest(reader: Reader, organization_id: int, conversation_id: int, agent_id: int) -> bool:
    """Whether this agent is or was in the conversation beside its agent."""
    row = await reader.fetch_one(
        "select 1 from guest where organization_id = $1 and conversation_id = $2 and agent_id = $3",
        organization_id,
        conversation_id,
        agent_id,
    )
    return row is not None


async def set_guests(transaction: Transaction, before: Conversation, after: Conversation, at: Millis) -> None:
    """Let the table say who came and who left between the two."""
    for agent_id in sorted(after.guest_ids - before.guest_ids):
        await transaction.execute(
            """insert into guest (conversation_id, agent_id, organization_id, joined_at) values ($1, $2, $3, $4)
            on conflict (conversation_id, agent_id) do update set left_at = null""",
            after.id,
            agent_id,
            after.organization_id,
            at,
        )
    for agent_id in sorted(before.guest_ids - after.guest_ids):
        await transaction.execute(
            """update guest set left_at = $1
            where organization_id = $2 and conversation_id = $3 and agent_id = $4""",
            at,
            after.organization_id,
            after.id,
            agent_id,
        )


async def active_of_agent(reader: Reader, organization_id: int, agent_id: int) -> list[Conversation]:
    rows = await reader.fetch(
        f"""select {COLUMNS} from conversation
        where organization_id = $1 and agent_id = $2 and state = 'active' order by id""",  # noqa: S608 - constant columns
        organization_id,
        agent_id,
    )
    return [conversation_of(row) for row in rows]


async def bots_of(reader: Reader, organization_id: int, agent_id: int) -> list[Conversation]:
    """Conversations that a bot has now, for a bot that starts and must catch up."""
    rows = await reader.fetch(
        f"""select {COLUMNS} from conversation
        where organization_id = $1 and agent_id = $2 and state = 'bot' order by id""",  # noqa: S608 - constant columns
        organization_id,
        agent_id,
    )
    return [conversation_of(row) for row in rows]


async def last_human_agents(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], since: Millis
) -> dict[int, int]:
    """By contact: the human who served it last, in a conversation with news since then.

    The `cross join` and the plus are for SQLite: it would read everything that the organization's agents ever had.
    """
    rows = await reader.fetch(
        """select contact_id, agent_id from (
            select c.contact_id, p.agent_id,
            row_number() over (partition by c.contact_id order by c.id desc, p.first_at desc) as place
            from conversation c cross join conversation_agent p
            where c.organization_id = $1 and c.contact_id = any($2) and c.last_entry_at >= $3
            and p.conversation_id = c.id and +p.organization_id = c.organization_id
        ) as served where place = 1""",
        organization_id,
        contact_ids,
        since,
    )
    return dict(rows)


async def places_taken(reader: Reader, organization_id: int, agent_id: int) -> dict[str, int]:
    """By kind, what the agent's active conversations weigh together."""
    rows = await reader.fetch(
        """select written_from, sum(weight) from conversation
        where organization_id = $1 and agent_id = $2 and state = 'active' group by written_from""",
        organization_id,
        agent_id,
    )
    return {kind: int(places) for kind, places in rows}


def _text(part: object) -> str | None:
    return None if part is None else _json.encode(part).decode()


def _values(conversation: Conversation) -> Sequence[str | int | bool | None]:
    return (
        conversation.id,
        conversation.organization_id,
        conversation.channel_id,
        conversation.contact_id,
        conversation.contact_name,
        conversation.state,
        conversation.team_id,
        conversation.agent_id,
        _text(conversation.agent),
        conversation.language,
        conversation.opened_at,
        conversation.waiting_since,
        conversation.closed_at,
        conversation.close_reason,
        conversation.head,
        _text(conversation.last_message),
        conversation.last_entry_at,
        conversation.last_visitor_at,
        conversation.last_agent_at,
        conversation.received.visitor,
        conversation.read.visitor,
        conversation.received.agent,
        conversation.read.agent,
        conversation.rating_invited,
        _text(conversation.rating),
        _text(conversation.wrap_up),
        _text(conversation.guests or None),
        conversation.weight,
        conversation.snoozed_until,
        conversation.woken_seq,
        conversation.kind,
    )
