"""A whole installation to measure: PostgreSQL with its data flushed to the disk, NATS, and processes with targets."""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from bench.load import Line
from bench.servers import (
    ONE_CORE,
    ServerProcess,
    busy_seconds,
    cpu_seconds,
    free_port,
    frontdesk,
    pin,
    started,
)
from bench.world import World, config_for
from frontdesk.platform.config import Bus, Config, Database
from tests.kit.postgres import PostgresServer

OTHERS: Final = "api,dispatch,bots,worker"
DURABLE: Final = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_level": "replica",
    "autovacuum": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track_utility": "off",
}


class Installation:
    """Processes on one database and one bus, and the time each kind of them has used."""

    def __init__(self, engines: "Engines", access: Sequence[ServerProcess], others: ServerProcess) -> None:
        self.engines = engines
        self.access = access
        self.others = others

    def cpu_seconds(self) -> dict[str, float]:
        """User and system time by kind of process so far."""
        return {
            "access": sum(each.cpu_seconds() for each in self.access),
            "postgres": cpu_seconds(self.engines.postgres.pid),
            "nats": self.engines.nats.cpu_seconds(),
            "others": self.others.cpu_seconds(),
        }

    def lines(self, world: World) -> tuple[list[Line], list[tuple[str, int]]]:
        """Visitors and agents over the access processes: with two of them, the ends of a conversation are apart."""
        ports = [each.port for each in self.access]
        visitors = [
            Line(conversation.id, conversation.visitor, ports[(conversation.agent + 1) % len(ports)])
            for conversation in world.conversations
        ]
        return visitors, [(token, ports[agent % len(ports)]) for agent, token in enumerate(world.agents)]


class Stretch:
    """What the processes of an installation use from now on, of one core, and what they could have used."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._begun = time.perf_counter()
        self._used = installation.cpu_seconds()
        self._busy = busy_seconds(ONE_CORE)

    def end(self) -> tuple[dict[str, float], float]:
        """(cores used by each kind of process, the part of the core that nothing else on the machine took)."""
        spent = time.perf_counter() - self._begun
        now = self._installation.cpu_seconds()
        used = {kind: (now[kind] - before) / spent for kind, before in self._used.items()}
        busy = (busy_seconds(ONE_CORE) - self._busy) / spent
        return used, 1 - max(0.0, busy - sum(used.values()))


class Engines:
    """A database server and a bus server, for processes that come and go."""

    def __init__(self, postgres: PostgresServer, nats: ServerProcess, folder: Path) -> None:
        self.postgres = postgres
        self.nats = nats
        self.folder = folder
        self.database = postgres.create()
        postgres.execute("create extension pg_stat_statements", self.database)

    @property
    def config(self) -> Config:
        return replace(
            config_for(self.folder / "data"),
            database=Database(url=self.postgres.url(self.database)),
            bus=Bus(servers=f"nats://127.0.0.1:{self.nats.port}"),
        )

    def statements(self) -> Mapping[str, int]:
        """How often each statement has run since the last `forget_statements`."""
        sql = """select query, sum(calls)::bigint from pg_stat_statements
            where dbid = (select oid from pg_database where datname = current_database()) group by query"""
        return dict(self.postgres.execute(sql, self.database))

    def forget_statements(self) -> None:
        self.postgres.execute("select pg_stat_statements_reset()", self.database)

    @asynccontextmanager
    async def running(
        self, *, access: int, cores: Collection[int] = ONE_CORE
    ) -> AsyncGenerator[Installation]:
        """So many access processes and one for everything else, all of them and the engines on these cores."""
        pin(self.postgres.pid, cores)
        pin(self.nats.process.pid, cores)
        config = self.config
        environment = {
            "FRONTDESK_DATABASE__URL": config.database.url,
            "FRONTDESK_BUS__SERVERS": config.bus.servers,
        }
        async with AsyncExitStack() as stack:

            async def start(target: str) -> ServerProcess:
                return await stack.enter_async_context(
                    frontdesk(config.storage.path, target=target, environment=environment, cores=cores)
                )

            others = await start(OTHERS)
            yield Installation(self, [await start("access") for _ in range(access)], others)


@asynccontextmanager
async def open_engines() -> AsyncGenerator[Engines]:
    """Both servers with an empty database, in a temporary folder, for the length of a block."""
    with tempfile.TemporaryDirectory() as folder:
        postgres = await asyncio.to_thread(PostgresServer, DURABLE)
        try:
            postgres.start()
            port = free_port()
            server = str(Path(sys.executable).with_name("nats-server"))
            command = [server, "-a", "127.0.0.1", "-p", str(port), "-l", str(Path(folder) / "nats.log")]
            async with started(command, port, {}) as nats:
                yield Engines(postgres, nats, Path(folder))
        finally:
            postgres.remove()
