"""Servers under test, each a process of its own, on given cores."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncGenerator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

SERVER_CORE = 0
LOAD_CORE = 1 if (os.cpu_count() or 1) > 1 else 0
ONE_CORE = frozenset({SERVER_CORE})
BOTH_CORES = frozenset({SERVER_CORE, LOAD_CORE})


class ServerProcess:
    """A server process and what the operating system says of it."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, started_in: float) -> None:
        self.process = process
        self.port = port
        self.started_in = started_in

    def cpu_seconds(self) -> float:
        """User and system time used so far."""
        return cpu_seconds(self.process.pid)

    def resident_bytes(self) -> int:
        fields = Path(f"/proc/{self.process.pid}/statm").read_text().split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its children so far, those that have ended included."""
    used = 0
    for process in _tree(pid):
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        used += sum(map(int, fields[11:15]))
    return used / os.sysconf("SC_CLK_TCK")


def busy_seconds(cores: Collection[int]) -> float:
    """What these cores have spent on anything so far, whoever asked for it."""
    used = 0
    for line in Path("/proc/stat").read_text().splitlines():
        name, _, rest = line.partition(" ")
        if name in {f"cpu{core}" for core in cores}:
            user, nice, system, _idle, _waiting, interrupt, soft, stolen = map(int, rest.split()[:8])
            used += user + nice + system + interrupt + soft + stolen
    return used / os.sysconf("SC_CLK_TCK")


def pin(pid: int, cores: Collection[int]) -> None:
    """Keep every thread of a process and of its children on these cores."""
    for process in _tree(pid):
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setaffinity(int(thread.name), cores)


def pin_load(cores: Collection[int] = frozenset({LOAD_CORE})) -> None:
    """Keep this process, the load, on these cores: off the server's, unless said otherwise."""
    os.sched_setaffinity(0, cores)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@asynccontextmanager
async def started(
    command: Sequence[str],
    port: int,
    environment: Mapping[str, str],
    cores: Collection[int] = ONE_CORE,
) -> AsyncGenerator[ServerProcess]:
    """Run `command` on these cores until the block ends; it is up once its port answers."""
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    try:
        await _answers(process, port)
        yield ServerProcess(process, port, time.perf_counter() - begun)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), 15)
            except TimeoutError:
                process.kill()
                await process.wait()


@asynccontextmanager
async def frontdesk(
    data: Path,
    *,
    target: str = "all",
    environment: Mapping[str, str] | None = None,
    cores: Collection[int] = ONE_CORE,
) -> AsyncGenerator[ServerProcess]:
    """A process of Frontdesk on the data in `data`, or on the engines that the environment names."""
    port = free_port()
    told = {
        "FRONTDESK_LISTEN__PORT": str(port),
        "FRONTDESK_STORAGE__PATH": str(data),
        "FRONTDESK_LOGS__LEVEL": "warning",
        **(environment or {}),
    }
    command = [str(Path(sys.executable).with_name("frontdesk")), "serve", "--target", target]
    async with started(command, port, told, cores) as server:
        yield server


@asynccontextmanager
async def relay() -> AsyncGenerator[ServerProcess]:
    """The yardstick: a relay that stores nothing."""
    port = free_port()
    async with started([sys.executable, "-m", "bench.relay", str(port)], port, {}) as server:
        yield server


async def _answers(process: asyncio.subprocess.Process, port: int) -> None:
    deadline = time.perf_counter() + 60
    while time.perf_counter() < deadline:
        if process.returncode is not None:
            raise RuntimeError(f"the server ended with status {process.returncode} before it answered")
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
            continue
        writer.write(b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        writer.close()
        return
    raise TimeoutError("the server did not answer within 60 s")


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _tree(int(child))
