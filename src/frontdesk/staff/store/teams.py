"""Rows of `team` and `team_member`. A removed team keeps its row, so that history can name it."""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.staff.hours import Hours
from frontdesk.staff.store.agents import numbers_of
from frontdesk.staff.types import UNLIMITED, Member, Policy, Status, Team, Weight

_hours: Final = msgspec.json.Decoder(Hours)


def _team(row: Row) -> Team:
    hours = None if row[4] is None else _hours.decode(row[4])
    return Team(
        id=row[0],
        name=row[1],
        policy=Policy(row[2]),
        offer_timeout=row[3],
        hours=hours,
        wrap_up_required=bool(row[5]),
    )


def _text(hours: Hours | None) -> str | None:
    return None if hours is None else msgspec.json.encode(hours).decode()


async def insert(tx: Transaction, organization_id: int, team: Team, now: Millis) -> None:
    await tx.execute(
        "insert into team (id, organization_id, name, policy, offer_timeout, hours, wrap_up_required, created_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
        team.id, organization_id, team.name, team.policy, team.offer_timeout, _text(team.hours),
        team.wrap_up_required, now,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, team_id: int) -> Team | None:
    row = await reader.fetch_one(
        "select id, name, policy, offer_timeout, hours, wrap_up_required from team"
        " where organization_id = $1 and id = $2 and deleted_at is null",
        organization_id, team_id,
    )  # fmt: skip
    return None if row is None else _team(row)


async def find_all(reader: Reader, organization_id: int) -> list[Team]:
    rows = await reader.fetch(
        "select id, name, policy, offer_timeout, hours, wrap_up_required from team"
        " where organization_id = $1 and deleted_at is null order by id",
        organization_id,
    )
    return [_team(row) for row in rows]


async def find_of_agent(reader: Reader, organization_id: int, agent_id: int) -> list[Team]:
    rows = await reader.fetch(
        "select t.id, t.name, t.policy, t.offer_timeout, t.hours, t.wrap_up_required"
        " from team_member m join team t on t.id = m.team_id"
        " where m.organization_id = $1 and m.agent_id = $2 and t.deleted_at is null order by t.id",
        organization_id, agent_id,
    )  # fmt: skip
    return [_team(row) for row in rows]


async def name_taken(reader: Reader, organization_id: int, name: str, *, besides: int = 0) -> bool:
    row = await reader.fetch_one(
        "select 1 from team where organization_id = $1 and name = $2 and id <> $3 and deleted_at is null",
        organization_id, name, besides,
    )  # fmt: skip
    return row is not None


async def update(tx: Transaction, organization_id: int, team: Team) -> None:
    await tx.execute(
        "update team set name = $1, policy = $2, offer_timeout = $3, hours = $4, wrap_up_required = $5"
        " where organization_id = $6 and id = $7",
        team.name, team.policy, team.offer_timeout, _text(team.hours), team.wrap_up_required,
        organization_id, team.id,
    )  # fmt: skip


async def delete(tx: Transaction, organization_id: int, team_id: int, now: Millis) -> None:
    await tx.execute(
        "delete from team_member where organization_id = $1 and team_id = $2", organization_id, team_id
    )
    await tx.execute(
        "update team set deleted_at = $1 where organization_id = $2 and id = $3",
        now,
        organization_id,
        team_id,
    )


# ---- members -------------------------------------------------------------------------------------------------------


async def find_members(reader: Reader, organization_id: int, team_id: int) -> list[Member]:
    rows = await reader.fetch(
        "select m.agent_id, m.weight, a.nickname, a.capacity, p.status, p.status_since, a.skills, a.limits"
        " from team_member m join agent a on a.id = m.agent_id join agent_presence p on p.agent_id = m.agent_id"
        " where m.organization_id = $1 and m.team_id = $2 order by m.agent_id",
        organization_id, team_id,
    )  # fmt: skip
    return [
        Member(row[0], row[1], row[2], row[3], Status(row[4]), row[5], numbers_of(row[6]), numbers_of(row[7]))
        for row in rows
    ]


async def is_anybody(
    reader: Reader, organization_id: int, team_id: int, statuses: Collection[Status]
) -> bool:
    row = await reader.fetch_one(
        "select 1 from team_member m join agent a on a.id = m.agent_id"
        " join agent_presence p on p.agent_id = m.agent_id"
        " where m.organization_id = $1 and m.team_id = $2 and a.capacity < $3 and p.status = any($4) limit 1",
        organization_id, team_id, UNLIMITED, sorted(statuses),
    )  # fmt: skip
    return row is not None


async def find_memberships(reader: Reader, organization_id: int) -> list[tuple[int, int, int]]:
    """All of the organization's (team, agent, weight), by team, then agent."""
    rows = await reader.fetch(
        "select team_id, agent_id, weight from team_member where organization_id = $1 order by team_id, agent_id",
        organization_id,
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def replace_members(
    tx: Transaction, organization_id: int, team_id: int, weights: Sequence[Weight]
) -> None:
    await tx.execute(
        "delete from team_member where organization_id = $1 and team_id = $2", organization_id, team_id
    )
    for weight in weights:
        await tx.execute(
            "insert into team_member (team_id, agent_id, organization_id, weight) values ($1, $2, $3, $4)",
            team_id, weight.agent_id, organization_id, weight.weight,
        )  # fmt: skip
