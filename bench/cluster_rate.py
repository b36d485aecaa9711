"""Messages a second in the cluster set-up: everything on one core, then on two, with what each process used for it.

With two access processes, both ends of every conversation are on different ones, so every message crosses the bus.

On a machine of two cores the load takes its part of the second one. So two cores are told twice: raw, and for the whole
of both cores, which is the raw rate divided by the part of the two cores' time that the load left to the servers. Time in
which a core was idle counts as the servers'.
"""

import asyncio
import os
import statistics
from collections.abc import Collection, Mapping

from msgspec import Struct, to_builtins

from bench.cluster import Engines, open_engines
from bench.load import Flow, connected, latency, peak, percentile, settled
from bench.report import Report
from bench.servers import BOTH_CORES, ONE_CORE, pin_load
from bench.world import World, make_world

AGENTS = 64
CONVERSATIONS = 1_024  # each connection may send 20 frames a second


class Rate(Struct, frozen=True):
    """Messages a second, milliseconds, and microseconds of each kind of process for a message."""

    acked: float
    delivered: float
    refused: int
    p50: float
    p99: float
    micros: Mapping[str, float]
    servers: float
    load: float

    @property
    def rate(self) -> float:
        return min(self.acked, self.delivered)

    @property
    def whole(self) -> float:
        """The rate if both cores were the servers'."""
        return self.rate * 2 / (2 - self.load)


async def run(report: Report, *, repeats: int) -> None:
    together: list[Rate] = []
    apart: list[Rate] = []
    two: list[Rate] = []
    async with open_engines() as engines:
        world = await make_world(engines.config, agents=AGENTS, conversations=CONVERSATIONS)
        for turn in range(repeats):
            for name, found, access, cores in (
                ("one core, one access process", together, 1, ONE_CORE),
                ("one core, two access processes", apart, 2, ONE_CORE),
                ("two cores, two access processes", two, 2, BOTH_CORES),
            ):
                rate = await _measure(engines, world, access, cores)
                found.append(rate)
                report.raw("cluster-rate", {"turn": turn, "way": name, **to_builtins(rate)})
    for name, rates in ("one access process", together), ("both ends on different access processes", apart):
        report.figure(f"one core, {name}", _median(rates, "rate"), "/s", at_least=3000)
        report.figure("  send to delivery at half load, p99", _median(rates, "p99"), "ms", at_most=30)
        _spent(report, rates)
    report.figure("two cores, two access processes, raw", _median(two, "rate"), "/s")
    report.figure("  the load's part of the two cores", _median(two, "load"), "cores")
    _spent(report, two)
    report.figure("  for the whole of both cores", _median(two, "whole"), "/s")
    for name, rates in ("one", together), ("two", apart):
        ratios = [each.whole / one.rate for each, one in zip(two, rates, strict=True)]
        report.figure(
            f"  times one core's with {name} access process(es)",
            statistics.median(ratios),
            "times",
            at_least=1.6,
        )


async def _measure(engines: Engines, world: World, access: int, cores: Collection[int]) -> Rate:
    flow = Flow()
    async with engines.running(access=access, cores=cores) as installation:
        lines, agents = installation.lines(world)
        async with connected(flow, lines, agents) as senders:
            marks: list[tuple[Mapping[str, float], float]] = []

            def mark() -> None:
                marks.append((installation.cpu_seconds(), _own_seconds()))

            if cores == BOTH_CORES:
                pin_load(BOTH_CORES)
            try:
                acked, delivered, spent = await peak(flow, senders, mark)
                mark()
            finally:
                pin_load()
            await settled(senders)
            refused = flow.refused
            await asyncio.sleep(2)
            waited = await latency(flow, senders, min(acked, delivered) / 2)
    (before, own_before), (after, own_after) = marks
    used = {kind: after[kind] - before[kind] for kind in after}
    return Rate(
        acked,
        delivered,
        refused,
        percentile(waited, 0.5),
        percentile(waited, 0.99),
        {kind: 1e6 * seconds / (acked * spent) for kind, seconds in used.items()},
        sum(used.values()) / spent,
        (own_after - own_before) / spent,
    )


def _median(rates: list[Rate], field: str) -> float:
    return statistics.median([getattr(rate, field) for rate in rates])


def _spent(report: Report, rates: list[Rate]) -> None:
    for kind in rates[0].micros:
        used = statistics.median([rate.micros[kind] for rate in rates])
        report.figure(f"  CPU for a message: {kind}", used, "us")
    report.figure("  all of them", _median(rates, "servers"), "cores")


def _own_seconds() -> float:
    times = os.times()
    return times.user + times.system
