"""The only file that knows the table of reviews."""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row, Value
from frontdesk.quality.types import Review, Wanted

_SELECT: Final = (
    "select id, conversation_id, agent_id, reviewer_id, team_id, scorecard, points, percent, remark, version, given_at,"
    " changed_at from review"
)
_SUMS: Final = "select agent_id, sum(percent), count(*) from review"
_WANTED: Final = (
    " where organization_id = $1 and ($2 or agent_id = any($3)) and (agent_id = $4 or $4 = 0)"
    " and (team_id = $5 or $5 = 0) and (reviewer_id = $6 or $6 = 0) and given_at >= $7 and given_at < $8"
)
_points: Final = msgspec.json.Decoder(tuple[int, ...])


def _review(row: Row) -> Review:
    return Review(
        row[0], row[1], row[2], row[3], row[4], row[5], _points.decode(row[6]), row[7], row[8], row[9], row[10], row[11]
    )  # fmt: skip


async def insert(tx: Transaction, organization_id: int, review: Review) -> None:
    await tx.execute(
        "insert into review (organization_id, id, conversation_id, agent_id, reviewer_id, team_id, scorecard, points, percent,"
        " remark, version, given_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        organization_id, review.id, review.conversation_id, review.agent_id, review.reviewer_id, review.team_id,
        review.scorecard, _text(review.points), review.percent, review.remark, review.version, review.given_at,
        review.changed_at,
    )  # fmt: skip


async def update(tx: Transaction, organization_id: int, review: Review) -> None:
    await tx.execute(
        "update review set points = $1, percent = $2, remark = $3, version = $4, changed_at = $5"
        " where organization_id = $6 and id = $7",
        _text(review.points), review.percent, review.remark, review.version, review.changed_at, organization_id,
        review.id,
    )  # fmt: skip


async def delete(tx: Transaction, organization_id: int, review_id: int) -> None:
    await tx.execute("delete from review where organization_id = $1 and id = $2", organization_id, review_id)


async def find(
    reader: Reader, organization_id: int, conversation_id: int, agent_id: int, reviewer_id: int
) -> Review | None:
    """The one review that this reviewer has given this agent for this conversation."""
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and conversation_id = $2 and agent_id = $3 and reviewer_id = $4",
        organization_id, conversation_id, agent_id, reviewer_id,
    )  # fmt: skip
    return None if row is None else _review(row)


async def of_conversation(reader: Reader, organization_id: int, conversation_id: int) -> list[Review]:
    """Everybody's, the first given first."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and conversation_id = $2 order by id",
        organization_id,
        conversation_id,
    )
    return [_review(row) for row in rows]


async def page(
    reader: Reader,
    organization_id: int,
    agents: Collection[int] | None,
    wanted: Wanted,
    *,
    before: int,
    limit: int,
) -> list[Review]:
    """Those of these agents (None: of all) that are wanted, with id < `before`, the newest first."""
    rows = await reader.fetch(
        _SELECT + _WANTED + " and id < $9 order by id desc limit $10",
        *_values(organization_id, agents, wanted),
        before,
        limit,
    )
    return [_review(row) for row in rows]


async def sums(
    reader: Reader, organization_id: int, agents: Collection[int] | None, wanted: Wanted
) -> list[tuple[int, int, int]]:
    """By agent: the sum of what is wanted in percent, and of how many reviews."""
    rows = await reader.fetch(
        _SUMS + _WANTED + " group by agent_id order by agent_id", *_values(organization_id, agents, wanted)
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def empty_remarks(tx: Transaction, organization_id: int, conversation_id: int) -> None:
    await tx.execute(
        "update review set remark = '' where organization_id = $1 and conversation_id = $2 and remark <> ''",
        organization_id,
        conversation_id,
    )


def _values(organization_id: int, agents: Collection[int] | None, wanted: Wanted) -> tuple[Value, ...]:
    return (
        organization_id, agents is None, list(agents or ()), wanted.agent_id or 0, wanted.team_id or 0,
        wanted.reviewer_id or 0, wanted.since, wanted.until,
    )  # fmt: skip


def _text(points: Sequence[int]) -> str:
    return msgspec.json.encode(points).decode()
