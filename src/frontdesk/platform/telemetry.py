"""Logs and metrics of a process. Log events are constant dotted names with fields; no message text is built."""

import logging
import sys
from contextlib import suppress
from typing import Final

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from structlog.typing import EventDict, Processor

from frontdesk.platform.config import Logs
from frontdesk.platform.tracing import current

REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
disable_created_metrics()  # a second number beside each counter, which nobody asks for
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class _StandardError:
    """Writes lines to standard error. A log on a full disk loses lines; it never stops the work that it tells of."""

    def write(self, line: str) -> None:
        with suppress(OSError):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    debug = info = warning = error = critical = write


def set_up_logs(config: Logs) -> None:
    """Send structured logs to standard error; fields that could hold secrets are never passed to the logger."""
    level = logging.getLevelNamesMapping()[config.level.upper()]
    renderer = (
        structlog.processors.JSONRenderer() if config.json else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name_trace,
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _StandardError(),
        cache_logger_on_first_use=True,
    )
    _take_over_others(level, renderer)
    logging.getLogger("uvicorn").setLevel(max(level, logging.WARNING))


def _take_over_others(level: int, renderer: Processor) -> None:
    """What libraries log comes out in the same form, from warnings upward."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
        )
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler])


def _name_trace(_logger: object, _method: str, event: EventDict) -> EventDict:
    """What is said while a step is being followed carries the trace's id."""
    span = current()
    if span is not None:
        event.setdefault("trace_id", span.trace_id)
    return event


def counter(name: str, text: str, labels: tuple[str, ...] = ()) -> Counter:
    return Counter(f"frontdesk_{name}", text, labels, registry=REGISTRY)


def histogram(name: str, text: str, labels: tuple[str, ...] = ()) -> Histogram:
    return Histogram(f"frontdesk_{name}", text, labels, buckets=_SECONDS, registry=REGISTRY)


def sizes(name: str, text: str, *, largest: int) -> Histogram:
    """A histogram of counts, in powers of two up to `largest`."""
    bounds = [1 << power for power in range(largest.bit_length()) if 1 << power <= largest]
    return Histogram(f"frontdesk_{name}", text, buckets=bounds, registry=REGISTRY)


def gauge(name: str, text: str, labels: tuple[str, ...] = ()) -> Gauge:
    return Gauge(f"frontdesk_{name}", text, labels, registry=REGISTRY)
