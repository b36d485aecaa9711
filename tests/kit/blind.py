"""A database whose statements have forgotten the organization: what is still kept apart, the engine keeps apart."""

import re
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from frontdesk.platform import EVERY_ORGANIZATION, Database, Reader, Transaction
from frontdesk.platform.database import Row, Value

Result = TypeVar("Result")
CONDITION = re.compile(r"\b(?:\w+\.)?organization_id = \$\d+")


@lru_cache(maxsize=2_000)
def forgetful(sql: str) -> str:
    """The statement with every comparison of an organization made true. The placeholders stay."""
    return CONDITION.sub(r"(\g<0> or true)", sql)


class BlindDatabase:
    """Units of one organization run without their conditions; those of every organization as they are."""

    def __init__(self, database: Database) -> None:
        self.engine = database.engine
        self.forgotten = 0
        self._database = database

    def spell(self, statement: str) -> str:
        return self._database.spell(statement)

    async def write(
        self, organization_id: int, work: Callable[[Transaction], Awaitable[Result]], *, serial: bool = True
    ) -> Result:
        return await self._database.write(
            organization_id, lambda tx: work(self._blind(organization_id, tx)), serial=serial
        )

    async def write_at_once(
        self, sql: str, values: Sequence[Value], after_commit: Callable[[Sequence[Row]], None]
    ) -> None:
        await self._database.write_at_once(sql, values, after_commit)

    async def read(self, organization_id: int, work: Callable[[Reader], Awaitable[Result]]) -> Result:
        return await self._database.read(
            organization_id, lambda reader: work(self._blind(organization_id, reader))
        )

    def _blind(self, organization_id: int, tx: Any) -> Any:  # noqa: ANN401 - a reader or a transaction
        return tx if organization_id == EVERY_ORGANIZATION else _BlindTransaction(self, tx)


class _BlindTransaction:
    def __init__(self, database: BlindDatabase, tx: Transaction) -> None:
        self._database = database
        self._tx = tx

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        return await self._tx.fetch(self._forget(sql), *values)

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        return await self._tx.fetch_one(self._forget(sql), *values)

    async def execute(self, sql: str, *values: Value) -> int:
        return await self._tx.execute(self._forget(sql), *values)

    async def execute_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        await self._tx.execute_each(self._forget(sql), rows)

    async def fetch_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> Sequence[Row]:
        return await self._tx.fetch_each(self._forget(sql), rows)

    def after_commit(self, action: Callable[[], None]) -> None:
        self._tx.after_commit(action)

    def _forget(self, sql: str) -> str:
        blind = forgetful(sql)
        self._database.forgotten += blind != sql
        return blind
