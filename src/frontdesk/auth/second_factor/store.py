"""Authenticator apps, recovery codes and sign-ins between their factors, in the database."""

from collections.abc import Iterable

from frontdesk.auth.second_factor.types import Needs, Step, Totp
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction


async def totp(reader: Reader, organization_id: int, account_id: int) -> Totp | None:
    """The app, in use or only offered."""
    row = await reader.fetch_one(
        "select account_id, organization_id, secret, confirmed_at, last_step, failures, failed_at from totp"
        " where organization_id = $1 and account_id = $2",
        organization_id, account_id,
    )  # fmt: skip
    return None if row is None else Totp(*row)


async def offer(tx: Transaction, organization_id: int, account_id: int, secret: str, *, now: Millis) -> None:
    """Another secret in the place of one that was offered before."""
    await tx.execute(
        "insert into totp (account_id, organization_id, secret, offered_at) values ($1, $2, $3, $4)"
        " on conflict (account_id) do update set secret = excluded.secret, offered_at = excluded.offered_at",
        account_id, organization_id, secret, now,
    )  # fmt: skip


async def confirm(tx: Transaction, organization_id: int, account_id: int, *, step: int, now: Millis) -> None:
    await tx.execute(
        "update totp set confirmed_at = $1, last_step = $2, failures = 0 where organization_id = $3 and account_id = $4",
        now, step, organization_id, account_id,
    )  # fmt: skip


async def accept(tx: Transaction, organization_id: int, account_id: int, *, step: int) -> None:
    """A code was right: that of this step, or with the former one, a recovery code."""
    await tx.execute(
        "update totp set last_step = $1, failures = 0 where organization_id = $2 and account_id = $3",
        step, organization_id, account_id,
    )  # fmt: skip


async def refuse(tx: Transaction, organization_id: int, account_id: int, *, now: Millis) -> None:
    await tx.execute(
        "update totp set failures = failures + 1, failed_at = $1 where organization_id = $2 and account_id = $3",
        now, organization_id, account_id,
    )  # fmt: skip


async def remove(tx: Transaction, organization_id: int, account_id: int) -> int:
    """The app and its recovery codes; how many apps there were."""
    await tx.execute(
        "delete from recovery_code where organization_id = $1 and account_id = $2",
        organization_id,
        account_id,
    )
    return await tx.execute(
        "delete from totp where organization_id = $1 and account_id = $2 and confirmed_at is not null",
        organization_id, account_id,
    )  # fmt: skip


async def put_codes(tx: Transaction, organization_id: int, account_id: int, hashes: Iterable[str]) -> None:
    """These in the place of the former ones."""
    await tx.execute(
        "delete from recovery_code where organization_id = $1 and account_id = $2",
        organization_id,
        account_id,
    )
    for hashed in hashes:
        await tx.execute(
            "insert into recovery_code (hash, organization_id, account_id) values ($1, $2, $3)",
            hashed, organization_id, account_id,
        )  # fmt: skip


async def use_code(tx: Transaction, organization_id: int, account_id: int, hashed: str) -> bool:
    """Whether there was such a code; it is gone now."""
    gone = await tx.execute(
        "delete from recovery_code where organization_id = $1 and account_id = $2 and hash = $3",
        organization_id, account_id, hashed,
    )  # fmt: skip
    return gone == 1


async def codes_left(reader: Reader, organization_id: int, account_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from recovery_code where organization_id = $1 and account_id = $2",
        organization_id,
        account_id,
    )
    return 0 if row is None else row[0]


async def insert_step(tx: Transaction, step: Step, *, now: Millis) -> None:
    await tx.execute("delete from sign_in_step where expires_at <= $1", now)
    await tx.execute(
        "insert into sign_in_step (hash, organization_id, account_id, needs, expires_at) values ($1, $2, $3, $4, $5)",
        step.hash, step.organization_id, step.account_id, step.needs.value, step.expires_at,
    )  # fmt: skip


async def step_by_hash(reader: Reader, hashed: str) -> Step | None:
    """By the secret's hash alone: it says which organization its holder belongs to."""
    row = await reader.fetch_one(
        "select hash, organization_id, account_id, needs, expires_at from sign_in_step where hash = $1",
        hashed,
    )
    return None if row is None else Step(row[0], row[1], row[2], Needs(row[3]), row[4])


async def drop_step(tx: Transaction, hashed: str) -> None:
    await tx.execute("delete from sign_in_step where hash = $1", hashed)


async def drop_steps(tx: Transaction, organization_id: int, account_id: int) -> None:
    await tx.execute(
        "delete from sign_in_step where organization_id = $1 and account_id = $2", organization_id, account_id
    )
