"""The walls between organizations hold for every table, whatever a statement says."""

import asyncpg
import pytest

from frontdesk.app import doctor
from frontdesk.app.engines import open_platform
from frontdesk.app.first_steps import set_up_organization
from frontdesk.auth import find_organization
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.config import Config, Storage
from frontdesk.platform.config import Database as DatabaseConfig
from frontdesk.platform.database.postgres.walls import GROWS, ROLE
from tests.kit.postgres import PostgresServer

TABLES = """
select c.relname, k.attname from pg_class c join pg_attribute k on k.attrelid = c.oid
where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not k.attisdropped
    and k.attname = case c.relname when 'organization' then 'id' else 'organization_id' end
order by 1"""
pytestmark = pytest.mark.parametrize("config", ["postgres"], indirect=True)


@pytest.fixture
async def organizations(platform: Platform) -> tuple[int, int]:
    """Two organizations with their first people, teams and channels."""
    found: list[int] = []
    for slug in ("lantern", "crane"):
        await set_up_organization(platform, slug, slug, "ada", "a lantern in the rain")
        made = await platform.database.read(
            EVERY_ORGANIZATION, lambda reader, slug=slug: find_organization(reader, slug)
        )
        assert made is not None
        found.append(made.id)
    return found[0], found[1]


async def tables(platform: Platform) -> list[tuple[str, str]]:
    found = await platform.database.read(EVERY_ORGANIZATION, lambda reader: reader.fetch(TABLES))
    assert len(found) > 25
    return [(row[0], row[1]) for row in found]


async def test_every_table_of_organizations_is_behind_a_wall_that_holds_for_its_owner_too(
    platform: Platform,
) -> None:
    statement = """
        select c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)
        from pg_class c where c.relname = $1"""
    for table, _ in await tables(platform):
        row = await platform.database.read(
            EVERY_ORGANIZATION, lambda reader, table=table: reader.fetch_one(statement, table)
        )
        assert row == (True,), table


async def test_the_process_acts_as_a_role_that_owns_nothing_and_passes_no_wall(platform: Platform) -> None:
    async def read(reader: Reader) -> None:
        assert await reader.fetch_one("select current_user") == (ROLE,)
        role = "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
        assert await reader.fetch_one(role) == (False, False, False, False)
        owned = "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = current_user)"
        assert await reader.fetch_one(owned) == (0,)

    await platform.database.read(EVERY_ORGANIZATION, read)


async def test_without_a_condition_a_unit_sees_the_rows_of_its_organization_alone(
    platform: Platform, organizations: tuple[int, int]
) -> None:
    ours, theirs = organizations
    seen = 0
    for table, column in await tables(platform):
        statement = f"select distinct {column} from {table}"  # noqa: S608 - names from the catalogue
        everything = await platform.database.read(
            EVERY_ORGANIZATION, lambda reader, statement=statement: reader.fetch(statement)
        )
        mine = await platform.database.read(ours, lambda reader, statement=statement: reader.fetch(statement))
        assert set(mine) <= {(ours,)}, table
        seen += (theirs,) in everything
    assert seen > 5


async def test_without_a_condition_a_unit_changes_nothing_of_another_organization(
    platform: Platform, organizations: tuple[int, int]
) -> None:
    ours, theirs = organizations

    async def spoil(tx: Transaction, table: str, column: str) -> tuple[int, int]:
        changed = await tx.execute(f"update {table} set {column} = {column} where {column} <> $1", ours)  # noqa: S608 - names from the catalogue
        return changed, await tx.execute(f"delete from {table} where {column} <> $1", ours)  # noqa: S608 - as above

    for table, column in await tables(platform):
        if table == GROWS:
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied"):
                await platform.database.write(
                    ours, lambda tx, table=table, column=column: spoil(tx, table, column)
                )
            continue
        spoiled = await platform.database.write(
            ours, lambda tx, table=table, column=column: spoil(tx, table, column)
        )
        assert spoiled == (0, 0), table
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        await platform.database.write(
            ours,
            lambda tx: tx.execute(
                "insert into department (id, organization_id, name, created_at) values (1, $1, 'x', 0)",
                theirs,
            ),
        )


async def test_a_connection_that_says_no_organization_sees_nothing(
    platform: Platform, config: Config, organizations: tuple[int, int]
) -> None:
    connection = await asyncpg.connect(config.database.url, server_settings={"role": ROLE})
    try:
        for table, _ in await tables(platform):
            assert await connection.fetchval(f"select count(*) from {table}") == 0, table  # noqa: S608 - as above
    finally:
        await connection.close()


@pytest.fixture
def apart(config: Config, postgres: PostgresServer) -> Config:
    """An owner that migrates and a user that serves, neither of them a superuser, on an empty database."""
    name = postgres.create()
    postgres.execute(
        f"""do $$ begin
            create role desk_owner login; create role desk_user login;
            grant {ROLE} to desk_user;
        exception when duplicate_object then null; end $$"""
    )
    postgres.execute(f"alter database {name} owner to desk_owner")
    return Config(
        storage=Storage(path=config.storage.path),
        database=DatabaseConfig(
            url=postgres.url(name, user="desk_user"), owner_url=postgres.url(name, user="desk_owner")
        ),
    )


async def test_the_owner_migrates_and_another_user_serves(apart: Config) -> None:
    async with open_platform(apart) as platform:
        await set_up_organization(platform, "lantern", "Lantern", "ada", "a lantern in the rain")
        found = await platform.database.read(
            EVERY_ORGANIZATION, lambda reader: find_organization(reader, "lantern")
        )
        assert found is not None
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await platform.database.write(
                EVERY_ORGANIZATION, lambda tx: tx.execute("alter table contact disable row level security")
            )


async def test_the_doctor_sees_a_table_whose_wall_was_taken_down(
    platform: Platform, config: Config, postgres: PostgresServer
) -> None:
    sound = (await doctor._database(config)).finding
    assert "walled and up to date" in sound
    postgres.execute(
        "alter table contact no force row level security", config.database.url.rpartition("/")[2]
    )
    found = await doctor._database(config)
    assert not found.ok
    assert "no wall around contact" in found.finding
