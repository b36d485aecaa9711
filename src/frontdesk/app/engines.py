"""Opening the engines that the configuration asks for, and bringing the database to this version."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from frontdesk.conversations import is_restored, put_in_order_in, rewind_index_in
from frontdesk.core.clock import Clock, SystemClock
from frontdesk.core.errors import FrontdeskError, conflict
from frontdesk.core.ids import millis_of
from frontdesk.dispatch import rewind_service_levels_in
from frontdesk.media import load_address_key
from frontdesk.platform import (
    EVERY_ORGANIZATION,
    Blobs,
    Bus,
    Config,
    Database,
    Platform,
    Reader,
    Transaction,
    replacement,
)
from frontdesk.platform.blobs.local import LocalBlobs
from frontdesk.platform.blobs.s3 import S3Blobs
from frontdesk.platform.bus.memory import MemoryBus
from frontdesk.platform.bus.nats import open_nats
from frontdesk.platform.database.migrations import Migration, compare, find, migrate
from frontdesk.platform.database.postgres import PostgresDatabase
from frontdesk.platform.database.postgres.walls import ROLE, build_walls
from frontdesk.platform.database.sqlite import SqliteDatabase
from frontdesk.platform.folder import hold
from frontdesk.platform.leases import Leases
from frontdesk.platform.mail import check_mail
from frontdesk.push import load_push_key, rewind_push_in
from frontdesk.tickets import rewind_answers_in
from frontdesk.webhooks import rewind_relay_in

SERVICES: Final = (
    "platform",
    "audit",
    "auth",
    "staff",
    "contacts",
    "settings",
    "media",
    "conversations",
    "dispatch",
    "bots",
    "channels",
    "desk",
    "panels",
    "push",
    "quality",
    "sso",
    "tickets",
    "translation",
    "webhooks",
    "privacy",
    "help",
)


@asynccontextmanager
async def open_platform(config: Config, clock: Clock | None = None) -> AsyncGenerator[Platform]:
    """Open the engines with every migration applied; close them in order at the end."""
    clock = clock or SystemClock()
    check_mail(config)
    async with (
        open_bus(config) as bus,
        open_upgraded(config, clock) as database,
        _open_beside(config, database) as beside,
    ):
        floor, alone = await _newest(database), not config.database.url
        leases = await Leases.begin(beside, bus, clock, floor=floor, alone=alone)
        platform = Platform(database, bus, open_blobs(config), leases.ids, clock, config, leases)
        try:
            await load_address_key(platform)
            await load_push_key(platform)
            yield platform
        finally:
            await leases.end()


@asynccontextmanager
async def open_bus(config: Config) -> AsyncGenerator[Bus]:
    """The bus in process, or NATS where it is named. Raises in one line when that does not come in time."""
    if not config.bus.servers:
        yield MemoryBus()
        return
    async with open_nats(config.bus.servers, name="frontdesk", wait=config.bus.wait) as bus:
        yield bus


def open_blobs(config: Config) -> Blobs:
    """The folder, or the bucket where one is named. Whether it answers is seen when it is asked for something."""
    told = config.blobs
    if not told.url:
        return LocalBlobs(config.storage.path / "files")
    return S3Blobs(
        told.url,
        endpoint=told.endpoint,
        region=told.region,
        access_key=told.access_key,
        secret_key=told.secret_key,
    )


@asynccontextmanager
async def open_upgraded(config: Config, clock: Clock) -> AsyncGenerator[Database]:
    """The database, brought to this version."""
    if config.database.url and not await _is_migrated(config):
        await migrate_postgres(config, clock)
    async with open_database(config) as database:
        if not config.database.url:
            await upgrade(database, clock)
        yield database


@asynccontextmanager
async def _open_beside(config: Config, database: Database) -> AsyncGenerator[Database]:
    """The database for what must not wait: on PostgreSQL over connections of its own.

    A process that renews its life behind a crowd of clients who come back would be declared dead for it.
    """
    if not config.database.url:
        yield database
        return
    beside = await PostgresDatabase.open(config.database.url, role=ROLE, size=2)
    try:
        yield beside
    finally:
        await beside.close()


@asynccontextmanager
async def open_database(config: Config) -> AsyncGenerator[Database]:
    """The database as it is. Raises at once when it cannot be used, or when another process has the data folder."""
    if config.database.url:
        database = await PostgresDatabase.open(config.database.url, role=ROLE, size=config.database.pool)
        try:
            yield database
        finally:
            await database.close()
        return
    with hold(config.storage.path):
        replacement.finish(config.storage.path)
        embedded = SqliteDatabase(config.storage.path / "frontdesk.db")
        try:
            yield embedded
        finally:
            await embedded.close()


def serve_many(config: Config) -> bool:
    """Whether several processes can share the engines of this configuration. SQLite is a folder: it belongs to one."""
    return bool(config.database.url and config.bus.servers)


async def upgrade(database: Database, clock: Clock) -> list[Migration]:
    """Apply the migrations that are missing and return them."""
    return await migrate(database, clock, find(SERVICES, engine=database.engine))


async def apply_migrations(config: Config, clock: Clock) -> list[Migration]:
    """Bring the database of this configuration to this version, and return what was missing."""
    if config.database.url:
        return await migrate_postgres(config, clock)
    async with open_database(config) as database:
        return await upgrade(database, clock)


async def migrate_postgres(config: Config, clock: Clock) -> list[Migration]:
    """`upgrade` as the database's owner, and every table behind the walls. Processes may do it at the same time."""
    url = config.database.owner_url or config.database.url
    owner = await PostgresDatabase.open(url, role=None, size=1)
    try:
        applied = await upgrade(owner, clock)
        await owner.write(EVERY_ORGANIZATION, _follow_restored)
        await build_walls(owner)
    except asyncpg.InsufficientPrivilegeError as error:
        raise conflict(
            "migrations.not-owner",
            f"The database must be migrated, and this user does not own it: {error}.",
            hint="Run `frontdesk migrate` with database.owner_url set.",
        ) from error
    finally:
        await owner.close()
    return applied


