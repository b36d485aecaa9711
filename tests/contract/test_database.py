"""What every database promises, against each adapter."""

import asyncio
import random
from collections.abc import AsyncIterator, Generator, Sequence
from pathlib import Path

import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import EVERY_ORGANIZATION, Database, Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.platform.database.sqlite import GROUP_LIMIT, QUEUE_LIMIT
from tests.contract.databases import ADAPTERS, Stand, opened, put
from tests.kit.postgres import PostgresServer


@pytest.fixture(params=ADAPTERS)
async def stand(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: PostgresServer
) -> AsyncIterator[Stand]:
    async with opened(request.param, tmp_path, postgres) as ready:
        yield ready


@pytest.fixture
def database(stand: Stand) -> Database:
    return stand.database


async def keys(database: Database) -> list[int]:
    rows = await database.read(
        EVERY_ORGANIZATION, lambda reader: reader.fetch("select k from pair order by k")
    )
    return [row[0] for row in rows]


# ---- one unit --------------------------------------------------------------------------------------------------------


async def test_what_is_written_is_read_when_write_has_returned(database: Database) -> None:
    for key in range(20):
        await database.write(EVERY_ORGANIZATION, lambda tx, key=key: put(tx, key))
        assert key in await keys(database)


async def test_nothing_is_kept_of_a_unit_that_raises_and_its_error_arrives_as_it_was(
    database: Database,
) -> None:
    refusal = FrontdeskError(ErrorKind.CONFLICT, "test.refused", "No.")
    published: list[str] = []

    async def work(tx: Transaction) -> None:
        tx.after_commit(lambda: published.append("never"))
        await put(tx, 1)
        raise refusal

    with pytest.raises(FrontdeskError) as refused:
        await database.write(EVERY_ORGANIZATION, work)
    assert refused.value is refusal
    assert await keys(database) == []
    assert not published


async def test_nothing_is_kept_when_a_unit_awaits_something_foreign(database: Database) -> None:
    afterwards: list[str] = []

    async def sleeps(tx: Transaction) -> None:
        await put(tx, 1)
        try:
            await Foreign()
        finally:
            afterwards.append("cleaned up")
            await put(tx, 2)

    with pytest.raises(RuntimeError, match="awaited something other"):
        await database.write(EVERY_ORGANIZATION, sleeps)
    assert afterwards == ["cleaned up"]
    assert await keys(database) == []


class Foreign:
    """Something to await that is not ready."""

    def __await__(self) -> Generator[None]:
        yield


async def test_a_transaction_is_of_no_use_after_its_unit(database: Database) -> None:
    kept: list[Transaction] = []

    async def work(tx: Transaction) -> None:
        kept.append(tx)
        await put(tx, 1)

    await database.write(EVERY_ORGANIZATION, work)
    with pytest.raises(RuntimeError, match="had ended"):
        await put(kept[0], 2)
    assert await keys(database) == [1]


