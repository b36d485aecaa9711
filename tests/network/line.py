"""The line between the tabs and the server: a proxy that knows requests and frames, and does to each what the weather says.

What TCP forbids is not done: within one line nothing overtakes, and what follows a lost byte is lost, too. Across lines
everything may.
"""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Final
from weakref import WeakSet

from tests.network.framing import Frame, Head, read_frame, read_head
from tests.network.weather import Weather

_CHUNK: Final = 65_536
_API: Final = b" /v1/"
"""Pages and scripts have good weather: a browser does not repeat what it could not load."""
_BROKEN: Final = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


class _OverError(Exception):
    """This line is at its end."""


class Line:
    """Connections to `port` go to a server on `target` of this machine."""

    def __init__(self, target: int, weather: Weather) -> None:
        self.port = 0
        self._target = target
        self._weather = weather
        self._open: set[StreamWriter] = set()
        self._servers: WeakSet[StreamWriter] = WeakSet()
        self._tasks: set[asyncio.Task[None]] = set()

    def go_down(self) -> None:
        """Nothing passes from now on; half of the lines are cut, of the others nobody is told."""
        self._weather.down = True
        for writer in tuple(self._open):
            if self._weather.dice.random() < 0.5:
                writer.transport.abort()

    def come_up(self) -> None:
        """What was silent meanwhile stays silent: its end is noticed by who waits for it, or told now."""
        self._weather.down = False
        for writer in tuple(self._open):
            writer.transport.abort()

    def opened(self, reader: StreamReader, writer: StreamWriter) -> None:
        """A client has connected."""
        self._open.add(writer)
        self._later(self._serve(reader, writer))

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            if self._weather.down:
                raise _OverError
            await self._request(reader, writer)
        except (*_BROKEN, _OverError):
            pass
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _request(self, reader: StreamReader, writer: StreamWriter) -> None:
        """A connection carries one request, or what a socket or a stream makes of it."""
        head = await read_head(reader)
        if head.says(b"upgrade: websocket"):
            await self._socket(head, reader, writer)
            return
        raw = head.closing + await reader.readexactly(head.length)
        fate = self._fate("late", "twice", "lost", "cut", "ghost") if _API in raw else "passes"
        if fate == "late":
            await asyncio.sleep(self._weather.lateness())
        elif fate == "lost":
            await self._silence(reader)
        elif fate == "ghost":
            self._later(self._send_again(raw))
            raise _OverError
        elif fate == "twice":
            self._later(self._send_again(raw, at_once=True))
        server_reader, server_writer = await self._connect()
        try:
            server_writer.write(raw)
            answer = await read_head(server_reader)
            if fate == "cut":
                raise _OverError
            writer.write(answer.raw)
            await self._answer(server_reader, writer, good=_API not in raw)
        finally:
            server_writer.close()

    async def _answer(self, server: StreamReader, writer: StreamWriter, *, good: bool) -> None:
        """The rest of an answer, which may be a stream of events without an end."""
        while data := await server.read(_CHUNK):
            fate = "passes" if good else self._fate("late", "lost", "cut")
            if fate == "late":
                await asyncio.sleep(self._weather.lateness())
            elif fate == "lost":
                await self._silence(server)
            writer.write(data)
            await writer.drain()
            if fate == "cut":
                raise _OverError
        writer.close()
        await writer.wait_closed()

    async def _send_again(self, raw: bytes, *, at_once: bool = False) -> None:
        """The same request on a connection of its own; nobody looks at the answer."""
        if not at_once:
            await asyncio.sleep(self._weather.ghostliness())
        with suppress(*_BROKEN, TimeoutError):
            reader, writer = await self._connect()
            try:
                writer.write(raw)
                async with asyncio.timeout(1):
                    await reader.read(_CHUNK)
            finally:
                writer.close()

    async def _socket(self, head: Head, reader: StreamReader, writer: StreamWriter) -> None:
        server_reader, server_writer = await self._connect()
        held = _Held(reader, server_reader, server_writer)
        tasks: list[asyncio.Task[None]] = []
        try:
            server_writer.write(head.raw)
            answer = await read_head(server_reader)
            writer.write(answer.raw)
            tasks.append(asyncio.create_task(self._way(reader, server_writer, held, self._up)))
            tasks.append(asyncio.create_task(self._way(server_reader, writer, held, self._down)))
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if not held.haunted:
                server_writer.close()

    async def _way(
        self,
        reader: StreamReader,
        writer: StreamWriter,
        held: "_Held",
        judge: Callable[[Frame, "_Held"], Awaitable[int]],
    ) -> None:
        """Frames in one direction, each as many times as its judge says."""
        while True:
            frame = await read_frame(reader)
            for _ in range(await judge(frame, held)):
                writer.write(frame.raw)
            await writer.drain()
            if held.cut:
                return

    async def _up(self, frame: Frame, held: "_Held") -> int:
        kinds = ("late", "twice", "lost", "cut", "ghost", "skipped") if frame.kind == "send" else ("late",)
        fate = self._fate(*kinds)
        if fate == "late":
            await asyncio.sleep(self._weather.lateness())
        elif fate == "lost":
            await self._silence(held.client_reader)
        elif fate == "ghost":
            held.haunted = True
            self._later(self._haunt(frame, held.server))
            raise _OverError
        held.cut = fate == "cut"
        return {"twice": 2, "skipped": 0}.get(fate, 1)

    async def _down(self, frame: Frame, held: "_Held") -> int:
        kinds = ("late", "twice", "lost", "cut")
        fate = self._fate(*kinds, *(("skipped",) if frame.kind == "entry" else ()))
        if fate == "late":
            await asyncio.sleep(self._weather.lateness())
        elif fate == "lost":
            await self._silence(held.server_reader)
        elif fate == "cut":
            raise _OverError
        if fate == "twice" and frame.kind not in {"entry", "ack"}:
            return 1
        return {"twice": 2, "skipped": 0}.get(fate, 1)

    async def _haunt(self, frame: Frame, server: StreamWriter) -> None:
        """What a client had sent arrives when it has long been elsewhere."""
        try:
            await asyncio.sleep(self._weather.ghostliness())
            with suppress(*_BROKEN):
                server.write(frame.raw)
                await server.drain()
        finally:
            server.close()

    async def _silence(self, reader: StreamReader) -> None:
        """Nothing more passes this way, and nobody is told: whoever waits has to notice by itself."""
        while await reader.read(_CHUNK):
            pass
        raise _OverError

    async def _connect(self) -> tuple[StreamReader, StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._servers.add(writer)
        return reader, writer

    def _fate(self, *possible: str) -> str:
        return "lost" if self._weather.down else self._weather.fate(*possible)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for writer in (*self._open, *self._servers):
            writer.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class _Held:
    """What a socket's two ways share. `cut`: over after what was just written. `haunted`: the server's end outlives the client's."""

    def __init__(
        self, client_reader: StreamReader, server_reader: StreamReader, server: StreamWriter
    ) -> None:
        self.client_reader = client_reader
        self.server_reader = server_reader
        self.server = server
        self.cut = False
        self.haunted = False


@asynccontextmanager
async def running_line(target: int, weather: Weather) -> AsyncGenerator[Line]:
    line = Line(target, weather)
    server = await asyncio.start_server(line.opened, "127.0.0.1", 0, limit=1 << 20)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        await line.close()
