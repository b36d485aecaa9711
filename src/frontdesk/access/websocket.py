"""WebSockets by picows, behind uvicorn's hook for upgrades: one port for everything.

uvicorn reads the head of a request; for an upgrade it makes the protocol given as `ws=`, hands it the transport and the
head written anew, and is out of the way from then on. What picows leaves to its user is done here: reassembly of
fragments with a cap, UTF-8, answers to CLOSE and PING, bounds on what is queued.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

from picows import (
    WSAutoPingStrategy,
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
    WSUpgradeRequest,
    WSUpgradeResponse,
    WSUpgradeResponseWithListener,
)
from typing_extensions import override

from frontdesk.access.connection import Connection
from frontdesk.access.frames import CloseCode
from frontdesk.access.hub import Hub
from frontdesk.platform import Platform

if TYPE_CHECKING:

    class WSProtocol(asyncio.BufferedProtocol):
        """What picows' stubs leave out."""

        @property
        def transport(self) -> WSTransport: ...

        def __init__(
            self,
            *,
            host_port: str | None,
            ws_path: str | None,
            is_client_side: bool,
            ws_listener_factory: Callable[[WSUpgradeRequest], object],
            logger: object,
            disconnect_on_exception: bool,
            websocket_handshake_timeout: float,
            enable_auto_ping: bool,
            auto_ping_idle_timeout: float,
            auto_ping_reply_timeout: float,
            auto_ping_strategy: WSAutoPingStrategy,
            enable_auto_pong: bool,
            max_frame_size: int,
            extra_headers: None,
            read_buffer_init_size: int,
        ) -> None: ...

        @override
        def get_buffer(self, sizehint: int) -> memoryview: ...

else:
    from picows.picows import WSProtocol

PATH: Final = b"/v1/realtime"
SUBPROTOCOL: Final = "frontdesk.v1"
LARGEST_HEAD: Final = 16 * 1024
READ_BUFFER: Final = 2_048
HANDSHAKE: Final = 10.0
_TEXT: Final = WSMsgType.TEXT
_ECHO: Final = {0: 1000, 1005: 1002, 1006: 1002, 1015: 1002}  # the answer to a close; otherwise its own code


class _NoLogger:
    """picows makes a logger for every connection out of a real one; this stays one."""

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802 - the logging interface
        return False

    def debug(self, *args: object) -> None: ...

    info = warning = error = exception = log = debug


_QUIET: Final = _NoLogger()


