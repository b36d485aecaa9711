"""Databases that one test has after another: taking out what a test has left costs a fraction of making a new one."""

import io
from collections import Counter
from collections.abc import Mapping
from typing import Final

import asyncpg

from tests.kit.postgres import PostgresServer, elsewhere

USES: Final = 40  # what was deleted still takes up room
_ALONE: Final = """select pg_terminate_backend(pid, 10000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()"""
_TABLES: Final = """select relname from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0"""
# Whatever changes tables, functions, rules or privileges leaves a younger row there, or another number of rows.
_CATALOGS: Final = (
    "pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index", "pg_namespace", "pg_policy", "pg_proc",
    "pg_rewrite", "pg_trigger", "pg_type",
)  # fmt: skip
_SHAPE: Final = " union all ".join(
    f"select '{catalog}', count(*), max(xmin::text::bigint) from {catalog}"  # noqa: S608  our own names
    for catalog in _CATALOGS
)


class Lending:
    """Copies of the server's template. Each comes with the rows that the migrations made, and no others."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._free: list[str] = []
        self._uses: Counter[str] = Counter()
        self._shape: object = None
        self._rows: Mapping[str, bytes] = {}

    def take(self) -> str:
        """A database like a new one; returns its name."""
        if self._free:
            return self._free.pop()
        name = self._server.create(self._server.template())
        if self._shape is None:
            elsewhere(self._learn(name))
        return name

    def give_back(self, name: str) -> None:
        """Whoever is still connected is cut off. A database that is not as it was but for its rows goes for ever."""
        self._uses[name] += 1
        if self._uses[name] < USES and elsewhere(self._clear(name)):
            self._free.append(name)
        else:
            self._server.drop(name)

    async def _learn(self, name: str) -> None:
        connection = await asyncpg.connect(self._server.url(name))
        try:
            self._shape = await _shape_of(connection)
            rows: dict[str, bytes] = {}
            for (table,) in await connection.fetch(_TABLES):
                copy = io.BytesIO()
                await connection.copy_from_table(table, output=copy, format="binary")
                rows[table] = copy.getvalue()
            self._rows = rows
        finally:
            await connection.close()

    async def _clear(self, name: str) -> bool:
        """Whether it is like a new one now."""
        connection = await asyncpg.connect(self._server.url(name))
        try:
            await connection.execute(_ALONE)
            if await _shape_of(connection) != self._shape:
                return False
            async with connection.transaction():
                await connection.execute(
                    "set local session_replication_role = replica"
                )  # no checks, no triggers
                tables = [table for (table,) in await connection.fetch(_TABLES)]
                await connection.execute(";".join(f"delete from {table}" for table in tables))  # noqa: S608  our own tables
                for table, rows in self._rows.items():
                    await connection.copy_to_table(table, source=io.BytesIO(rows), format="binary")
            return True
        finally:
            await connection.close()


async def _shape_of(connection: "asyncpg.Connection[asyncpg.Record]") -> object:
    return await connection.fetch(_SHAPE)
