"""The embedded engine on bad days: a full disk, damaged pages, files that are no database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import EVERY_ORGANIZATION, Reader, Transaction
from frontdesk.platform.database.sqlite import READERS, SqliteDatabase

LARGE = "x" * 100_000
KEYS = "select k from pair order by k"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    opened = SqliteDatabase(tmp_path / "frontdesk.db")
    await opened.write(
        EVERY_ORGANIZATION,
        lambda tx: tx.execute("create table pair (k integer primary key, v text not null)"),
    )
    yield opened
    await opened.close()


async def put(tx: Transaction, key: int, value: str = "") -> None:
    await tx.execute("insert into pair (k, v) values ($1, $2)", key, value)


async def keys(database: SqliteDatabase) -> list[int]:
    return [row[0] for row in await database.read(EVERY_ORGANIZATION, lambda reader: reader.fetch(KEYS))]


async def room(database: SqliteDatabase, pages: int) -> None:
    await database.write(EVERY_ORGANIZATION, lambda tx: tx.fetch(f"pragma max_page_count = {pages}"))


async def test_a_full_disk_refuses_the_group_keeps_reads_and_ends_by_itself(database: SqliteDatabase) -> None:
    await database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 1))
    await room(database, 10)
    units = [
        database.write(EVERY_ORGANIZATION, lambda tx, key=key: put(tx, key, LARGE)) for key in range(2, 40)
    ]
    outcomes = await asyncio.gather(*units, return_exceptions=True)
    for outcome in outcomes:
        assert isinstance(outcome, FrontdeskError)
        assert (outcome.kind, outcome.retry_after) == (ErrorKind.UNAVAILABLE, 2)
        assert not outcome.details
    assert await keys(database) == [1]
    await room(database, 10_000)
    await database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 2, LARGE))
    assert await keys(database) == [1, 2]


async def test_a_unit_that_swallows_the_engines_failure_is_not_kept_in_part(database: SqliteDatabase) -> None:
    await room(database, 10)
    published: list[str] = []

    async def work(tx: Transaction) -> None:
        tx.after_commit(lambda: published.append("never"))
        with suppress(apsw.FullError):
            await put(tx, 1, LARGE)
        with suppress(apsw.FullError):
            await put(tx, 2)

    with pytest.raises(FrontdeskError) as refused:
        await database.write(EVERY_ORGANIZATION, work)
    assert refused.value.kind is ErrorKind.UNAVAILABLE
    assert await keys(database) == []
    assert not published


async def test_a_unit_may_go_on_after_a_statement_of_its_own_was_wrong(database: SqliteDatabase) -> None:
    async def work(tx: Transaction) -> None:
        await put(tx, 1)
        with suppress(apsw.ConstraintError):
            await put(tx, 1)
        await put(tx, 2)

    await database.write(EVERY_ORGANIZATION, work)
    assert await keys(database) == [1, 2]


@pytest.mark.parametrize("error", [asyncio.CancelledError, GeneratorExit, ZeroDivisionError])
async def test_the_threads_outlive_whatever_a_unit_raises(
    database: SqliteDatabase, error: type[BaseException]
) -> None:
    async def work(tx: Transaction) -> None:
        await put(tx, 1)
        raise error

    async def look(_reader: Reader) -> None:
        raise error

    for _ in range(READERS + 1):
        with pytest.raises(error):
            await database.write(EVERY_ORGANIZATION, work)
        with pytest.raises(error):
            await database.read(EVERY_ORGANIZATION, look)
    await database.write(EVERY_ORGANIZATION, lambda tx: put(tx, 2))
    assert await keys(database) == [2]


async def test_a_damaged_page_refuses_what_needs_it_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "frontdesk.db"
    database = SqliteDatabase(path)
    await database.write(
        EVERY_ORGANIZATION,
        lambda tx: tx.execute("create table pair (k integer primary key, v text not null)"),
    )
    await database.write(
        EVERY_ORGANIZATION, lambda tx: tx.execute("create table other (k integer primary key)")
    )
    for key in range(20):
        await database.write(EVERY_ORGANIZATION, lambda tx, key=key: put(tx, key, "x" * 3_000))
    row = await database.read(
        EVERY_ORGANIZATION, lambda tx: tx.fetch_one("select rootpage from sqlite_master where name = 'pair'")
    )
    assert row is not None
    await database.close()
    with path.open("r+b") as file:
        file.seek((row[0] - 1) * 4096)
        file.write(b"\xde\xad" * 2048)
    damaged = SqliteDatabase(path)
    for _ in range(3):
        with pytest.raises(FrontdeskError) as refused:
            await keys(damaged)
        assert refused.value.kind is ErrorKind.UNAVAILABLE
        with pytest.raises(FrontdeskError):
            await damaged.write(EVERY_ORGANIZATION, lambda tx: put(tx, 99))
        await damaged.write(EVERY_ORGANIZATION, lambda tx: tx.execute("insert into other (k) values (null)"))
    assert len(await damaged.read(EVERY_ORGANIZATION, lambda tx: tx.fetch("select k from other"))) == 3
    await damaged.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"not a database at all" * 500, "damaged"), (b"SQLite format 3\x00" + b"\xff" * 5_000, "damaged")],
    ids=["text", "only a header"],
)
async def test_what_is_no_database_is_named_and_left_as_it_is(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "frontdesk.db"
    path.write_bytes(content)
    with pytest.raises(FrontdeskError, match=said) as refused:
        SqliteDatabase(path)
    assert str(path) in refused.value.message
    assert path.read_bytes() == content


async def test_the_write_ahead_log_stays_short_however_long_the_writing_goes_on(
    database: SqliteDatabase, tmp_path: Path
) -> None:
    log = tmp_path / "frontdesk.db-wal"
    lengths: list[int] = []
    for turn in range(150):
        await asyncio.gather(
            *(
                database.write(EVERY_ORGANIZATION, lambda tx, key=turn * 100 + n: put(tx, key, LARGE))
                for n in range(20)
            )
        )
        lengths.append(log.stat().st_size)
    assert max(lengths) < 160 * 1024 * 1024  # twice as much was written through it
    assert len(await keys(database)) == 3_000


async def test_the_log_is_copied_once_a_reader_that_needed_it_is_gone(
    database: SqliteDatabase, tmp_path: Path
) -> None:
    reader = apsw.Connection(str(tmp_path / "frontdesk.db"), flags=apsw.SQLITE_OPEN_READONLY)
    reader.execute("begin; select count(*) from pair").fetchall()
    for key in range(200):
        await database.write(EVERY_ORGANIZATION, lambda tx, key=key: put(tx, key, LARGE))
    grown = (tmp_path / "frontdesk.db-wal").stat().st_size
    reader.close()
    for key in range(200, 1_000):
        await database.write(EVERY_ORGANIZATION, lambda tx, key=key: put(tx, key, LARGE))
    assert (tmp_path / "frontdesk.db-wal").stat().st_size <= grown + 32 * 1024 * 1024
