"""The only file that knows the table of help."""

from frontdesk.platform import Reader, Transaction


async def base_of(reader: Reader, organization_id: int, channel_id: int) -> int | None:
    row = await reader.fetch_one(
        "select knowledge_base_id from channel_help where organization_id = $1 and channel_id = $2",
        organization_id,
        channel_id,
    )
    return None if row is None else row[0]


async def show(tx: Transaction, organization_id: int, channel_id: int, base_id: int) -> None:
    await hide(tx, organization_id, channel_id)
    await tx.execute(
        "insert into channel_help (organization_id, channel_id, knowledge_base_id) values ($1, $2, $3)",
        organization_id,
        channel_id,
        base_id,
    )


async def hide(tx: Transaction, organization_id: int, channel_id: int) -> None:
    await tx.execute(
        "delete from channel_help where organization_id = $1 and channel_id = $2", organization_id, channel_id
    )
