"""Words for a new password in the database."""

from dataclasses import dataclass

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Reset:
    hash: str
    organization_id: int
    account_id: int
    expires_at: Millis


async def insert(tx: Transaction, reset: Reset) -> None:
    await tx.execute(
        "insert into password_reset (hash, organization_id, account_id, expires_at) values ($1, $2, $3, $4)",
        reset.hash, reset.organization_id, reset.account_id, reset.expires_at,
    )  # fmt: skip


async def find(reader: Reader, hashed: str) -> Reset | None:
    """By the secret's hash alone: the word says itself whose it is."""
    row = await reader.fetch_one(
        "select hash, organization_id, account_id, expires_at from password_reset where hash = $1", hashed
    )
    return None if row is None else Reset(*row)


async def newest(reader: Reader, organization_id: int, account_id: int) -> Millis | None:
    """When the account's last word is over."""
    row = await reader.fetch_one(
        "select max(expires_at) from password_reset where organization_id = $1 and account_id = $2",
        organization_id, account_id,
    )  # fmt: skip
    return None if row is None else row[0]


async def drop(tx: Transaction, organization_id: int, account_id: int) -> None:
    await tx.execute(
        "delete from password_reset where organization_id = $1 and account_id = $2",
        organization_id,
        account_id,
    )


async def drop_expired(tx: Transaction, *, now: Millis) -> None:
    await tx.execute("delete from password_reset where expires_at <= $1", now)
