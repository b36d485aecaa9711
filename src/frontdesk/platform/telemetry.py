"""Logs and metrics of a process. Log events are constant dotted names with fields; no message text is built."""

import logging
import sys
from contextlib import suppress
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

from frontdesk.platform.config import Logs

REGISTRY: Final = CollectorRegistry()
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
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _StandardError(),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=max(level, logging.WARNING), stream=sys.stderr)
    logging.getLogger("uvicorn").setLevel(max(level, logging.WARNING))


def counter(name: str, text: str, labels: tuple[str, ...] = ()) -> Counter:
    return Counter(f"frontdesk_{name}", text, labels, registry=REGISTRY)


def histogram(name: str, text: str, labels: tuple[str, ...] = ()) -> Histogram:
    return Histogram(f"frontdesk_{name}", text, labels, buckets=_SECONDS, registry=REGISTRY)