class WebSocket(WSListener):
    """One socket: picows' listener and our transport in one object."""

    __slots__ = ("_connection", "_fragments", "_hub", "_resting", "_socket")
    name = "websocket"

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._socket: WSTransport | None = None
        self._connection: Connection | None = None
        self._fragments: bytearray | None = None
        self._resting: asyncio.TimerHandle | None = None

    # ---- picows to us --------------------------------------------------------------------------------------------

    @override
    def on_ws_connected(self, transport: WSTransport) -> None:
        self._socket = transport
        transport.underlying_transport.set_write_buffer_limits(
            self._hub.platform.config.access.write_buffer // 4
        )
        transport.request.headers.clear()
        transport.response.headers.clear()
        self._connection = Connection(self._hub, self)

    @override
    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        connection = self._connection
        if connection is None or (transport.is_close_frame_sent and frame.msg_type != WSMsgType.CLOSE):
            return
        if frame.msg_type == _TEXT and frame.fin and self._fragments is None and not _reserved(frame):
            try:
                text = frame.get_payload_as_utf8_text()
            except UnicodeDecodeError:
                connection.close(CloseCode.NOT_UTF8, "Not UTF-8.")
                return
            connection.receive(text)
        else:
            self._on_other(connection, transport, frame)

    @override
    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if self._connection is not None:
            self._connection.lost()
        self._connection = self._socket = self._fragments = None
        if self._resting is not None:
            self._resting.cancel()

    @override
    def pause_writing(self) -> None:
        if self._connection is not None:
            self._connection.stalled(full=True)

    @override
    def resume_writing(self) -> None:
        if self._connection is not None:
            self._connection.stalled(full=False)

    def _on_other(self, connection: Connection, transport: WSTransport, frame: WSFrame) -> None:
        kind = frame.msg_type
        if kind == WSMsgType.CLOSE:
            self._on_close(transport, frame)
        elif _reserved(frame):
            connection.close(CloseCode.PROTOCOL, "Reserved bits are set.")
        elif kind == WSMsgType.PING:
            if connection.heard():
                transport.send_pong(frame.get_payload_as_bytes())
        elif kind == WSMsgType.PONG:
            connection.heard()
        elif kind == WSMsgType.BINARY:
            connection.close(CloseCode.MALFORMED, "Frames are text.")
        else:
            self._on_fragment(connection, frame)

    def _on_fragment(self, connection: Connection, frame: WSFrame) -> None:
        fragments = self._fragments
        if (frame.msg_type == _TEXT) is (fragments is not None):
            connection.close(CloseCode.PROTOCOL, "Fragments are out of order.")
            return
        if fragments is None:
            fragments = self._fragments = bytearray()
        if len(fragments) + frame.payload_size > self._hub.platform.config.access.max_frame:
            self._fragments = None
            connection.close(CloseCode.TOO_LARGE, "This frame is too large.")
            return
        fragments += frame.get_payload_as_bytes()
        if not frame.fin:
            return
        self._fragments = None
        try:
            text = fragments.decode()
        except UnicodeDecodeError:
            connection.close(CloseCode.NOT_UTF8, "Not UTF-8.")
            return
        connection.receive(text)

    @staticmethod
    def _on_close(transport: WSTransport, frame: WSFrame) -> None:
        """Answer, then let what is still queued leave and end."""
        if not transport.is_close_frame_sent:
            code = int(cast(Any, frame.get_close_code()))
            transport.send_close(cast(Any, _ECHO.get(code, code)))
        transport.disconnect()

    # ---- us to picows --------------------------------------------------------------------------------------------

    def send(self, payload: bytes) -> None:
        if self._socket is not None:
            self._socket.send(_TEXT, payload)

    def buffered(self) -> int:
        return 0 if self._socket is None else self._socket.underlying_transport.get_write_buffer_size()

    def rest(self, seconds: float) -> None:
        """The kernel's buffers fill up and the client's send blocks or gathers: one read takes it all afterwards."""
        if self._socket is not None and self._resting is None:
            self._socket.underlying_transport.pause_reading()
            self._resting = asyncio.get_running_loop().call_later(seconds, self._go_on)

    def _go_on(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None
            if self._socket is not None:
                self._socket.underlying_transport.resume_reading()

    def close(self, code: CloseCode, reason: str) -> None:
        """The other side answers and thereby ends the transport; the connection aborts when it does not."""
        self._go_on()
        if self._socket is not None:
            self._socket.send_close(cast(Any, int(code)), reason.encode()[:120].decode(errors="ignore"))

    def abort(self) -> None:
        if self._socket is not None:
            self._socket.disconnect(graceful=False)


def _reserved(frame: WSFrame) -> bool:
    return frame.rsv1 or frame.rsv2 or frame.rsv3


class RealtimeServer:
    """The sockets of a process. `uvicorn.Config(app, ws=realtime.protocol_class(), ...)` serves them."""

    def __init__(self, hub: Hub, platform: Platform) -> None:
        self._hub = hub
        self._config = platform.config.access
        self._origins = frozenset(
            origin.strip().rstrip("/").lower()
            for origin in self._config.allowed_origins.split(",")
            if origin.strip()
        )

    def protocol_class(self) -> type[asyncio.Protocol]:
        """The class for uvicorn's `ws=`: called as `(config=, server_state=, app_state=)` for every upgrade."""
        accept, max_frame = self.accept, self._config.max_frame

        class Bound(_UpgradedProtocol):
            __slots__ = ()

            def __init__(self, *, server_state: Any, **_uvicorn: object) -> None:  # noqa: ANN401 - uvicorn's own type
                super().__init__(server_state.connections, accept, max_frame)

        return cast(type[asyncio.Protocol], Bound)

    def accept(self, request: WSUpgradeRequest) -> WSUpgradeResponseWithListener:
        """Decide about an upgrade before anything is validated. Refusals are plain HTTP answers."""
        path, _, _ = request.path.partition(b"?")
        if path != PATH:
            return _refusal(HTTPStatus.NOT_FOUND, "There is no socket at this address.")
        if self._hub.draining:
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, "The server is stopping.", retry_after="1")
        headers = request.headers
        origin = headers.get("origin")
        if self._origins and (origin is None or origin.rstrip("/").lower() not in self._origins):
            return _refusal(HTTPStatus.FORBIDDEN, "This origin may not open a socket.")
        offered = [
            name.strip() for line in headers.getall("sec-websocket-protocol", []) for name in line.split(",")
        ]
        if SUBPROTOCOL not in offered:
            return _refusal(HTTPStatus.BAD_REQUEST, f"Offer the subprotocol {SUBPROTOCOL}.")
        tokens = [
            token.strip().lower() for line in headers.getall("connection", []) for token in line.split(",")
        ]
        if "upgrade" in tokens:
            headers["connection"] = (
                "upgrade"  # Firefox sends `keep-alive, Upgrade`; picows knows only the one word
            )
        response = WSUpgradeResponse.create_101_response({"Sec-WebSocket-Protocol": SUBPROTOCOL})
        return WSUpgradeResponseWithListener(response, WebSocket(self._hub))


