"""What organizations ask of those who sign in, in the database."""

from frontdesk.auth.types import SignInPolicy
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction


async def policy(reader: Reader, organization_id: int) -> SignInPolicy:
    row = await reader.fetch_one(
        "select password_length from sign_in_policy where organization_id = $1", organization_id
    )
    return SignInPolicy() if row is None else SignInPolicy(row[0])


async def put_policy(
    tx: Transaction, organization_id: int, policy: SignInPolicy, *, changed_by: int, now: Millis
) -> None:
    await tx.execute(
        "insert into sign_in_policy (organization_id, password_length, changed_at, changed_by) values ($1, $2, $3, $4)"
        " on conflict (organization_id) do update set password_length = excluded.password_length,"
        " changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        organization_id, policy.password_length, now, changed_by,
    )  # fmt: skip
