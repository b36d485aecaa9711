"""A whole installation for tests: a database, a NATS server, and real processes with targets of their own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from frontdesk.platform.config import Bus, Config, Database, Storage
from tests.kit.postgres import PostgresServer
from tests.kit.server import free_port

SHAPE: Final = ("access", "access", "api", "api", "dispatch", "dispatch", "bots", "worker")
_PATIENCE: Final = 60.0


class Node:
    """One process. `kill` and `pause` come without a word, `stop` is the polite way."""

    def __init__(self, targets: str, environment: dict[str, str], log: Path, port: int) -> None:
        self.targets = targets
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [
                    Path(sys.executable).with_name("frontdesk"),
                    "serve",
                    "--target",
                    targets,
                    "--port",
                    str(port),
                ],
                env={**os.environ, **environment},
                stdout=output,
                stderr=output,
            )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def until_ready(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while self.alive and time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/ready", trust_env=False).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f"{self.targets} did not come up:\n{self.log.read_text()[-4_000:]}")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def terminate(self) -> None:
        """Ask it to stop; `stop` waits for it as well."""
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        """Returns the exit status of a clean end, which must come in time."""
        self.terminate()
        return self.process.wait(20)


class Cluster:
    """Processes on one database and one bus. Start, stop and kill what you like; the end takes care of the rest."""

    def __init__(self, folder: Path, database_url: str, bus_url: str) -> None:
        self.folder = folder
        self.config = Config(
            storage=Storage(path=folder / "data"),
            database=Database(url=database_url, pool=6),
            bus=Bus(servers=bus_url),
        )
        self.nodes: list[Node] = []
        self._environment = {
            "FRONTDESK_STORAGE__PATH": str(folder / "data"),
            "FRONTDESK_DATABASE__URL": database_url,
            "FRONTDESK_DATABASE__POOL": "6",
            "FRONTDESK_BUS__SERVERS": bus_url,
            "FRONTDESK_LOGS__LEVEL": "info",
        }

    def start(
        self, *targets: str, port: int | None = None, settings: Mapping[str, str] | None = None
    ) -> list[Node]:
        """A process for each of these, with settings of its own; returns when all of them are ready."""
        started = [self.launch(one, port=port, settings=settings) for one in targets]
        for node in started:
            node.until_ready()
        return started

    def launch(
        self, targets: str, *, port: int | None = None, settings: Mapping[str, str] | None = None
    ) -> Node:
        """`start` without waiting."""
        port = port or free_port()
        name = f"{len(self.nodes)}-{targets.replace(',', '-')}-{port}"
        node = Node(targets, {**self._environment, **(settings or {})}, self.folder / f"{name}.log", port)
        self.nodes.append(node)
        return node

    def of(self, target: str) -> list[Node]:
        """The living processes that run a target."""
        return [node for node in self.nodes if node.alive and target in node.targets.split(",")]

    def urls(self, target: str) -> Sequence[str]:
        return [node.url for node in self.of(target)]

    def end(self) -> None:
        for node in self.nodes:
            if node.alive:
                node.resume()
                node.kill()


@contextmanager
def running_cluster(
    postgres: PostgresServer,
    folder: Path,
    shape: Sequence[str] = SHAPE,
    settings: Mapping[str, str] | None = None,
) -> Generator[Cluster]:
    """An installation for the length of a block, on a fresh database."""
    name = postgres.create(postgres.template())
    with _running_nats(folder) as bus_url:
        cluster = Cluster(folder, postgres.url(name), bus_url)
        try:
            cluster.start(*shape, settings=settings)
            yield cluster
        finally:
            cluster.end()
    postgres.drop(name)


@contextmanager
def _running_nats(folder: Path) -> Generator[str]:
    port = free_port()
    server = Path(sys.executable).with_name("nats-server")
    with (folder / "nats.log").open("ab") as output:
        process = subprocess.Popen([server, "-a", "127.0.0.1", "-p", str(port)], stdout=output, stderr=output)
    try:
        yield f"nats://127.0.0.1:{port}"  # whoever connects waits for it
    finally:
        process.kill()
        process.wait()
