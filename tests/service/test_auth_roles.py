"""Roles as data: what an organization composes itself, and a change that counts for the next call of a held token."""

import asyncio
from collections.abc import Awaitable

import pytest

from frontdesk.auth import (
    Authenticator,
    NewRole,
    Permission,
    RoleChanges,
    Scope,
    change_role,
    create_role,
    delete_role,
    list_roles,
    routes_roles,
    set_role_in,
)
from frontdesk.conversations import routes as conversation_routes
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.platform import Platform, Transaction
from tests.service import auth_world
from tests.service.auth_world import World

READS = frozenset({Permission.CONVERSATION_READ_OWN.value, Permission.SEARCH_USE.value})


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


async def admin(world: World) -> Subject:
    return world.authenticator.verify((await world.sign_in()).token.text)


async def made(world: World, name: str = "Night shift", scope: Scope = Scope.OWN) -> str:
    role = await create_role(
        world.platform, await admin(world), NewRole(name=name, permissions=READS, scope=scope)
    )
    return role.key


async def give(world: World, account: int, role: str) -> None:
    async def work(tx: Transaction) -> None:
        await set_role_in(world.platform, tx, world.organization, account, role)

    await world.platform.database.write(world.organization, work)


async def refused(attempt: Awaitable[object]) -> FrontdeskError:
    with pytest.raises(FrontdeskError) as caught:
        await attempt
    return caught.value


async def test_a_held_token_follows_a_changed_role_at_its_next_call(world: World) -> None:
    role = await made(world)
    eve = await world.account("eve", role)
    token = (await world.sign_in("eve")).token.text
    assert world.authenticator.verify(token).permissions == READS
    more = RoleChanges(permissions=READS | {"contact.read"}, scope=Scope.ORGANIZATION)
    await change_role(world.platform, await admin(world), role, more)
    now = world.authenticator.verify(token)
    assert now.may("contact.read")
    assert now.may("conversation.read_all")
    await give(world, eve, Role.INSPECTOR)
    now = world.authenticator.verify(token)
    assert (now.role, now.may("conversation.take")) == (Role.INSPECTOR, False)


async def test_a_changed_role_counts_after_a_restart_and_after_lost_news(
    world: World, clock: ManualClock
) -> None:
    role = await made(world)
    eve = await world.account("eve", Role.LEADER)
    token = (await world.sign_in("eve")).token.text
    clock.advance(seconds=60)
    await give(world, eve, role)
    later = await Authenticator.load(world.platform, world.keys)
    assert later.verify(token).permissions == READS
    later.grants.stop()  # from here on this process hears nothing
    await change_role(world.platform, await admin(world), role, RoleChanges(permissions=frozenset()))
    await give(world, eve, Role.AGENT)
    assert later.verify(token).permissions == READS
    await later.reload()
    assert later.verify(token).role == Role.AGENT


async def test_a_removed_role_grants_nothing_to_what_still_names_it(world: World) -> None:
    role = await made(world)
    eve = await world.account("eve", role)
    token = (await world.sign_in("eve")).token.text
    assert (await refused(delete_role(world.platform, await admin(world), role))).code == "auth.role-in-use"
    await give(world, eve, Role.AGENT)
    await delete_role(world.platform, await admin(world), role)
    assert world.authenticator.grants.of_role(world.organization, role) == frozenset()
    assert world.authenticator.verify(token).role == Role.AGENT


