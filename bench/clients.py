"""Realtime clients for load: picows on uvloop, speaking just enough of the protocol."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect  # pyright: ignore[reportUnknownVariableType] - its stub leaves keyword arguments open
from typing_extensions import override

PROTOCOL = "frontdesk.v1"
PING = b'{"t":"ping"}'
NO_HEADS: Mapping[str, int] = MappingProxyType({})
_json = msgspec.json.Encoder()


class Tagged(msgspec.Struct):
    """The few fields that the load looks at; everything else of a frame is skipped."""

    t: str
    client_id: str = ""
    entry: "Sent | None" = None
    entries: "list[Sent]" = []
    error: "Refused | None" = None


class Sent(msgspec.Struct):
    kind: str
    seq: int = 0
    body: "Body | None" = None


class Refused(msgspec.Struct):
    kind: str
    retry_after: float = 0.0


class Body(msgspec.Struct):
    text: str = ""


_decode = msgspec.json.Decoder(Tagged).decode


class Client(WSListener):
    """One connection. `on_frame` is called with each decoded frame and the moment of its arrival."""

    def __init__(self, on_frame: Callable[[Tagged, float], None]) -> None:
        self._on_frame = on_frame
        self.transport: WSTransport | None = None
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @override
    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    @override
    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code(), b"")
            transport.disconnect()
            return
        if frame.msg_type == WSMsgType.PING:
            transport.send_pong(frame.get_payload_as_bytes())
            return
        decoded = _decode(frame.get_payload_as_memoryview())
        if decoded.t == "ready" and not self.ready.done():
            self.ready.set_result(None)
        self._on_frame(decoded, time.perf_counter())

    @override
    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("closed before it was ready"))
            self.ready.exception()
        if not self.closed.done():
            self.closed.set_result(None)

    def send(self, frame: bytes) -> None:
        if self.transport is None:
            raise ConnectionError("not connected")
        self.transport.send(WSMsgType.TEXT, frame)

    def close(self) -> None:
        if self.transport is not None:
            self.transport.disconnect()

    def drop(self) -> None:
        """Gone without a word, as when a line is cut."""
        if self.transport is not None:
            self.transport.disconnect(graceful=False)


def _ignore(_frame: Tagged, _at: float) -> None: ...


async def connect(
    port: int,
    token: str,
    device: str,
    on_frame: Callable[[Tagged, float], None] = _ignore,
    heads: Mapping[str, int] = NO_HEADS,
) -> Client:
    """Open a connection, say hello and return once the server is `ready`."""
    _, client = await ws_connect(
        lambda: Client(on_frame),
        f"ws://127.0.0.1:{port}/v1/realtime",
        extra_headers={"Sec-WebSocket-Protocol": PROTOCOL},
    )
    assert isinstance(client, Client)
    client.send(_json.encode({"t": "hello", "token": token, "device": device, "heads": dict(heads)}))
    await asyncio.wait_for(client.ready, 30)
    return client


async def connect_many(
    port: int,
    tokens: Sequence[str],
    *,
    at_once: int = 64,
    on_frame: Callable[[Tagged, float], None] = _ignore,
    heads: Sequence[Mapping[str, int]] = (),
) -> list[Client]:
    """Open many connections, at most `at_once` of them being opened at a time; each with its heads, if there are any."""
    gate = asyncio.Semaphore(at_once)

    async def one(number: int, token: str) -> Client:
        async with gate:
            known = heads[number] if heads else NO_HEADS
            return await connect(port, token, f"bench-{number}", on_frame, known)

    return await asyncio.gather(*(one(number, token) for number, token in enumerate(tokens)))


def send_frame(conversation: str, client_id: str, text: str) -> bytes:
    body: dict[str, Any] = {"type": "text", "text": text}
    return _json.encode({"t": "send", "client_id": client_id, "conversation": conversation, "body": body})
