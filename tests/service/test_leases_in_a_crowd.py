"""A process whose database is besieged renews its life all the same."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk.app.engines import open_platform
from frontdesk.core.clock import SystemClock
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader
from frontdesk.platform.config import Config, Database, Storage
from frontdesk.platform.leases import DEAD_S
from tests.kit.postgres import PostgresServer

CROWD = 40


@pytest.fixture
def config(postgres: PostgresServer, tmp_path: Path) -> Iterator[Config]:
    name = postgres.create(postgres.template())
    yield Config(storage=Storage(path=tmp_path), database=Database(url=postgres.url(name), pool=4))
    postgres.drop(name)


async def read_slowly(platform: Platform) -> None:
    async def read(reader: Reader) -> None:
        await reader.fetch("select pg_sleep(0.4)")

    await platform.database.read(EVERY_ORGANIZATION, read)


async def test_a_life_is_renewed_while_many_wait_for_the_database(config: Config) -> None:
    async with open_platform(config, SystemClock()) as platform:
        life = platform.leases.life
        crowd = [asyncio.create_task(read_slowly(platform)) for _ in range(CROWD)]
        await asyncio.sleep(0.1)
        async with asyncio.timeout(DEAD_S):
            await platform.leases.renew()
        assert not all(task.done() for task in crowd), "the crowd was gone before it could be in the way"
        assert platform.leases.life == life
        await asyncio.gather(*crowd)
