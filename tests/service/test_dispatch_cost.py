"""What a decision asks of the database: it grows neither with what a team has ever done nor with how many are decided on."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar, cast

import pytest

from frontdesk.channels import ChannelChanges, ConversationBody, open_conversation, update_channel
from frontdesk.conversations import ConversationState, store
from frontdesk.dispatch.matching import match_in
from frontdesk.dispatch.store import addressees, line, queue
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.database import Database, Row, Value
from frontdesk.settings import get as get_settings
from frontdesk.staff import Status
from tests.service.bot_shop import open_shop
from tests.service.dispatch_world import World

Result = TypeVar("Result")


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


@pytest.mark.parametrize("config", ["sqlite"], indirect=True)
async def test_what_an_arrival_asks_of_a_queue_is_answered_by_an_index_alone(
    platform: Platform, organization: int
) -> None:
    async def read(reader: Reader) -> list[str]:
        explaining, plans = Explaining(reader), list[str]()
        for asked in (
            queue.last_alike(explaining, organization, 1, 0),
            addressees.of_team(explaining, organization, 1),
            line.waiting_longest(explaining, organization, 1),
            line.is_as_long_as(explaining, organization, 1, 100),
            line.teams_of_heavy(explaining, organization),
        ):
            await asked
            plans.append(explaining.plan)
        return plans

    behind, asked_for, oldest, full, heavy = await platform.database.read(EVERY_ORGANIZATION, read)
    assert "COVERING INDEX queue_item_turn" in behind
    assert "COVERING INDEX queue_item_asked_for" in asked_for
    assert "COVERING INDEX queue_item_department" in asked_for
    assert "COVERING INDEX queue_item_since" in oldest
    assert "COVERING INDEX queue_item" in full
    assert "INDEX queue_item_heavy" in heavy


class Units:
    """A database that notes its units as they begin."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.begun: list[str] = []

    async def read(self, organization_id: int, work: Callable[[Reader], Awaitable[Result]]) -> Result:
        self.begun.append("read")
        return await self._database.read(organization_id, work)

    async def write(
        self, organization_id: int, work: Callable[[Transaction], Awaitable[Result]], *, serial: bool = True
    ) -> Result:
        self.begun.append("write")
        return await self._database.write(organization_id, work, serial=serial)

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)


async def test_whoever_comes_where_no_bot_is_has_asked_for_a_human_in_the_unit_that_opens(
    platform: Platform, organization: int
) -> None:
    shop = await open_shop(platform, organization)
    try:
        await update_channel(platform, shop.admin, shop.channel.id, ChannelChanges(bot_id=None))
        await shop.put_on_duty()
        visitor, _session = await shop.come()
        units = Units(platform.database)
        counted = replace(platform, database=cast(Database, cast(object, units)))
        opened = await open_conversation(counted, visitor, ConversationBody("en"))
        assert opened.conversation.state is ConversationState.ACTIVE
        assert units.begun == ["write", "read"]
    finally:
        await shop.tasks.stop()


class Counting:
    """A transaction that counts how often it goes to the server."""

    def __init__(self, tx: Transaction) -> None:
        self._tx, self.times = tx, 0

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        self.times += 1
        return await self._tx.fetch(sql, *values)

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        self.times += 1
        return await self._tx.fetch_one(sql, *values)

    async def execute(self, sql: str, *values: Value) -> int:
        self.times += 1
        return await self._tx.execute(sql, *values)

    async def execute_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        self.times += bool(rows)
        await self._tx.execute_each(sql, rows)

    async def fetch_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> Sequence[Row]:
        self.times += bool(rows)
        return await self._tx.fetch_each(sql, rows)

    def after_commit(self, action: Callable[[], None]) -> None:
        self._tx.after_commit(action)


@pytest.mark.parametrize("offer_timeout", [None, 30], ids=["given", "offered"])
async def test_a_walk_that_places_twenty_asks_the_database_as_often_as_one_that_places_three(
    platform: Platform, organization: int, offer_timeout: int | None
) -> None:
    world = World(platform, organization)
    settings = await get_settings(platform, organization)

    async def walked(waiting: int) -> int:
        people = [await world.add_agent(capacity=10, status=Status.BUSY) for _ in range(3)]
        team = await world.add_team(*people, offer_timeout=offer_timeout)
        for _ in range(waiting):
            await world.ask(team)
        for agent in people:
            await world.set_status(agent, Status.ONLINE)

        async def work(tx: Transaction) -> tuple[int, int]:
            counting = Counting(tx)
            matched = await match_in(platform, counting, organization, team, settings)
            return matched.placed, counting.times

        placed, times = await platform.database.write(organization, work)
        assert placed == waiting
        return times

    assert await walked(20) == await walked(3)
