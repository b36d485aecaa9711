"""The media table, and the key that signs addresses."""

from collections.abc import Sequence

from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind
from frontdesk.media.types import Media, MediaKind
from frontdesk.platform import Reader, Transaction


async def insert(tx: Transaction, organization_id: int, media: Media) -> None:
    await tx.execute(
        "insert into media (id, organization_id, uploader_kind, uploader_id, kind, name, size, mime, width, height,"
        " sha256, thumbnail_size, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        media.id, organization_id, media.uploader_kind.value, media.uploader_id, media.kind.value, media.name,
        media.size, media.mime, media.width, media.height, media.sha256, media.thumbnail_size, media.created_at,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, media_id: int) -> Media | None:
    row = await reader.fetch_one(
        "select id, organization_id, uploader_kind, uploader_id, kind, name, size, mime, width, height, sha256,"
        " thumbnail_size, created_at from media where organization_id = $1 and id = $2",
        organization_id, media_id,
    )  # fmt: skip
    if row is None:
        return None
    kind, media_kind = SubjectKind(row[2]), MediaKind(row[4])
    return Media(row[0], row[1], kind, row[3], media_kind, *row[5:])


async def count_since(reader: Reader, organization_id: int, uploader_id: int, first_id: int) -> int:
    """How many files somebody has sent since the id that begins a time."""
    row = await reader.fetch_one(
        "select count(*) from media where organization_id = $1 and uploader_id = $2 and id >= $3",
        organization_id, uploader_id, first_id,
    )  # fmt: skip
    return 0 if row is None else row[0]


async def of_uploader(
    reader: Reader, organization_id: int, kind: SubjectKind, uploader_id: int, *, limit: int
) -> Sequence[int]:
    rows = await reader.fetch(
        "select id from media where organization_id = $1 and uploader_id = $2 and uploader_kind = $3 order by id limit $4",
        organization_id, uploader_id, kind.value, limit,
    )  # fmt: skip
    return [row[0] for row in rows]


async def of_visitors(reader: Reader, organization_id: int, media: Sequence[int]) -> Sequence[int]:
    rows = await reader.fetch(
        "select id from media where organization_id = $1 and id = any($2) and uploader_kind = 'visitor'",
        organization_id,
        list(media),
    )
    return [row[0] for row in rows]


async def delete(tx: Transaction, organization_id: int, media_id: int) -> None:
    await tx.execute("delete from media where organization_id = $1 and id = $2", organization_id, media_id)


async def address_key(tx: Transaction, fresh: str, *, now: Millis) -> str:
    """The key in force; `fresh` becomes it when there is none."""
    await tx.execute(
        "insert into media_address_key (id, key, created_at) values (1, $1, $2) on conflict (id) do nothing",
        fresh,
        now,
    )
    rows = await tx.fetch("select key from media_address_key")
    return rows[0][0]
