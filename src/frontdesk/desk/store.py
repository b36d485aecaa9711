"""The only file that knows the tables of the desk. Every row belongs to one agent and one conversation."""

from typing import Final

from frontdesk.core.clock import Millis
from frontdesk.desk.types import DraftView, MarksView
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_DRAFT: Final = "select conversation_id, text, note, quotes, written_at from desk_draft"


def _draft(row: Row) -> DraftView:
    return DraftView(str(row[0]), row[1], bool(row[2]), row[3], row[4])


async def put_draft(
    tx: Transaction, organization_id: int, agent_id: int, conversation_id: int, draft: DraftView
) -> bool:
    """Whether it was kept: not when what is there was written later."""
    row = await tx.fetch_one(
        "insert into desk_draft (organization_id, agent_id, conversation_id, text, note, quotes, written_at)"
        " values ($1, $2, $3, $4, $5, $6, $7)"
        " on conflict (agent_id, conversation_id) do update set text = excluded.text, note = excluded.note,"
        " quotes = excluded.quotes, written_at = excluded.written_at"
        " where desk_draft.written_at <= excluded.written_at returning written_at",
        organization_id, agent_id, conversation_id, draft.text, draft.note, draft.quotes, draft.written_at,
    )  # fmt: skip
    return row is not None


async def find_draft(
    reader: Reader, organization_id: int, agent_id: int, conversation_id: int
) -> DraftView | None:
    row = await reader.fetch_one(
        f"{_DRAFT} where organization_id = $1 and agent_id = $2 and conversation_id = $3",
        organization_id, agent_id, conversation_id,
    )  # fmt: skip
    return None if row is None else _draft(row)


async def forget_ended(tx: Transaction, organization_id: int, agent_id: int, *, before: Millis) -> None:
    """Remove the emptied drafts that no device can still be late for."""
    await tx.execute(
        "delete from desk_draft where organization_id = $1 and agent_id = $2 and text = '' and quotes is null"
        " and written_at < $3",
        organization_id, agent_id, before,
    )  # fmt: skip


async def drafts_of(reader: Reader, organization_id: int, agent_id: int, *, limit: int) -> list[DraftView]:
    """The last written first, with those that were emptied within the day: they end what a device still holds."""
    rows = await reader.fetch(
        f"{_DRAFT} where organization_id = $1 and agent_id = $2 order by written_at desc limit $3",
        organization_id, agent_id, limit,
    )  # fmt: skip
    return [_draft(row) for row in rows]


async def put_marks(
    tx: Transaction, organization_id: int, agent_id: int, marks: MarksView, now: Millis
) -> None:
    conversation_id = int(marks.conversation)
    if not marks.pinned and not marks.important:
        await tx.execute(
            "delete from desk_mark where organization_id = $1 and agent_id = $2 and conversation_id = $3",
            organization_id, agent_id, conversation_id,
        )  # fmt: skip
        return
    await tx.execute(
        "insert into desk_mark (organization_id, agent_id, conversation_id, pinned, important, marked_at)"
        " values ($1, $2, $3, $4, $5, $6)"
        " on conflict (agent_id, conversation_id) do update set pinned = excluded.pinned,"
        " important = excluded.important, marked_at = excluded.marked_at",
        organization_id, agent_id, conversation_id, marks.pinned, marks.important, now,
    )  # fmt: skip


async def count_marks(reader: Reader, organization_id: int, agent_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from desk_mark where organization_id = $1 and agent_id = $2",
        organization_id,
        agent_id,
    )
    return 0 if row is None else row[0]


async def find_marks(
    reader: Reader, organization_id: int, agent_id: int, conversation_id: int
) -> MarksView | None:
    row = await reader.fetch_one(
        "select conversation_id, pinned, important from desk_mark"
        " where organization_id = $1 and agent_id = $2 and conversation_id = $3",
        organization_id, agent_id, conversation_id,
    )  # fmt: skip
    return None if row is None else MarksView(str(row[0]), bool(row[1]), bool(row[2]))


async def marks_of(reader: Reader, organization_id: int, agent_id: int) -> list[MarksView]:
    rows = await reader.fetch(
        "select conversation_id, pinned, important from desk_mark where organization_id = $1 and agent_id = $2"
        " order by marked_at desc, conversation_id desc",
        organization_id, agent_id,
    )  # fmt: skip
    return [MarksView(str(row[0]), bool(row[1]), bool(row[2])) for row in rows]


async def forget(tx: Transaction, organization_id: int, conversation_id: int) -> None:
    for table in ("desk_draft", "desk_mark"):
        await tx.execute(
            f"delete from {table} where organization_id = $1 and conversation_id = $2",  # noqa: S608 - constant names
            organization_id, conversation_id,
        )  # fmt: skip
