"""Organizations and accounts in the database."""

from collections.abc import Sequence

from frontdesk.auth.types import Account, Organization
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row

_ORGANIZATION = "select id, slug, name, created_at from organization"
_ACCOUNT = "select id, organization_id, username, role, enabled, created_at, email from account"


async def insert_organization(tx: Transaction, organization: Organization) -> None:
    await tx.execute(
        "insert into organization (id, slug, name, created_at) values ($1, $2, $3, $4)",
        organization.id, organization.slug, organization.name, organization.created_at,
    )  # fmt: skip


async def organization_by_slug(reader: Reader, slug: str) -> Organization | None:
    row = await reader.fetch_one(f"{_ORGANIZATION} where slug = $1", slug)
    return None if row is None else Organization(*row)


async def organization(reader: Reader, organization_id: int) -> Organization | None:
    row = await reader.fetch_one(f"{_ORGANIZATION} where id = $1", organization_id)
    return None if row is None else Organization(*row)


async def rename_organization(tx: Transaction, organization_id: int, name: str) -> None:
    await tx.execute("update organization set name = $1 where id = $2", name, organization_id)


async def organization_ids(reader: Reader) -> Sequence[int]:
    return [row[0] for row in await reader.fetch("select id from organization order by id")]


async def insert_account(tx: Transaction, account: Account, *, password_hash: str | None) -> None:
    await tx.execute(
        "insert into account (id, organization_id, username, password_hash, role, enabled, created_at, email)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
        account.id, account.organization_id, account.username, password_hash, account.role, account.enabled,
        account.created_at, account.email,
    )  # fmt: skip


async def account(reader: Reader, organization_id: int, account_id: int) -> Account | None:
    row = await reader.fetch_one(
        f"{_ACCOUNT} where organization_id = $1 and id = $2", organization_id, account_id
    )
    return None if row is None else _account(row)


async def account_by_name(reader: Reader, organization_id: int, username: str) -> Account | None:
    row = await reader.fetch_one(
        f"{_ACCOUNT} where organization_id = $1 and username = $2", organization_id, username
    )
    return None if row is None else _account(row)


async def account_by_email(reader: Reader, organization_id: int, email: str) -> Account | None:
    row = await reader.fetch_one(
        f"{_ACCOUNT} where organization_id = $1 and email = $2 and email <> ''", organization_id, email
    )
    return None if row is None else _account(row)


async def set_email(tx: Transaction, organization_id: int, account_id: int, email: str) -> int:
    return await tx.execute(
        "update account set email = $1 where organization_id = $2 and id = $3",
        email, organization_id, account_id,
    )  # fmt: skip


async def accounts(reader: Reader, organization_id: int) -> Sequence[Account]:
    rows = await reader.fetch(f"{_ACCOUNT} where organization_id = $1 order by id", organization_id)
    return [_account(row) for row in rows]


async def password_hash(reader: Reader, organization_id: int, account_id: int) -> str | None:
    row = await reader.fetch_one(
        "select password_hash from account where organization_id = $1 and id = $2",
        organization_id,
        account_id,
    )
    return None if row is None else row[0]


async def set_password_hash(tx: Transaction, organization_id: int, account_id: int, hashed: str) -> int:
    return await tx.execute(
        "update account set password_hash = $1 where organization_id = $2 and id = $3",
        hashed, organization_id, account_id,
    )  # fmt: skip


async def set_enabled(tx: Transaction, organization_id: int, account_id: int, *, enabled: bool) -> int:
    return await tx.execute(
        "update account set enabled = $1 where organization_id = $2 and id = $3",
        enabled, organization_id, account_id,
    )  # fmt: skip


def _account(row: Row) -> Account:
    return Account(
        id=row[0],
        organization_id=row[1],
        username=row[2],
        role=row[3],
        enabled=bool(row[4]),
        created_at=row[5],
        email=row[6],
    )