async def test_nobody_gives_more_than_they_have(world: World) -> None:
    root = await admin(world)
    await create_role(
        world.platform,
        root,
        NewRole(name="Head of roles", permissions=frozenset({"role.manage", "staff.read"})),
    )
    head = next(role for role in await list_roles(world.platform, root) if role.name == "Head of roles")
    await world.account("eve", head.key)
    eve = world.authenticator.verify((await world.sign_in("eve")).token.text)
    beyond = (
        create_role(world.platform, eve, NewRole(name="x", permissions=frozenset({"settings.manage"}))),
        create_role(world.platform, eve, NewRole(name="x", permissions=frozenset(), scope=Scope.TEAMS)),
        change_role(world.platform, eve, head.key, RoleChanges(permissions=frozenset({"audit.read"}))),
        change_role(world.platform, eve, head.key, RoleChanges(scope=Scope.ORGANIZATION)),
    )
    for attempt in beyond:
        assert (await refused(attempt)).kind in {ErrorKind.FORBIDDEN, ErrorKind.INVALID}
    other = await made(world, "Readers", Scope.TEAMS)
    assert (
        await refused(change_role(world.platform, eve, other, RoleChanges(name="y")))
    ).code == "auth.beyond-own"
    narrow = NewRole(name="Narrow", permissions=frozenset({"staff.read"}))
    assert (await create_role(world.platform, eve, narrow)).permissions == frozenset({"staff.read"})


async def test_built_in_roles_are_everybodys_and_cannot_be_changed_or_removed(world: World) -> None:
    root = await admin(world)
    listed = await list_roles(world.platform, root)
    assert [role.key for role in listed if role.built_in] == [role.value for role in Role]
    assert next(role.holders for role in listed if role.key == Role.ADMINISTRATOR) == 1
    for role in Role:
        assert (
            await refused(change_role(world.platform, root, role, RoleChanges(name="x")))
        ).code == "auth.role-built-in"
        assert (await refused(delete_role(world.platform, root, role))).code == "auth.role-built-in"


async def test_a_role_of_another_organization_is_as_good_as_none(
    world: World, other_organization: int
) -> None:
    root = await admin(world)
    theirs = Subject(other_organization, root.kind, root.id, 1, Role.ADMINISTRATOR, root.permissions)
    foreign = await create_role(world.platform, theirs, NewRole(name="Theirs", permissions=READS))
    for key in (foreign.key, "250000000000000001", "nil"):
        error = await refused(change_role(world.platform, root, key, RoleChanges(name="x")))
        assert (error.kind, error.message) == (ErrorKind.NOT_FOUND, "This role does not exist.")
    assert world.authenticator.grants.of_role(world.organization, foreign.key) == frozenset()
    assert all(role.name != "Theirs" for role in await list_roles(world.platform, root))


async def test_what_is_no_permission_cannot_be_given(world: World) -> None:
    root = await admin(world)
    for name in ("everything", "conversation.read_all", ""):
        new = NewRole(name="x", permissions=frozenset({name}))
        assert (await refused(create_role(world.platform, root, new))).code == "auth.permission-unknown"


async def test_of_two_who_take_a_name_at_once_one_gets_it(world: World) -> None:
    root = await admin(world)
    new = NewRole(name="Twin", permissions=READS)
    outcomes = await asyncio.gather(
        *(create_role(world.platform, root, new) for _ in range(4)), return_exceptions=True
    )
    errors = [outcome for outcome in outcomes if isinstance(outcome, FrontdeskError)]
    assert [error.code for error in errors] == ["auth.role-exists"] * 3


async def test_over_http_a_call_is_refused_the_moment_its_permission_is_taken_away(world: World) -> None:
    role = await made(world, scope=Scope.TEAMS)
    await world.account("eve", role)
    async with world.client([*routes_roles.ROUTES, *conversation_routes.ROUTES]) as http:
        eve = {"authorization": f"Bearer {(await world.sign_in('eve')).token.text}"}
        ada = {"authorization": f"Bearer {(await world.sign_in()).token.text}"}
        assert (await http.get("/v1/conversations", headers=eve)).status_code == 200
        less = await http.patch(f"/v1/roles/{role}", json={"permissions": ["search.use"]}, headers=ada)
        assert less.json()["role"]["permissions"] == ["search.use"]
        answer = await http.get("/v1/conversations", headers=eve)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "auth.permission")
