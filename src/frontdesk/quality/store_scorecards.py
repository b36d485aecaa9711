"""The only file that knows the table of scorecards."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.quality.types import Criterion, Scorecard

_NONE: Final = Scorecard(0, ())
_criteria: Final = msgspec.json.Decoder(tuple[Criterion, ...])


async def newest(reader: Reader, organization_id: int) -> Scorecard:
    """The one that counts; version 0 where there is none yet."""
    row = await reader.fetch_one(
        "select version, criteria from scorecard where organization_id = $1 order by version desc limit 1",
        organization_id,
    )
    return _NONE if row is None else Scorecard(row[0], _criteria.decode(row[1]))


async def of_versions(
    reader: Reader, organization_id: int, versions: Collection[int]
) -> Mapping[int, Sequence[Criterion]]:
    """The criteria of each of these versions."""
    rows = await reader.fetch(
        "select version, criteria from scorecard where organization_id = $1 and version = any($2)",
        organization_id,
        sorted(versions),
    )
    return {row[0]: _criteria.decode(row[1]) for row in rows}


async def insert(
    tx: Transaction, organization_id: int, scorecard: Scorecard, *, made_by: int, now: Millis
) -> None:
    await tx.execute(
        "insert into scorecard (organization_id, version, criteria, made_at, made_by) values ($1, $2, $3, $4, $5)",
        organization_id, scorecard.version, msgspec.json.encode(scorecard.criteria).decode(), now, made_by,
    )  # fmt: skip
