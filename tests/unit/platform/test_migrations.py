"""Each migration is applied whole or not at all, and a database that is not ours is left alone."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import EVERY_ORGANIZATION
from frontdesk.platform.database.migrations import Migration, migrate, split
from frontdesk.platform.database.sqlite import SqliteDatabase

FIRST = Migration("shop", 1, "0001_first.sql", "create table a (x bigint);\ninsert into a (x) values (1);\n")
SECOND = Migration("shop", 2, "0002_second.sql", "alter table a add column y bigint;\n")
HALF = Migration(
    "shop",
    3,
    "0003_half.sql",
    "create table b (x bigint);\nupdate a set x = 2;\ninsert into nowhere values (1);\n",
)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    opened = SqliteDatabase(tmp_path / "frontdesk.db")
    yield opened
    await opened.close()


async def state(database: SqliteDatabase) -> tuple[set[str], list[int]]:
    """The tables, and what is in `a`."""
    tables = await database.read(
        EVERY_ORGANIZATION, lambda tx: tx.fetch("select name from sqlite_master where type = 'table'")
    )
    names = {row[0] for row in tables} - {"migration"}
    rows = (
        await database.read(EVERY_ORGANIZATION, lambda tx: tx.fetch("select x from a"))
        if "a" in names
        else ()
    )
    return names, [row[0] for row in rows]


async def test_what_is_missing_is_applied_once_and_in_order(database: SqliteDatabase) -> None:
    assert await migrate(database, ManualClock(), [FIRST]) == [FIRST]
    assert await migrate(database, ManualClock(), [FIRST, SECOND]) == [SECOND]
    assert await migrate(database, ManualClock(), [FIRST, SECOND]) == []
    assert await state(database) == ({"a"}, [1])


async def test_nothing_is_kept_of_a_migration_that_fails_half_way(database: SqliteDatabase) -> None:
    with pytest.raises(FrontdeskError, match="0003_half") as refused:
        await migrate(database, ManualClock(), [FIRST, SECOND, HALF])
    assert refused.value.code == "migrations.failed"
    assert await state(database) == ({"a"}, [1])
    whole = replace(HALF, sql="create table b (x bigint);\n")
    assert await migrate(database, ManualClock(), [FIRST, SECOND, whole]) == [whole]


async def test_a_changed_file_is_refused_before_anything_is_applied(database: SqliteDatabase) -> None:
    await migrate(database, ManualClock(), [SECOND_ALONE, FIRST])
    changed = replace(FIRST, sql=FIRST.sql + "-- again\n")
    with pytest.raises(FrontdeskError, match="0001_first") as refused:
        await migrate(database, ManualClock(), [NEW, SECOND_ALONE, changed])
    assert (refused.value.kind, refused.value.code) == (ErrorKind.CONFLICT, "migrations.changed")
    assert await state(database) == ({"a", "c"}, [1])


async def test_the_database_of_a_newer_version_is_left_alone(database: SqliteDatabase) -> None:
    await migrate(database, ManualClock(), [FIRST, SECOND])
    with pytest.raises(FrontdeskError, match="shop/0002") as refused:
        await migrate(database, ManualClock(), [FIRST, NEW])
    assert refused.value.code == "migrations.newer"
    assert await state(database) == ({"a"}, [1])


SECOND_ALONE = Migration("stock", 1, "0001_c.sql", "create table c (x bigint);\n")
NEW = Migration("stock", 2, "0002_d.sql", "create table d (x bigint);\n")


def test_a_statement_ends_with_a_semicolon_at_the_end_of_a_line() -> None:
    sql = "-- about a;\ncreate table a (x text default ';');\n\ninsert into a\nvalues ('; --');  \n-- end\n"
    assert split(sql) == ["create table a (x text default ';')", "insert into a\nvalues ('; --')"]
