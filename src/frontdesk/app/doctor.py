"""Looking for what would stop Frontdesk from running well on this machine."""

import asyncio
import os
import resource
import secrets
import shutil
import socket
import sys
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import apsw
import msgspec

from frontdesk.app.engines import SERVICES, open_blobs, open_bus, open_database
from frontdesk.app.static import built
from frontdesk.core.clock import SystemClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.platform import EVERY_ORGANIZATION, Config, Reader
from frontdesk.platform.database.migrations import find
from frontdesk.platform.database.postgres.walls import find_gaps
from frontdesk.platform.leases import BEAT_S
from frontdesk.platform.workers import Worker, living

_NEEDED_SPACE: Final = 500 * 1024 * 1024
_NEEDED_FILES: Final = 1024
_OLDEST_CLOCK: Final = 1_767_225_600_000  # 2026-01-01: a machine that thinks it is earlier has no clock


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: whether it is well, and in a sentence what is or what to do."""

    name: str
    ok: bool
    finding: str


async def examine(config: Config) -> list[Check]:
    """Every check, in the order in which a person would mend things."""
    return [
        Check("Python", sys.version_info >= (3, 11), f"{sys.version.split()[0]} (3.11 or newer is needed)"),
        Check(
            "SQLite",
            _sqlite() >= (3, 51, 3),
            f"{apsw.sqlite_lib_version()}, bundled (3.51.3 or newer is needed)",
        ),
        _clock(),
        _space(config),
        _address(config),
        _web("console"),
        _web("widget"),
        await _database(config),
        await _bus(config),
        await _files(config),
        _proxy(config),
        _descriptors(),
        await _collector(config),
    ]


def _sqlite() -> tuple[int, ...]:
    return tuple(int(part) for part in apsw.sqlite_lib_version().split(".")[:3])


def _clock() -> Check:
    now = SystemClock().now()
    return Check(
        "Clock",
        now > _OLDEST_CLOCK,
        "set" if now > _OLDEST_CLOCK else "is years behind: set the machine's time",
    )


def _space(config: Config) -> Check:
    folder = config.storage.path.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return Check("Disk", free > _NEEDED_SPACE, f"{free // 1024**2:,} MiB free under {folder}")


def _address(config: Config) -> Check:
    where = f"{config.listen.host}:{config.listen.port}"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.listen.host, config.listen.port))
        except OSError as error:
            return Check(
                "Address", ok=False, finding=f"{where} cannot be used: {error.strerror}; choose --port"
            )
    return Check("Address", ok=True, finding=f"{where} is free")


def _proxy(config: Config) -> Check:
    """Behind a proxy that is not named, everybody has the proxy's address."""
    behind = config.listen.public_url.lower().startswith("https:")
    if behind and not config.listen.trusted_proxies.strip():
        finding = "name the proxy in listen.trusted_proxies: without it the limits hit everybody together"
        return Check("Proxy", ok=False, finding=finding)
    trusted = config.listen.trusted_proxies or "none is named; clients come directly"
    return Check("Proxy", ok=True, finding=f"trusted: {trusted}" if behind else trusted)


def _descriptors() -> Check:
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    finding = f"{limit:,} may be open; every connection is one"
    return Check("Open files", limit >= _NEEDED_FILES, f"{finding}; raise it with ulimit -n or LimitNOFILE")


async def _collector(config: Config) -> Check:
    url = config.telemetry.otlp_url
    if not url:
        return Check("Traces", ok=True, finding="off; telemetry.otlp_url names a collector")
    parts = urlsplit(url)
    try:
        async with asyncio.timeout(3):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port or 4318)
            writer.close()
    except (OSError, ValueError) as error:  # a TimeoutError is an OSError
        return Check("Traces", ok=False, finding=f"{url} cannot be reached: {error or 'no answer'}")
    return Check("Traces", ok=True, finding=f"{url} is there")


def _web(app: str) -> Check:
    folder = built(app)
    ok = folder.is_dir() and any(folder.iterdir())
    return Check(
        app.capitalize(), ok, "built" if ok else "not built: run `make up`, or `npm run build` in web/"
    )


async def _database(config: Config) -> Check:
    return await (_postgres(config) if config.database.url else _sqlite_file(config))


async def _postgres(config: Config) -> Check:
    async def read(reader: Reader) -> tuple[str, set[tuple[str, int]], list[str]]:
        version = await reader.fetch_one("show server_version")
        table = await reader.fetch_one("select to_regclass('migration')::text")
        known = table is not None and table[0] is not None
        rows = await reader.fetch("select service, number from migration") if known else ()
        gaps = await find_gaps(reader)
        return "" if version is None else version[0], {(row[0], row[1]) for row in rows}, gaps

    try:
        async with open_database(config) as database:
            version, applied, gaps = await database.read(EVERY_ORGANIZATION, read)
    except FrontdeskError as error:
        return Check("Database", ok=False, finding=f"{error.message} {error.hint}")
    missing = [m for m in find(SERVICES, engine="postgres") if (m.service, m.number) not in applied]
    if missing:
        return Check(
            "Database", ok=True, finding=f"{len(missing)} migrations to apply; the next start does it"
        )
    if gaps:
        found = f"the walls between organizations have gaps: {'; '.join(gaps)}; run `frontdesk migrate`"
        return Check("Database", ok=False, finding=found)
    return Check("Database", ok=True, finding=f"PostgreSQL {version} answers, walled and up to date")


