"""The installation's key in the database."""

from frontdesk.core.clock import Millis
from frontdesk.platform import Transaction


async def push_key(tx: Transaction, fresh: str, *, now: Millis) -> str:
    """The key in force; `fresh` becomes it when there is none."""
    await tx.execute(
        "insert into push_key (id, jwk, created_at) values (1, $1, $2) on conflict (id) do nothing",
        fresh,
        now,
    )
    rows = await tx.fetch("select jwk from push_key")
    return rows[0][0]