async def test_a_unit_whose_caller_is_cancelled_is_kept_whole_or_not_at_all(stand: Stand) -> None:
    published: list[int] = []
    dice = random.Random(7)  # noqa: S311 - moments of a test

    async def work(tx: Transaction, key: int) -> None:
        await put(tx, 2 * key)
        await put(tx, 2 * key + 1)
        tx.after_commit(lambda: published.append(key))

    async def run(key: int) -> None:
        task = asyncio.create_task(stand.database.write(EVERY_ORGANIZATION, lambda tx: work(tx, key)))
        await asyncio.sleep(dice.choice([0, 0, 0.0005, 0.002]))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await asyncio.gather(*(run(key) for key in range(200)))
    await stand.database.close()
    there = await keys(await stand.open_again())
    assert [key // 2 for key in there[::2]] == [key // 2 for key in there[1::2]] == sorted(published)


async def test_a_failing_after_commit_action_harms_neither_the_unit_nor_the_actions_behind_it(
    database: Database,
) -> None:
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError("action")

    async def work(tx: Transaction) -> str:
        await put(tx, 1)
        tx.after_commit(fail)
        tx.after_commit(lambda: done.append("second"))
        return "result"

    assert await database.write(EVERY_ORGANIZATION, work) == "result"
    assert done == ["second"]
    assert await keys(database) == [1]


PUT = "insert into pair (k, v) values ($1, '') on conflict (k) do nothing returning k"


async def test_a_unit_of_one_statement_is_committed_before_its_rows_are_told(database: Database) -> None:
    told: list[Sequence[Row]] = []
    await database.write_at_once(PUT, (1,), told.append)
    await database.write_at_once(PUT, (1,), told.append)
    assert [[tuple(row) for row in rows] for rows in told] == [[(1,)], []]
    assert await keys(database) == [1]


async def test_nothing_is_kept_or_told_of_one_statement_that_fails(database: Database) -> None:
    told: list[Sequence[Row]] = []
    with pytest.raises(Exception):  # noqa: B017, PT011 - each engine has its own words
        await database.write_at_once(
            "insert into pair (k, v) values (1, $1) returning k", (None,), told.append
        )
    assert (told, await keys(database)) == ([], [])


# ---- many units ------------------------------------------------------------------------------------------------------


async def test_units_that_share_a_flush_fail_each_for_itself(stand: Stand, database: Database) -> None:
    async def work(tx: Transaction, key: int) -> int:
        await put(tx, key)
        if key % 3 == 0:
            await put(tx, key)  # the key is taken
        if key % 3 == 1:
            raise LookupError(key)
        return key

    async with stand.writers_held():
        units = [
            asyncio.create_task(database.write(EVERY_ORGANIZATION, lambda tx, key=key: work(tx, key)))
            for key in range(60)
        ]
        await asyncio.sleep(0)
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    assert [outcome for outcome in outcomes if isinstance(outcome, int)] == list(range(2, 60, 3))
    assert sum(isinstance(outcome, LookupError) for outcome in outcomes) == 20
    assert await keys(database) == list(range(2, 60, 3))


async def test_units_see_what_units_before_them_wrote(database: Database) -> None:
    async def count(tx: Transaction) -> int:
        row = await tx.fetch_one("select count(*) from pair")
        number: int = row[0] if row else -1
        await put(tx, number)
        return number

    assert sorted(
        await asyncio.gather(*(database.write(EVERY_ORGANIZATION, count) for _ in range(300)))
    ) == list(range(300))


async def test_actions_run_in_the_order_of_the_commits(database: Database) -> None:
    published: list[int] = []
    dice = random.Random(3)  # noqa: S311 - an order for a test

    async def work(tx: Transaction, fails: bool) -> None:
        row = await tx.fetch_one("select count(*) from pair")
        number: int = row[0] if row else -1
        await put(tx, number)
        tx.after_commit(lambda: published.append(2 * number))
        tx.after_commit(lambda: published.append(2 * number + 1))
        if fails:
            raise LookupError

    async def writer() -> None:
        for _ in range(20):
            fails = dice.random() < 0.3
            await asyncio.gather(
                database.write(EVERY_ORGANIZATION, lambda tx, fails=fails: work(tx, fails)),
                return_exceptions=True,
            )
            await asyncio.sleep(dice.choice([0, 0, 0.001]))

    await asyncio.gather(*(writer() for _ in range(20)))
    assert published == list(range(2 * len(await keys(database))))
    assert len(published) > 200


async def test_a_reader_sees_one_state_while_units_are_written(database: Database) -> None:
    async def move(tx: Transaction, turn: int) -> None:
        await tx.execute("delete from pair where k = $1", turn)
        await put(tx, turn + 1)

    async def look(reader: Reader) -> tuple[Sequence[Row], Sequence[Row]]:
        first = await reader.fetch("select k from pair")
        for _ in range(50):
            await reader.fetch_one("select count(*) from pair")
        return first, await reader.fetch("select k from pair")

    await database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 0))
    reads = [asyncio.create_task(database.read(EVERY_ORGANIZATION, look)) for _ in range(40)]
    for turn in range(100):
        await database.write(EVERY_ORGANIZATION, lambda tx, turn=turn: move(tx, turn))
    for first, last in await asyncio.gather(*reads):
        assert first == last
        assert len(first) == 1


async def test_reads_do_not_wait_for_a_long_unit(stand: Stand, database: Database) -> None:
    await database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 1))
    async with stand.writers_held():
        assert await asyncio.wait_for(keys(database), 5) == [1]


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - each engine has its own words
        await database.read(
            EVERY_ORGANIZATION,
            lambda reader: reader.fetch("insert into pair (k, v) values (1, '') returning k"),
        )
    assert await keys(database) == []
    await database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 2))
    assert await keys(database) == [2]


# ---- too much, and the end -------------------------------------------------------------------------------------------


async def test_too_much_work_is_refused_with_a_time_to_come_back_and_the_rest_is_done(
    stand: Stand, database: Database
) -> None:
    async with stand.writers_held():
        units = [
            asyncio.create_task(database.write(EVERY_ORGANIZATION, lambda tx, key=key: put(tx, key)))
            for key in range(QUEUE_LIMIT + 500)
        ]
        await asyncio.sleep(0)
        done, _ = await asyncio.wait(units, return_when=asyncio.FIRST_EXCEPTION)
        refusals = [unit.exception() for unit in done]
        assert len(refusals) in {500, 501}  # what holds the writers may count too
        for refusal in refusals:
            assert isinstance(refusal, FrontdeskError)
            assert (refusal.kind, refusal.retry_after) == (ErrorKind.BUSY, 1)
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    assert (
        sum(outcome is None for outcome in outcomes)
        == len(await keys(database))
        == len(units) - len(refusals)
    )
    await database.write(EVERY_ORGANIZATION, lambda tx: put(tx, -1))


async def test_a_close_finishes_what_is_queued_and_refuses_what_comes_later(stand: Stand) -> None:
    count = 3 * GROUP_LIMIT
    async with stand.writers_held():
        units = [
            asyncio.create_task(stand.database.write(EVERY_ORGANIZATION, lambda tx, key=key: put(tx, key)))
            for key in range(count)
        ]
        await asyncio.sleep(0)
        closing = asyncio.create_task(stand.database.close())
        await asyncio.sleep(0)
        with pytest.raises(FrontdeskError) as refused:
            await stand.database.write(EVERY_ORGANIZATION, lambda tx: put(tx, -1))
        assert (refused.value.kind, refused.value.retry_after) == (ErrorKind.UNAVAILABLE, 2)
    await asyncio.wait_for(asyncio.gather(closing, *units), 20)
    assert await keys(await stand.open_again()) == list(range(count))
