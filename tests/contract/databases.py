"""The databases that the contract is tested against."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from frontdesk.platform import EVERY_ORGANIZATION, Database, Transaction
from frontdesk.platform.database.sqlite import SqliteDatabase

ADAPTERS = ["sqlite"]


@asynccontextmanager
async def opened(adapter: str, folder: Path) -> AsyncGenerator[Database]:
    """A database of this kind with the table `pair` in it."""
    match adapter:
        case "sqlite":
            database = SqliteDatabase(folder / "frontdesk.db")
        case name:
            raise AssertionError(name)

    async def prepare(tx: Transaction) -> None:
        await tx.execute("create table pair (k bigint primary key, v text not null)")

    await database.write(EVERY_ORGANIZATION, prepare)
    yield database
    await database.close()


async def put(tx: Transaction, key: int, value: str = "") -> None:
    await tx.execute("insert into pair (k, v) values ($1, $2)", key, value)
