"""Messages a second in the cluster set-up: everything on one core, then on two, with what each process used for it.

With two access processes, both ends of every conversation are on different ones, so every message crosses the bus.

On a machine of two cores the load takes its part of the second one, and a machine that does something else besides takes
some of both. So rates are told twice: raw, and for the whole of the cores, which is the raw rate divided by the part of
their time that was left to the servers. Time in which a core was idle counts as the servers'. On a machine that does
nothing else, the two are the same on one core.
"""

import asyncio
import os
import statistics
from collections.abc import Collection, Mapping

from msgspec import Struct, to_builtins

from bench.cluster import Engines, open_engines
from bench.load import Flow, connected, latency, offer, peak, percentile, settled
from bench.report import Report
from bench.servers import BOTH_CORES, ONE_CORE, busy_seconds, pin_load
from bench.world import World, make_world

AGENTS = 64
CONVERSATIONS = 1_024  # each connection may send 20 frames a second
REQUIRED = 3_000
WARM_UP = 4.0  # processes that have just started plan every statement and fetch every page for the first time


class Rate(Struct, frozen=True):
    """Messages a second, milliseconds, and microseconds of each kind of process for a message."""

    required_p99: float
    acked: float
    delivered: float
    refused: int
    p50: float
    p99: float
    micros: Mapping[str, float]
    cores: int
    servers: float
    load: float
    strangers: float

    @property
    def rate(self) -> float:
        return min(self.acked, self.delivered)

    @property
    def whole(self) -> float:
        """The rate if the cores were the servers' alone."""
        return self.rate * self.cores / (self.cores - self.load - self.strangers)


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
    for name, rates in (
        ("one core, one access process", together),
        ("one core, both ends on different access processes", apart),
    ):
        _told(report, name, rates, at_least=REQUIRED)
        report.figure(
            f"  send to delivery at {REQUIRED // 2:,}/s, p99",
            _median(rates, "required_p99"),
            "ms",
            at_most=30,
        )
        report.figure("  right after the peak, at half of it, p99", _median(rates, "p99"), "ms")
    _told(report, "two cores, two access processes", two)
    for name, rates in ("one access process", together), ("two access processes", apart):
        ratios = [each.whole / one.whole for each, one in zip(two, rates, strict=True)]
        report.figure(f"  times one core's with {name}", statistics.median(ratios), "times", at_least=1.6)


def _told(report: Report, name: str, rates: list[Rate], *, at_least: float | None = None) -> None:
    report.figure(f"{name}: raw", _median(rates, "rate"), "/s")
    report.figure("  for the whole of the cores", _median(rates, "whole"), "/s", at_least=at_least)
    for kind in rates[0].micros:
        used = statistics.median([rate.micros[kind] for rate in rates])
        report.figure(f"  CPU for a message: {kind}", used, "us")
    report.figure("  cores used by these together", _median(rates, "servers"), "cores")
    report.figure("  by the load", _median(rates, "load"), "cores")
    report.figure("  by what else the machine did", _median(rates, "strangers"), "cores")


async def _measure(engines: Engines, world: World, access: int, cores: Collection[int]) -> Rate:
    flow = Flow()
    async with engines.running(access=access, cores=cores) as installation:
        lines, agents = installation.lines(world)
        async with connected(flow, lines, agents) as senders:
            await offer(senders, REQUIRED / 2, WARM_UP)
            required = await latency(flow, senders, REQUIRED / 2)
            marks: list[tuple[Mapping[str, float], float, float]] = []

            def mark() -> None:
                marks.append((installation.cpu_seconds(), _own_seconds(), busy_seconds(cores)))

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
    (before, own_before, busy_before), (after, own_after, busy_after) = marks
    used = {kind: after[kind] - before[kind] for kind in after}
    servers = sum(used.values()) / spent
    load = (own_after - own_before) / spent if cores == BOTH_CORES else 0.0
    busy = (busy_after - busy_before) / spent
    return Rate(
        percentile(required, 0.99),
        acked,
        delivered,
        refused,
        percentile(waited, 0.5),
        percentile(waited, 0.99),
        {kind: 1e6 * seconds / (acked * spent) for kind, seconds in used.items()},
        len(cores),
        servers,
        load,
        max(0.0, busy - servers - load),
    )


def _median(rates: list[Rate], field: str) -> float:
    return statistics.median([getattr(rate, field) for rate in rates])


def _own_seconds() -> float:
    times = os.times()
    return times.user + times.system
