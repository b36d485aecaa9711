"""PostgreSQL 15 or newer: serializable units of work on a few connections, each of one organization.

A unit that got in another's way is run again: a few times as it comes, then alone, with every other writer of every
process waiting until it is done. So each unit comes to its end, however many want the same rows.

Units of one organization read what its others write (who has a free place, who waits), so that most that run at once get
in each other's way. Those of one process take turns instead; between processes it stays at running them again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, Final, Protocol, TypeVar
from weakref import WeakValueDictionary

import asyncpg
import structlog

from frontdesk.core.errors import FrontdeskError
from frontdesk.core.jitter import jittered
from frontdesk.platform.database import EVERY_ORGANIZATION, Reader, Row, Transaction, Value
from frontdesk.platform.database.postgres.connections import Connections, Lane, Order, overloaded
from frontdesk.platform.database.postgres.failures import (
    COLLISIONS,
    FAILURES,
    TAKEN,
    cannot_open,
    check_version,
    is_lost,
    unavailable,
)
from frontdesk.platform.database.postgres.metrics import COUNTS
from frontdesk.platform.database.postgres.unit import Connection, Driven, Unit
from frontdesk.platform.database.postgres.walls import TURN

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)
logger = structlog.get_logger("frontdesk.database")

QUEUE_LIMIT: Final = 4_096
WAIT_S: Final = 30.0
ATTEMPTS: Final = 2
LAST_ATTEMPTS: Final = 5
_PAUSE_S: Final = 0.01
_NOT_STORED: Final = "This could not be stored. Nothing was changed."
_UNKNOWN: Final = "It is not known whether this was stored."
# `lock table` takes no snapshot: a unit that waited for its turn still sees everything committed before it.
_TOGETHER: Final = f"lock table {TURN} in row exclusive mode"
_ALONE: Final = f"set local lock_timeout = '3s'; lock table {TURN} in share row exclusive mode"


class PostgresDatabase:
    """A database on a server that many processes share.

    With a `role` every statement is that role's, whoever signed in: it owns nothing, so the walls between organizations
    hold for it. Without one this is the owner's own database, for migrations, where units run one after the other.
    `size` is how many connections it may open, half of them for reading.
    """

    engine = "postgres"

    def __init__(self, url: str, *, role: str | None, size: int) -> None:
        self._connections = Connections(url, role)
        self._takes_turns = role is not None
        writes, reads = max(1, size - size // 2) if self._takes_turns else 1, max(1, size // 2)
        self._writes = Lane(writes, WAIT_S, COUNTS.waits["write"])
        self._reads = Lane(reads, WAIT_S, COUNTS.waits["read"])
        self._organizations: WeakValueDictionary[int, Lane] = WeakValueDictionary()
        self._limit = writes + reads
        self._commits = Order()
        self._pending = 0
        self._away = False
        self._closed = False
        self._idle = asyncio.Event()
        self._idle.set()

    @classmethod
    async def open(cls, url: str, *, role: str | None, size: int) -> "PostgresDatabase":
        """Raises `platform.database-open`, with the reason in words, when the server cannot be used."""
        database = cls(url, role=role, size=size)
        try:
            connection = await database._connections.take()
        except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise cannot_open(url, error) from error
        try:
            check_version(connection.get_server_version().major)
        except FrontdeskError:
            await connection.close()
            raise
        finally:
            database._connections.give_back(connection)
        COUNTS.limit += database._limit
        return database

    def spell(self, statement: str) -> str:
        return statement

    async def write(
        self,
        organization_id: int,
        work: Callable[[Transaction], Awaitable[Result]],
        *,
        serial: bool = True,
    ) -> Result:
        return await self._to_its_end(self._write(organization_id, work, serial=serial))

    async def write_at_once(
        self, sql: str, values: Sequence[Value], after_commit: Callable[[Sequence[Row]], None]
    ) -> None:
        """The statement takes its turn beside the other writers by itself, as `_TOGETHER` does for a unit."""
        await self._to_its_end(self._write_at_once(sql, values, after_commit))

    async def read(self, organization_id: int, work: Callable[[Reader], Awaitable[Result]]) -> Result:
        return await self._to_its_end(self._read(organization_id, work))

    async def close(self) -> None:
        """Finish the queued work, then close the connections. What is asked for later is refused."""
        if not self._closed:
            self._closed = True
            COUNTS.limit -= self._limit
        await self._idle.wait()
        await self._connections.close()

    async def _to_its_end(self, unit: Coroutine[Any, Any, Result]) -> Result:
        """In a task of its own: a caller that is cancelled does not leave it half done or unpublished."""
        if self._closed or self._pending >= QUEUE_LIMIT:
            unit.close()
            raise unavailable("The database is closed.") if self._closed else overloaded()
        self._pending += 1
        self._idle.clear()
        task = asyncio.create_task(unit, name="database-unit")
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._pending -= 1
        if not self._pending:
            self._idle.set()
        if not task.cancelled():
            task.exception()  # somebody looked, also when the caller has gone

    async def _write(
        self, organization_id: int, work: Callable[[Transaction], Awaitable[Result]], *, serial: bool
    ) -> Result:
        def attempt(*, alone: bool) -> Awaitable[Result]:
            return self._attempt(self._begin(organization_id, serial=serial, alone=alone), work)

        if not serial or organization_id == EVERY_ORGANIZATION:
            return await self._until_done(attempt, _NOT_STORED)
        async with self._turns_of(organization_id).turn():
            return await self._until_done(attempt, _NOT_STORED)

    def _turns_of(self, organization_id: int) -> Lane:
        lane = self._organizations.get(organization_id)
        if lane is None:
            lane = self._organizations[organization_id] = Lane(1, WAIT_S, COUNTS.waits["organization"])
        return lane

    async def _write_at_once(
        self, sql: str, values: Sequence[Value], after_commit: Callable[[Sequence[Row]], None]
    ) -> None:
        async def work(tx: Transaction) -> None:
            rows = await tx.fetch(sql, *values)
            tx.after_commit(lambda: after_commit(rows))

        def attempt(*, alone: bool) -> Awaitable[None]:
            if alone:
                return self._attempt(self._begin(EVERY_ORGANIZATION, serial=False, alone=True), work)
            return self._attempt_at_once(work)

        await self._until_done(attempt, _UNKNOWN)

    async def _until_done(self, attempt: "_Attempt[Result]", lost_twice: str) -> Result:
        """Try a few times as it comes, then alone. A connection that goes away is replaced once."""
        async with self._writes.turn():
            lost = False
            for number in range(ATTEMPTS + LAST_ATTEMPTS):
                try:
                    return await attempt(alone=number >= ATTEMPTS)
                except TAKEN:
                    if number >= ATTEMPTS:
                        raise  # alone, and still: the row was there before
                except COLLISIONS as error:
                    logger.debug("database.collision", attempt=number, reason=str(error))
                except _LostError:
                    if lost:
                        raise unavailable(lost_twice) from None
                    lost = True
                await asyncio.sleep(jittered(_PAUSE_S * 2**number))
            raise overloaded()

    async def _read(self, organization_id: int, work: Callable[[Reader], Awaitable[Result]]) -> Result:
        begin = f"begin isolation level repeatable read read only; {_of(organization_id)}"
        async with self._reads.turn():
            for _ in range(2):
                with suppress(_LostError):
                    return await self._attempt(begin, work)
        raise unavailable("This could not be read.")

    def _begin(self, organization_id: int, *, serial: bool, alone: bool) -> str:
        level = "serializable" if serial else "read committed"
        turn = _ALONE if alone else _TOGETHER
        return f"begin isolation level {level}; {_of(organization_id)}; {turn if self._takes_turns else ''}"

    async def _attempt(self, begin: str, work: Callable[[Any], Awaitable[Result]]) -> Result:
        """Run the unit once and commit it. Raises what the work raised, or what hindered it."""
        connection = await self._connected()
        unit = Unit(connection)
        try:
            try:
                await unit.begin(begin)
                result = await Driven(unit, work)
                unit.check()
            except Exception as error:
                await _roll_back(connection)
                raise _meaning(unit.failure, error) from error
            async with self._commits.place() as turn:
                await _commit(connection)
                await turn()
                _publish(unit)
        finally:
            self._connections.give_back(connection)
        return result

    async def _attempt_at_once(self, work: Callable[[Transaction], Awaitable[None]]) -> None:
        """Run a unit of one statement without a transaction around it: the server commits it before it answers.

        Its place in the order is behind the commits that were sent before the answer came: it may have seen them.
        """
        connection = await self._connected()
        unit = Unit(connection)
        try:
            try:
                await Driven(unit, work)
            except Exception as error:
                raise _meaning(unit.failure, error) from error
            async with self._commits.place() as turn:
                await turn()
                _publish(unit)
        finally:
            self._connections.give_back(connection)

    async def _connected(self) -> Connection:
        """A connection. When the server goes away and when it is back is logged once."""
        try:
            connection = await self._connections.take()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if not self._away:
                self._away = True
                _note("database.away", error)
            raise unavailable("The database cannot be reached.") from error
        if self._away:
            self._away = False
            logger.warning("database.back")
        return connection


class _Attempt(Protocol[Result_co]):
    def __call__(self, *, alone: bool) -> Awaitable[Result_co]: ...


class _LostError(Exception):
    """The connection went away, and the unit may run again: nothing of it is kept, or it is one that may run twice."""


async def _commit(connection: Connection) -> None:
    try:
        await connection.execute("commit")
    except Exception as error:
        if not isinstance(error, FAILURES):
            raise
        _note("database.commit.failed", error)
        if is_lost(error):
            connection.terminate()
            raise unavailable(_UNKNOWN) from error
        raise unavailable(_NOT_STORED) from error


async def _roll_back(connection: Connection) -> None:
    """What cannot be rolled back is left in its transaction, and ended with its connection."""
    with suppress(*FAILURES):
        if not connection.is_closed():
            await connection.execute("rollback")


def _meaning(failure: BaseException | None, error: Exception) -> BaseException:
    """What to raise for `error`, which came after the `failure` of a statement, if any."""
    if (
        failure is None
        or not isinstance(failure, (*COLLISIONS, *FAILURES))
        or isinstance(failure, ValueError)
    ):
        return error
    if isinstance(failure, COLLISIONS):
        return failure
    if is_lost(failure) and not isinstance(failure, TimeoutError):
        return _LostError()
    _note("database.unit.failed", failure)
    return unavailable("The database could not do this. Nothing was changed.")


def _of(organization_id: int) -> str:
    return f"set local frontdesk.organization = '{organization_id:d}'"


def _publish(unit: Unit) -> None:
    for action in unit.actions:
        try:
            action()
        except Exception:
            logger.exception("database.after_commit.failed")


def _note(event: str, error: BaseException) -> None:
    logger.error(event, reason=f"{type(error).__name__}: {error}")
