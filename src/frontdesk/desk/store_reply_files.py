"""The only file that knows the tables of the files of saved replies."""

from collections.abc import Sequence

from frontdesk.platform import Reader, Transaction


async def hold(tx: Transaction, organization_id: int, media_id: int, reply_id: int) -> bool:
    """Whether the reply has it now: not when another has, or had, it."""
    row = await tx.fetch_one(
        "insert into quick_reply_file (organization_id, media_id, reply_id) values ($1, $2, $3)"
        " on conflict (organization_id, media_id) do nothing returning media_id",
        organization_id, media_id, reply_id,
    )  # fmt: skip
    return row is not None


async def let_go(tx: Transaction, organization_id: int, media_id: int) -> None:
    await tx.execute(
        "update quick_reply_file set reply_id = null where organization_id = $1 and media_id = $2",
        organization_id,
        media_id,
    )


async def is_of_a_reply(reader: Reader, organization_id: int, media_id: int) -> bool:
    """Whether it is some reply's file, or was."""
    return (
        await reader.fetch_one(
            "select 1 from quick_reply_file where organization_id = $1 and media_id = $2",
            organization_id,
            media_id,
        )
    ) is not None


async def of_replies(reader: Reader, organization_id: int, media: Sequence[int]) -> Sequence[int]:
    rows = await reader.fetch(
        "select media_id from quick_reply_file where organization_id = $1 and media_id = any($2)",
        organization_id,
        list(media),
    )
    return [row[0] for row in rows]


async def holder(tx: Transaction, organization_id: int, media_id: int) -> int | None:
    """The reply that holds it, and does until this transaction ends."""
    row = await tx.fetch_one(
        "update quick_reply_file set reply_id = reply_id"
        " where organization_id = $1 and media_id = $2 and reply_id is not null returning reply_id",
        organization_id, media_id,
    )  # fmt: skip
    return None if row is None else row[0]


async def note_sending(tx: Transaction, organization_id: int, media_id: int, conversation_id: int) -> None:
    await tx.execute(
        "insert into quick_reply_sending (organization_id, media_id, conversation_id) values ($1, $2, $3)"
        " on conflict (organization_id, media_id, conversation_id) do nothing",
        organization_id, media_id, conversation_id,
    )  # fmt: skip


async def forget_sendings(tx: Transaction, organization_id: int, conversation_id: int) -> None:
    await tx.execute(
        "delete from quick_reply_sending where organization_id = $1 and conversation_id = $2",
        organization_id,
        conversation_id,
    )


async def needless(reader: Reader, *, limit: int) -> Sequence[tuple[int, int]]:
    """Organization and file, where no reply holds it and no conversation has it."""
    rows = await reader.fetch(
        "select organization_id, media_id from quick_reply_file where reply_id is null and not exists ("
        " select 1 from quick_reply_sending where quick_reply_sending.organization_id = quick_reply_file.organization_id"
        " and quick_reply_sending.media_id = quick_reply_file.media_id) order by media_id limit $1",
        limit,
    )
    return [(row[0], row[1]) for row in rows]


async def forget(tx: Transaction, organization_id: int, media_id: int) -> None:
    await tx.execute(
        "delete from quick_reply_file where organization_id = $1 and media_id = $2", organization_id, media_id
    )
