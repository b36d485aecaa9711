"""The connections of a process: opened when needed, kept, and replaced when the server has dropped them.

asyncpg's own pool resets a connection with a round trip each time it is given back. Nothing outlives a unit here: what
it sets, it sets for its transaction.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from frontdesk.core.errors import busy
from frontdesk.platform.database.postgres.metrics import COUNTS, Waits
from frontdesk.platform.database.postgres.unit import Connection

CONNECT_S: Final = 5.0
STATEMENT_S: Final = 10.0
_STATEMENTS: Final = 1_000
_SETTINGS: Final = {
    "application_name": "frontdesk",
    "client_encoding": "utf8",
    "timezone": "utc",
    "synchronous_commit": "on",
    "jit": "off",  # costs more than the small statements here take
    # A process that is stopped inside a unit must not hold its rows for ever.
    "idle_in_transaction_session_timeout": "8s",
}


class Lane:
    """At most `size` connections at once for one kind of work, and a bounded wait for them."""

    def __init__(self, size: int, wait: float, waits: Waits) -> None:
        self._free = asyncio.Semaphore(size)
        self._wait = wait
        self._waits = waits

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Raises `platform.database-busy` when the wait was too long."""
        if self._free.locked():
            await self._queue()
        else:
            await self._free.acquire()  # at once
            self._waits.at_once()
        try:
            yield
        finally:
            self._free.release()

    async def _queue(self) -> None:
        now = asyncio.get_running_loop().time
        began = now()
        self._waits.waiting += 1
        try:
            async with asyncio.timeout(self._wait):
                await self._free.acquire()
        except TimeoutError:
            raise overloaded() from None
        finally:
            self._waits.waiting -= 1
            self._waits.waited(now() - began)


class Order:
    """Keeps the order in which commits were sent, whichever answer comes first.

    A unit that saw what another one committed sent its own commit later, so nothing is told before what it builds on.
    """

    def __init__(self) -> None:
        self._last = asyncio.Event()
        self._last.set()

    @asynccontextmanager
    async def place(self) -> AsyncGenerator[Callable[[], Awaitable[object]]]:
        """A place in the order; await what it gives to have everything before it told."""
        before, self._last = self._last, asyncio.Event()
        mine = self._last
        try:
            yield before.wait
        finally:
            try:
                await before.wait()
            finally:
                mine.set()


class Connections:
    """Opens connections that act as `role`, and keeps them for the next unit.

    Without a role they are the owner's: what migrates may take its time.
    """

    def __init__(self, url: str, role: str | None) -> None:
        self._url = url
        self._settings = dict(_SETTINGS)
        self._timeout: float | None = None
        if role is not None:
            self._settings |= {"role": role, "statement_timeout": f"{STATEMENT_S:.0f}s"}
            self._timeout = (
                STATEMENT_S + 1
            )  # the server's own limit comes first, unless it does not answer at all
        self._idle: list[Connection] = []

    async def open(self) -> Connection:
        return await asyncpg.connect(
            self._url,
            timeout=CONNECT_S,
            command_timeout=self._timeout,
            statement_cache_size=_STATEMENTS,
            max_cached_statement_lifetime=0,
            server_settings=self._settings,
        )

    async def take(self) -> Connection:
        """A connection, to be given back whatever becomes of it."""
        connection = self._kept() or await self.open()
        COUNTS.busy += 1
        return connection

    def give_back(self, connection: Connection) -> None:
        """Keep a connection that is in no transaction; end any other."""
        COUNTS.busy -= 1
        if connection.is_closed():
            return
        if connection.is_in_transaction():
            connection.terminate()
        else:
            self._idle.append(connection)
            COUNTS.idle += 1

    def _kept(self) -> "Connection | None":
        while self._idle:
            connection = self._idle.pop()
            COUNTS.idle -= 1
            if not connection.is_closed():
                return connection
        return None

    async def close(self) -> None:
        idle, self._idle = self._idle, []
        COUNTS.idle -= len(idle)
        for connection in idle:
            await connection.close(timeout=CONNECT_S)


def overloaded() -> Exception:
    return busy(
        "platform.database-busy", "The database has more work than it can do right now.", retry_after=1
    )
