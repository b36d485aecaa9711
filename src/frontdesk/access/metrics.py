"""What the realtime edge counts. Plain numbers on the hot path; Prometheus reads them when it scrapes."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final
from weakref import WeakSet

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from frontdesk.platform.telemetry import REGISTRY

BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_known: Final[WeakSet["Counts"]] = WeakSet()


class Counts:
    """The numbers of one hub since it was made. `connections` is per transport and kind of subject, and goes down."""

    def __init__(self) -> None:
        self.connections: dict[tuple[str, str], int] = {}
        self.closed: dict[int, int] = {}
        self.frames_in = 0
        self.frames_out = 0
        self.slow = 0
        self.resynced = 0
        self.acks = [0] * (len(BOUNDS) + 1)
        self.acks_seconds = 0.0
        _known.add(self)

    def acknowledged(self, seconds: float) -> None:
        self.acks[bisect_left(BOUNDS, seconds)] += 1
        self.acks_seconds += seconds


def _sum(parts: Iterable[dict[tuple[str, str], int]]) -> dict[tuple[str, str], int]:
    total: dict[tuple[str, str], int] = {}
    for part in parts:
        for key, number in part.items():
            total[key] = total.get(key, 0) + number
    return total


class _RealtimeCollector(Collector):
    @override
    def collect(self) -> Iterable[Metric]:
        counts = list(_known)
        connections = GaugeMetricFamily(
            "frontdesk_connections", "Live connections", labels=["transport", "kind"]
        )
        for labels, number in _sum(each.connections for each in counts).items():
            connections.add_metric(labels, number)
        yield connections
        frames = CounterMetricFamily(
            "frontdesk_frames", "Frames of the realtime protocol", labels=["direction"]
        )
        frames.add_metric(["in"], sum(each.frames_in for each in counts))
        frames.add_metric(["out"], sum(each.frames_out for each in counts))
        yield frames
        yield CounterMetricFamily(
            "frontdesk_slow_readers_cut",
            "Connections cut for not reading",
            value=sum(each.slow for each in counts),
        )
        yield CounterMetricFamily(
            "frontdesk_connections_resynced",
            "Connections sent to resume because the bus may have lost news",
            value=sum(each.resynced for each in counts),
        )
        closed = CounterMetricFamily(
            "frontdesk_connections_closed", "Connections closed by us", labels=["code"]
        )
        for code in sorted({code for each in counts for code in each.closed}):
            closed.add_metric([str(code)], sum(each.closed.get(code, 0) for each in counts))
        yield closed
        buckets: list[tuple[str, float]] = []
        total = 0.0
        for bound, index in zip((*map(str, BOUNDS), "+Inf"), range(len(BOUNDS) + 1), strict=True):
            total += sum(each.acks[index] for each in counts)
            buckets.append((bound, total))
        seconds = sum(each.acks_seconds for each in counts)
        yield HistogramMetricFamily(
            "frontdesk_ack_seconds",
            "From a message's arrival to its acknowledgement",
            buckets=buckets,
            sum_value=seconds,
        )


REGISTRY.register(_RealtimeCollector())
