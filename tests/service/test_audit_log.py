"""The audit log: in the transaction of the deed, only growing, and any change behind its back is found."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable

import httpx
import msgspec
import pytest

from frontdesk.app.engines import open_platform
from frontdesk.audit import Action, AuditEntry, Filter, Target, find_in, holds_in, record_in, verify_in
from frontdesk.auth import create_organization, routes, routes_audit, routes_roles, set_password
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Origin, Role, Subject, SubjectKind, system_subject
from frontdesk.platform import EVERY_ORGANIZATION, Database, Platform, Reader, Transaction
from frontdesk.platform.config import Config
from frontdesk.platform.database.postgres import PostgresDatabase
from tests.service import auth_world
from tests.service.auth_world import PASSWORD, World

SHOP = Target("team", 7, "Service")


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


def somebody(organization: int, agent: int = 5) -> Subject:
    return Subject(
        organization, SubjectKind.AGENT, agent, 9, Role.AGENT, origin=Origin("203.0.113.9", "Firefox")
    )


async def told(platform: Platform, organization: int) -> list[AuditEntry]:
    """Every entry, oldest first."""

    async def read(reader: Reader) -> list[AuditEntry]:
        return list(await find_in(reader, organization, Filter(), before=1 << 62, limit=1_000))[::-1]

    return await platform.database.read(organization, read)


async def record(platform: Platform, subject: Subject, count: int = 1, target: Target = SHOP) -> None:
    async def work(tx: Transaction) -> None:
        for number in range(count):
            await record_in(platform, tx, subject, Action.TEAM_CHANGED, target, number=number)

    await platform.database.write(subject.organization_id, work)


async def broken_at(platform: Platform, organization: int) -> int | None:
    verdict = await platform.database.read(organization, lambda reader: verify_in(reader, organization))
    return verdict.broken_at


async def test_an_entry_says_who_what_to_what_and_from_where(
    platform: Platform, organization: int, clock: ManualClock
) -> None:
    await record(platform, somebody(organization))
    (entry,) = await told(platform, organization)
    assert (entry.seq, entry.at, entry.actor_id, entry.session_id) == (1, clock.now(), 5, 9)
    assert (entry.address, entry.user_agent) == ("203.0.113.9", "Firefox")
    assert (entry.action, entry.target_kind, entry.target_id, entry.target_name) == (
        "team.changed",
        "team",
        7,
        "Service",
    )
    assert entry.facts == {"number": 0}


async def test_a_deed_that_is_rolled_back_leaves_no_entry(platform: Platform, organization: int) -> None:
    async def work(tx: Transaction) -> None:
        await record_in(platform, tx, somebody(organization), Action.TEAM_CHANGED, SHOP)
        raise LookupError

    with pytest.raises(LookupError):
        await platform.database.write(organization, work)
    assert await told(platform, organization) == []


async def test_entries_of_many_at_once_form_one_chain_without_a_gap(
    platform: Platform, organization: int, other_organization: int
) -> None:
    await asyncio.gather(
        *(record(platform, somebody(organization, agent), 3) for agent in range(1, 9)),
        record(platform, somebody(other_organization), 2),
    )
    entries = await told(platform, organization)
    assert [entry.seq for entry in entries] == list(range(1, 25))
    assert await broken_at(platform, organization) is None
    assert len(await told(platform, other_organization)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_entry set actor_id = 1",
        "delete from audit_entry where seq = 2",
        "insert or replace into audit_entry select * from audit_entry where seq = 2",
    ],
)
async def test_the_database_refuses_to_change_or_remove_an_entry(
    platform: Platform, organization: int, statement: str
) -> None:
    await record(platform, somebody(organization), 3)
    if platform.database.engine == "postgres":
        statement = statement.replace("insert or replace", "insert")
    before = await told(platform, organization)
    with pytest.raises(Exception, match=r"audit log only grows|permission denied|duplicate key"):
        await platform.database.write(organization, lambda tx: tx.execute(statement))
    assert await told(platform, organization) == before


async def _without_guards(
    config: Config, platform: Platform, tamper: Callable[[Transaction], Awaitable[object]]
) -> None:
    """What somebody with the database's own rights can do: take the triggers away first."""

    async def work(tx: Transaction) -> None:
        if platform.database.engine == "sqlite":
            for name in ("stays", "is_kept", "is_new"):
                await tx.execute(f"drop trigger audit_entry_{name}")
        else:
            await tx.execute("alter table audit_entry disable trigger all")
        await tamper(tx)

    database: Database = platform.database
    if platform.database.engine == "postgres":
        database = await PostgresDatabase.open(config.database.url, role=None, size=1)
    await database.write(EVERY_ORGANIZATION, work)
    if isinstance(database, PostgresDatabase) and database is not platform.database:
        await database.close()


