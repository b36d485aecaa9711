"""Sessions: refreshed by rotation, ended at once by what ends them, also across a restart."""

import asyncio
import dataclasses

import pytest

from frontdesk.auth import (
    SESSION_REVOKED,
    Authenticator,
    SessionRevoked,
    SignedIn,
    change_password,
    create_organization,
    create_visitor_key_in,
    find_visitor_key,
    issue_visitor_token,
    refresh,
    revoke_principal_in,
    set_enabled_in,
    set_password,
    set_role_in,
    sign_out,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, SubjectKind, system_subject
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.bus.memory import MemoryBus
from tests.service import auth_world
from tests.service.auth_world import PASSWORD, World


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


async def assert_ended(world: World, signed_in: SignedIn) -> None:
    """Neither token of a session works any more."""
    with pytest.raises(FrontdeskError) as caught:
        world.authenticator.verify(signed_in.token.text)
    assert caught.value.kind is ErrorKind.UNAUTHENTICATED
    with pytest.raises(FrontdeskError) as caught:
        await refresh(world.platform, world.authenticator, signed_in.refresh_token)
    assert caught.value.code == "auth.session"


async def live_children(world: World) -> int:
    async def read(reader: Reader) -> int:
        row = await reader.fetch_one(
            "select count(*) from refresh_token r join session s on s.id = r.session_id"
            " where r.used_at is null and s.revoked_at is null"
        )
        return 0 if row is None else row[0]

    return await world.platform.database.read(EVERY_ORGANIZATION, read)


async def test_refresh_gives_new_tokens_of_the_same_session(world: World, clock: ManualClock) -> None:
    first = await world.sign_in()
    clock.advance(seconds=60)
    second = await refresh(world.platform, world.authenticator, first.refresh_token)
    assert second.refresh_token != first.refresh_token
    before, after = (world.authenticator.verify(one.token.text) for one in (first, second))
    assert before.session_id == after.session_id
    assert second.token.expires_at > first.token.expires_at


async def test_a_repeat_within_the_grace_gets_the_same_answer(world: World, clock: ManualClock) -> None:
    first = await world.sign_in()
    second = await refresh(world.platform, world.authenticator, first.refresh_token)
    clock.advance(seconds=10)
    again = await refresh(world.platform, world.authenticator, first.refresh_token)
    assert again.refresh_token == second.refresh_token
    third = await refresh(world.platform, world.authenticator, second.refresh_token)
    assert world.authenticator.verify(third.token.text)


async def test_a_repeat_after_the_grace_ends_the_session_for_both(world: World, clock: ManualClock) -> None:
    first = await world.sign_in()
    second = await refresh(world.platform, world.authenticator, first.refresh_token)
    clock.advance(seconds=10.001)
    with pytest.raises(FrontdeskError):
        await refresh(world.platform, world.authenticator, first.refresh_token)
    await assert_ended(world, second)
    await assert_ended(world, first)


async def test_a_repeat_ends_the_session_once_the_successor_was_used(world: World) -> None:
    first = await world.sign_in()
    second = await refresh(world.platform, world.authenticator, first.refresh_token)
    third = await refresh(world.platform, world.authenticator, second.refresh_token)
    with pytest.raises(FrontdeskError):
        await refresh(world.platform, world.authenticator, first.refresh_token)
    await assert_ended(world, third)


async def test_fifty_refreshes_at_once_leave_one_live_child(world: World) -> None:
    first = await world.sign_in()
    answers = await asyncio.gather(
        *(refresh(world.platform, world.authenticator, first.refresh_token) for _ in range(50))
    )
    assert len({answer.refresh_token for answer in answers}) == 1
    assert await live_children(world) == 1
    await refresh(world.platform, world.authenticator, answers[0].refresh_token)


async def test_reuse_leaves_other_sessions_alone(world: World, clock: ManualClock) -> None:
    stolen, other = await world.sign_in(), await world.sign_in()
    await refresh(world.platform, world.authenticator, stolen.refresh_token)
    clock.advance(seconds=11)
    with pytest.raises(FrontdeskError):
        await refresh(world.platform, world.authenticator, stolen.refresh_token)
    assert await refresh(world.platform, world.authenticator, other.refresh_token)


async def test_a_refresh_token_ends_with_time(world: World, clock: ManualClock) -> None:
    signed_in = await world.sign_in()
    clock.advance(seconds=world.platform.config.tokens.refresh_ttl)
    with pytest.raises(FrontdeskError):
        await refresh(world.platform, world.authenticator, signed_in.refresh_token)


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "\ud800", "' or 1=1 --"])
async def test_a_strange_refresh_token_is_refused(world: World, token: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await refresh(world.platform, world.authenticator, token)
    assert caught.value.kind is ErrorKind.UNAUTHENTICATED


async def test_an_access_token_is_no_refresh_token(world: World) -> None:
    with pytest.raises(FrontdeskError):
        await refresh(world.platform, world.authenticator, (await world.sign_in()).token.text)


async def test_the_database_holds_no_token_as_it_was_given(world: World) -> None:
    first = await world.sign_in()
    second = await refresh(world.platform, world.authenticator, first.refresh_token)

    async def read(reader: Reader) -> str:
        statements = (
            "select * from refresh_token",
            "select * from session",
            "select * from account",
            "select * from visitor_key",
        )
        return repr([await reader.fetch(statement) for statement in statements])

    kept = await world.platform.database.read(EVERY_ORGANIZATION, read)
    for secret in (first.refresh_token, second.refresh_token, first.token.text, PASSWORD):
        assert secret not in kept


async def test_disabling_ends_every_session_at_once(world: World) -> None:
    eve = await world.account("eve")
    sessions = [await world.sign_in("eve") for _ in range(3)]

    async def work(tx: Transaction) -> None:
        await set_enabled_in(world.platform, tx, world.organization, eve, enabled=False)

    await world.platform.database.write(EVERY_ORGANIZATION, work)
    for session in sessions:
        await assert_ended(world, session)
    with pytest.raises(FrontdeskError) as caught:
        await world.sign_in("eve")
    assert caught.value.code == "auth.credentials"


async def test_a_new_password_from_an_administrator_ends_every_session(world: World) -> None:
    eve = await world.account("eve")
    session = await world.sign_in("eve")
    await set_password(world.platform, system_subject(world.organization), eve, "another password")
    await assert_ended(world, session)
    assert await world.sign_in("eve", "another password")


async def test_changing_ones_password_ends_the_other_sessions(world: World) -> None:
    mine, other = await world.sign_in(), await world.sign_in()
    subject = world.authenticator.verify(mine.token.text)
    await change_password(world.platform, world.authenticator, subject, old=PASSWORD, new="another password")
    await assert_ended(world, other)
    assert world.authenticator.verify(mine.token.text)
    with pytest.raises(FrontdeskError):
        await world.sign_in()
    assert await world.sign_in(password="another password")


async def test_signing_out_ends_the_session_and_may_be_repeated(world: World) -> None:
    session, other = await world.sign_in(), await world.sign_in()
    await sign_out(world.platform, session.refresh_token)
    await sign_out(world.platform, session.refresh_token)
    await sign_out(world.platform, "unknown")
    await assert_ended(world, session)
    assert world.authenticator.verify(other.token.text)


async def test_a_revocation_holds_after_a_restart(world: World) -> None:
    session, other = await world.sign_in(), await world.sign_in()
    await sign_out(world.platform, session.refresh_token)
    again = await Authenticator.load(world.platform, world.keys)
    with pytest.raises(FrontdeskError):
        again.verify(session.token.text)
    assert again.verify(other.token.text)


async def test_every_process_hears_of_a_revocation(world: World) -> None:
    session = await world.sign_in()
    elsewhere = await Authenticator.load(world.platform, world.keys)
    heard: list[SessionRevoked] = []
    SESSION_REVOKED.subscribe(world.platform.bus, heard.append)
    await sign_out(world.platform, session.refresh_token)
    with pytest.raises(FrontdeskError):
        elsewhere.verify(session.token.text)
    assert [(one.organization_id, one.principal_id) for one in heard] == [(world.organization, world.ada)]


async def test_a_look_at_the_database_tells_what_no_bus_has_told(world: World, clock: ManualClock) -> None:
    session, eve = await world.sign_in(), await world.account("eve", Role.INSPECTOR)
    by_eve = (await world.sign_in("eve")).token.text
    deaf = await Authenticator.load(dataclasses.replace(world.platform, bus=MemoryBus()), world.keys)
    told: list[int] = []
    deaf.on_revoked(lambda event: told.append(event.session_id))
    clock.advance(seconds=300)
    await deaf.catch_up()
    await sign_out(world.platform, session.refresh_token)

    async def demote(tx: Transaction) -> None:
        await set_role_in(world.platform, tx, world.organization, eve, Role.AGENT)

    await world.platform.database.write(world.organization, demote)
    clock.advance(seconds=30)  # two clocks may differ
    assert deaf.verify(by_eve).may("conversation.read_all")
    await deaf.catch_up()
    await deaf.catch_up()
    with pytest.raises(FrontdeskError):
        deaf.verify(session.token.text)
    assert not deaf.verify(by_eve).may("conversation.read_all")
    assert len(told) == 1


async def test_nothing_is_revoked_when_the_work_is_rolled_back(world: World) -> None:
    session = await world.sign_in()

    async def work(tx: Transaction) -> None:
        await revoke_principal_in(world.platform, tx, world.organization, SubjectKind.AGENT, world.ada)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await world.platform.database.write(EVERY_ORGANIZATION, work)
    assert world.authenticator.verify(session.token.text)


async def test_an_account_of_another_organization_cannot_be_changed(world: World) -> None:
    other = await create_organization(world.platform, "paper-crane", "Paper Crane")
    session = await world.sign_in()

    async def work(tx: Transaction) -> None:
        await set_enabled_in(world.platform, tx, other.id, world.ada, enabled=False)

    with pytest.raises(FrontdeskError) as caught:
        await world.platform.database.write(EVERY_ORGANIZATION, work)
    assert caught.value.kind is ErrorKind.NOT_FOUND
    with pytest.raises(FrontdeskError):
        await set_password(world.platform, system_subject(other.id), world.ada, "another password")
    assert world.authenticator.verify(session.token.text)


async def test_a_visitors_key_keeps_its_session_until_it_is_revoked(world: World) -> None:
    platform = world.platform

    async def create(tx: Transaction) -> str:
        return (await create_visitor_key_in(platform, tx, world.organization, 77, 5))[0]

    secret = await platform.database.write(EVERY_ORGANIZATION, create)
    found = await platform.database.read(
        EVERY_ORGANIZATION, lambda r: find_visitor_key(platform, r, world.organization, secret)
    )
    assert found is not None
    first, second = (issue_visitor_token(platform, world.keys, found).text for _ in range(2))
    sessions = {world.authenticator.verify(token).session_id for token in (first, second)}
    assert sessions == {found.session_id}

    async def revoke(tx: Transaction) -> None:
        await revoke_principal_in(platform, tx, world.organization, SubjectKind.VISITOR, 77)

    await platform.database.write(EVERY_ORGANIZATION, revoke)
    with pytest.raises(FrontdeskError):
        world.authenticator.verify(first)
    gone = await platform.database.read(
        EVERY_ORGANIZATION, lambda r: find_visitor_key(platform, r, world.organization, secret)
    )
    assert gone is None


@pytest.mark.parametrize("secret", ["", "x", "x" * 1000, "\ud800"])
async def test_a_strange_visitor_key_finds_nobody(world: World, secret: str) -> None:
    found = await world.platform.database.read(
        EVERY_ORGANIZATION,
        lambda reader: find_visitor_key(world.platform, reader, world.organization, secret),
    )
    assert found is None


async def test_a_visitor_key_is_nothing_in_another_organization(world: World) -> None:
    other = await create_organization(world.platform, "paper-crane", "Paper Crane")

    async def create(tx: Transaction) -> str:
        return (await create_visitor_key_in(world.platform, tx, world.organization, 77, 5))[0]

    secret = await world.platform.database.write(EVERY_ORGANIZATION, create)
    found = await world.platform.database.read(
        EVERY_ORGANIZATION, lambda reader: find_visitor_key(world.platform, reader, other.id, secret)
    )
    assert found is None
