"""Whose conversations they are: the names in their headers, and conversations that go to another contact."""

from collections.abc import Sequence

from frontdesk.conversations.rows import COLUMNS, Conversation, conversation_of
from frontdesk.platform import Reader, Transaction


async def open_contacts(reader: Reader) -> Sequence[tuple[int, int, str]]:
    """Organization, contact and name in the header of every open conversation."""
    rows = await reader.fetch(
        "select organization_id, contact_id, contact_name from conversation where state <> 'closed'"
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def rename_contact(
    transaction: Transaction, organization_id: int, contact_id: int, name: str
) -> list[Conversation]:
    """Put a contact's new name into its conversations and return the open ones that had another."""
    rows = await transaction.fetch(
        f"""update conversation set contact_name = $1
        where organization_id = $2 and contact_id = $3 and contact_name <> $1
        returning {COLUMNS}""",  # noqa: S608 - constant columns
        name,
        organization_id,
        contact_id,
    )
    return [conversation for conversation in map(conversation_of, rows) if conversation.is_open]


async def move_to_contact(
    transaction: Transaction, organization_id: int, from_id: int, into_id: int, name: str
) -> list[Conversation]:
    """Give every conversation of a contact to another, and return them as they are then."""
    rows = await transaction.fetch(
        f"""update conversation set contact_id = $1, contact_name = $2
        where organization_id = $3 and contact_id = $4 returning {COLUMNS}""",  # noqa: S608 - constant columns
        into_id,
        name,
        organization_id,
        from_id,
    )
    return [conversation_of(row) for row in rows]


async def rename_visitor(
    transaction: Transaction, organization_id: int, conversations: Sequence[int], from_id: int, into_id: int
) -> None:
    """What one visitor wrote in these conversations is another's."""
    await transaction.execute(
        """update entry set sender_id = $1 where organization_id = $2 and conversation_id = any($3)
        and sender_kind = 'visitor' and sender_id = $4""",
        into_id,
        organization_id,
        conversations,
        from_id,
    )
