"""Roles that organizations made, and who has which role, in the database."""

from collections.abc import Sequence
from typing import Final

import msgspec

from frontdesk.auth.permissions import GRANTABLE
from frontdesk.auth.types import AccountRoleChanged, CustomRole, Scope
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_COLUMNS: Final = "id, organization_id, name, permissions, scope, version"
_names: Final = msgspec.json.Decoder(frozenset[str])


async def roles(reader: Reader, organization_id: int) -> list[CustomRole]:
    rows = await reader.fetch(
        f"select {_COLUMNS} from role where organization_id = $1 order by name, id",  # noqa: S608 - constant columns
        organization_id,
    )
    return [_role(row) for row in rows]


async def every_role(reader: Reader, *, since: Millis = 0) -> list[CustomRole]:
    """Of all organizations, changed since: what a process must know before it verifies a token."""
    rows = await reader.fetch(f"select {_COLUMNS} from role where changed_at >= $1 order by id", since)  # noqa: S608 - constant columns
    return [_role(row) for row in rows]


async def role(reader: Reader, organization_id: int, role_id: int) -> CustomRole | None:
    row = await reader.fetch_one(
        f"select {_COLUMNS} from role where organization_id = $1 and id = $2",  # noqa: S608 - constant columns
        organization_id,
        role_id,
    )
    return None if row is None else _role(row)


async def name_taken(reader: Reader, organization_id: int, name: str, *, besides: int) -> bool:
    row = await reader.fetch_one(
        "select 1 from role where organization_id = $1 and name = $2 and id <> $3",
        organization_id,
        name,
        besides,
    )
    return row is not None


async def put(tx: Transaction, role: CustomRole, *, changed_by: int, now: Millis) -> None:
    await tx.execute(
        "insert into role (id, organization_id, name, permissions, scope, version, changed_at, changed_by)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do update set name = excluded.name,"
        " permissions = excluded.permissions, scope = excluded.scope, version = excluded.version,"
        " changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        role.id, role.organization_id, role.name, msgspec.json.encode(sorted(role.permissions)).decode(),
        role.scope.value, role.version, now, changed_by,
    )  # fmt: skip


async def delete(tx: Transaction, organization_id: int, role_id: int) -> None:
    await tx.execute("delete from role where organization_id = $1 and id = $2", organization_id, role_id)


async def holders(reader: Reader, organization_id: int) -> dict[str, int]:
    """How many accounts have each role."""
    rows = await reader.fetch(
        "select role, count(*) from account where organization_id = $1 group by role", organization_id
    )
    return {row[0]: row[1] for row in rows}


async def set_role(
    tx: Transaction, organization_id: int, account_id: int, role: str, *, now: Millis
) -> int | None:
    """The version that the account's role has now; None for an account that is not the organization's."""
    changed = await tx.execute(
        "update account set role = $1, role_version = role_version + 1, role_changed_at = $2"
        " where organization_id = $3 and id = $4",
        role, now, organization_id, account_id,
    )  # fmt: skip
    if not changed:
        return None
    row = await tx.fetch_one(
        "select role_version from account where organization_id = $1 and id = $2", organization_id, account_id
    )
    return None if row is None else row[0]


async def changed_since(reader: Reader, since: Millis) -> Sequence[AccountRoleChanged]:
    """The role of every account of any organization whose role was changed since."""
    rows = await reader.fetch(
        "select organization_id, id, role, role_version from account where role_changed_at >= $1", since
    )
    return [AccountRoleChanged(*row) for row in rows]


def _role(row: Row) -> CustomRole:
    known = (
        _names.decode(row[3]) & GRANTABLE
    )  # a permission that a version no longer knows is granted to nobody
    return CustomRole(row[0], row[1], row[2], known, Scope(row[4]), row[5])
