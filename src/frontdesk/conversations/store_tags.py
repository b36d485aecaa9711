"""The SQL of which conversations have which tags."""

from collections.abc import Sequence

from frontdesk.platform import Reader, Transaction


async def of(reader: Reader, organization_id: int, conversation_id: int) -> Sequence[int]:
    rows = await reader.fetch(
        "select tag_id from conversation_tag where organization_id = $1 and conversation_id = $2 order by tag_id",
        organization_id,
        conversation_id,
    )
    return [row[0] for row in rows]


async def add(tx: Transaction, organization_id: int, conversation_id: int, tag_id: int) -> None:
    await tx.execute(
        "insert into conversation_tag (organization_id, conversation_id, tag_id) values ($1, $2, $3)",
        organization_id, conversation_id, tag_id,
    )  # fmt: skip


async def remove(tx: Transaction, organization_id: int, conversation_id: int, tag_id: int) -> None:
    await tx.execute(
        "delete from conversation_tag where organization_id = $1 and conversation_id = $2 and tag_id = $3",
        organization_id, conversation_id, tag_id,
    )  # fmt: skip


async def remove_all(tx: Transaction, organization_id: int, conversation_id: int) -> None:
    await tx.execute(
        "delete from conversation_tag where organization_id = $1 and conversation_id = $2",
        organization_id,
        conversation_id,
    )
