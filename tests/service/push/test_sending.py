"""How it is sent: as the RFCs say, once, again when that may help, and never where requests must not go."""

import asyncio
from dataclasses import replace

import pytest
from msgspec import structs

from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Transaction
from frontdesk.push import Notifier, Problem, read_push, subscribe, try_push
from frontdesk.push.keys import load_push_key
from frontdesk.push.sending import CLAIM, PAUSES
from tests.kit.browser import vapid
from tests.kit.receiver import Heard, Reply, receiver
from tests.service.push.test_telling import served, visitor_says
from tests.service.push.world import Device, World


@pytest.fixture
async def mei(world: World) -> Subject:
    return await world.office.add_agent(capacity=5)


async def away(world: World, mei: Subject) -> tuple[Device, int]:
    """An agent whose phone alone can be reached, and a conversation of theirs."""
    phone = await world.device(mei)
    conversation = await served(world, mei)
    await world.settle()
    await world.leave(mei)
    return phone, conversation


async def test_the_request_is_as_push_services_want_it(world: World, mei: Subject) -> None:
    phone, conversation = await away(world, mei)
    await visitor_says(world, conversation)
    await world.settle()
    (heard,) = phone.heard
    claims, key = vapid(heard)
    assert claims["aud"] == f"http://127.0.0.1:{world.service.port}"
    assert claims["sub"] == "mailto:ops@lantern.example"
    assert 0 < claims["exp"] - world.clock.now() // 1000 <= 86_400
    assert key == (await read_push(world.platform, phone.subject)).public_key
    assert heard.headers["content-encoding"] == "aes128gcm"
    assert heard.headers["urgency"] == "high"
    assert 0 < int(heard.headers["ttl"]) <= 3_600
    assert len(heard.headers["topic"]) <= 32
    assert b"Visitor" not in heard.body


async def test_topics_tell_nothing_to_who_compares_devices(world: World, mei: Subject) -> None:
    phone, conversation = await away(world, mei)
    tablet = await world.signed_in(mei)
    tablet.browser.auth = b"another-secret-0"
    await subscribe(world.platform, tablet.subject, tablet.subscription())
    await visitor_says(world, conversation)
    await world.settle()
    assert phone.heard[0].headers["topic"] != tablet.heard[0].headers["topic"]


@pytest.mark.parametrize("status", [404, 410])
async def test_a_device_that_the_push_service_has_forgotten_is_forgotten(
    world: World, mei: Subject, status: int
) -> None:
    phone, conversation = await away(world, mei)
    world.service.answers(status)
    await visitor_says(world, conversation)
    await world.settle()
    assert len(phone.heard) == 1
    assert not (await read_push(world.platform, phone.subject)).subscribed
    assert await world.count("push_delivery") == 0


async def test_a_service_that_cannot_now_is_asked_again_with_growing_pauses(
    world: World, mei: Subject
) -> None:
    phone, conversation = await away(world, mei)
    world.service.answers(503, 500, 201)
    await visitor_says(world, conversation)
    await world.settle()
    assert (await read_push(world.platform, phone.subject)).problem is Problem.UNREACHABLE
    for pause in PAUSES[:2]:
        before = len(phone.heard)
        await world.settle(after=pause / 1000 - 1)
        assert len(phone.heard) == before
        await world.settle(after=1)
        assert len(phone.heard) == before + 1
    assert phone.kinds == ["message"]
    assert (await read_push(world.platform, phone.subject)).problem is None
    await world.settle(after=3_600)
    assert len(phone.heard) == 3


async def test_a_service_that_says_when_is_asked_then(world: World, mei: Subject) -> None:
    phone, conversation = await away(world, mei)
    world.service.answers(429, 201, headers={"retry-after": "300"})
    await visitor_says(world, conversation)
    await world.settle()
    await world.settle(after=299)
    assert len(phone.heard) == 1
    await world.settle(after=1)
    assert len(phone.heard) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 413])
async def test_a_service_that_refuses_is_not_asked_again_and_the_owner_can_see_it(
    world: World, mei: Subject, status: int
) -> None:
    phone, conversation = await away(world, mei)
    world.service.answers(status)
    await visitor_says(world, conversation)
    await world.settle()
    await world.settle(after=1_200)
    assert len(phone.heard) == 1
    state = await read_push(world.platform, phone.subject)
    assert (state.subscribed, state.problem) == (True, Problem.REFUSED)


async def test_it_is_given_up_when_it_is_no_news_any_more(world: World, mei: Subject) -> None:
    phone, conversation = await away(world, mei)
    world.service.answers(503)
    await visitor_says(world, conversation)
    for _ in range(30):
        await world.settle(after=600)
    assert 4 < len(phone.heard) < 12
    world.service.answers(201)
    await world.settle(after=600)
    assert phone.told == []


