"""Opening the engines that the configuration asks for, and bringing the database to this version."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from frontdesk.core.clock import Clock, SystemClock
from frontdesk.core.ids import millis_of
from frontdesk.platform import Config, Database, Platform, Reader, replacement
from frontdesk.platform.blobs.local import LocalBlobs
from frontdesk.platform.bus.memory import MemoryBus
from frontdesk.platform.database.migrations import Migration, find, migrate
from frontdesk.platform.database.sqlite import SqliteDatabase
from frontdesk.platform.folder import hold
from frontdesk.platform.workers import lease_ids, note_high_water

SERVICES: Final = (
    "platform",
    "auth",
    "staff",
    "contacts",
    "settings",
    "media",
    "conversations",
    "dispatch",
    "bots",
    "channels",
    "tickets",
)


@asynccontextmanager
async def open_platform(config: Config, clock: Clock | None = None) -> AsyncGenerator[Platform]:
    """Open the embedded engines with every migration applied; close them in order at the end."""
    clock = clock or SystemClock()
    async with open_database(config) as database:
        await upgrade(database, clock)
        ids = await lease_ids(database, clock, floor=await _newest(database))
        blobs = LocalBlobs(config.storage.path / "files")
        yield Platform(database, MemoryBus(), blobs, ids, clock, config)
        await note_high_water(database, ids)


@asynccontextmanager
async def open_database(config: Config) -> AsyncGenerator[Database]:
    """The embedded database as it is. Raises at once when another process has the data folder."""
    with hold(config.storage.path):
        replacement.finish(config.storage.path)
        database = SqliteDatabase(config.storage.path / "frontdesk.db")
        try:
            yield database
        finally:
            await database.close()


async def upgrade(database: Database, clock: Clock) -> list[Migration]:
    """Apply the migrations that are missing and return them."""
    return await migrate(database, clock, find(SERVICES, engine=database.engine))


async def _newest(database: Database) -> int:
    """The logical millisecond of the newest entry: ids must go on above it, or readers of the log would miss some."""

    async def read(reader: Reader) -> int:
        row = await reader.fetch_one("select max(id) from entry")
        return 0 if row is None or row[0] is None else millis_of(row[0])

    return await database.read(read)
