"""Three times as much as can be sustained, on one core: what still gets through, what the rest is told, and what is lost.

The load is an open loop: it sends whatever comes back, as many visitors do who know nothing of each other.
"""

import asyncio
import math
import statistics
import time
from typing import Any

from typing_extensions import override

from bench.clients import Tagged
from bench.cluster import Engines, Stretch, open_engines
from bench.load import Flow, Sender, connected, latency, offer, peak, percentile, settled
from bench.report import Report
from bench.world import World, make_world

AGENTS = 64
CONVERSATIONS = 2_048  # each connection may send 20 frames a second
SECONDS = 12.0
WARM_UP = 2.0
AROUND = 15  # seconds at half load, before and afterwards; a single one is compared with a single one
NORMAL_MS = 30.0
_STORED = "select count(*) from entry where client_id in (select unnest(string_to_array('{}', ',')))"


class _Tally(Flow):
    """A flow that also keeps which messages were acked, and what refusals said."""

    def __init__(self) -> None:
        super().__init__()
        self.acks: list[str] = []
        self.refusals: dict[str, int] = {}


class _Noting(Sender):
    @override
    def on_frame(self, frame: Tagged, at: float) -> None:
        tally = self.flow
        assert isinstance(tally, _Tally)
        if frame.t == "ack":
            tally.acks.append(frame.client_id)
        elif frame.t == "error" and frame.error is not None:
            told = "when to come back" if frame.error.retry_after else "nothing"
            name = f"{frame.error.kind}, told {told}"
            tally.refusals[name] = tally.refusals.get(name, 0) + 1
        super().on_frame(frame, at)


async def run(report: Report, *, repeats: int) -> None:
    found: list[dict[str, Any]] = []
    async with open_engines() as engines:
        world = await make_world(engines.config, agents=AGENTS, conversations=CONVERSATIONS)
        for turn in range(repeats):
            one = await _measure(engines, world)
            found.append(one)
            report.raw("cluster-overload", {"turn": turn, **one})

    def median(name: str) -> float:
        return statistics.median([one[name] for one in found])

    report.figure("peak, one core", median("peak"), "/s")
    report.figure("offered", median("offered") / median("peak"), "times")
    report.figure("goodput of the peak, raw", 100 * median("goodput") / median("peak"), "%")
    report.figure("  each for the whole of the core", 100 * median("kept"), "%", at_least=80)
    for name in sorted({name for one in found for name in one["refusals"]}):
        refused = statistics.median([one["refusals"].get(name, 0) for one in found])
        bound = None if name == "busy, told when to come back" else 0
        report.figure(f"refused: {name}", refused, "", at_most=bound)
    report.figure("neither acked nor refused", median("unanswered"), "", at_most=0)
    report.figure("p99 at half load, before", median("before"), "ms")
    report.figure("  of its worst second", median("usual"), "ms")
    report.figure("normal again after", median("normal_after"), "s", at_most=10)
    acked, lost = sum(one["acked"] for one in found), sum(one["lost"] for one in found)
    report.figure(f"lost of {acked} acked", lost, "", at_most=0)


async def _measure(engines: Engines, world: World) -> dict[str, Any]:
    tally = _Tally()
    async with engines.running(access=1) as installation:
        lines, agents = installation.lines(world)
        async with connected(tally, lines, agents, _Noting) as senders:
            stretches: list[Stretch] = []

            def begin() -> None:
                tally.acks.clear()
                stretches.append(Stretch(installation))

            acked, delivered, _ = await peak(tally, senders[: len(senders) // 2], begin)
            _, left_at_peak = stretches[0].end()
            await settled(senders)
            most = min(acked, delivered)
            before = percentile(await latency(tally, senders, most / 2, AROUND), 0.99)
            usual = max(_by_second(tally.latencies, min(due for due, _ in tally.latencies)))
            tally.acks.clear()
            tally.refusals.clear()
            sent = await offer(senders, 3 * most, WARM_UP)
            tally.acked = tally.delivered = 0
            tally.counting = True
            begun, stretch = time.perf_counter(), Stretch(installation)
            sent += await offer(senders, 3 * most, SECONDS)
            ended = time.perf_counter()
            cores, left = stretch.end()
            goodput = min(tally.acked, tally.delivered) / (ended - begun)
            tally.latencies.clear()
            sent += await offer(senders, most / 2, AROUND)
            await asyncio.sleep(3)
            tally.counting = False
            answered = len(tally.acks) + sum(tally.refusals.values())
            afterwards = _by_second(tally.latencies, ended)
            after = _normal_after(afterwards, max(NORMAL_MS, usual))
    stored = engines.postgres.execute(_STORED.format(",".join(tally.acks)), engines.database)[0][0]
    return {
        "peak": most,
        "offered": 3 * most,
        "goodput": goodput,
        "kept": (goodput / left) / (most / left_at_peak),
        "cores": cores,
        "left": left,
        "left_at_peak": left_at_peak,
        "before": before,
        "usual": usual,
        "afterwards": afterwards,
        "normal_after": after,
        "refusals": tally.refusals,
        "unanswered": sent - answered,
        "acked": len(tally.acks),
        "lost": len(tally.acks) - stored,
    }


def _by_second(latencies: list[tuple[float, float]], begun: float) -> list[float]:
    """The p99 of each second, in milliseconds; infinite for one of which nothing arrived."""
    found: list[float] = []
    for second in range(AROUND):
        waited = sorted(1000 * waited for due, waited in latencies if second <= due - begun < second + 1)
        found.append(percentile(waited, 0.99) if waited else math.inf)
    return found


def _normal_after(seconds: list[float], bound: float) -> int:
    """Seconds from the end of the overload until the p99 of every later one is within the bound."""
    return max((number for number, p99 in enumerate(seconds, 1) if p99 > bound), default=0)
