"""Memory of idle connections, and everybody coming back at once."""

import asyncio
import resource
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clients import connect_many
from bench.report import Report
from bench.servers import frontdesk
from bench.world import config_for, make_world

IDLE = 5_000
RETURNING = 2_000


async def run(report: Report, *, repeats: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 20_000)), hard))
    sizes: list[float] = []
    returns: list[float] = []
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        world = await make_world(config_for(data), agents=50, conversations=IDLE, messages=2)
        tokens = [conversation.visitor for conversation in world.conversations]
        for turn in range(repeats):
            async with frontdesk(data) as server:
                warm = await connect_many(server.port, tokens[:200])
                for client in warm:
                    client.close()
                await asyncio.sleep(1)
                before = server.resident_bytes()
                clients = await connect_many(server.port, tokens)
                await asyncio.sleep(3)
                size = (server.resident_bytes() - before) / IDLE / 1024
                sizes.append(size)
                for client in clients[:RETURNING]:
                    client.close()
                await asyncio.gather(*(client.closed for client in clients[:RETURNING]))
                begun = time.perf_counter()
                back = await connect_many(server.port, tokens[:RETURNING], at_once=RETURNING)
                spent = time.perf_counter() - begun
                returns.append(spent)
                report.raw("connections", {"turn": turn, "kib_each": size, "back_in": spent})
                for client in [*clients, *back]:
                    client.close()
    report.figure(
        "resident memory of an idle visitor connection, at 5,000", statistics.median(sizes), "KiB", at_most=32
    )
    report.figure(
        "2,000 connections dropped at once: back and synced in", statistics.median(returns), "s", at_most=3
    )
