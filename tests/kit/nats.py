"""Real NATS servers on free ports of this machine."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.kit.server import free_ports


class NatsServer:
    """One server. It can be killed and started again at the same address, and paused."""

    def __init__(
        self, folder: Path, *, port: int, cluster: int = 0, routes: Sequence[int] = (), settings: str = ""
    ) -> None:
        self.url = f"nats://127.0.0.1:{port}"
        self._port = port
        self._log = folder / f"nats-{port}.log"
        file = folder / f"nats-{port}.conf"
        file.write_text(settings)
        self._arguments = ["-a", "127.0.0.1", "-p", str(port), "-c", str(file)]
        if cluster:
            self._arguments += [
                "--cluster_name",
                "test",
                "--cluster",
                f"nats://127.0.0.1:{cluster}",
                "--no_advertise",
            ]
            self._arguments += ["--routes", ",".join(f"nats://127.0.0.1:{route}" for route in routes)]
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Return once it answers. What it printed is in the error when it does not."""
        with self._log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                str(Path(sys.executable).with_name("nats-server")),
                *self._arguments,
                stdout=output,
                stderr=output,
            )
        for _ in range(500):
            if self._process.returncode is not None:
                break
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
                await reader.readline()
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            return
        await self.kill()
        raise RuntimeError(f"nats-server did not come up:\n{self._log.read_text()[-4_000:]}")

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def pause(self) -> None:
        """It holds its connections and does nothing, until `resume`; returns once it stands still."""
        self._signal(signal.SIGSTOP)
        for _ in range(5_000):
            if self._state() == "T":
                return
            time.sleep(0.001)
        raise RuntimeError("nats-server does not stand still")

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _state(self) -> str:
        assert self._process is not None
        return Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()[0]

    def _signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)


@asynccontextmanager
async def running_nats(
    folder: Path, *, servers: int = 1, settings: str = ""
) -> AsyncGenerator[list[NatsServer]]:
    """One server, or several as one cluster, for the length of a block. `settings` is text in NATS's own form."""
    ports = free_ports(2 * servers)
    clients, routes = ports[:servers], ports[servers:] if servers > 1 else [0]
    started = [
        NatsServer(
            folder,
            port=port,
            cluster=route,
            routes=[each for each in routes if each != route],
            settings=settings,
        )
        for port, route in zip(clients, routes, strict=True)
    ]
    try:
        for server in started:
            await server.start()
        yield started
    finally:
        for server in started:
            await server.kill()
