"""What organizations ask of those who sign in, in the database."""

from frontdesk.auth.types import SignInPolicy
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction


async def policy(reader: Reader, organization_id: int) -> SignInPolicy:
    row = await reader.fetch_one(
        "select password_length, second_factor from sign_in_policy where organization_id = $1",
        organization_id,
    )
    return SignInPolicy() if row is None else SignInPolicy(row[0], bool(row[1]))


async def put_policy(
    tx: Transaction, organization_id: int, policy: SignInPolicy, *, changed_by: int, now: Millis
) -> None:
    await tx.execute(
        "insert into sign_in_policy (organization_id, password_length, second_factor, changed_at, changed_by)"
        " values ($1, $2, $3, $4, $5) on conflict (organization_id) do update"
        " set password_length = excluded.password_length, second_factor = excluded.second_factor,"
        " changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        organization_id, policy.password_length, policy.second_factor, now, changed_by,
    )  # fmt: skip
