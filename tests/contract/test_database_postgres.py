"""What only a server that several processes share can do: collide, go away and come back, be migrated twice at once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from frontdesk.app.engines import SERVICES, migrate_postgres
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import EVERY_ORGANIZATION, Database, Transaction
from frontdesk.platform.config import Config
from frontdesk.platform.config import Database as DatabaseConfig
from frontdesk.platform.database.migrations import find
from frontdesk.platform.database.postgres import PostgresDatabase
from frontdesk.platform.database.postgres.failures import check_version
from frontdesk.platform.database.postgres.walls import ROLE
from tests.contract.databases import Stand, opened, put
from tests.kit.postgres import PostgresServer


@pytest.fixture
async def stand(tmp_path: Path, postgres: PostgresServer) -> AsyncIterator[Stand]:
    async with opened("postgres", tmp_path, postgres) as ready:
        yield ready


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server that a test may kill."""
    server = PostgresServer({})
    try:
        server.start()
        yield server
    finally:
        server.remove()


async def keys(database: Database) -> list[int]:
    rows = await database.read(
        EVERY_ORGANIZATION, lambda reader: reader.fetch("select k from pair order by k")
    )
    return [row[0] for row in rows]


# ---- collisions ------------------------------------------------------------------------------------------------------


async def test_a_unit_that_collided_is_run_again_and_its_actions_once(stand: Stand) -> None:
    runs: list[str] = []
    published: list[str] = []

    async def work(tx: Transaction, name: str) -> None:
        runs.append(name)
        row = await tx.fetch_one("select count(*) from pair")
        assert row is not None
        await put(tx, row[0], name)
        tx.after_commit(lambda: published.append(name))

    names = [str(number) for number in range(60)]
    await asyncio.gather(
        *(stand.database.write(EVERY_ORGANIZATION, lambda tx, name=name: work(tx, name)) for name in names)
    )
    assert await keys(stand.database) == list(range(60))
    assert sorted(published) == sorted(names)
    assert len(runs) > len(names), "nothing collided: this test shows nothing"


async def test_whoever_finds_the_next_number_taken_again_and_again_still_gets_one(stand: Stand) -> None:
    async def work(tx: Transaction) -> int:
        row = await tx.fetch_one("select coalesce(max(k), 0) + 1 from pair")
        assert row is not None
        await put(tx, row[0], "")
        return row[0]

    numbers = await asyncio.gather(
        *(stand.database.write(EVERY_ORGANIZATION, work, serial=number % 2 == 0) for number in range(80))
    )
    assert sorted(numbers) == await keys(stand.database) == list(range(1, 81))


async def test_a_key_that_is_really_taken_is_an_error(stand: Stand) -> None:
    await stand.database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 1, ""))
    with pytest.raises(asyncpg.UniqueViolationError):
        await stand.database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 1, ""))


async def test_two_processes_that_want_the_same_rows_both_come_to_their_end(
    stand: Stand,
) -> None:
    first = stand.database
    other = await stand.open_again()

    async def count(tx: Transaction) -> None:
        row = await tx.fetch_one("select count(*) from pair")
        assert row is not None
        await put(tx, row[0])

    await asyncio.gather(
        *(each.write(EVERY_ORGANIZATION, count) for each in (first, other) for _ in range(60))
    )
    assert await keys(first) == list(range(120))
    await first.close()


# ---- a server that goes away -----------------------------------------------------------------------------------------


async def test_nothing_that_was_answered_is_lost_and_nothing_doubled_when_the_server_is_killed(
    tmp_path: Path, own_server: PostgresServer
) -> None:
    async with opened("postgres", tmp_path, own_server) as stand:
        database = stand.database
        answered: list[int] = []
        refused: list[FrontdeskError] = []
        going, goal, recovered = True, 0, asyncio.Event()

        async def writer(number: int) -> None:
            key = number
            while going:
                try:
                    await database.write(EVERY_ORGANIZATION, lambda tx, key=key: put(tx, key))
                except FrontdeskError as error:
                    refused.append(error)
                    await asyncio.sleep(0.02)
                else:
                    answered.append(key)
                    if len(answered) > goal:
                        recovered.set()
                key += 8

        writers = [asyncio.create_task(writer(number)) for number in range(8)]
        for _ in range(3):
            await asyncio.sleep(0.3)
            own_server.kill()
            goal = len(answered) + 8
            recovered.clear()
            own_server.start()
            await asyncio.wait_for(recovered.wait(), 20)  # by itself
        going = False
        await asyncio.gather(*writers)
        there = await keys(database)
    assert set(answered) <= set(there)
    assert len(answered) == len(set(answered))
    assert refused
    for error in refused:
        assert (error.kind, error.code) == (ErrorKind.UNAVAILABLE, "platform.database-unavailable")


async def test_a_unit_of_one_statement_whose_connection_is_cut_is_run_again(stand: Stand) -> None:
    """It waits for a lock while it is cut, and is told once."""
    told: list[object] = []
    async with stand.writers_held():
        sql = "insert into pair (k, v) values (1, '') on conflict (k) do nothing returning k"
        unit = asyncio.create_task(stand.database.write_at_once(sql, (), told.append))
        await cut_who_waits(stand)
    await unit
    assert (told, await keys(stand.database)) == ([[(1,)]], [1])


async def cut_who_waits(stand: Stand) -> None:
    """End the connection on which a statement waits for the table `pair`, as soon as there is one."""
    sql = (
        """select pg_terminate_backend(pid) from pg_locks where not granted and relation = 'pair'::regclass"""
    )
    async with stand.owner() as owner:
        for _ in range(500):
            if await owner.fetch(sql):
                return
            await asyncio.sleep(0.01)
    raise AssertionError("nothing waits")


async def test_an_idle_process_does_not_notice_that_its_server_was_restarted(
    tmp_path: Path, own_server: PostgresServer
) -> None:
    async with opened("postgres", tmp_path, own_server) as stand:
        await stand.database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 1))
        own_server.stop()
        own_server.start()
        await stand.database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 2))
        assert await keys(stand.database) == [1, 2]


async def test_a_server_that_is_not_there_is_named_in_one_line_without_the_password() -> None:
    with pytest.raises(FrontdeskError) as refused:
        await PostgresDatabase.open("postgresql://frontdesk:secret@127.0.0.1:1/desk", role=ROLE, size=2)
    assert refused.value.code == "platform.database-open"
    assert "127.0.0.1:1/desk cannot be reached" in refused.value.message
    assert "secret" not in f"{refused.value.message}{refused.value.hint}"


async def test_a_database_that_was_never_migrated_is_told_to_be(postgres: PostgresServer) -> None:
    with pytest.raises(FrontdeskError) as refused:
        await PostgresDatabase.open(postgres.url(postgres.create()), role="nobody_made_this_role", size=2)
    assert "frontdesk migrate" in refused.value.hint


@pytest.mark.parametrize("major", [9, 14])
def test_an_older_server_is_refused(major: int) -> None:
    with pytest.raises(FrontdeskError, match=f"PostgreSQL {major}; Frontdesk needs 15"):
        check_version(major)


# ---- migrations ------------------------------------------------------------------------------------------------------


async def test_processes_that_start_together_migrate_once(postgres: PostgresServer) -> None:
    config = Config(database=DatabaseConfig(url=postgres.url(postgres.create())))
    applied = await asyncio.gather(*(migrate_postgres(config, ManualClock()) for _ in range(4)))
    expected = sorted((each.service, each.number) for each in find(SERVICES, engine="postgres"))
    assert sorted((each.service, each.number) for part in applied for each in part) == expected
    assert await migrate_postgres(config, ManualClock()) == []
