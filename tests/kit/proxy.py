"""A line that can be made bad: a TCP proxy on loopback that holds, delays, loses or cuts what passes."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from typing_extensions import override


class _End(asyncio.Protocol):
    """One end of a pair; what it hears goes to `pass_on`."""

    def __init__(self, opened: Callable[["_End"], None]) -> None:
        self._opened = opened
        self.transport: asyncio.Transport | None = None
        self.pass_on: Callable[[bytes], None] = self._keep
        self.closed: Callable[[], None] = lambda: None
        self._kept: list[bytes] = []

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._opened(self)

    @override
    def data_received(self, data: bytes) -> None:
        self.pass_on(data)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.closed()

    def join(self, pass_on: Callable[[bytes], None]) -> None:
        """From now on hand over what is heard, and first what was heard before."""
        self.pass_on = pass_on
        for data in self._kept:
            pass_on(data)

    def write(self, data: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)

    def cut(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def _keep(self, data: bytes) -> None:
        self._kept.append(data)


class _Way:
    """Bytes in one direction: they leave in the order in which they came, each no sooner than it may."""

    def __init__(self, proxy: "Proxy", write: Callable[[bytes], None]) -> None:
        self._proxy = proxy
        self._write = write
        self._queue: deque[tuple[float, bytes]] = deque()

    def push(self, data: bytes) -> None:
        proxy = self._proxy
        delay = proxy.delay if proxy.slow in data.lower() else 0.0
        if not (self._queue or proxy.held or delay):
            self._write(data)
            return
        loop = asyncio.get_running_loop()
        self._queue.append((loop.time() + delay, data))
        if not proxy.held:
            loop.call_later(delay, self.flush)

    def flush(self) -> None:
        """Let go what is due."""
        if self._proxy.held:
            return
        loop = asyncio.get_running_loop()
        while self._queue and self._queue[0][0] <= loop.time():
            self._write(self._queue.popleft()[1])
        if self._queue:
            loop.call_at(self._queue[0][0], self.flush)


class Proxy:
    """Connections to `port` go to a server. A fault is for every connection, also for those to come.

    `delay`: seconds that what contains `slow`, in any case of letters, needs for each way; what comes behind it waits.
    `hold`: no byte passes, until `release`; none is lost.
    `lose_answers`: what the server says is thrown away from now on; `cut` ends such a line, and all others.
    """

    def __init__(self, target: int) -> None:
        self.port = 0
        self.delay = 0.0
        self.slow = b""
        self.held = False
        self.connections = 0
        self._target = target
        self._deaf: set[_End] = set()
        self._ways: dict[_End, _Way] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def hold(self) -> None:
        self.held = True

    def release(self) -> None:
        self.held = False
        for way in tuple(self._ways.values()):
            way.flush()

    def lose_answers(self) -> None:
        self._deaf = set(self._ways)

    def cut(self) -> None:
        """End every line at once, without a word."""
        for end in tuple(self._ways):
            end.cut()

    def opened(self, client: _End) -> None:
        self.connections += 1
        task = asyncio.create_task(self._connect(client))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connect(self, client: _End) -> None:
        loop = asyncio.get_running_loop()
        try:
            _, server = await loop.create_connection(
                lambda: _End(lambda _end: None), "127.0.0.1", self._target
            )
        except OSError:
            client.cut()
            return
        to_server, to_client = _Way(self, server.write), _Way(self, client.write)
        self._ways[client], self._ways[server] = to_server, to_client
        for one, other in ((client, server), (server, client)):
            one.closed = lambda one=one, other=other: self._closed(one, other)
        if client.transport is None or client.transport.is_closing():
            server.cut()
            return
        client.join(to_server.push)
        server.join(lambda data: None if server in self._deaf else to_client.push(data))

    def _closed(self, one: _End, other: _End) -> None:
        for end in (one, other):
            self._ways.pop(end, None)
            self._deaf.discard(end)
        if other.transport is not None:
            other.transport.close()

    async def close(self) -> None:
        self.cut()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def running_proxy(target: int) -> AsyncGenerator[Proxy]:
    """A proxy before a port of this machine, for the length of a block."""
    proxy = Proxy(target)
    server = await asyncio.get_running_loop().create_server(lambda: _End(proxy.opened), "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()
        await server.wait_closed()
