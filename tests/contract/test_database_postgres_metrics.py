"""What a process tells of its connections to PostgreSQL, while units wait for one and when they have had theirs."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from frontdesk.platform import EVERY_ORGANIZATION, Transaction
from frontdesk.platform.telemetry import REGISTRY
from tests.contract.databases import Stand, opened, put
from tests.kit.postgres import PostgresServer

WRITERS, SIZE = 6, 12
"""Of a stand: its connections, and how many of them write."""


def told() -> dict[str, float]:
    """Every number of the connections, by its name and labels."""
    found: dict[str, float] = {}
    for family in REGISTRY.collect():
        if family.name.startswith("frontdesk_database_"):
            for sample in family.samples:
                found[" ".join([sample.name.removeprefix("frontdesk_database_"), *sample.labels.values()])] = sample.value  # fmt: skip
    return found


class Since:
    """The numbers since this was made: other databases of this process have theirs."""

    def __init__(self) -> None:
        self._before = told()

    def __call__(self, name: str) -> float:
        return told()[name] - self._before.get(name, 0)


@pytest.fixture
def since() -> Since:
    return Since()


@pytest.fixture
async def stand(since: Since, tmp_path: Path, postgres: PostgresServer) -> AsyncIterator[Stand]:
    async with opened("postgres", tmp_path, postgres) as ready:
        yield ready
    assert [since(f"connections {state}") for state in ("busy", "idle")] == [0, 0]
    assert since("connections_limit") == 0


async def test_units_beyond_the_connections_are_told_as_waiting_and_their_wait_is_measured(
    since: Since, stand: Stand
) -> None:
    async def write(key: int) -> None:
        async def work(tx: Transaction) -> None:
            await put(tx, key)

        await stand.database.write(EVERY_ORGANIZATION, work, serial=False)

    at_once, all_of_them = "wait_seconds_bucket write 0.0", "wait_seconds_count write"
    assert since("connections_limit") == SIZE
    before = since(at_once), since(all_of_them)
    async with stand.writers_held():
        running = [asyncio.create_task(write(key)) for key in range(WRITERS + 2)]
        async with asyncio.timeout(10):
            while since("connections busy") < WRITERS:  # noqa: ASYNC110 - connections open as they open
                await asyncio.sleep(0.02)
        assert since("waiting_units write") == 2
        assert since("waiting_units read") == 0
        await asyncio.sleep(0.05)
    await asyncio.gather(*running)
    assert since("waiting_units write") == 0
    assert since("connections busy") == 0
    assert since("connections idle") == WRITERS
    assert since(at_once) - before[0] == WRITERS
    assert since(all_of_them) - before[1] == WRITERS + 2
    assert since("wait_seconds_sum write") >= 2 * 0.05


async def test_a_connection_that_its_server_ended_in_the_middle_is_neither_busy_nor_idle_afterwards(
    since: Since, stand: Stand, postgres: PostgresServer
) -> None:
    async def work(tx: Transaction) -> int:
        row = await tx.fetch_one("select pg_backend_pid()")
        assert row is not None
        pids.append(row[0])
        if len(pids) == 1:
            postgres.execute(f"select pg_terminate_backend({row[0]})")
        row = await tx.fetch_one("select count(*) from pair")
        assert row is not None
        return row[0]

    pids: list[int] = []
    assert await stand.database.write(EVERY_ORGANIZATION, work) == 0
    assert len(set(pids)) == 2, "it was to need another connection"
    assert since("connections busy") == 0
    assert since("connections idle") == 1
