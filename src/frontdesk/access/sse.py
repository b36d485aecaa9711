"""The fallback for networks that break sockets: an event stream down, posted frames up. The session is the same."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from itertools import chain
from typing import Final

from frontdesk.access.connection import Connection
from frontdesk.access.frames import CloseCode, MalformedError, decode_list
from frontdesk.access.hub import Hub
from frontdesk.core.errors import ErrorKind, FrontdeskError, not_found
from frontdesk.core.subject import Subject

GRACE: Final = 15.0
KEPT: Final = 64 * 1024
_KINDS: Final = {
    CloseCode.PROTOCOL: ErrorKind.INVALID,
    CloseCode.NOT_UTF8: ErrorKind.INVALID,
    CloseCode.MALFORMED: ErrorKind.INVALID,
    CloseCode.TOO_LARGE: ErrorKind.TOO_LARGE,
    CloseCode.UNAUTHENTICATED: ErrorKind.UNAUTHENTICATED,
    CloseCode.NOT_ALLOWED: ErrorKind.FORBIDDEN,
    CloseCode.TOO_FAST: ErrorKind.BUSY,
}


class EventStream:
    """The transport of a session whose frames leave by one event stream at a time.

    A stream that broke may be opened again within 15 seconds with the id of the last event that arrived: it goes on
    right behind it, or is refused when that is not kept any more. It never skips a frame.
    """

    __slots__ = ("_bytes", "_ended", "_full", "_gone_at", "_hub", "_kept", "_kept_bytes", "_last", "_queue", "_streams", "_wake",
                 "connection", "ending", "turn")  # fmt: skip
    name = "sse"

    def __init__(self, hub: Hub) -> None:
        self.turn = 0
        self.ending: FrontdeskError | None = None
        self._hub = hub
        self._queue: deque[tuple[int, bytes]] = deque()
        self._bytes = 0
        self._kept: deque[tuple[int, bytes]] = deque()
        self._kept_bytes = 0
        self._last = 0
        self._streams = 0
        self._ended = False
        self._full = False
        self._wake = asyncio.Event()
        self._gone_at: float | None = hub.monotonic()
        self.connection = Connection(hub, self)
        hub.wheel.schedule(self, self._gone_at + GRACE)

    # ---- a transport ---------------------------------------------------------------------------------------------

    def send(self, payload: bytes) -> None:
        self._last += 1
        self._queue.append((self._last, payload))
        self._bytes += len(payload)
        if not self._full and self._bytes > self._hub.platform.config.access.write_buffer // 4:
            self._full = True
            self.connection.stalled(full=True)
        self._wake.set()

    def buffered(self) -> int:
        return self._bytes

    def rest(self, seconds: float) -> None:
        """Its client posts each frame and waits for the answer: nothing gathers here that could be left alone."""

    def close(self, code: CloseCode, reason: str) -> None:
        self.ending = FrontdeskError(
            _KINDS.get(code, ErrorKind.UNAVAILABLE), f"access.closed-{int(code)}", reason
        )
        self._ended = True
        self._wake.set()
        if self._gone_at is not None:  # nobody listens who could take the rest
            asyncio.get_running_loop().call_soon(self.abort)

    def abort(self) -> None:
        self._ended = True
        self._queue.clear()
        self._wake.set()
        self.connection.lost()

    def due(self, now: float) -> float | None:
        """Drop the session when its stream stays away."""
        if self._gone_at is None or self._ended:
            return None
        if self._gone_at + GRACE > now:
            return self._gone_at + GRACE
        self.connection.close(CloseCode.SILENT, "The event stream is gone.")
        self.abort()
        return None

    @property
    def listening(self) -> bool:
        """Whether a stream takes the frames now."""
        return self._gone_at is None

    # ---- the stream ----------------------------------------------------------------------------------------------

    def open(self, last_event: int | None) -> AsyncGenerator[bytes, None]:
        """The events after `last_event`, or after what no stream has taken. Raises `not_found` when they are not kept."""
        if last_event is not None:
            self._go_back(last_event)
        elif self._kept:
            raise not_found("session")
        self._streams += 1
        self._gone_at = None
        self._wake.set()
        return self._stream(self._streams)

    def _go_back(self, last_event: int) -> None:
        untaken = self._queue[0][0] if self._queue else self._last + 1
        oldest = self._kept[0][0] if self._kept else untaken
        if not oldest - 1 <= last_event <= self._last:
            raise not_found("session")
        again = [event for event in self._kept if event[0] > last_event]
        self._queue = deque(event for event in chain(again, self._queue) if event[0] > last_event)
        self._bytes = sum(len(payload) for _, payload in self._queue)
        self._kept.clear()
        self._kept_bytes = 0

    async def _stream(self, number: int) -> AsyncGenerator[bytes, None]:
        heartbeat = self._hub.platform.config.access.heartbeat
        try:
            yield b": frontdesk\n\n"
            while self._streams == number:
                if self._queue:
                    yield self._take()
                    continue
                if self._ended:
                    return
                self._wake.clear()
                try:
                    async with asyncio.timeout(heartbeat):
                        await self._wake.wait()
                except TimeoutError:
                    yield b":\n\n"
        finally:
            self._gone(number)

    def _take(self) -> bytes:
        """Everything that is queued, as events; the newest of it is kept in case the stream breaks."""
        lines: list[bytes] = []
        for event in self._queue:
            number, payload = event
            lines.append(b"id: %d\ndata: %b\n\n" % event)
            self._kept.append((number, payload))
            self._kept_bytes += len(payload)
        self._queue.clear()
        self._bytes = 0
        if self._full:
            self._full = False
            self.connection.stalled(full=False)
        while self._kept_bytes > KEPT and len(self._kept) > 1:
            self._kept_bytes -= len(self._kept.popleft()[1])
        return b"".join(lines)

    def _gone(self, number: int) -> None:
        if number != self._streams:
            return  # a newer stream has taken over
        if self._ended:
            self.connection.lost()
        else:
            self._gone_at = self._hub.monotonic()
            self._hub.wheel.schedule(self, self._gone_at + GRACE)


def open_session(hub: Hub, body: bytes) -> EventStream:
    """Begin a session with a `hello`. Raises what a socket would have been closed for."""
    if hub.draining:
        raise FrontdeskError(
            ErrorKind.UNAVAILABLE, "access.stopping", "The server is stopping.", retry_after=1
        )
    stream = EventStream(hub)
    _receive_all(hub, stream, b"[" + body + b"]", most=1)
    if stream.ending is not None:
        stream.abort()
        raise stream.ending
    return stream


def find_session(hub: Hub, subject: Subject, identity: str) -> EventStream:
    """The session. Somebody else's does not exist."""
    connection = hub.find(identity)
    stream = None if connection is None else connection.transport
    if connection is None or not isinstance(stream, EventStream) or connection.subject is None:
        raise not_found("session")
    if connection.subject.id != subject.id or not connection.is_of(
        subject.organization_id, subject.session_id
    ):
        raise not_found("session")
    return stream


def receive(hub: Hub, stream: EventStream, body: bytes) -> None:
    """Handle posted frames in order. Raises what the connection was closed for, should they close it."""
    _receive_all(hub, stream, body, most=None)
    if stream.ending is not None:
        raise stream.ending


def _receive_all(hub: Hub, stream: EventStream, body: bytes, *, most: int | None) -> None:
    connection = stream.connection
    try:
        frames = decode_list(body)
    except MalformedError as wrong:
        connection.close(CloseCode.MALFORMED, str(wrong))
        return
    if most is not None and len(frames) != most:
        connection.close(CloseCode.MALFORMED, "One frame is expected.")
        return
    for frame in frames:
        if len(memoryview(frame)) > hub.platform.config.access.max_frame:
            connection.close(CloseCode.TOO_LARGE, "This frame is too large.")
            return
        connection.receive(frame)