TAMPERINGS: dict[str, tuple[str, int]] = {
    "another actor": ("update audit_entry set actor_id = 1 where seq = 3", 3),
    "another address": ("update audit_entry set address = '' where seq = 5", 5),
    "other facts": ("update audit_entry set facts = '{\"number\":9}' where seq = 2", 2),
    "facts that are none": ("update audit_entry set facts = 'x' where seq = 2", 1),
    "one removed": ("delete from audit_entry where seq = 4", 4),
    "the first removed": ("delete from audit_entry where seq = 1", 1),
    "a hash that fits the words alone": ("update audit_entry set hash = 'x', action = 'y' where seq = 6", 6),
    "two changed places": (
        "update audit_entry set seq = case seq when 3 then 103 else 3 end where seq in (3, 4)",
        3,
    ),
}


@pytest.mark.parametrize("what", sorted(TAMPERINGS))
async def test_whatever_is_tampered_with_behind_its_back_is_found_where_it_begins(
    config: Config, platform: Platform, organization: int, what: str
) -> None:
    statement, where = TAMPERINGS[what]
    await record(platform, somebody(organization), 8)
    assert await broken_at(platform, organization) is None
    await _without_guards(config, platform, lambda tx: tx.execute(statement))
    assert await broken_at(platform, organization) == where


async def test_what_is_cut_off_the_end_is_found_by_what_was_kept_elsewhere(
    config: Config, platform: Platform, organization: int
) -> None:
    await record(platform, somebody(organization), 5)
    head = (await told(platform, organization))[-1]
    await _without_guards(config, platform, lambda tx: tx.execute("delete from audit_entry where seq = 5"))
    assert await broken_at(platform, organization) is None
    kept = await platform.database.read(
        organization, lambda reader: holds_in(reader, organization, head.seq, head.hash)
    )
    assert not kept


async def test_sign_ins_good_and_bad_and_sign_outs_are_told(world: World) -> None:
    for organization, username, password in (
        ("lantern", "ada", "wrong password"),
        ("lantern", "hunter2-typed-here", "x"),
    ):
        with pytest.raises(FrontdeskError):
            await world.sign_in(username, password, organization)
    async with world.client(routes.ROUTES) as http:
        headers = {"user-agent": "Firefox\x1b[31m"}
        body = {"organization": "lantern", "username": "ada", "password": PASSWORD}
        answer = await http.post("/v1/auth/sign-in", json=body, headers=headers)
        bearer = {"authorization": f"Bearer {answer.json()['access_token']}"}
        await http.post("/v1/auth/sign-out", headers=bearer)
    entries = await told(world.platform, world.organization)
    assert [(entry.action, entry.actor_id, entry.target_name) for entry in entries] == [
        ("session.sign_in_failed", 0, "ada"),
        ("session.sign_in_failed", 0, ""),
        ("session.signed_in", world.ada, "ada"),
        ("session.signed_out", world.ada, ""),
    ]
    assert entries[0].address == auth_world.ADDRESS
    assert entries[2].user_agent == "Firefox[31m"
    assert "hunter2" not in str(entries)


