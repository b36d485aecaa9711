"""Passkeys and challenges in the database."""

from collections.abc import Sequence

from frontdesk.auth.passkeys.types import Challenge, Passkey
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction

_PASSKEY = "select id, organization_id, account_id, credential, public_key, sign_count, name, created_at, used_at from passkey"


async def insert(tx: Transaction, key: Passkey) -> None:
    await tx.execute(
        "insert into passkey (id, organization_id, account_id, credential, public_key, sign_count, name, created_at)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
        key.id, key.organization_id, key.account_id, key.credential, key.public_key, key.sign_count, key.name,
        key.created_at,
    )  # fmt: skip


async def of_account(reader: Reader, organization_id: int, account_id: int) -> Sequence[Passkey]:
    rows = await reader.fetch(
        f"{_PASSKEY} where organization_id = $1 and account_id = $2 order by id", organization_id, account_id
    )
    return [Passkey(*row) for row in rows]


async def by_credential(reader: Reader, credential: str) -> Passkey | None:
    """By the authenticator's name of it alone: it says which organization its holder belongs to."""
    row = await reader.fetch_one(f"{_PASSKEY} where credential = $1", credential)
    return None if row is None else Passkey(*row)


async def used(tx: Transaction, key: Passkey, *, sign_count: int, now: Millis) -> bool:
    """Whether it still is as it was read; its counter is this one now."""
    changed = await tx.execute(
        "update passkey set sign_count = $1, used_at = $2 where organization_id = $3 and id = $4 and sign_count = $5",
        sign_count, now, key.organization_id, key.id, key.sign_count,
    )  # fmt: skip
    return changed == 1


async def rename(tx: Transaction, organization_id: int, account_id: int, passkey_id: int, name: str) -> int:
    return await tx.execute(
        "update passkey set name = $1 where organization_id = $2 and account_id = $3 and id = $4",
        name, organization_id, account_id, passkey_id,
    )  # fmt: skip


async def remove(tx: Transaction, organization_id: int, account_id: int, passkey_id: int) -> int:
    return await tx.execute(
        "delete from passkey where organization_id = $1 and account_id = $2 and id = $3",
        organization_id, account_id, passkey_id,
    )  # fmt: skip


async def remove_all(tx: Transaction, organization_id: int, account_id: int) -> int:
    return await tx.execute(
        "delete from passkey where organization_id = $1 and account_id = $2", organization_id, account_id
    )


async def count(reader: Reader, organization_id: int, account_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from passkey where organization_id = $1 and account_id = $2",
        organization_id,
        account_id,
    )
    return 0 if row is None else row[0]


async def insert_challenge(tx: Transaction, hashed: str, challenge: Challenge, *, now: Millis) -> None:
    await tx.execute("delete from passkey_challenge where expires_at <= $1", now)
    await tx.execute(
        "insert into passkey_challenge (hash, organization_id, account_id, expires_at) values ($1, $2, $3, $4)",
        hashed, challenge.organization_id, challenge.account_id, challenge.expires_at,
    )  # fmt: skip


async def take_challenge(tx: Transaction, hashed: str) -> Challenge | None:
    """What was asked, for the first who answers."""
    row = await tx.fetch_one(
        "select organization_id, account_id, expires_at from passkey_challenge where hash = $1", hashed
    )
    gone = await tx.execute("delete from passkey_challenge where hash = $1", hashed)
    return None if row is None or gone != 1 else Challenge(*row)
