"""SQLite: one writer thread, a few reader threads, WAL with FULL synchronisation.

A unit of work is an async function, so that the same text runs on every engine; here its statements never suspend, so
the writer thread runs it to its end by itself. Work that arrives while a commit is being flushed is gathered and
committed together (group commit): each unit keeps its own savepoint, all share one flush.
"""

import asyncio
import re
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final, TypeVar

import apsw
import msgspec
import structlog

from frontdesk.core.errors import ErrorKind, FrontdeskError, busy
from frontdesk.platform.database import Reader, Row, Transaction, Value
from frontdesk.platform.database.sqlite_checkpoint import Checkpoints

Result = TypeVar("Result")
logger = structlog.get_logger("frontdesk.database")

GROUP_LIMIT: Final = 128
QUEUE_LIMIT: Final = 4_096
READERS: Final = 2
_STATEMENT_CACHE: Final = 400
_LIST: Final = re.compile(r"= any\((\$\d+)\)")
_json: Final = msgspec.json.Encoder()
_PRAGMAS: Final = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma secure_delete = on",  # what was erased is overwritten, not only let go
    "pragma foreign_keys = on",
    "pragma cache_size = -65536",
    "pragma temp_store = memory",
)
# What says that the engine cannot work now, in contrast to a statement that is wrong.
_FAILURES: Final = (
    apsw.BusyError,
    apsw.CantOpenError,
    apsw.CorruptError,
    apsw.FullError,
    apsw.InterruptError,
    apsw.IOError,
    apsw.LockedError,
    apsw.NoMemError,
    apsw.NotADBError,
    apsw.PermissionsError,
    apsw.ProtocolError,
    apsw.ReadOnlyError,
)


