"""A device is told for as long as its session lives, by whoever holds it, and by nobody before."""

from dataclasses import replace

import pytest
from msgspec import structs

from frontdesk.auth import revoke_session_in
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.platform import Transaction
from frontdesk.push import read_push, subscribe, try_push, unsubscribe
from frontdesk.staff import AgentChanges, update_agent
from tests.service.push.world import Device, World


@pytest.fixture
async def mei(world: World) -> Subject:
    return await world.office.add_agent(capacity=5)


async def end_session(world: World, device: Device) -> None:
    subject = device.subject

    async def work(tx: Transaction) -> None:
        await revoke_session_in(world.platform, tx, subject.organization_id, subject.session_id, subject.id)

    await world.platform.database.write(subject.organization_id, work)


async def test_a_test_goes_to_this_device_and_to_no_other_also_while_one_looks(
    world: World, mei: Subject
) -> None:
    phone, tablet = await world.device(mei), await world.device(mei)
    await try_push(world.platform, phone.subject)
    await try_push(world.platform, phone.subject)
    await world.settle()
    assert phone.told == [{"kind": "test", "language": "en"}]
    assert tablet.heard == []


async def test_where_nothing_is_subscribed_a_test_says_so(world: World, mei: Subject) -> None:
    phone = await world.signed_in(mei)
    with pytest.raises(FrontdeskError) as caught:
        await try_push(world.platform, phone.subject)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.CONFLICT, "push.not-subscribed")
    state = await read_push(world.platform, phone.subject)
    assert (state.subscribed, state.words, state.problem) == (False, False, None)
    assert len(state.public_key) == 87


async def test_a_session_that_ended_is_told_nothing_and_forgotten(world: World, mei: Subject) -> None:
    phone, tablet = await world.device(mei), await world.device(mei)
    for device in (phone, tablet):
        await try_push(world.platform, device.subject)
    await end_session(world, phone)
    await world.settle()
    assert (phone.heard, tablet.kinds) == ([], ["test"])
    assert await world.count("push_subscription") == 1


async def test_an_account_that_is_disabled_is_told_nothing(world: World, mei: Subject) -> None:
    phone = await world.device(mei)
    await try_push(world.platform, phone.subject)
    await update_agent(world.platform, world.office.system, mei.id, AgentChanges(enabled=False))
    await world.settle()
    await world.notifier.clear()
    assert phone.heard == []
    assert await world.count("push_subscription") == 0


async def test_a_session_that_ran_out_is_forgotten_without_being_used(world: World, mei: Subject) -> None:
    await world.device(mei)
    await world.settle(after=31 * 86_400)
    await world.notifier.clear()
    assert await world.count("push_subscription") == 0


async def test_the_next_who_signs_in_with_the_browser_takes_it_over(world: World, mei: Subject) -> None:
    tom = await world.office.add_agent()
    phone = await world.device(mei)
    his = replace(await world.signed_in(tom), browser=phone.browser, path=phone.path)
    await subscribe(world.platform, his.subject, his.subscription())
    assert not (await read_push(world.platform, phone.subject)).subscribed
    assert (await read_push(world.platform, his.subject)).subscribed


async def test_saying_it_again_changes_what_is_wanted_and_loses_nothing(world: World, mei: Subject) -> None:
    phone = await world.device(mei)
    await try_push(world.platform, phone.subject)
    state = await subscribe(world.platform, phone.subject, phone.subscription(words=True, language="zh-CN"))
    assert (state.subscribed, state.words) == (True, True)
    await world.settle()
    assert phone.told == [{"kind": "test", "language": "zh-CN"}]
    assert await world.count("push_subscription") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": ""},
        {"p256dh": "é"},
        {"p256dh": "BAAA"},
        {"p256dh": "B" + "A" * 86},
        {"auth": "c2hvcnQ"},
        {"auth": "A" * 64},
    ],
)
async def test_keys_that_no_browser_has_made_are_refused(
    world: World, mei: Subject, wrong: dict[str, str]
) -> None:
    phone = await world.signed_in(mei)
    with pytest.raises(FrontdeskError) as caught:
        await subscribe(world.platform, phone.subject, structs.replace(phone.subscription(), **wrong))
    assert caught.value.code == "push.keys"


async def test_who_has_no_conversations_has_no_push(world: World) -> None:
    auditor = await world.office.add_agent(role=Role.AUDITOR)
    phone = await world.signed_in(auditor)
    for refused in (
        read_push(world.platform, phone.subject),
        unsubscribe(world.platform, phone.subject),
        try_push(world.platform, phone.subject),
        subscribe(world.platform, phone.subject, phone.subscription()),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await refused
        assert caught.value.kind is ErrorKind.FORBIDDEN