async def _sqlite_file(config: Config) -> Check:
    path = config.storage.path / "frontdesk.db"
    if not path.exists():
        return Check("Database", ok=True, finding=f"none yet; the first start makes {path}")

    async def read(reader: Reader) -> tuple[str, set[tuple[str, int]]]:
        result = await reader.fetch_one("pragma quick_check")
        tables = await reader.fetch("select name from sqlite_master where name = 'migration'")
        rows = await reader.fetch("select service, number from migration") if tables else ()
        return "unknown" if result is None else result[0], {(row[0], row[1]) for row in rows}

    try:
        async with open_database(config) as database:
            health, applied = await database.read(EVERY_ORGANIZATION, read)
    except FrontdeskError as error:
        running = error.code == "platform.folder-in-use"
        return Check("Database", ok=running, finding=f"not looked at: {error.message} {error.hint}")
    missing = [m for m in find(SERVICES, engine="sqlite") if (m.service, m.number) not in applied]
    if health != "ok":
        return Check("Database", ok=False, finding=f"{path} is damaged: {health}; restore a backup")
    if missing:
        return Check(
            "Database", ok=True, finding=f"{len(missing)} migrations to apply; the next start does it"
        )
    return Check("Database", ok=True, finding=f"{path} is sound and up to date")


async def _bus(config: Config) -> Check:
    islands = {worker.island for worker in await _at_work(config)}
    if config.bus.servers and islands - {""}:
        finding = "a process works on this database without bus.servers: give it the same, and restart it"
        return Check("Bus", ok=False, finding=finding)
    if not config.bus.servers:
        if "" in islands:
            finding = "processes work on this database over NATS: name it in bus.servers here too"
            return Check("Bus", ok=False, finding=finding)
        finding = "within one process; several of them need bus.servers"
        return Check("Bus", ok=True, finding=f"{finding}, and one is running" if islands else finding)
    at_once = msgspec.structs.replace(config, bus=msgspec.structs.replace(config.bus, wait=0.0))
    try:
        async with open_bus(at_once) as bus:
            await bus.subscribed()
    except FrontdeskError as error:
        return Check("Bus", ok=False, finding=f"{error.message} {error.hint}")
    return Check("Bus", ok=True, finding="NATS answers")


async def _at_work(config: Config) -> list[Worker]:
    """The processes that work on this database, as seen by their beat. Where it cannot be read, another check says so."""

    async def read(reader: Reader) -> list[Worker]:
        known = "select 1 from pg_attribute where attrelid = to_regclass('process') and attname = 'island'"
        if await reader.fetch_one(known) is None:
            return []
        return [worker for worker in await living(reader) if worker.targets]

    if not config.database.url:
        return []
    try:
        async with open_database(config) as database:
            before = {worker.life: worker.beat for worker in await database.read(EVERY_ORGANIZATION, read)}
            if not before:
                return []
            await asyncio.sleep(1.5 * BEAT_S)
            after = await database.read(EVERY_ORGANIZATION, read)
    except FrontdeskError:
        return []
    return [worker for worker in after if before.get(worker.life) != worker.beat]


async def _files(config: Config) -> Check:
    """A bucket is tried with a file. A folder is only looked at: what is made in it would be this user's."""
    if not config.blobs.url:
        folder = config.storage.path / "files"
        if not folder.exists():
            return Check("Files", ok=True, finding=f"none yet; the first file makes {folder}")
        ok = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
        return Check(
            "Files", ok, f"{folder} {'is in reach' if ok else 'cannot be read and written by this user'}"
        )
    key, content = f"doctor/{secrets.token_hex(8)}", secrets.token_bytes(64)
    try:
        blobs = open_blobs(config)
        await blobs.put(key, content)
        kept = b"".join([chunk async for chunk in blobs.get(key)])
        await blobs.delete(key)
    except FrontdeskError as error:
        reason = error.__cause__ or error.message
        return Check("Files", ok=False, finding=f"{config.blobs.url} cannot be used: {_first_line(reason)}")
    ok = kept == content
    return Check(
        "Files", ok, f"{config.blobs.url} {'keeps files' if ok else 'gives back other bytes than it got'}"
    )


def _first_line(reason: object) -> str:
    return str(reason).partition("\n")[0].strip()