class _Statements:
    """The transaction handed to a unit of work. It is of no use any more once the unit or the engine has ended it."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._over = False
        self.actions: list[Callable[[], None]] = []
        self.failure: apsw.Error | None = None

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        return self._run(sql, values)

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        rows = self._run(sql, values)
        return rows[0] if rows else None

    async def execute(self, sql: str, *values: Value) -> int:
        self._run(sql, values)
        return self._connection.changes()

    async def execute_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        for values in rows:
            self._run(sql, tuple(values))

    async def fetch_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> Sequence[Row]:
        return [row for values in rows for row in self._run(sql, tuple(values))]

    def after_commit(self, action: Callable[[], None]) -> None:
        self.actions.append(action)

    def drive(self, work: Callable[[Any], Awaitable[Result]]) -> Result:
        """Run an async unit of work to its end without an event loop."""
        try:
            steps = work(self).__await__()
            try:
                next(steps)
            except StopIteration as finished:
                return finished.value
            with suppress(Exception):
                steps.close()
            message = "a unit of work awaited something other than its transaction"
            raise RuntimeError(message)
        finally:
            self._over = True

    def _run(self, sql: str, values: tuple[Value, ...]) -> list[Row]:
        if self._over:
            message = "a transaction was used after its unit of work had ended"
            raise RuntimeError(message)
        if self.failure is not None:
            raise self.failure  # SQLite may have rolled back by itself: another statement would stand alone
        try:
            return self._connection.execute(_own_words(sql), tuple(map(_bound, values))).fetchall()
        except _FAILURES as error:
            self.failure = error
            raise


@dataclass(slots=True)
class _Job:
    work: Callable[[Any], Awaitable[Any]]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None
    actions: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])


class SqliteDatabase:
    """One file, opened by one process, which holds the folder that it is in. It has no walls between organizations.

    Raises `platform.database-open` when the file cannot be used, with the reason in words.
    """

    engine = "sqlite"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closed = False
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._reads: SimpleQueue[_Job | None] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._pending = 0
        self._threads: list[threading.Thread] = []
        try:
            self._writer = self._connect(read_only=False)
            self._readers = [self._connect(read_only=True) for _ in range(READERS)]
            self._checkpoints = Checkpoints(self._connect(read_only=False), self._writer)
        except apsw.Error as error:
            raise _unusable(path, error) from error
        self._start(self._write_loop, "database-writer", self._writer)
        for number, reader in enumerate(self._readers):
            self._start(self._read_loop, f"database-reader-{number}", reader)

    def spell(self, statement: str) -> str:
        """An `integer primary key` is the row's own address; a `bigint` one would be a second index."""
        return statement.replace("bigint primary key", "integer primary key")

    async def write(
        self,
        organization_id: int,
        work: Callable[[Transaction], Awaitable[Result]],
        *,
        serial: bool = True,
    ) -> Result:
        return await self._submit(self._queue, work)

    async def write_at_once(
        self, sql: str, values: Sequence[Value], after_commit: Callable[[Sequence[Row]], None]
    ) -> None:
        async def work(tx: Transaction) -> None:
            rows = await tx.fetch(sql, *values)
            tx.after_commit(lambda: after_commit(rows))

        await self._submit(self._queue, work)

    async def read(self, organization_id: int, work: Callable[[Reader], Awaitable[Result]]) -> Result:
        return await self._submit(self._reads, work)

    async def close(self) -> None:
        """Finish the queued work, then close the file. What is asked for later is refused."""
        self._closed = True
        self._queue.put(None)
        for _ in self._readers:
            self._reads.put(None)
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        self._checkpoints.close()
        for reader in self._readers:
            reader.close()
        self._writer.close()

    async def _submit(
        self, queue: SimpleQueue[_Job | None], work: Callable[[Any], Awaitable[Result]]
    ) -> Result:
        if self._closed:
            raise _unavailable("The database is closed.")
        if self._pending >= QUEUE_LIMIT:
            raise busy(
                "platform.database-busy",
                "The database has more work than it can do right now.",
                retry_after=1,
            )
        job = _Job(work, self._loop.create_future())
        self._pending += 1
        queue.put(job)
        return await job.future

    def _connect(self, *, read_only: bool) -> apsw.Connection:
        flags = (
            apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        )
        connection = apsw.Connection(str(self._path), flags=flags, statementcachesize=_STATEMENT_CACHE)
        connection.set_busy_timeout(5_000)
        for pragma in _PRAGMAS[2:] if read_only else _PRAGMAS:
            connection.execute(pragma).fetchall()
        return connection

    def _start(self, loop: Callable[[apsw.Connection], None], name: str, connection: apsw.Connection) -> None:
        thread = threading.Thread(target=loop, args=(connection,), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _write_loop(self, connection: apsw.Connection) -> None:
        stopping = False
        while not stopping:
            job = self._queue.get()
            jobs: list[_Job] = []
            while job is not None:
                jobs.append(job)
                if len(jobs) >= GROUP_LIMIT or self._queue.empty():
                    break
                job = self._queue.get()
            stopping = job is None
            if jobs:
                self._commit(connection, jobs)
                self._loop.call_soon_threadsafe(self._settle, jobs)
                self._checkpoints.finish(connection)

    def _commit(self, connection: apsw.Connection, jobs: list[_Job]) -> None:
        try:
            connection.execute("begin immediate").fetchall()
            for job in jobs:
                self._run(connection, job)
            connection.execute("commit").fetchall()
        except Exception as error:  # noqa: BLE001 - every caller of the group is told
            _note("database.commit.failed", error, jobs=len(jobs))
            for job in jobs:
                job.error = _unavailable("This could not be stored. Nothing was changed.")
            self._end(connection)

    def _run(self, connection: apsw.Connection, job: _Job) -> None:
        """One unit in a savepoint of its own. Raises when the engine failed, which is the end for its whole group."""
        connection.execute("savepoint unit").fetchall()
        statements = _Statements(connection)
        try:
            job.result = statements.drive(job.work)
        except BaseException as error:  # noqa: BLE001 - handed to the caller who asked for this unit
            job.error = error
        if statements.failure is not None:
            raise statements.failure
        if job.error is None:
            job.actions = statements.actions
        else:
            connection.execute("rollback to unit").fetchall()
        connection.execute("release unit").fetchall()

    def _read_loop(self, connection: apsw.Connection) -> None:
        while (job := self._reads.get()) is not None:
            statements = _Statements(connection)
            try:
                connection.execute("begin").fetchall()
                job.result = statements.drive(job.work)
            except BaseException as error:  # noqa: BLE001 - handed to the caller who asked for this read
                job.error = error
            failure = statements.failure or job.error
            if isinstance(failure, _FAILURES):
                _note("database.read.failed", failure)
                job.error = _unavailable("This could not be read.")
            self._end(connection)
            self._loop.call_soon_threadsafe(self._settle, [job])

    @staticmethod
    def _end(connection: apsw.Connection) -> None:
        """Leave no transaction open: nothing is kept of what was not committed, and the snapshot is let go."""
        try:
            if connection.in_transaction:
                connection.execute("rollback").fetchall()
        except apsw.Error as error:
            _note("database.rollback.failed", error)

    def _settle(self, jobs: list[_Job]) -> None:
        """Back on the event loop: wake the callers, then publish what they committed, in commit order."""
        self._pending -= len(jobs)
        for job in jobs:
            if job.error is not None:
                if not job.future.done():
                    job.future.set_exception(job.error)
                continue
            for action in job.actions:
                try:
                    action()
                except Exception:
                    logger.exception("database.after_commit.failed")
            if not job.future.done():
                job.future.set_result(job.result)


@lru_cache(maxsize=_STATEMENT_CACHE)
def _own_words(sql: str) -> str:
    """SQLite has no lists: they travel as JSON."""
    return _LIST.sub(r"in (select value from json_each(\1))", sql)


def _bound(value: Value) -> str | int | float | bytes | None:
    if value is None or isinstance(value, str | int | float | bytes):
        return value
    return _json.encode(value).decode()


def _note(event: str, error: BaseException, **fields: int) -> None:
    """One line for what the engine says; where it came from only for what nobody expects."""
    unexpected = not isinstance(error, _FAILURES)
    logger.error(event, reason=f"{type(error).__name__}: {error}", exc_info=unexpected, **fields)


def _unavailable(message: str) -> FrontdeskError:
    """What went wrong inside is in the log and nowhere else."""
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "platform.database-unavailable",
        message,
        hint="Try again in a moment. The reason is in the server's log.",
        retry_after=2,
    )


def _unusable(path: Path, error: apsw.Error) -> FrontdeskError:
    what, hint = _REASONS.get(
        type(error), (f"cannot be opened: {error}", "`frontdesk doctor` looks further.")
    )
    return FrontdeskError(
        ErrorKind.UNAVAILABLE, "platform.database-open", f"The database {path} {what}.", hint=hint
    )


_PERMISSION: Final = (
    "Check who owns the folder and the files in it, and that the disk is not mounted read-only."
)
_REASONS: Final[dict[type[apsw.Error], tuple[str, str]]] = {
    apsw.NotADBError: ("is damaged, or no database at all", "Put a backup in its place."),
    apsw.CorruptError: ("is damaged", "Put a backup in its place."),
    apsw.ReadOnlyError: ("cannot be written", _PERMISSION),
    apsw.CantOpenError: ("cannot be opened", _PERMISSION),
    apsw.FullError: ("has no room: the disk is full", "Make room, then start again."),
    apsw.IOError: ("cannot be read or written", "Check the disk's free space and health."),
    apsw.BusyError: ("is in use by another program", "Stop that first."),
}
