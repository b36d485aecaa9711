"""The databases that the contract is tested against."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import asyncpg

from frontdesk.core.clock import ManualClock
from frontdesk.platform import EVERY_ORGANIZATION, Database, Transaction
from frontdesk.platform.database.migrations import Migration, migrate
from frontdesk.platform.database.postgres import PostgresDatabase
from frontdesk.platform.database.postgres.walls import ROLE, build_walls
from frontdesk.platform.database.sqlite import SqliteDatabase
from tests.kit.postgres import PostgresServer

ADAPTERS = ["sqlite", "postgres"]
TABLES = Migration(
    "contract",
    1,
    "0001_tables.sql",
    """create table pair (k bigint primary key, v text not null);
    create table one (x bytea, t text, i bigint, f double precision, b boolean);
    """,
)


class Closable(Database, Protocol):
    async def close(self) -> None: ...


class Stand:
    """A database of one kind with the table `pair` in it, and a way to keep its writers from going on."""

    def __init__(self, database: Closable, again: Callable[[], Awaitable[Closable]], url: str = "") -> None:
        self.database = database
        self._again = again
        self._url = url

    async def open_again(self) -> Database:
        """The same database, opened anew after it was closed."""
        self.database = await self._again()
        return self.database

    @asynccontextmanager
    async def owner(self) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
        """A connection to the same PostgreSQL as its owner."""
        connection = await asyncpg.connect(self._url)
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def writers_held(self) -> AsyncGenerator[None]:
        """Writers come no further than `pair` for the length of a block, as with a slow disk; readers do."""
        if self._url:
            async with self.owner() as holder:
                await holder.execute("begin; lock table pair in exclusive mode")
                yield
            return
        begun, release = threading.Event(), threading.Event()

        async def wait(_tx: Transaction) -> None:
            begun.set()
            release.wait(30)

        task = asyncio.create_task(self.database.write(EVERY_ORGANIZATION, wait))
        await asyncio.to_thread(begun.wait, 10)
        try:
            yield
        finally:
            release.set()
            await task


@asynccontextmanager
async def opened(adapter: str, folder: Path, server: PostgresServer) -> AsyncGenerator[Stand]:
    """A stand with a database of this kind; it is closed at the end."""
    match adapter:
        case "sqlite":

            async def embedded() -> Closable:
                return SqliteDatabase(folder / "frontdesk.db")

            stand = Stand(await embedded(), embedded)
            await migrate(stand.database, ManualClock(), [TABLES])
        case "postgres":
            url = server.url(server.create())

            async def served() -> Closable:
                return await PostgresDatabase.open(url, role=ROLE, size=12)

            owner = await PostgresDatabase.open(url, role=None, size=1)
            await migrate(owner, ManualClock(), [TABLES])
            await build_walls(owner)
            await owner.close()
            stand = Stand(await served(), served, url)
        case name:
            raise AssertionError(name)
    yield stand
    await stand.database.close()


async def put(tx: Transaction, key: int, value: str = "") -> None:
    await tx.execute("insert into pair (k, v) values ($1, $2)", key, value)