async def _follow_restored(tx: Transaction) -> None:
    """After a dump was restored on another server: everybody who follows the log goes on where they were."""
    if await is_restored(tx):
        await rewind_index_in(tx)
        await rewind_relay_in(tx)
        await rewind_push_in(tx)
        await rewind_answers_in(tx)
        await rewind_service_levels_in(tx)
        await put_in_order_in(tx)


async def _is_migrated(config: Config) -> bool:
    """Whether there is nothing to migrate: seen without being the owner, so that most processes need not be."""

    async def read(reader: Reader) -> dict[tuple[str, int], str] | None:
        if await reader.fetch_one("select 1 where to_regclass('migration') is not null") is None:
            return None
        rows = await reader.fetch("select service, number, checksum from migration")
        return {(service, number): checksum for service, number, checksum in rows}

    async def is_whole(reader: Reader) -> bool:
        return not await is_restored(reader)

    try:
        async with open_database(config) as database:
            applied = await database.read(EVERY_ORGANIZATION, read)
            if applied is None:
                return False
            ours = find(SERVICES, engine="postgres")
            if any((each.service, each.number) not in applied for each in ours):
                return False
            whole = await database.read(EVERY_ORGANIZATION, is_whole)
    except FrontdeskError:
        return False  # no role yet, or no server: migrating will say which
    compare(applied, ours)
    return whole


async def _newest(database: Database) -> int:
    """The logical millisecond of the newest entry: ids must go on above it, or readers of the log would miss some."""

    async def read(reader: Reader) -> int:
        row = await reader.fetch_one("select max(id) from entry")
        return 0 if row is None or row[0] is None else millis_of(row[0])

    return await database.read(EVERY_ORGANIZATION, read)