async def test_a_device_that_fails_for_two_weeks_is_forgotten(world: World, mei: Subject) -> None:
    phone, _ = await away(world, mei)
    world.service.answers(403)
    await try_push(world.platform, phone.subject)
    await world.settle()
    await world.notifier.clear()
    assert (await read_push(world.platform, phone.subject)).subscribed
    await world.settle(after=15 * 86_400)
    await world.notifier.clear()
    assert await world.count("push_subscription") == 0


async def test_a_service_that_never_answers_holds_up_no_other(world: World, mei: Subject) -> None:
    async with receiver() as other:
        ports = f"{world.service.port},{other.port}"
        config = structs.replace(
            world.platform.config, push=structs.replace(world.platform.config.push, ports=ports)
        )
        world.platform = replace(world.platform, config=config)
        forever = asyncio.Event()

        async def never(_: Heard) -> Reply:
            await forever.wait()
            return Reply()

        world.service.answering = never
        stuck = [await world.device(mei) for _ in range(20)]
        fine = await world.device(mei, service=other)
        for device in (*stuck, fine):
            await try_push(world.platform, device.subject)
        sending = asyncio.create_task(Notifier(world.platform, timeout=30).settle())
        await other.wait_for(1)
        await world.service.wait_for(8)
        assert not sending.done()
        assert len(world.service.heard) == 8  # and no more at once
        assert fine.kinds == ["test"]
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def test_what_was_claimed_and_not_noted_when_the_process_died_is_sent_again(
    world: World, mei: Subject
) -> None:
    phone, conversation = await away(world, mei)
    forever = asyncio.Event()

    async def never(_: Heard) -> Reply:
        await forever.wait()
        return Reply()

    world.service.answering = never
    await visitor_says(world, conversation)
    dying = asyncio.create_task(Notifier(world.platform, timeout=30).settle())
    await world.service.wait_for(1)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    world.service.answers(201)
    await world.settle(after=CLAIM / 1000 - 1)
    assert len(phone.heard) == 1
    await world.settle(after=1)
    assert len(phone.heard) == 2


async def test_several_processes_send_each_of_it_once(world: World, mei: Subject) -> None:
    phones = [await world.device(mei) for _ in range(4)]
    conversations = [await served(world, mei) for _ in range(4)]
    await world.settle()
    await world.leave(mei)
    for conversation in conversations:
        await visitor_says(world, conversation)
    others = [Notifier(world.platform, timeout=5) for _ in range(3)]
    await asyncio.gather(*(one.settle() for one in others))
    await world.settle()
    for phone in phones:
        assert sorted(one["conversation"] for one in phone.told) == sorted(map(str, conversations))


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1:443/push",
        "https://10.0.0.1/push",
        "https://[::1]/push",
        "https://169.254.169.254/latest/meta-data",
        "https://push.example:22/",
        "http://push.example/",
        "https://user:password@push.example/",
        "ftp://push.example/",
        "",
    ],
)
async def test_an_endpoint_inside_our_own_network_is_refused(
    platform: Platform, world: World, mei: Subject, endpoint: str
) -> None:
    phone = await world.signed_in(mei)
    new = structs.replace(phone.subscription(), endpoint=endpoint)
    with pytest.raises(FrontdeskError) as caught:
        await subscribe(platform, phone.subject, new)  # as delivered: no network is allowed
    assert caught.value.code == "push.address"
    assert await world.count("push_subscription") == 0


async def test_a_name_that_leads_into_our_own_network_is_not_followed(
    platform: Platform, world: World, mei: Subject
) -> None:
    phone = await world.signed_in(mei)
    config = structs.replace(
        platform.config,
        push=structs.replace(platform.config.push, allow_http=True, ports=str(world.service.port)),
    )
    guarded = replace(platform, config=config)
    endpoint = f"http://localhost:{world.service.port}/push/1"
    await subscribe(guarded, phone.subject, structs.replace(phone.subscription(), endpoint=endpoint))
    await try_push(guarded, phone.subject)
    await Notifier(guarded).settle()
    assert world.service.connections == 0
    assert (await read_push(guarded, phone.subject)).problem is Problem.UNREACHABLE


async def test_processes_that_start_together_agree_on_the_key_and_a_restart_keeps_it(
    world: World, mei: Subject
) -> None:
    phone = await world.signed_in(mei)
    before = (await read_push(world.platform, phone.subject)).public_key
    await asyncio.gather(*(load_push_key(world.platform) for _ in range(5)))
    assert (await read_push(world.platform, phone.subject)).public_key == before

    async def forget(tx: Transaction) -> None:
        await tx.execute("delete from push_key")

    await world.platform.database.write(0, forget)
    await asyncio.gather(*(load_push_key(world.platform) for _ in range(5)))
    assert await world.count("push_key") == 1
    assert (await read_push(world.platform, phone.subject)).public_key != before
