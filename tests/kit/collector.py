"""A collector of traces for one test: takes OTLP over HTTP and keeps the spans."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from msgspec import Struct
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from typing_extensions import override


class Span(Struct, frozen=True):
    """`process` is what the process that told it calls itself."""

    process: str
    name: str
    trace: str
    id: str
    parent: str
    attributes: dict[str, str]
    failed: bool


class Collector:
    """What has arrived so far. `raw` is every byte of it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.spans: list[Span] = []
        self.raw = b""

    def take(self, body: bytes) -> None:
        self.raw += body
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            told = {each.key: each.value.string_value for each in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.spans += [
                    Span(
                        told["service.instance.id"],
                        span.name,
                        span.trace_id.hex(),
                        span.span_id.hex(),
                        span.parent_span_id.hex(),
                        {
                            each.key: each.value.string_value or str(each.value.int_value)
                            for each in span.attributes
                        },
                        span.status.code == 2,  # STATUS_CODE_ERROR
                    )
                    for span in scope.spans
                ]

    async def until(self, name: str, count: int = 1, **attributes: str) -> list[Span]:
        """The spans of this name with these attributes, once there are so many."""
        async with asyncio.timeout(15):
            while True:
                found = [
                    span for span in self.spans
                    if span.name == name and attributes.items() <= span.attributes.items()
                ]  # fmt: skip
                if len(found) >= count:
                    return found
                await asyncio.sleep(0.05)


@contextmanager
def running_collector() -> Generator[Collector]:
    """A collector on a free port for the length of a block."""

    class Handler(BaseHTTPRequestHandler):
        collector: ClassVar[Collector]

        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            self.collector.take(self.rfile.read(int(self.headers["content-length"])))
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.collector = Collector(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Handler.collector
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