async def test_a_new_password_is_told_and_not_written_down(world: World) -> None:
    await set_password(world.platform, system_subject(world.organization), world.ada, "a planted canary")
    (entry,) = await told(world.platform, world.organization)
    assert (entry.action, entry.target_name) == ("account.password_reset", "ada")
    assert "canary" not in str(entry)


async def _as_admin(world: World, ask: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    async with world.client([*routes_audit.ROUTES, *routes_roles.ROUTES]) as http:
        http.headers["authorization"] = f"Bearer {(await world.sign_in()).token.text}"
        await ask(http)


async def test_it_is_searched_by_who_what_to_what_and_when_page_by_page(
    world: World, clock: ManualClock
) -> None:
    start = clock.now()
    for agent in (5, 6):
        for team in (7, 8):
            clock.advance(seconds=60)
            await record(world.platform, somebody(world.organization, agent), 2, Target("team", team))

    async def ask(http: httpx.AsyncClient) -> None:
        async def count(**query: str | int) -> int:
            found, cursor = 0, None
            while True:
                more = {} if cursor is None else {"cursor": cursor}
                answer = (await http.get("/v1/audit", params={"limit": 3, **query, **more})).json()
                found, cursor = found + len(answer["items"]), answer["cursor"]
                if cursor is None:
                    return found

        assert await count() == 9  # the sign-in is one of them
        assert await count(actor="5") == 4
        assert await count(actor="5", target_kind="team", target="8") == 2
        assert await count(action="team.changed") == 8
        assert await count(action="session.signed_in", actor=str(world.ada)) == 1
        assert await count(since=start + 120_000, until=start + 180_000) == 2
        assert (await http.get("/v1/audit", params={"action": "nothing"})).status_code == 400

    await _as_admin(world, ask)


async def test_an_export_is_told_in_itself_and_holds_no_formula(world: World) -> None:
    evil = Target("team", 7, '=HYPERLINK("http://evil.example")')
    await record(world.platform, somebody(world.organization), 1, evil)

    async def ask(http: httpx.AsyncClient) -> None:
        answer = await http.get("/v1/audit/export")
        assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert [row["action"] for row in rows] == ["audit.exported", "session.signed_in", "team.changed"]
        assert rows[0]["actor"] == "ada"
        assert rows[2]["target_name"].startswith("'=")
        lines = (await http.get("/v1/audit/export", params={"form": "jsonl", "action": "team.changed"})).text
        (entry,) = (msgspec.json.decode(line, type=AuditEntry) for line in lines.splitlines())
        assert entry.target_name == evil.name
        verdict = (await http.get("/v1/audit/verification")).json()
        assert (verdict["entries"], verdict["broken_at"]) == (4, None)

    await _as_admin(world, ask)


async def test_a_composed_role_is_told_with_what_it_grants(world: World) -> None:
    async def ask(http: httpx.AsyncClient) -> None:
        body = {"name": "Night", "permissions": ["search.use"], "scope": "teams"}
        role = (await http.post("/v1/roles", json=body)).json()["role"]
        await http.delete(f"/v1/roles/{role['id']}")

    await _as_admin(world, ask)
    entries = (await told(world.platform, world.organization))[1:]
    assert [entry.action for entry in entries] == ["role.created", "role.removed"]
    assert entries[0].facts == {"scope": "teams", "permissions": ["search.use"]}
    assert {entry.target_name for entry in entries} == {"Night"}


async def test_it_outlives_a_restart(config: Config, clock: ManualClock) -> None:
    async with open_platform(config, clock) as first:
        organization = (await create_organization(first, "lantern", "Lantern")).id
        await record(first, somebody(organization), 2)
    async with open_platform(config, clock) as second:
        await record(second, somebody(organization), 2)
        assert await broken_at(second, organization) is None
        assert len(await told(second, organization)) == 4
