"""Two processes on one bus: a visitor on one, an agent on the other, and a bus that goes away and comes back."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from frontdesk.auth import Authenticator, Keys, store_sessions
from frontdesk.auth.sessions import revoke_session_in
from frontdesk.auth.types import Session
from frontdesk.bots import create_knowledge_base, import_csv, knowledge_of
from frontdesk.contacts import ContactChanges, update_contact, visit_in
from frontdesk.conversations import (
    SYSTEM,
    Assigned,
    ConversationState,
    Draft,
    EntryKind,
    Membership,
    Routed,
    append_in,
    follow_contact_names,
)
from frontdesk.conversations.membership import ROUTED
from frontdesk.core.subject import Subject
from frontdesk.dispatch import reconcile, request_human
from frontdesk.dispatch.reconcile import Fault
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.bus.nats import NatsBus, open_nats
from frontdesk.platform.config import Access
from frontdesk.platform.telemetry import REGISTRY
from frontdesk.settings import change
from frontdesk.settings import get as get_settings
from frontdesk.staff import Status, card, set_status
from tests.kit.nats import NatsServer, running_nats
from tests.service.access_clients import Client, Frame, eventually, until, upto
from tests.service.access_server import Realtime, serving, text
from tests.service.dispatch_world import World
from tests.service.staff_people import add_agent, administrator, subject_of


@pytest.fixture
async def nats(tmp_path: Path) -> AsyncIterator[NatsServer]:
    async with running_nats(tmp_path) as (server,):
        yield server


@pytest.fixture
async def one(platform: Platform, nats: NatsServer) -> AsyncIterator[Platform]:
    async with open_nats(nats.url, name="one", wait=0) as bus:
        yield dataclasses.replace(platform, bus=bus)


@pytest.fixture
async def two(platform: Platform, nats: NatsServer) -> AsyncIterator[Platform]:
    async with open_nats(nats.url, name="two", wait=0) as bus:
        yield dataclasses.replace(platform, bus=bus)


@pytest.fixture
async def here(one: Platform, organization: int) -> AsyncIterator[Realtime]:
    async with serving(one, organization, Access(rate=1e6, burst=1_000_000)) as running:
        yield running


@pytest.fixture
async def there(two: Platform, organization: int) -> AsyncIterator[Realtime]:
    async with serving(two, organization, Access()) as running:
        yield running


async def sooner_or_later(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(3):
        while not await holds():  # noqa: ASYNC110 - what is waited for is in another process or in the tables
            await asyncio.sleep(0.002)


def is_away(platform: Platform) -> bool:
    assert isinstance(platform.bus, NatsBus)
    return platform.bus._link is None


async def cut(nats: NatsServer, *platforms: Platform) -> None:
    await nats.kill()
    await eventually(lambda: all(map(is_away, platforms)))


async def make_agent(realtime: Realtime) -> Subject:
    return subject_of(
        await add_agent(realtime.platform, realtime.organization, f"agent{realtime.platform.ids.new()}")
    )


async def send(client: Client, frame: Frame) -> Frame:
    """Say something and return the ack."""
    await client.send(frame)
    return await until(client, "ack")


# ---- while the bus is there ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("transport", ["websocket", "sse"])
async def test_a_visitor_and_an_agent_on_different_processes_hear_each_other_once(
    here: Realtime, there: Realtime, transport: str
) -> None:
    visitor, agent = here.visitor(), await make_agent(there)
    conversation = await here.conversation(visitor, agent)
    asking, answering = await here.join(visitor, transport), await there.join(agent, transport)
    for number in range(10):
        asked = await send(asking, text(conversation, f"question {number}", f"q{number}"))
        assert (await until(answering, "entry"))["entry"]["seq"] == asked["seq"]
        answered = await send(answering, text(conversation, f"answer {number}", f"a{number}"))
        assert (await until(asking, "entry"))["entry"]["seq"] == answered["seq"] == asked["seq"] + 1


async def test_a_client_is_synced_only_when_the_other_process_knows_that_it_listens(
    nats: NatsServer, here: Realtime, there: Realtime
) -> None:
    visitor, agent = here.visitor(), await make_agent(there)
    conversation = await here.conversation(visitor, agent)
    asking = await here.join(visitor)
    nats.pause()
    answering = await there.client(agent, "websocket")
    await there.greet(answering, agent)
    await until(answering, "welcome")
    asked = await send(asking, text(conversation, "is anybody here?", "q1"))
    syncing = asyncio.create_task(upto(answering, "ready"))
    await asyncio.sleep(0.2)
    assert not syncing.done()
    nats.resume()
    (reset,) = [frame for frame in await syncing if frame["t"] == "reset"]
    assert reset["entries"][-1]["seq"] == asked["seq"]
    asked = await send(asking, text(conversation, "hello?", "q2"))
    assert (await until(answering, "entry"))["entry"]["seq"] == asked["seq"]


async def test_nothing_falls_between_the_snapshot_and_what_is_heard_after_it(
    here: Realtime, there: Realtime
) -> None:
    visitor, agent = here.visitor(), await make_agent(there)
    conversation = await here.conversation(visitor, agent)
    asking = await here.join(visitor)
    stop = asyncio.Event()

    async def talk() -> int:
        number = 0
        while not stop.is_set():
            number += 1
            await send(asking, text(conversation, "and", f"q{number}"))
        return number

    talking = asyncio.create_task(talk())
    for _ in range(10):
        client = await there.client(agent, "websocket")
        await there.greet(client, agent)
        frames = await upto(client, "ready")
        frames += [await until(client, "entry") for _ in range(3)]
        await client.leave()
        (reset,) = [frame for frame in frames if frame["t"] == "reset"]
        seqs = [frame["entry"]["seq"] for frame in frames if frame["t"] == "entry"]
        head = reset["snapshot"]["head"]
        assert [seq for seq in seqs if seq > head] == list(range(head + 1, seqs[-1] + 1))
    stop.set()
    assert await talking > 10


async def test_a_session_that_is_ended_in_one_process_is_cut_in_the_other(
    here: Realtime, there: Realtime
) -> None:
    visitor = there.visitor()
    client = await there.join(visitor)
    await revoke(here.platform, visitor)
    assert await client.closed() == 4401
    again = await there.socket()
    await there.greet(again, visitor)
    assert await again.closed() == 4401


async def test_a_device_that_comes_back_on_another_process_replaces_its_former_connection(
    here: Realtime, there: Realtime
) -> None:
    visitor = here.visitor()
    former = await here.join(visitor, device="tab-1")
    await there.join(visitor, device="tab-1")
    assert await former.closed() == 4409


async def test_a_changed_setting_counts_in_the_other_process_when_its_news_has_come(
    one: Platform, two: Platform, organization: int
) -> None:
    before = (await get_settings(two, organization)).agent_grace_s
    boss = await administrator(one, organization)
    await change(one, boss, {"agent_grace_s": before + 7})
    await two.bus.subscribed()

    async def counts() -> bool:
        return (await get_settings(two, organization)).agent_grace_s == before + 7

    await sooner_or_later(counts)


async def test_the_participants_that_are_remembered_follow_the_other_process_and_never_go_back(
    here: Realtime, there: Realtime
) -> None:
    visitor, mei, tom = here.visitor(), await make_agent(here), await make_agent(here)
    conversation = await here.conversation(visitor, mei)
    membership = there.hub.membership
    assert (await membership.find(there.organization, conversation.id)).agent_id == mei.id

    async def hand_over(tx: Transaction) -> Routed:
        shown = await card(tx, tom.organization_id, tom.id)
        draft = Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(shown, None, "transfer"))
        made = await append_in(here.platform, tx, there.organization, conversation.id, [draft])
        return Routed(there.organization, made.id, made.contact_id, mei.id, made.state, made.head - 1)

    late = await here.platform.database.write(there.organization, hand_over)

    async def is_toms() -> bool:
        return (await membership.find(there.organization, conversation.id)).agent_id == tom.id

    await sooner_or_later(is_toms)
    ROUTED.publish(here.platform.bus, late)
    await here.platform.bus.subscribed()
    await there.platform.bus.subscribed()
    assert await is_toms()


# ---- when it goes away ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transport", ["websocket", "sse"])
async def test_what_was_sent_while_the_bus_was_away_is_acked_at_once_and_seen_within_two_seconds_of_its_return(
    nats: NatsServer, here: Realtime, there: Realtime, transport: str
) -> None:
    visitor, agent = here.visitor(), await make_agent(there)
    conversation = await here.conversation(visitor, agent)
    asking, answering = await here.join(visitor, transport), await there.join(agent, transport)
    known = (await send(asking, text(conversation, "before", "q0")))["seq"]
    await until(answering, "entry")
    await cut(nats, here.platform, there.platform)
    acked = [(await send(asking, text(conversation, "meanwhile", f"q{n}")))["seq"] for n in range(1, 6)]
    assert acked == list(range(known + 1, known + 6))
    await nats.start()
    back = asyncio.get_running_loop().time()
    assert await answering.closed() == 1013
    assert answering.bye is not None
    assert answering.bye["reconnect"] is True
    # The other process says that it was away when it is back, too, and everybody resumes once more.
    await eventually(lambda: not is_away(here.platform) and not is_away(there.platform))
    await asyncio.sleep(answering.bye["retry_after"] * 1.25)
    again = await there.client(agent, transport)
    await there.greet(again, agent, heads={str(conversation.id): known})
    entries = await until(again, "entries")
    assert asyncio.get_running_loop().time() - back < 2
    assert [entry["seq"] for entry in entries["entries"]] == acked
    assert await asking.closed() == 1013
    returned = await here.join(visitor)
    await send(returned, text(conversation, "after", "q9"))
    await until(again, "ready")
    assert (await until(again, "entry"))["entry"]["seq"] == acked[-1] + 1


async def test_a_session_that_ended_while_the_bus_was_away_does_not_get_back_in(
    nats: NatsServer, here: Realtime, there: Realtime
) -> None:
    visitor = there.visitor()
    client = await there.join(visitor)
    await cut(nats, here.platform, there.platform)
    await revoke(here.platform, visitor)
    await nats.start()
    assert await client.closed() in {1013, 4401}
    again = await there.socket()
    await there.greet(again, visitor)
    assert await again.closed() == 4401


async def test_a_process_without_connections_knows_too_which_sessions_ended_meanwhile(
    nats: NatsServer, one: Platform, two: Platform, organization: int
) -> None:
    world = World(two, organization)
    agent = await world.add_agent()
    authenticator = await Authenticator.load(two, await Keys.load(two))
    authenticator.start(world.tasks)
    await cut(nats, one, two)
    ended = dataclasses.replace(agent, session_id=two.ids.new())
    await revoke(one, ended)
    assert not authenticator._sessions.is_revoked(ended.session_id)
    await nats.start()
    await eventually(lambda: authenticator._sessions.is_revoked(ended.session_id))
    await world.halt()


async def test_what_is_kept_in_memory_is_read_anew_after_a_loss(
    nats: NatsServer, one: Platform, two: Platform, organization: int
) -> None:
    boss = await administrator(one, organization)
    base = (await create_knowledge_base(one, boss, "Shop")).id
    before = (await get_settings(two, organization)).agent_grace_s
    assert not (await knowledge_of(two, organization, base)).questions
    membership = Membership(two)
    membership._remember(Routed(organization, 1, 2, None, ConversationState.BOT, 1))
    await cut(nats, one, two)
    await change(one, boss, {"agent_grace_s": before + 7})
    await import_csv(one, boss, base, b"question,answer,language\nWhen?,Now.,en\n")
    assert (await get_settings(two, organization)).agent_grace_s == before
    told = asyncio.Event()
    two.bus.on_loss(told.set)
    await nats.start()
    await asyncio.wait_for(told.wait(), 5)
    assert (await get_settings(two, organization)).agent_grace_s == before + 7
    assert (await knowledge_of(two, organization, base, fresh=True)).questions
    assert not membership._known


async def test_a_contact_renamed_while_the_bus_was_away_has_its_new_name_when_it_is_back(
    nats: NatsServer, one: Platform, two: Platform, organization: int
) -> None:
    boss = await administrator(one, organization)
    world = World(one, organization)
    opened = await world.open(await world.add_team())

    async def arrive(tx: Transaction) -> None:
        contact_id, channel_id = opened.contact_id, opened.channel_id
        await visit_in(
            one, tx, organization, contact_id=contact_id, channel_id=channel_id, language="en", page=None
        )

    await one.database.write(organization, arrive)
    stop = follow_contact_names(two, world.tasks)
    await eventually(lambda: "compare-contacts" not in {task.get_name() for task in asyncio.all_tasks()})
    await cut(nats, one, two)
    await update_contact(one, boss, opened.contact_id, ContactChanges(name="Ada"))
    assert (await world.get(opened.id)).contact_name != "Ada"
    await nats.start()

    async def is_ada() -> bool:
        return (await world.get(opened.id)).contact_name == "Ada"

    await sooner_or_later(is_ada)
    stop()
    await world.halt()


async def test_dispatch_catches_up_at_once_when_the_bus_is_back_and_blames_nobody(
    nats: NatsServer, one: Platform, two: Platform, organization: int
) -> None:
    world = World(two, organization)
    mei = await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei)
    await world.start()
    conversation = await world.open(team)
    await request_human(one, world.visitor_of(conversation), conversation.id, team_id=team)
    await cut(nats, one, two)
    await set_status(one, mei, Status.ONLINE)
    await world.settle()
    assert (await world.get(conversation.id)).state is ConversationState.WAITING
    counted = faults()
    await nats.start()

    async def is_meis() -> bool:
        return (await world.get(conversation.id)).agent_id == mei.id

    await sooner_or_later(is_meis)
    await world.settle()
    assert faults() == counted
    assert await reconcile(two) == []
    await world.halt()


def faults() -> float:
    return sum(
        REGISTRY.get_sample_value("frontdesk_dispatch_faults_total", {"kind": fault}) or 0 for fault in Fault
    )


async def revoke(platform: Platform, subject: Subject) -> None:
    """As signing out does."""
    now = platform.clock.now()
    session = Session(
        subject.session_id,
        subject.organization_id,
        subject.id,
        subject.kind,
        subject.channel_id,
        now + 3_600_000,
        None,
    )

    async def work(tx: Transaction) -> None:
        await store_sessions.insert_session(tx, session, user_agent="", now=now)
        await revoke_session_in(platform, tx, session.organization_id, session.id, session.principal_id)

    await platform.database.write(subject.organization_id, work)
