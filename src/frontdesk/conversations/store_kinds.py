"""The SQL of entries of one kind."""

from frontdesk.conversations.entries import Entry, EntryKind
from frontdesk.conversations.rows import ENTRY_COLUMNS, entry_of
from frontdesk.platform import Reader


async def entries_of_kind(
    reader: Reader, organization_id: int, conversation_id: int, kind: EntryKind, *, after: int = 0
) -> list[Entry]:
    """The entries of one kind behind `after`, in their order."""
    rows = await reader.fetch(
        f"""select {ENTRY_COLUMNS} from entry where organization_id = $1 and conversation_id = $2 and seq > $3
        and kind = $4 order by seq""",  # noqa: S608 - constant columns
        organization_id,
        conversation_id,
        after,
        kind,
    )
    return [entry_of(row) for row in rows]
