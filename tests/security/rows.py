"""Every row of an organization, by table: what must not change when nobody was allowed to change it."""

from collections.abc import Mapping, Sequence
from typing import Final

from frontdesk.platform import EVERY_ORGANIZATION, Database, Reader

TABLES: Final = {
    "sqlite": """select t.name from sqlite_schema t, pragma_table_info(t.name) c
        where t.type = 'table' and c.name = 'organization_id'""",
    "postgres": "select table_name from information_schema.columns where column_name = 'organization_id'",
}
MOVES_BY_ITSELF: Final = frozenset({"watch", "agent_presence", "agent_socket"})
FOLLOWS_PRESENCE: Final = "reassign_at"
"""A column of seats: dispatch notes there by itself when whoever has left is to lose what they have."""
# Refused sign-ins are told there, which is a change as it should be.
TELLS_REFUSALS: Final = frozenset({"audit_entry"})


class Rows:
    """Reads them as texts, thousands of times in a run: on a server in one statement, so that it answers once."""

    def __init__(self, database: Database, tables: Sequence[str]) -> None:
        self._database = database
        self._tables = tables
        self._queries: dict[str, str] = {}
        self._everything = " union all ".join(
            f"select '{table}', (to_jsonb(kept) - '{FOLLOWS_PRESENCE}')::text from {table} kept where organization_id = $1"  # noqa: S608  our own names
            for table in tables
        )

    @classmethod
    async def of(cls, database: Database) -> "Rows":
        async def read(reader: Reader) -> list[str]:
            named = {name for (name,) in await reader.fetch(TABLES[database.engine])}
            return sorted(named - MOVES_BY_ITSELF - TELLS_REFUSALS)

        return cls(database, await database.read(EVERY_ORGANIZATION, read))

    async def read(self, slug: str) -> Mapping[str, Sequence[str]]:
        async def read(reader: Reader) -> Mapping[str, Sequence[str]]:
            found = await reader.fetch_one("select id from organization where slug = $1", slug)
            assert found is not None
            if self._database.engine == "sqlite":
                return await self._one_by_one(reader, found[0])
            kept: dict[str, list[str]] = {table: [] for table in self._tables}
            for table, row in await reader.fetch(self._everything, found[0]):
                kept[table].append(row)
            return {table: sorted(rows) for table, rows in kept.items()}

        return await self._database.read(EVERY_ORGANIZATION, read)

    async def _one_by_one(self, reader: Reader, organization_id: int) -> Mapping[str, Sequence[str]]:
        """SQLite cannot say a whole row as a text, and is asked at no price."""
        kept: dict[str, list[str]] = {}
        for table in self._tables:
            if table not in self._queries:
                named = await reader.fetch(
                    f"select name from pragma_table_info('{table}') where name <> '{FOLLOWS_PRESENCE}'"  # noqa: S608  our own names
                )
                columns = ", ".join(name for (name,) in named)
                self._queries[table] = f"select {columns} from {table} where organization_id = $1"  # noqa: S608  our own names
            query = self._queries[table]
            kept[table] = sorted(map(repr, await reader.fetch(query, organization_id)))
        return kept
