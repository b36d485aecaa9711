"""The SQL of who is behind a conversation: the agents who have or had it, and what its contact is called."""

from collections.abc import Collection, Mapping

from frontdesk.platform import Reader


async def agents_of(reader: Reader, organization_id: int, conversation_id: int) -> list[int]:
    """The people who have or had the conversation, the first one first."""
    rows = await reader.fetch(
        """select agent_id from conversation_agent where organization_id = $1 and conversation_id = $2
        order by first_at, agent_id""",
        organization_id,
        conversation_id,
    )
    return [row[0] for row in rows]


async def names_of(
    reader: Reader, organization_id: int, conversation_ids: Collection[int]
) -> Mapping[int, str]:
    """By conversation: the name in its header."""
    rows = await reader.fetch(
        "select id, contact_name from conversation where organization_id = $1 and id = any($2)",
        organization_id,
        sorted(conversation_ids),
    )
    return {row[0]: row[1] for row in rows}
