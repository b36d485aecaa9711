"""The walls between organizations: a role that owns nothing, and row-level security forced on every table.

`organization` is the only table whose rows are told by `id`; wherever there is an `organization_id`, it decides. A unit
says whose it is in `frontdesk.organization`; where nothing was said, nothing is seen.
"""

from typing import Final

from frontdesk.core.errors import conflict
from frontdesk.platform.database import EVERY_ORGANIZATION, Database, Reader, Transaction

ROLE: Final = "frontdesk_app"
TURN: Final = "write_turn"  # holds nothing: it is locked, by every writer together or by one alone
GROWS: Final = "audit_entry"  # rows are added, and neither changed nor removed
# Repeated at every migration, and quiet when nothing is missing: most of it would lock tables.
_ROLE: Final = f"""
do $$ begin
    if not exists (select from pg_roles where rolname = '{ROLE}') then
        create role {ROLE} nologin;
    end if;
    if not pg_has_role('{ROLE}', 'member') then
        execute format('grant {ROLE} to %I', current_user);
    end if;
exception when duplicate_object or unique_violation or insufficient_privilege then
    null; -- another process was faster, or it is somebody else's to do
end $$"""
_TABLES: Final = f"""
do $$ declare part record; said text := 'current_setting(''frontdesk.organization'', true)'; begin
    for part in
        select c.oid::regclass as name, c.relname <> 'migration' as written,
            c.relname = '{GROWS}' as grows, k.attname as key
        from pg_class c
        left join pg_attribute k on k.attrelid = c.oid and not k.attisdropped
            and k.attname = case c.relname when 'organization' then 'id' else 'organization_id' end
        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
            and not (has_table_privilege('{ROLE}', c.oid, 'select') and (k.attname is null or c.relforcerowsecurity))
    loop
        execute format('grant select on %s to {ROLE}', part.name);
        if part.written then
            execute format('grant insert on %s to {ROLE}', part.name);
        end if;
        if part.written and not part.grows then
            execute format('grant update, delete on %s to {ROLE}', part.name);
        end if;
        if part.key is not null then
            execute format('alter table %s enable row level security, force row level security', part.name);
            execute format(
                'create policy organization on %1$s using (%2$I = nullif(%3$s, '''')::bigint or %3$s = ''{EVERY_ORGANIZATION}'')',
                part.name, part.key, said
            );
        end if;
    end loop;
end $$"""  # noqa: S608 - constants of ours


async def build_walls(owner: Database) -> None:
    """Make the role if it is missing, and put every table behind the wall. Safe to repeat.

    Raises `migrations.role` when there is no such role and the owner may not make it.
    """

    async def work(tx: Transaction) -> None:
        await tx.execute("lock table migration in exclusive mode")
        await tx.execute(_ROLE)
        if await tx.fetch_one("select 1 from pg_roles where rolname = $1", ROLE) is None:
            raise conflict(
                "migrations.role",
                f"The server has no role {ROLE}, and the database's owner may not make it.",
                hint=f"As a superuser: create role {ROLE} nologin; and grant it to the user of database.url.",
            )
        await tx.execute(f"create table if not exists {TURN} ()")
        await tx.execute(_TABLES)

    await owner.write(EVERY_ORGANIZATION, work)


async def find_gaps(reader: Reader) -> list[str]:
    """Where a wall does not hold, in words; nothing when all is well. The unit must be of every organization."""
    gaps: list[str] = []
    role = await reader.fetch_one(
        "select current_user, rolsuper or rolbypassrls from pg_roles where rolname = current_user"
    )
    if role is None or role[1]:
        gaps.append("it is used by a role that no wall stops")
    owned = await reader.fetch(
        """select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
        where r.rolname = current_user and c.relnamespace = current_schema()::regnamespace"""
    )
    if owned:
        gaps.append("the role that uses it owns its tables")
    open_ones = await reader.fetch(
        """select c.relname from pg_class c join pg_attribute k on k.attrelid = c.oid
        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
            and k.attname = 'organization_id' and not k.attisdropped
            and not (c.relrowsecurity and c.relforcerowsecurity
                and exists (select from pg_policy p where p.polrelid = c.oid))
        order by c.relname"""
    )
    if open_ones:
        gaps.append(f"no wall around {', '.join(row[0] for row in open_ones)}")
    return gaps
