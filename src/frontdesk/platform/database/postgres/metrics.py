"""What the connections to PostgreSQL count. Plain numbers where units pass; Prometheus reads them when it scrapes."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from frontdesk.platform.telemetry import REGISTRY

BOUNDS: Final = (0.0, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0)
"""Of waits, in seconds. The first bucket are those that had their turn at once."""


class Waits:
    """Units on their way to a turn: how many wait now, and how long each has waited."""

    def __init__(self) -> None:
        self.waiting = 0
        self._buckets = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0

    def at_once(self) -> None:
        self._buckets[0] += 1

    def waited(self, seconds: float) -> None:
        self._buckets[bisect_left(BOUNDS, seconds)] += 1
        self._seconds += seconds

    def told(self) -> tuple[list[tuple[str, float]], float]:
        """Prometheus's buckets, in which each holds those before it, and the sum of seconds."""
        buckets: list[tuple[str, float]] = []
        total = 0
        for bound, number in zip((*map(str, BOUNDS), "+Inf"), self._buckets, strict=True):
            total += number
            buckets.append((bound, total))
        return buckets, self._seconds


class Counts:
    """Of all databases that this process has open: its own, and the small one beside it for leases."""

    def __init__(self) -> None:
        self.limit = 0
        self.busy = 0
        self.idle = 0
        self.waits: Final = {"organization": Waits(), "write": Waits(), "read": Waits()}


COUNTS: Final = Counts()


class _ConnectionsCollector(Collector):
    """A process without PostgreSQL tells zeros."""

    @override
    def collect(self) -> Iterable[Metric]:
        connections = GaugeMetricFamily(
            "frontdesk_database_connections", "Open connections to PostgreSQL", labels=["state"]
        )
        connections.add_metric(["busy"], COUNTS.busy)
        connections.add_metric(["idle"], COUNTS.idle)
        yield connections
        yield GaugeMetricFamily(
            "frontdesk_database_connections_limit",
            "Connections to PostgreSQL that this process may open",
            value=COUNTS.limit,
        )
        waiting = GaugeMetricFamily(
            "frontdesk_database_waiting_units",
            "Units of work without a connection, or the turn of their organization, yet",
            labels=["kind"],
        )
        waits = HistogramMetricFamily(
            "frontdesk_database_wait_seconds",
            "How long units waited for a connection, or for the turn of their organization",
            labels=["kind"],
        )
        for kind, lane in COUNTS.waits.items():
            buckets, seconds = lane.told()
            waiting.add_metric([kind], lane.waiting)
            waits.add_metric([kind], buckets=buckets, sum_value=seconds)
        yield waiting
        yield waits


REGISTRY.register(_ConnectionsCollector())
