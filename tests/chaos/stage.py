"""Everything that a run needs and can break: PostgreSQL, NATS, five processes of Frontdesk, and bad lines between them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.chaos.history import FaultBegan, FaultEnded, Journal
from tests.cluster.cluster import Cluster, Node
from tests.kit.nats import NatsServer, running_nats
from tests.kit.postgres import PostgresServer
from tests.kit.proxy import Proxy, running_proxy
from tests.kit.server import free_port

SHAPE: Final = ("access", "access", "api,worker", "dispatch", "dispatch")
DURABLE: Final[dict[str, str]] = {}
"""PostgreSQL as it comes: it flushes what it commits."""


@dataclass
class Stage:
    """`nodes` are the places of processes: who is killed is started again in its place, with the same port.

    The first access process is behind bad lines: `line` from its clients, `bus_line` to NATS. `commit_line` is between
    both access processes and the database.
    """

    postgres: PostgresServer
    nats: NatsServer
    cluster: Cluster
    nodes: list[Node]
    line: Proxy
    bus_line: Proxy
    commit_line: Proxy
    database_url: str
    journal: Journal
    faults: int = 0
    kills: int = 0

    def access(self) -> list[str]:
        """Where clients connect, whether or not somebody is there."""
        first, second = self.places("access")
        assert first.port != second.port
        return [f"http://127.0.0.1:{self.line.port}", second.url]

    def api(self) -> list[str]:
        return [node.url for node in self.places("api")]

    def places(self, target: str) -> list[Node]:
        return [node for node in self.nodes if target in node.targets.split(",")]

    async def start_again(self, node: Node) -> None:
        """Put a new process in the place of a dead one, and return once it is ready."""
        settings = self.settings_of(self.nodes.index(node))
        started = await asyncio.to_thread(self.cluster.start, node.targets, port=node.port, settings=settings)
        self.nodes[self.nodes.index(node)] = started[0]

    def settings_of(self, place: int) -> dict[str, str]:
        if "access" not in SHAPE[place]:
            return {}
        settings = {
            "FRONTDESK_DATABASE__URL": self.database_url.replace(
                f":{self.postgres.port}/", f":{self.commit_line.port}/"
            )
        }
        if place == 0:
            settings["FRONTDESK_BUS__SERVERS"] = f"nats://127.0.0.1:{self.bus_line.port}"
        return settings

    @asynccontextmanager
    async def fault(self, kind: str, target: str, *, delay: float = 0.0) -> AsyncGenerator[None]:
        """A fault from the beginning of a block to its end, in the history."""
        self.faults += 1
        number = self.faults
        self.kills += kind == "kill"
        self.journal.write(FaultBegan(self.journal.now(), number, kind, target, delay))
        yield
        self.journal.write(FaultEnded(self.journal.now(), number))


@asynccontextmanager
async def set_up(folder: Path, journal: Journal) -> AsyncGenerator[Stage]:
    """All of it, started and ready, for the length of a block."""
    postgres = PostgresServer(DURABLE)
    async with AsyncExitStack() as stack:
        stack.callback(postgres.remove)
        await asyncio.to_thread(postgres.start)
        (nats,) = await stack.enter_async_context(running_nats(folder))
        port = free_port()
        line, bus_line, commit_line = [
            await stack.enter_async_context(running_proxy(target))
            for target in (port, int(nats.url.rpartition(":")[2]), postgres.port)
        ]
        url = postgres.url(await asyncio.to_thread(lambda: postgres.create(postgres.template())))
        cluster = Cluster(folder, url, nats.url)
        stack.callback(cluster.end)
        stage = Stage(postgres, nats, cluster, [], line, bus_line, commit_line, url, journal)

        def start_all() -> None:
            for place, targets in enumerate(SHAPE):
                stage.nodes.append(
                    cluster.launch(targets, port=None if place else port, settings=stage.settings_of(place))
                )
            for node in stage.nodes:
                node.until_ready()

        await asyncio.to_thread(start_all)
        yield stage
