"""The only file that knows the table of preferences."""

import msgspec

from frontdesk.desk.types import Preferences
from frontdesk.platform import Reader, Transaction


async def find(reader: Reader, organization_id: int, agent_id: int) -> Preferences:
    """What everybody begins with where nothing was changed."""
    row = await reader.fetch_one(
        "select value from desk_preferences where organization_id = $1 and agent_id = $2",
        organization_id,
        agent_id,
    )
    return Preferences() if row is None else msgspec.json.decode(row[0], type=Preferences)


async def put(tx: Transaction, organization_id: int, agent_id: int, preferences: Preferences) -> None:
    await tx.execute(
        "insert into desk_preferences (organization_id, agent_id, value) values ($1, $2, $3)"
        " on conflict (organization_id, agent_id) do update set value = excluded.value",
        organization_id, agent_id, msgspec.json.encode(preferences).decode(),
    )  # fmt: skip
