"""Frontdesk as its users run it: a process of its own, on a free port, with its data in a temporary folder."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import httpx


class Server:
    """A running server. `kill` is the power cut, `stop` the polite way."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.log = log

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()

    async def stop(self, within: float = 20) -> int:
        """SIGTERM; returns the exit status."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), within)


def free_ports(count: int) -> list[int]:
    """Different ones: each is held until all are found."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def free_port() -> int:
    return free_ports(1)[0]


async def start_server(
    data: Path, command: str = "serve", environment: Mapping[str, str] | None = None, port: int | None = None
) -> Server:
    """Start `frontdesk <command>` and return once it is ready. What it printed is in the error when it is not."""
    port = free_port() if port is None else port
    log = data.parent / f"server-{port}.log"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            str(Path(sys.executable).with_name("frontdesk")),
            command,
            env={
                **os.environ,
                "FRONTDESK_LISTEN__PORT": str(port),
                "FRONTDESK_STORAGE__PATH": str(data),
                "FRONTDESK_LOGS__LEVEL": "warning",
                **(environment or {}),
            },
            stdout=output,
            stderr=output,
        )
    server = Server(process, port, log)
    async with httpx.AsyncClient(base_url=server.url) as client:
        for _ in range(1_200):
            if process.returncode is not None:
                break
            try:
                if (await client.get("/ready")).status_code == 200:
                    return server
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
    if process.returncode is None:
        await server.kill()
    raise RuntimeError(f"the server did not come up:\n{log.read_text()[-4_000:]}")


@asynccontextmanager
async def running_server(
    data: Path, command: str = "serve", environment: Mapping[str, str] | None = None
) -> AsyncGenerator[Server]:
    """A server for the length of a block."""
    server = await start_server(data, command, environment)
    try:
        yield server
    finally:
        if server.process.returncode is None:
            try:
                await server.stop()
            except TimeoutError:
                await server.kill()
