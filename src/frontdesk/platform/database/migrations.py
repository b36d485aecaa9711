"""Numbered migrations: `<service>/migrations/NNNN_slug.sql`, applied in order, once each, in one transaction each.

A database that knows a number which we do not is a newer version's, and is left alone.

A number whose text no two engines share has one file an engine: `NNNN_slug.sqlite.sql`.

A file that was applied must not change afterwards: its checksum is kept and compared, so that two databases with the
same numbers have the same tables.

Several processes may migrate one database at once: each migration is applied by one of them, and the others wait for it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from frontdesk.core.clock import Clock
from frontdesk.core.errors import FrontdeskError, conflict
from frontdesk.platform.database import EVERY_ORGANIZATION, Database, Reader, Transaction

_NAME: Final = re.compile(r"(\d{4})_[a-z0-9_]+(?:\.([a-z]+))?\.sql")
_STATEMENT: Final = re.compile(r"(?s)(?:\$\$.*?\$\$|[^;$]|\$(?!\$)|;(?!\s*(?:\n|\Z)))+;?")
_CREATE: Final = """
create table if not exists migration (
    service text not null,
    number bigint not null,
    name text not null,
    checksum text not null,
    applied_at bigint not null,
    primary key (service, number)
)"""


# SQLite has one writer at a time anyway. Before there is a table to lock, a number stands for it.
_FIRST: Final = {"postgres": "select pg_advisory_xact_lock(20250101)"}
_WAIT: Final = {"postgres": "lock table migration in exclusive mode"}


@dataclass(frozen=True, slots=True)
class Migration:
    service: str
    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def find(services: Iterable[str], *, engine: str) -> list[Migration]:
    """The migrations of these packages for an engine, in the order of the packages, then of their numbers."""
    found: list[Migration] = []
    for service in services:
        folder = files(f"frontdesk.{service}") / "migrations"
        names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
        for name in names:
            match = _NAME.fullmatch(name)
            if match is None:
                message = f"{service}/migrations/{name} is not named NNNN_slug.sql"
                raise ValueError(message)
            if match[2] in {None, engine}:
                found.append(
                    Migration(service, int(match[1]), name, (folder / name).read_text(encoding="utf-8"))
                )
    return found


async def migrate(database: Database, clock: Clock, migrations: Sequence[Migration]) -> list[Migration]:
    """Apply what is missing and return it.

    Raises a `conflict` error, before anything is applied, when an applied file was changed since or the database is a
    newer version's; and when a migration fails: then those before it are kept, and nothing of it.
    """

    async def prepare(transaction: Transaction) -> None:
        if database.engine in _FIRST:
            await transaction.fetch(_FIRST[database.engine])
        await transaction.execute(_CREATE)

    async def read(reader: Reader) -> dict[tuple[str, int], str]:
        rows = await reader.fetch("select service, number, checksum from migration")
        return {(service, number): checksum for service, number, checksum in rows}

    await database.write(EVERY_ORGANIZATION, prepare)
    applied = await database.read(EVERY_ORGANIZATION, read)
    compare(applied, migrations)
    fresh = [each for each in migrations if (each.service, each.number) not in applied]
    return [each for each in fresh if await _apply(database, clock, each)]


def compare(applied: Mapping[tuple[str, int], str], migrations: Iterable[Migration]) -> None:
    """Raise a `conflict` error unless a database with these migrations, by their checksums, can be gone on with."""
    ours = {(migration.service, migration.number): migration for migration in migrations}
    for service, number in applied:
        if (service, number) not in ours:
            raise conflict(
                "migrations.newer",
                f"This database is of a newer version of Frontdesk: it has {service}/{number:04}, which is not known here.",
                hint="Start that version again, or go back to the backup made before it.",
            )
    for key, migration in ours.items():
        if applied.get(key, migration.checksum) != migration.checksum:
            raise conflict(
                "migrations.changed",
                f"{migration.service}/{migration.name} was changed after it was applied to this database.",
                hint="Restore the file and put the change in a new migration.",
            )


async def _apply(database: Database, clock: Clock, migration: Migration) -> bool:
    """Whether it was this call that applied it."""

    async def work(transaction: Transaction) -> bool:
        if database.engine in _WAIT:
            await transaction.execute(_WAIT[database.engine])
        known = await transaction.fetch_one(
            "select 1 from migration where service = $1 and number = $2", migration.service, migration.number
        )
        if known is not None:
            return False
        for statement in split(migration.sql):
            await transaction.execute(database.spell(statement))
        await transaction.execute(
            "insert into migration (service, number, name, checksum, applied_at) values ($1, $2, $3, $4, $5)",
            migration.service, migration.number, migration.name, migration.checksum, clock.now(),
        )  # fmt: skip
        return True

    try:
        return await database.write(EVERY_ORGANIZATION, work)
    except FrontdeskError:
        raise
    except Exception as error:
        raise conflict(
            "migrations.failed",
            f"{migration.service}/{migration.name} could not be applied: {error}.",
            hint="Nothing of it was kept. Report this with the sentence before.",
        ) from error


def split(sql: str) -> list[str]:
    """The statements of a migration file. A statement ends with a semicolon at the end of a line, outside `$$ … $$`."""
    lines = [line for line in sql.splitlines() if not line.lstrip().startswith("--")]
    return [
        found for part in _STATEMENT.findall("\n".join(lines)) if (found := part.strip().removesuffix(";"))
    ]
