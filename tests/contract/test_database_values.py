"""What goes into a database comes out as it was, against each adapter."""

import math
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.core.errors import FrontdeskError
from frontdesk.platform import EVERY_ORGANIZATION, Database, Transaction
from frontdesk.platform.database import Row
from tests.contract.databases import ADAPTERS, opened, put
from tests.kit.postgres import PostgresServer


@pytest.fixture(params=ADAPTERS)
async def database(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: PostgresServer
) -> AsyncIterator[Database]:
    async with opened(request.param, tmp_path, postgres) as stand:
        yield stand.database


Single = str | int | float | bytes | None
VALUES: list[Single] = [
    None,
    "",
    "月饼 🥮 👨‍👩‍👧 é é ﬁ \u202e",
    "'; drop table pair; --",
    "$1 ? :x {}",
    "line\r\nline\ttab",
    "long " * 100_000,
    0,
    -1,
    (1 << 63) - 1,
    -(1 << 63),
    0.0,
    -0.0,
    0.1,
    5e-324,
    1.7976931348623157e308,
    math.inf,
    b"",
    b"\x00\xff" * 1_000,
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:20])
async def test_a_value_comes_back_as_it_was(database: Database, value: Single) -> None:
    async def work(tx: Transaction) -> Single:
        column = {str: "t", int: "i", float: "f", bytes: "x", type(None): "t"}[type(value)]
        await tx.execute(f"insert into one ({column}) values ($1)", value)  # noqa: S608 - our own column
        row = await tx.fetch_one(f"select {column} from one")  # noqa: S608 - our own column
        assert row is not None
        return row[0]

    back = await database.write(EVERY_ORGANIZATION, work)
    assert (back, type(back)) == (value, type(value))


@pytest.mark.parametrize("value", [True, False])
async def test_a_truth_value_comes_back_as_bool_reads_it(database: Database, value: bool) -> None:
    async def work(tx: Transaction) -> bool:
        await tx.execute("insert into one (b) values ($1)", value)
        row = await tx.fetch_one("select b from one where b = $1", value)
        assert row is not None
        return bool(row[0])

    assert await database.write(EVERY_ORGANIZATION, work) is value


@pytest.mark.parametrize(
    "value", [1 << 63, "\ud800", "a\x00b"], ids=["too big", "half a character", "a zero"]
)
async def test_a_value_that_does_not_fit_is_refused_or_kept_whole(database: Database, value: Single) -> None:
    async def work(tx: Transaction) -> Single:
        column = "i" if isinstance(value, int) else "t"
        await tx.execute(f"insert into one ({column}) values ($1)", value)  # noqa: S608 - our own column
        row = await tx.fetch_one(f"select {column} from one")  # noqa: S608 - our own column
        assert row is not None
        return row[0]

    try:
        back = await database.write(EVERY_ORGANIZATION, work)
    except (OverflowError, ValueError, FrontdeskError):
        tables = await database.read(EVERY_ORGANIZATION, lambda tx: tx.fetch("select k from pair"))
        assert tables == []
    else:
        assert back == value


@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.dictionaries(
        st.integers(-(1 << 63), (1 << 63) - 1), st.text(st.characters(codec="utf-8")), max_size=20
    )
)
async def test_any_pairs_come_back_as_they_were(database: Database, pairs: dict[int, str]) -> None:
    async def work(tx: Transaction) -> dict[int, str]:
        await tx.execute("delete from pair")
        for key, value in pairs.items():
            await put(tx, key, value.replace("\x00", ""))
        return {row[0]: row[1] for row in await tx.fetch("select k, v from pair")}

    assert await database.write(EVERY_ORGANIZATION, work) == {
        key: value.replace("\x00", "") for key, value in pairs.items()
    }


@pytest.mark.parametrize("keys", [[], [2], [3, 1, 99], list(range(2_000))], ids=len)
async def test_a_list_finds_the_rows_that_are_in_it(database: Database, keys: list[int]) -> None:
    async def work(tx: Transaction) -> tuple[list[int], list[int]]:
        for key in range(5):
            await put(tx, key, f"word {key}")
        by_number = await tx.fetch("select k from pair where k = any($1) order by k", keys)
        words = [f"word {key}" for key in keys]
        by_word = await tx.fetch("select k from pair where k >= $1 and v = any($2) order by k", 0, words)
        return [row[0] for row in by_number], [row[0] for row in by_word]

    there = sorted(set(keys) & set(range(5)))
    assert await database.write(EVERY_ORGANIZATION, work) == (there, there)


async def test_execute_tells_how_many_rows_it_changed(database: Database) -> None:
    async def work(tx: Transaction) -> list[int]:
        for key in range(5):
            await put(tx, key)
        return [
            await tx.execute("update pair set v = 'x' where k < $1", 3),
            await tx.execute("update pair set v = 'x' where k > $1", 10),
            await tx.execute("insert into pair (k, v) values ($1, '') on conflict do nothing", 1),
            await tx.execute("delete from pair where k >= $1", 3),
        ]

    assert await database.write(EVERY_ORGANIZATION, work) == [3, 0, 0, 2]


async def test_a_statement_is_run_for_each_row_in_order_or_not_at_all(database: Database) -> None:
    rows = [(key, f"word {key}") for key in (3, 1, 2)]
    insert = "insert into pair (k, v) values ($1, $2)"
    await database.write(EVERY_ORGANIZATION, lambda tx: tx.execute_each(insert, rows))
    await database.write(EVERY_ORGANIZATION, lambda tx: tx.execute_each(insert, []))
    with pytest.raises(Exception):  # noqa: B017, PT011 - each engine has its own words
        await database.write(EVERY_ORGANIZATION, lambda tx: tx.execute_each(insert, [(4, ""), (1, "")]))
    there = await database.read(
        EVERY_ORGANIZATION, lambda reader: reader.fetch("select k, v from pair order by k")
    )
    assert list(there) == sorted(rows)


async def test_a_statement_that_is_run_for_each_row_tells_what_each_returned(database: Database) -> None:
    async def work(tx: Transaction) -> list[list[Row]]:
        for key in range(4):
            await put(tx, key)
        change = "update pair set v = $1 where k = $2 returning k, v"
        told = [
            await tx.fetch_each(change, [("c", 3), ("none", 9), ("a", 1), ("d", 3)]),
            await tx.fetch_each(change, []),
        ]
        return [[tuple(row) for row in rows] for rows in told]

    assert await database.write(EVERY_ORGANIZATION, work) == [[(3, "c"), (1, "a"), (3, "d")], []]
