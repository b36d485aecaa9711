"""What leaves on a connection: in order, bounded, and held back while the first sync is on its way."""

import asyncio
from enum import Enum
from typing import Final

from frontdesk.access.frames import CloseCode, bye_frame, error_frame
from frontdesk.access.hub import Hub
from frontdesk.access.transport import Transport
from frontdesk.core.errors import FrontdeskError

STALLED: Final = 20.0  # seconds in which a reader with a full buffer takes nothing
FAREWELL: Final = 2.0  # seconds for the other side to answer a close


class State(Enum):
    """Where a connection stands.

    NEW ── hello ──→ SYNCING ── ready ──→ LIVE ── the server stops ──→ DRAINING
     │                  │  └───────────────── the server stops ───────────↑ │
     ▼                  ▼                   ▼                               ▼
    CLOSED: `bye` is sent, nothing is taken or sent any more; ends with the transport

    NEW takes only `hello`. SYNCING takes every other frame, but holds back what it has to say until the snapshot is
    out. DRAINING takes nothing and still says what it owes.
    """

    NEW = 0
    SYNCING = 1
    LIVE = 2
    DRAINING = 3
    CLOSED = 4


class Outlet:
    """The sending half of a connection, and its state."""

    __slots__ = (
        "_backlog",
        "_closed_at",
        "_emptied",
        "_held",
        "_hub",
        "_stalled_at",
        "_state",
        "_transport",
        "turn",
    )

    def __init__(self, hub: Hub, transport: Transport) -> None:
        self.turn = 0
        self._hub = hub
        self._transport = transport
        self._state = State.NEW
        self._backlog: list[bytes] | None = None
        self._held = 0
        self._stalled_at: float | None = None
        self._emptied: asyncio.Event | None = None
        self._closed_at = 0.0

    @property
    def state(self) -> State:
        return self._state

    @property
    def hub(self) -> Hub:
        return self._hub

    @property
    def transport(self) -> Transport:
        return self._transport

    def push(self, payload: bytes) -> None:
        """Send an encoded frame, or hold it back during the first sync. Cuts who does not read."""
        state = self._state
        if state is State.CLOSED or state is State.NEW:
            return
        if self._backlog is None:
            self._write(payload)
            return
        self._backlog.append(payload)
        self._held += len(payload)
        if self._held > self._hub.platform.config.access.write_buffer:
            self.cut()

    def refuse(self, refusal: FrontdeskError, ref: str | None = None) -> None:
        """Answer with an error; the connection stays."""
        self.push(error_frame(refusal, ref))

    def stalled(self, *, full: bool) -> None:
        """The transport's buffer has filled up, or has emptied again."""
        if full:
            self._stalled_at = self._hub.monotonic()
            self._schedule(self._stalled_at + STALLED)
        else:
            self._stalled_at = None
            self._wake()

    def cut(self) -> None:
        """Part with a client that does not read."""
        if self._state is not State.CLOSED:
            self._hub.counts.slow += 1
            self.close(CloseCode.TRY_LATER, "You read too slowly.")

    def close(self, code: CloseCode, reason: str, *, retry_after: float | None = None) -> None:
        """Say `bye` and end. A repeat changes nothing."""
        if self._state is State.CLOSED:
            return
        counts = self._hub.counts
        counts.closed[code] = counts.closed.get(code, 0) + 1
        self._transport.send(bye_frame(code, reason, retry_after))
        self._end()
        self._closed_at = self._hub.monotonic()
        self._schedule(self._closed_at + FAREWELL)
        self._transport.close(code, reason)

    def abort(self) -> None:
        """End the transport without waiting for the other side."""
        self._transport.abort()

    def due(self, now: float) -> float | None:
        """Close what has overstayed; the next moment to look again, or None."""
        raise NotImplementedError

    def _end(self) -> None:
        self._state = State.CLOSED
        self._backlog = None
        self._wake()

    def _schedule(self, deadline: float) -> None:
        self._hub.wheel.schedule(self, deadline)

    def _write(self, payload: bytes) -> None:
        """Send now. What is queued to a client is at most the bound and one frame."""
        if self._state is State.CLOSED:
            return
        transport = self._transport
        if transport.buffered() > self._hub.platform.config.access.write_buffer:
            self.cut()
            return
        transport.send(payload)
        self._hub.counts.frames_out += 1

    def _release(self) -> None:
        """Send what was held back, and hold back no more."""
        backlog, self._backlog = self._backlog or (), None
        for payload in backlog:
            self._write(payload)

    async def _room(self) -> None:
        """Wait until the client has taken most of what it was sent: a long sync is no slow reader."""
        await asyncio.sleep(0)  # the transport says that it is full once per turn of the loop
        while self._stalled_at is not None and self._state is not State.CLOSED:
            self._emptied = asyncio.Event()
            await self._emptied.wait()

    def _wake(self) -> None:
        if self._emptied is not None:
            self._emptied.set()
