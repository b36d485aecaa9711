"""A unit of work on a connection: its statements, its actions, and the rule that it awaits nothing else."""

from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeAlias, TypeVar

import asyncpg

from frontdesk.core.errors import invalid
from frontdesk.platform.database import Row, Value

Result = TypeVar("Result")
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class Unit:
    """The transaction handed to a unit of work. It is of no use any more once the unit or the server has ended it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._over = False
        self.waiting = False
        self.actions: list[Callable[[], None]] = []
        self.failure: BaseException | None = None

    async def begin(self, script: str) -> None:
        await self._run(self._connection.execute, script, ())

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        return [tuple(record) for record in await self._run(self._connection.fetch, sql, values)]

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        record = await self._run(self._connection.fetchrow, sql, values)
        return None if record is None else tuple(record)

    async def execute(self, sql: str, *values: Value) -> int:
        status: str = await self._run(self._connection.execute, sql, values)
        changed = status.rpartition(" ")[2]
        return int(changed) if changed.isdigit() else 0

    async def execute_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        if rows:
            await self._run(self._connection.executemany, sql, (rows,))

    async def fetch_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> Sequence[Row]:
        if not rows:
            return []
        return [tuple(record) for record in await self._run(self._connection.fetchmany, sql, (rows,))]

    def after_commit(self, action: Callable[[], None]) -> None:
        self.actions.append(action)

    def check(self) -> None:
        """Raise the failure that the work swallowed: the transaction is over all the same."""
        if self.failure is not None:
            raise self.failure

    def end(self) -> None:
        self._over = True

    async def _run(
        self, statement: Callable[..., Awaitable[Result]], sql: str, values: tuple[Any, ...]
    ) -> Result:
        if self._over:
            message = "a transaction was used after its unit of work had ended"
            raise RuntimeError(message)
        self.check()
        self.waiting = True
        try:
            return await statement(sql, *values)
        except asyncpg.CharacterNotInRepertoireError as error:
            self.failure = error
            raise invalid(
                "platform.text",
                "This text holds a character that cannot be kept.",
                hint="Remove the null character.",
            ) from error
        except asyncpg.DataError as error:
            self.failure = error
            raise ValueError(str(error)) from error
        except BaseException as error:
            self.failure = error
            raise
        finally:
            self.waiting = False


class Driven(Generic[Result]):
    """Awaits a unit of work, and ends it with an error at the first await that is not a statement of its own."""

    def __init__(self, unit: Unit, work: Callable[[Any], Awaitable[Result]]) -> None:
        self._unit = unit
        self._work = work

    def __await__(self) -> Generator[Any, Any, Result]:
        steps = self._work(self._unit).__await__()
        thrown: BaseException | None = None
        try:
            while True:
                try:
                    awaited = steps.send(None) if thrown is None else steps.throw(thrown)
                except StopIteration as finished:
                    return finished.value
                if not self._unit.waiting:
                    self._unit.end()
                    with suppress(Exception):
                        steps.close()
                    message = "a unit of work awaited something other than its transaction"
                    raise RuntimeError(message)
                thrown = None
                try:
                    yield awaited
                except BaseException as error:  # noqa: BLE001 - a cancellation, handed on to the statement
                    thrown = error
        finally:
            self._unit.end()
