"""What news between two processes costs: by the bus of the product, on a NATS server that is started for it."""

import asyncio
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
import uvloop

from bench.report import Report
from bench.servers import free_port, started
from frontdesk.platform.bus.nats import open_nats

EVENTS = 10_000
SUBJECTS = 500
PAYLOAD = bytes(300)
WAYS = {
    "2,000 a second, one at a time": (2_000, 1),
    "2,000 a second, by eights": (2_000, 8),
    "flat out": (0, 64),
}


async def run(report: Report, *, repeats: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for way, (rate, together) in WAYS.items():
            best = min(
                [await _once(Path(folder), rate, together) for _ in range(repeats)],
                key=lambda figures: figures["publisher"] + figures["subscriber"],
            )
            report.raw("bus", {"way": way, **best})
            for who in ("publisher", "subscriber", "server"):
                report.figure(f"bus, {way}: {who}", best[who], "us")
            report.figure(f"bus, {way}: p99 from publish to handler", best["p99"] * 1000, "ms")


async def _once(folder: Path, rate: int, together: int) -> dict[str, float]:
    port = free_port()
    server_file = str(Path(sys.executable).with_name("nats-server"))
    command = [server_file, "-a", "127.0.0.1", "-p", str(port), "-l", str(folder / "nats.log")]
    async with started(command, port, {}) as server:
        url = f"nats://127.0.0.1:{port}"
        listening = await _start("subscribe", url, rate, together)
        assert listening.stdout is not None
        await listening.stdout.readline()
        before = server.cpu_seconds()
        speaking = await _start("publish", url, rate, together)
        figures = [msgspec.json.decode((await process.communicate())[0]) for process in (listening, speaking)]
        return {**figures[0], **figures[1], "server": 1e6 * (server.cpu_seconds() - before) / EVENTS}


async def _start(role: str, *arguments: object) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.bus", role, *map(str, arguments), stdout=asyncio.subprocess.PIPE
    )


async def _subscribe(url: str) -> dict[str, Any]:
    waited: list[float] = []
    over = asyncio.Event()

    def hear(payload: bytes, _origin: str) -> None:
        waited.append(time.monotonic() - float(payload[-24:]))
        if len(waited) == EVENTS:
            over.set()

    async with open_nats(url, name="bench", wait=5) as bus:
        for number in range(SUBJECTS):
            bus.subscribe(f"deliver.1.{number}", hear)
        await bus.subscribed()
        print(flush=True)
        before = _cpu()
        await over.wait()
        return {"subscriber": 1e6 * (_cpu() - before) / EVENTS, "p99": sorted(waited)[EVENTS * 99 // 100]}


async def _publish(url: str, rate: int, together: int) -> dict[str, Any]:
    async with open_nats(url, name="bench", wait=5) as bus:
        before, begun = _cpu(), time.monotonic()
        for number in range(EVENTS):
            bus.publish(f"deliver.1.{number % SUBJECTS}", PAYLOAD + b"%024.6f" % time.monotonic(), origin="1")
            if number % together == together - 1:
                ahead = begun + (number + 1) / rate - time.monotonic() if rate else 0
                await asyncio.sleep(max(0.0, ahead))
        await bus.subscribed()
        return {"publisher": 1e6 * (_cpu() - before) / EVENTS}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    role, address = sys.argv[1], sys.argv[2]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(
            _subscribe(address)
            if role == "subscribe"
            else _publish(address, int(sys.argv[3]), int(sys.argv[4]))
        )
    print(msgspec.json.encode(found).decode())
