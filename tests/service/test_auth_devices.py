"""Where one is signed in: seen by its owner and by who manages staff, ended by either, at once."""

import pytest

from frontdesk.audit import Filter, find_in
from frontdesk.auth import NewRole, Permission, create_role, refresh
from frontdesk.auth.devices import end_all, end_device, end_others, list_devices
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.platform import Platform
from tests.service import auth_world
from tests.service.auth_world import World


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


async def test_each_device_is_listed_with_where_and_when_it_was_used(
    world: World, clock: ManualClock
) -> None:
    first = await world.sign_in(address="192.0.2.1")
    began = clock.now()
    clock.advance(seconds=60)
    second = await world.sign_in(address="192.0.2.2")
    clock.advance(seconds=60)
    await refresh(world.platform, world.authenticator, first.refresh_token, address="192.0.2.3")
    subject = world.authenticator.verify(second.token.text)
    found = await list_devices(world.platform, subject, world.ada)
    assert [(one.address, one.created_at, one.last_seen_at, one.application) for one in found] == [
        ("192.0.2.3", began, clock.now(), None),
        ("192.0.2.2", began + 60_000, began + 60_000, None),
    ]


async def test_ending_one_leaves_the_others_and_ending_the_others_leaves_this_one(world: World) -> None:
    tokens = [(await world.sign_in()).token.text for _turn in range(3)]
    here, there, elsewhere = (world.authenticator.verify(token) for token in tokens)
    await end_device(world.platform, here, world.ada, there.session_id)
    await end_device(world.platform, here, world.ada, there.session_id)
    with pytest.raises(FrontdeskError, match=r"auth\.token"):
        world.authenticator.verify(tokens[1])
    assert world.authenticator.verify(tokens[2]) == elsewhere
    await end_others(world.platform, here)
    with pytest.raises(FrontdeskError, match=r"auth\.token"):
        world.authenticator.verify(tokens[2])
    assert world.authenticator.verify(tokens[0]) == here
    assert [one.id for one in await list_devices(world.platform, here, world.ada)] == [here.session_id]


async def test_an_agents_sessions_are_the_agents_and_an_administrators_to_end(
    world: World, other_organization: int
) -> None:
    mei = await world.account("mei")
    await world.account("otto")
    signed_in = await world.sign_in("mei")
    by_mei = world.authenticator.verify(signed_in.token.text)
    admin = world.authenticator.verify((await world.sign_in()).token.text)
    otto = world.authenticator.verify((await world.sign_in("otto")).token.text)
    eve = await world.account("eve", Role.ADMINISTRATOR, organization=other_organization)
    foreign = world.authenticator.verify((await world.sign_in("eve", organization="paper-crane")).token.text)
    assert foreign.id == eve
    for who, code in ((otto, r"auth\.permission"), (foreign, "not-found")):
        with pytest.raises(FrontdeskError, match=code):
            await list_devices(world.platform, who, mei)
        with pytest.raises(FrontdeskError, match=code):
            await end_device(world.platform, who, mei, by_mei.session_id)
        with pytest.raises(FrontdeskError, match=code):
            await end_all(world.platform, who, mei)
    with pytest.raises(FrontdeskError, match="not-found"):
        await end_device(world.platform, otto, otto.id, by_mei.session_id)
    assert [one.id for one in await list_devices(world.platform, admin, mei)] == [by_mei.session_id]
    await end_all(world.platform, admin, mei)
    with pytest.raises(FrontdeskError, match=r"auth\.token"):
        world.authenticator.verify(signed_in.token.text)
    with pytest.raises(FrontdeskError, match=r"auth\.session"):
        await refresh(world.platform, world.authenticator, signed_in.refresh_token)


async def test_nobody_signs_out_who_may_do_more_than_they_may_themselves(world: World) -> None:
    admin = world.authenticator.verify((await world.sign_in()).token.text)
    managing = NewRole(name="Staff office", permissions=frozenset({Permission.STAFF_MANAGE}))
    await world.account("otto", (await create_role(world.platform, admin, managing)).key)
    mei = await world.account("mei", Role.AGENT)
    otto = world.authenticator.verify((await world.sign_in("otto")).token.text)
    by_mei = world.authenticator.verify((await world.sign_in("mei")).token.text)
    for who, session in ((world.ada, admin.session_id), (mei, by_mei.session_id)):
        with pytest.raises(FrontdeskError, match=r"auth\.beyond-own"):
            await end_device(world.platform, otto, who, session)
        with pytest.raises(FrontdeskError, match=r"auth\.beyond-own"):
            await end_all(world.platform, otto, who)
    assert [one.id for one in await list_devices(world.platform, otto, mei)] == [by_mei.session_id]
    await end_all(world.platform, otto, otto.id)
    await end_all(world.platform, admin, mei)


async def test_who_ended_a_session_is_told_once(world: World) -> None:
    tokens = [(await world.sign_in()).token.text for _turn in range(2)]
    here, there = (world.authenticator.verify(token) for token in tokens)
    for _turn in range(2):
        await end_device(world.platform, here, world.ada, there.session_id)
    await end_others(world.platform, here)
    found = await world.platform.database.read(
        world.organization,
        lambda reader: find_in(reader, world.organization, Filter(), before=1 << 62, limit=100),
    )
    told = [(entry.action, entry.target_name, entry.facts) for entry in found if "ended" in entry.action]
    assert told == [
        ("session.all_ended", "ada", {}),
        ("session.ended", "ada", {"session": str(there.session_id)}),
    ]
