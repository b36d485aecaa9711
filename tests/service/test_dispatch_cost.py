"""What a decision reads does not grow with what a team has ever done."""

import pytest

from frontdesk.conversations import store
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader
from frontdesk.platform.database import Row, Value


class Explaining:
    """Asks how a statement would be run instead of running it."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self.plan = reader, ""

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        self.plan = "\n".join(
            row[3] for row in await self._reader.fetch(f"explain query plan {sql}", *values)
        )
        return []

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        await self.fetch(sql, *values)
        return None


@pytest.mark.parametrize("config", ["sqlite"], indirect=True)
async def test_who_served_last_is_found_by_contact_and_not_among_everything_that_agents_had(
    platform: Platform, organization: int
) -> None:
    async def read(reader: Reader) -> str:
        explaining = Explaining(reader)
        await store.last_human_agents(explaining, organization, [1, 2], 0)
        return explaining.plan

    plan = await platform.database.read(EVERY_ORGANIZATION, read)
    assert "conversation_contact (organization_id=? AND contact_id=?)" in plan
    assert "conversation_agent_1 (conversation_id=?)" in plan
