"""Traces: what became of one message or one request, across processes, as OpenTelemetry tells it.

    request ──→ message.append ──→ message.commit
                      └─────────→ message.publish ── bus ──→ message.push     (in every process that delivers it)

Only one in so many is followed; what is not followed costs a comparison. With tracing off nothing else happens. Names of
spans are constants, attributes are ids and numbers: what people write is in no trace.
"""

import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from frontdesk import __version__
from frontdesk.platform.config import Telemetry

Attribute = str | int | float | bool
_PATIENCE: Final = 3.0  # seconds for the collector to take a batch; a collector that is down holds nobody up
_PARENT: Final = "traceparent"
_format: Final = TraceContextTextMapPropagator()
_current: Final[ContextVar["Span | None"]] = ContextVar("span", default=None)


class Span:
    """A step that is being followed. Ending it twice changes nothing."""

    __slots__ = ("_followed", "_span")

    def __init__(self, followed: "_Followed", span: trace.Span) -> None:
        self._followed = followed
        self._span = span

    @property
    def trace_id(self) -> str:
        return trace.format_trace_id(self._span.get_span_context().trace_id)

    @property
    def traceparent(self) -> str:
        """The step as W3C Trace Context writes it, for what goes on elsewhere."""
        carrier: dict[str, str] = {}
        _format.inject(carrier, trace.set_span_in_context(self._span))
        return carrier[_PARENT]

    def child(self, name: str, **attributes: Attribute) -> "Span":
        return self._followed.start(name, trace.set_span_in_context(self._span), attributes)

    def note(self, **attributes: Attribute) -> None:
        self._span.set_attributes(attributes)

    def end(self, *, error: str = "") -> None:
        """The step is over; `error` is the code of what it failed with."""
        if not self._span.is_recording():
            return
        if error:
            self._span.set_status(trace.StatusCode.ERROR, error)
        self._span.end()


class _Followed:
    """Decides which are followed: evenly, so that a share of 0.01 is every hundredth."""

    def __init__(self, config: Telemetry) -> None:
        resource = Resource.create(
            {
                "service.name": "frontdesk",
                "service.version": __version__,
                "service.instance.id": f"{socket.gethostname()}-{os.getpid()}",
            }
        )
        provider = TracerProvider(sampler=ALWAYS_ON, resource=resource)
        exporter = OTLPSpanExporter(f"{config.otlp_url.rstrip('/')}/v1/traces", timeout=_PATIENCE)
        provider.add_span_processor(
            BatchSpanProcessor(exporter, schedule_delay_millis=1_000, export_timeout_millis=_PATIENCE * 1_000)
        )
        self._tracer = provider.get_tracer("frontdesk", __version__)
        self._share = config.share
        self._owed = 1.0 - config.share  # the first one is followed

    def due(self) -> bool:
        self._owed += self._share
        if self._owed < 1.0:
            return False
        self._owed -= 1.0
        return True

    def start(self, name: str, parent: context.Context, attributes: dict[str, Attribute]) -> Span:
        return Span(self, self._tracer.start_span(name, parent, attributes=attributes))


class _Process:
    """What this process follows; nothing until `set_up_tracing`."""

    followed: _Followed | None = None


def set_up_tracing(config: Telemetry) -> None:
    """Follow from now on, when a collector is named; what is finished is sent in the background and at the end."""
    _Process.followed = _Followed(config) if config.otlp_url else None


def is_on() -> bool:
    return _Process.followed is not None


def begin(name: str, **attributes: Attribute) -> Span | None:
    """Follow what begins here: always as a part of what is followed already, otherwise when it is its turn."""
    followed = _Process.followed
    if followed is None:
        return None
    current = _current.get()
    if current is not None:
        return current.child(name, **attributes)
    return followed.start(name, context.Context(), attributes) if followed.due() else None


def resume(name: str, traceparent: str, **attributes: Attribute) -> Span | None:
    """Follow what began elsewhere, if it is followed there. A traceparent that is malformed is none."""
    followed = _Process.followed
    if followed is None:
        return None
    parent = _format.extract({_PARENT: traceparent}, context.Context())
    there = trace.get_current_span(parent).get_span_context()
    if not there.is_valid or not there.trace_flags.sampled:
        return None
    return followed.start(name, parent, attributes)


def current() -> Span | None:
    return _current.get()


@contextmanager
def within(span: Span) -> Generator[None]:
    """What begins in this block is part of `span`, which ends with the block."""
    token = _current.set(span)
    try:
        yield
    finally:
        _current.reset(token)
        span.end()


def with_trace(origin: str, span: Span | None) -> str:
    """The origin of a message on the bus, and after a space the step that published it."""
    return origin if span is None else f"{origin} {span.traceparent}"


def split_origin(origin: str) -> tuple[str, str]:
    """The connection that caused a message, and the step that published it, or nothing."""
    connection, _, traceparent = origin.partition(" ")
    return connection, traceparent
