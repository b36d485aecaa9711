"""Rows of `agent` and `department`."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row, Value
from frontdesk.staff.types import DEFAULT_WEIGHT, AgentKind, Department, Member, Status


class AgentRow(Struct, frozen=True):
    """An agent as this service stores it: without its account, which is auth's."""

    id: int
    name: str
    nickname: str
    avatar_media_id: int | None
    kind: AgentKind
    department_id: int | None
    capacity: int
    status: Status
    status_since: Millis
    skills: Mapping[str, int]
    limits: Mapping[str, int]
    reason: str


_numbers: Final = msgspec.json.Decoder(dict[str, int])
_SELECT: Final = (
    "select a.id, a.name, a.nickname, a.avatar_media_id, a.kind, a.department_id, a.capacity, p.status, p.status_since,"
    " a.skills, p.reason, a.limits"
    " from agent a join agent_presence p on p.agent_id = a.id"
)


def _row(row: Row) -> AgentRow:
    return AgentRow(
        id=row[0], name=row[1], nickname=row[2], avatar_media_id=row[3], kind=AgentKind(row[4]), department_id=row[5],
        capacity=row[6], status=Status(row[7]), status_since=row[8], skills=numbers_of(row[9]), reason=row[10],
        limits=numbers_of(row[11]),
    )  # fmt: skip


def numbers_of(text: str) -> Mapping[str, int]:
    """What a column of skills or limits says."""
    return _numbers.decode(text)


async def insert(
    tx: Transaction,
    organization_id: int,
    *,
    agent_id: int,
    name: str,
    nickname: str,
    kind: AgentKind,
    department_id: int | None,
    capacity: int,
    now: Millis,
) -> None:
    await tx.execute(
        "insert into agent (id, organization_id, name, nickname, kind, department_id, capacity, created_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agent_id, organization_id, name, nickname, kind, department_id, capacity, now,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, agent_id: int) -> AgentRow | None:
    row = await reader.fetch_one(
        f"{_SELECT} where a.organization_id = $1 and a.id = $2", organization_id, agent_id
    )
    return None if row is None else _row(row)


async def find_all(reader: Reader, organization_id: int) -> list[AgentRow]:
    rows = await reader.fetch(f"{_SELECT} where a.organization_id = $1 order by a.id", organization_id)
    return [_row(row) for row in rows]


async def find_some(reader: Reader, organization_id: int, agent_ids: Sequence[int]) -> list[AgentRow]:
    """Those of the ids that are agents of the organization."""
    rows = await reader.fetch(
        f"{_SELECT} where a.organization_id = $1 and a.id = any($2)", organization_id, agent_ids
    )
    return [_row(row) for row in rows]


async def find_colleagues(reader: Reader, organization_id: int, agent_id: int) -> list[int]:
    rows = await reader.fetch(
        "select a.id from agent a where a.organization_id = $1 and (a.id = $2 or a.department_id ="
        " (select b.department_id from agent b where b.organization_id = $1 and b.id = $2)) order by a.id",
        organization_id, agent_id,
    )  # fmt: skip
    return [row[0] for row in rows]


async def find_members_of(
    reader: Reader, organization_id: int, department_ids: Sequence[int]
) -> dict[int, list[Member]]:
    rows = await reader.fetch(
        "select d.id, a.id, a.nickname, a.capacity, p.status, p.status_since, a.skills, a.limits"
        " from department d left join agent a on a.department_id = d.id and a.organization_id = d.organization_id"
        " left join agent_presence p on p.agent_id = a.id"
        " where d.organization_id = $1 and d.id = any($2) order by d.id, a.id",
        organization_id, list(department_ids),
    )  # fmt: skip
    found: dict[int, list[Member]] = {}
    for department_id, agent_id, nickname, capacity, status, since, skills, limits in rows:
        members = found.setdefault(department_id, [])
        if agent_id is not None:
            one = Member(
                agent_id,
                DEFAULT_WEIGHT,
                nickname,
                capacity,
                Status(status),
                since,
                numbers_of(skills),
                numbers_of(limits),
            )
            members.append(one)
    return found


async def update(tx: Transaction, organization_id: int, row: AgentRow) -> None:
    await tx.execute(
        "update agent set name = $1, nickname = $2, avatar_media_id = $3, department_id = $4, capacity = $5, skills = $6,"
        " limits = $7 where organization_id = $8 and id = $9",
        row.name, row.nickname, row.avatar_media_id, row.department_id, row.capacity,
        msgspec.json.encode(row.skills).decode(), msgspec.json.encode(row.limits).decode(), organization_id, row.id,
    )  # fmt: skip


async def find_avatar(reader: Reader, agent_id: int) -> tuple[int, int] | None:
    """The organization and the media id of an agent's picture, by the agent's id alone: pictures are public."""
    row = await reader.fetch_one(
        "select organization_id, avatar_media_id from agent where id = $1 and avatar_media_id is not null",
        agent_id,
    )
    return None if row is None else (row[0], row[1])


# ---- departments ---------------------------------------------------------------------------------------------------


async def insert_department(
    tx: Transaction, organization_id: int, department: Department, now: Millis
) -> None:
    await tx.execute(
        "insert into department (id, organization_id, name, created_at) values ($1, $2, $3, $4)",
        department.id, organization_id, department.name, now,
    )  # fmt: skip


async def find_departments(reader: Reader, organization_id: int) -> list[Department]:
    rows = await reader.fetch(
        "select id, name from department where organization_id = $1 order by name, id", organization_id
    )
    return [Department(row[0], row[1]) for row in rows]


async def find_department(reader: Reader, organization_id: int, department_id: int) -> Department | None:
    row = await reader.fetch_one(
        "select id, name from department where organization_id = $1 and id = $2",
        organization_id,
        department_id,
    )
    return None if row is None else Department(row[0], row[1])


async def department_name_taken(reader: Reader, organization_id: int, name: str, *, besides: int = 0) -> bool:
    values: tuple[Value, ...] = (organization_id, name, besides)
    return (
        await reader.fetch_one(
            "select 1 from department where organization_id = $1 and name = $2 and id <> $3", *values
        )
        is not None
    )


async def rename_department(tx: Transaction, organization_id: int, department: Department) -> None:
    await tx.execute(
        "update department set name = $1 where organization_id = $2 and id = $3",
        department.name, organization_id, department.id,
    )  # fmt: skip


async def delete_department(tx: Transaction, organization_id: int, department_id: int) -> None:
    """Agents of the department are left without one."""
    await tx.execute(
        "update agent set department_id = null where organization_id = $1 and department_id = $2",
        organization_id, department_id,
    )  # fmt: skip
    await tx.execute(
        "delete from department where organization_id = $1 and id = $2", organization_id, department_id
    )
