"""The only file that knows the tables of privacy."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.privacy.types import Erasure, Retention

_ERASURE: Final = (
    "select id, organization_id, contact_id, parts, asked_by, asked_at, conversations, done, files, conversation_id, seq,"
    " finished_at from erasure"
)
_RETENTION: Final = "select organization_id, channel_id, days, reached_at, reached_id from retention"
_parts: Final = msgspec.json.Decoder(tuple[int, ...])


def _erasure(row: Row) -> Erasure:
    return Erasure(row[0], row[1], row[2], _parts.decode(row[3]), *row[4:])


def _retention(row: Row) -> Retention:
    return Retention(row[0], row[1], row[2], (row[3], row[4]))


async def insert(tx: Transaction, erasure: Erasure) -> None:
    await tx.execute(
        "insert into erasure (id, organization_id, contact_id, parts, asked_by, asked_at, conversations, done, files,"
        " conversation_id, seq, finished_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        erasure.id, erasure.organization_id, erasure.contact_id, msgspec.json.encode(erasure.parts).decode(),
        erasure.asked_by, erasure.asked_at, erasure.conversations, erasure.done, erasure.files,
        erasure.conversation_id, erasure.seq, erasure.finished_at,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, erasure_id: int) -> Erasure | None:
    row = await reader.fetch_one(
        f"{_ERASURE} where organization_id = $1 and id = $2", organization_id, erasure_id
    )
    return None if row is None else _erasure(row)


async def of_contact(reader: Reader, organization_id: int, contact_id: int) -> Erasure | None:
    row = await reader.fetch_one(
        f"{_ERASURE} where organization_id = $1 and contact_id = $2", organization_id, contact_id
    )
    return None if row is None else _erasure(row)


async def running(reader: Reader) -> Sequence[Erasure]:
    """Of every organization, the one asked for first first."""
    return [_erasure(row) for row in await reader.fetch(f"{_ERASURE} where finished_at is null order by id")]


async def update(tx: Transaction, erasure: Erasure) -> None:
    """Keep how far it is."""
    await tx.execute(
        "update erasure set done = $1, files = $2, conversation_id = $3, seq = $4, finished_at = $5"
        " where organization_id = $6 and id = $7",
        erasure.done, erasure.files, erasure.conversation_id, erasure.seq, erasure.finished_at,
        erasure.organization_id, erasure.id,
    )  # fmt: skip


async def count_file(tx: Transaction, organization_id: int, erasure_id: int, media_id: int) -> None:
    """The bytes of a file are gone; counted once."""
    gone = await tx.execute(
        "delete from doomed_file where organization_id = $1 and media_id = $2", organization_id, media_id
    )
    await tx.execute(
        "update erasure set files = files + $1 where organization_id = $2 and id = $3",
        gone,
        organization_id,
        erasure_id,
    )


async def doom(tx: Transaction, organization_id: int, erasure_id: int, media: Iterable[int]) -> None:
    """Note files whose bytes are to go."""
    await tx.execute_each(
        "insert into doomed_file (organization_id, media_id, erasure_id) values ($1, $2, $3) on conflict do nothing",
        [(organization_id, media_id, erasure_id) for media_id in media],
    )


async def doomed(reader: Reader, *, limit: int) -> Sequence[tuple[int, int, int]]:
    """Organization, file and erasure (0: retention) of files whose bytes are to go."""
    rows = await reader.fetch(
        "select organization_id, media_id, erasure_id from doomed_file order by media_id limit $1", limit
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def is_doomed(reader: Reader, erasure_id: int) -> bool:
    """Whether files of this erasure are still to go."""
    return (
        await reader.fetch_one("select 1 from doomed_file where erasure_id = $1 limit 1", erasure_id)
    ) is not None


async def retention(reader: Reader, organization_id: int, channel_id: int) -> Retention | None:
    row = await reader.fetch_one(
        f"{_RETENTION} where organization_id = $1 and channel_id = $2", organization_id, channel_id
    )
    return None if row is None else _retention(row)


async def retentions(reader: Reader) -> Sequence[Retention]:
    """Of every organization."""
    return [_retention(row) for row in await reader.fetch(f"{_RETENTION} order by channel_id")]


async def keep_for(tx: Transaction, organization_id: int, channel_id: int, days: int) -> None:
    await tx.execute(
        "insert into retention (channel_id, organization_id, days, reached_at, reached_id) values ($1, $2, $3, 0, 0)"
        " on conflict (channel_id) do update set days = excluded.days",
        channel_id,
        organization_id,
        days,
    )


async def keep_for_ever(tx: Transaction, organization_id: int, channel_id: int) -> None:
    await tx.execute(
        "delete from retention where organization_id = $1 and channel_id = $2", organization_id, channel_id
    )


async def reach(tx: Transaction, organization_id: int, channel_id: int, to: tuple[Millis, int]) -> None:
    await tx.execute(
        "update retention set reached_at = $1, reached_id = $2 where organization_id = $3 and channel_id = $4",
        *to,
        organization_id,
        channel_id,
    )
