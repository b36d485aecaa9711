"""Messages acked, stored and delivered in a second, against a relay that stores nothing; and the time they take."""

import asyncio
import statistics
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.load import Flow, Line, connected, latency, peak, percentile, settled
from bench.report import Report
from bench.servers import ServerProcess, frontdesk, relay
from bench.world import config_for, make_world

AGENTS = 64
CONVERSATIONS = 1_024  # each connection may send 20 frames a second
CATCH_UP = 12.0  # seconds for the indexer, which is still busy with the peak of the turn before
LOAD = 4_000  # messages a second that one core must carry; times are bounded at half of it


async def _measure(
    server: ServerProcess, names: Sequence[tuple[str, str]], agents: Sequence[str]
) -> tuple[float, float, float, float, float, float]:
    """(acked a second, delivered a second, share of a core used, p50, p99, p99 at half of the peak in milliseconds)."""
    flow, used = Flow(), [0.0]
    lines = [Line(conversation, token, server.port) for conversation, token in names]
    async with connected(flow, lines, [(agent, server.port) for agent in agents]) as senders:
        await asyncio.sleep(CATCH_UP)
        waited = list(await latency(flow, senders, LOAD / 2))

        def begin() -> None:
            used[0] = server.cpu_seconds()

        acked, delivered, spent = await peak(flow, senders, begin)
        share = (server.cpu_seconds() - used[0]) / spent
        await settled(senders)
        if flow.refused:
            print(f"    ({flow.refused} refused as busy)")
        pressed = await latency(flow, senders, min(acked, delivered) / 2)
    return (
        acked,
        delivered,
        share,
        percentile(waited, 0.5),
        percentile(waited, 0.99),
        percentile(pressed, 0.99),
    )


async def run(report: Report, *, repeats: int) -> None:
    peaks: list[float] = []
    ratios: list[float] = []
    tails: list[float] = []
    pressed: list[float] = []
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        world = await make_world(config_for(data), agents=AGENTS, conversations=CONVERSATIONS)
        names = [(conversation.id, conversation.visitor) for conversation in world.conversations]
        pairs = [(conversation.id, f"{conversation.id}:a") for conversation in world.conversations]
        others = [f"{conversation.id}:b" for conversation in world.conversations]
        for turn in range(repeats):
            async with relay() as server:
                bare = await _measure(server, pairs, others)
            async with frontdesk(data) as server:
                full = await _measure(server, names, world.agents)
            report.raw("throughput", {"turn": turn, "relay": bare, "frontdesk": full})
            peaks.append(min(full[0], full[1]))
            ratios.append(min(full[0], full[1]) / min(bare[0], bare[1]))
            tails.append(full[4])
            pressed.append(full[5])
    report.figure(
        "messages acked, stored and delivered a second, one core",
        statistics.median(peaks),
        "/s",
        at_least=4000,
    )
    report.figure("share of a bare relay's rate", statistics.median(ratios) * 100, "%", at_least=20)
    report.figure("send to delivery at 2,000 a second, p99", statistics.median(tails), "ms", at_most=25)
    report.figure("send to delivery at half of the peak, p99", statistics.median(pressed), "ms")