def _refusal(
    status: HTTPStatus, text: str, *, retry_after: str | None = None
) -> WSUpgradeResponseWithListener:
    extra = None if retry_after is None else {"Retry-After": retry_after}
    return WSUpgradeResponseWithListener(
        WSUpgradeResponse.create_error_response(status, text.encode(), extra), None
    )


class _UpgradedProtocol(WSProtocol):
    """picows' protocol as uvicorn wants it: takes the head as one piece, and is known to the server while it lives."""

    __slots__ = ("_siblings",)

    def __init__(
        self, siblings: set[Any], accept: Callable[[WSUpgradeRequest], object], max_frame: int
    ) -> None:
        self._siblings = siblings
        super().__init__(
            host_port=None,
            ws_path=None,
            is_client_side=False,
            ws_listener_factory=accept,
            logger=_QUIET,
            disconnect_on_exception=True,
            websocket_handshake_timeout=HANDSHAKE,
            enable_auto_ping=False,
            auto_ping_idle_timeout=0,
            auto_ping_reply_timeout=0,
            auto_ping_strategy=WSAutoPingStrategy.PING_WHEN_IDLE,
            enable_auto_pong=False,
            max_frame_size=max_frame,
            extra_headers=None,
            read_buffer_init_size=READ_BUFFER,
        )

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._siblings.add(self)
        former: Any = cast(asyncio.Transport, transport).get_protocol()
        super().connection_made(transport)
        if hasattr(former, "parser"):
            former.parser = (
                None  # uvicorn's parser and protocol hold each other; part them now, not at some collection
            )

    def data_received(self, data: bytes) -> None:
        """The head of the request, once."""
        if len(data) > LARGEST_HEAD:
            self._refuse_head()
            return
        rest = memoryview(data)
        while rest:
            room = self.get_buffer(-1)
            size = min(len(room), len(rest))
            room[:size] = rest[:size]
            self.buffer_updated(size)
            rest = rest[size:]

    def _refuse_head(self) -> None:
        carrier = self.transport.underlying_transport
        carrier.write(
            b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )
        carrier.close()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._siblings.discard(self)
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Uvicorn stops. The hub sees connections off before; what is left now has nobody to wait for."""
        self.transport.disconnect(graceful=False)
