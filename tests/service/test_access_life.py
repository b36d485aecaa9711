"""Who may connect, for how long, and how a connection ends. Every test here holds for both transports."""

import dataclasses
from collections.abc import AsyncIterator

import pytest

from frontdesk.auth import SESSION_REVOKED, SessionRevoked
from frontdesk.auth.tokens import issue
from frontdesk.conversations import ChangedFrame, WaitingFrame, publish_frame, staff_subject, team_subject
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Role, system_subject
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.platform.config import Access
from frontdesk.staff import Policy, Status, Weight, create_team, get_agent, set_members, set_status
from tests.service.access_clients import eventually, until, upto
from tests.service.access_server import Realtime, serving, text
from tests.service.staff_people import add_agent, subject_of


@pytest.fixture
async def realtime(platform: Platform, organization: int) -> AsyncIterator[Realtime]:
    async with serving(platform, organization, Access()) as running:
        yield running


@pytest.fixture(params=["websocket", "sse"])
def transport(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("fault", ["forged", "expired", "cut", "empty", "none", "of another installation"])
async def test_a_token_that_does_not_hold_closes_with_4401(
    realtime: Realtime, clock: ManualClock, transport: str, fault: str
) -> None:
    visitor = realtime.visitor()
    good = realtime.token(visitor, ttl=60)
    head, claims, signature = good.split(".")
    bad = {
        "forged": f"{head}.{claims}.{signature[::-1]}",
        "expired": good,
        "cut": good[:-5],
        "empty": "",
        "none": f"eyJhbGciOiJub25lIn0.{claims}.",
        "of another installation": "eyJhbGciOiJFZERTQSIsImtpZCI6IngifQ.e30." + signature,
    }[fault]
    clock.advance(seconds=61 if fault == "expired" else 0)
    client = await realtime.client(visitor, transport)
    hello = {"t": "hello", "token": bad, "device": "d"}
    await client.send(hello)
    assert await client.closed() == 4401
    assert not realtime.hub.of_principal(visitor.id)


async def test_no_hello_in_time_closes_with_4408(realtime: Realtime, clock: ManualClock) -> None:
    client = await realtime.socket()
    clock.advance(seconds=10.5)
    assert await client.closed() == 4408
    assert client.bye == {
        "t": "bye",
        "code": 4408,
        "reason": "No hello came in time.",
        "reconnect": True,
    }


async def test_an_expired_token_closes_with_4401(
    realtime: Realtime, clock: ManualClock, transport: str
) -> None:
    visitor = realtime.visitor()
    client = await realtime.join(visitor, transport, token=realtime.token(visitor, ttl=40))
    clock.advance(seconds=39)
    await client.send({"t": "ping"})
    assert (await client.receive())["t"] == "pong"
    clock.advance(seconds=2)
    assert await client.closed() == 4401


async def test_a_renewed_token_keeps_the_connection(
    realtime: Realtime, clock: ManualClock, transport: str
) -> None:
    visitor = realtime.visitor()
    client = await realtime.join(visitor, transport, token=realtime.token(visitor, ttl=40))
    clock.advance(seconds=30)
    await client.send({"t": "token", "token": realtime.token(visitor, ttl=100)})
    await client.send({"t": "ping"})
    assert (await client.receive())["t"] == "pong"
    clock.advance(seconds=20)
    realtime.hub.wheel.advance()
    await client.send({"t": "ping"})
    assert (await client.receive())["t"] == "pong"
    clock.advance(seconds=50)
    await client.send({"t": "ping"})
    clock.advance(seconds=31)
    assert await client.closed() == 4401


async def test_somebody_elses_token_does_not_renew(realtime: Realtime, transport: str) -> None:
    visitor, other = realtime.visitor(), realtime.visitor()
    client = await realtime.join(visitor, transport)
    await client.send({"t": "token", "token": realtime.token(other)})
    assert await client.closed() == 4401


async def test_a_revoked_session_is_cut_at_once_and_no_other(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    cut, stays = await realtime.join(visitor, transport), await realtime.join(realtime.visitor(), transport)
    event = SessionRevoked(visitor.organization_id, visitor.session_id, visitor.id)
    SESSION_REVOKED.publish(realtime.platform.bus, event)
    assert await cut.closed() == 4401
    again = await realtime.client(visitor, transport)
    await realtime.greet(again, visitor)
    assert await again.closed() == 4401
    await stays.send({"t": "ping"})
    assert (await stays.receive())["t"] == "pong"


async def test_silence_closes_with_4408(realtime: Realtime, clock: ManualClock, transport: str) -> None:
    client = await realtime.join(realtime.visitor(), transport)
    clock.advance(seconds=2.5 * 25 + 1)
    assert await client.closed() == 4408


async def test_the_same_device_replaces_its_older_connection(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    old = await realtime.join(visitor, transport, device="tab-1")
    other_tab = await realtime.join(visitor, transport, device="tab-2")
    stranger = await realtime.join(realtime.visitor(), transport, device="tab-1")
    await realtime.join(visitor, transport, device="tab-1")
    assert await old.closed() == 4409
    for untouched in (other_tab, stranger):
        await untouched.send({"t": "ping"})
        assert (await untouched.receive())["t"] == "pong"


async def test_an_application_is_no_device_of_its_person(realtime: Realtime, transport: str) -> None:
    platform = realtime.platform
    agent = subject_of(await add_agent(platform, realtime.organization, "eve", Role.AGENT))
    application = dataclasses.replace(agent, session_id=platform.ids.new())
    now = platform.clock.now()
    token = issue(realtime.keys, application, now=now, ttl=3600, scope="conversation.read_own").text
    console = await realtime.join(agent, transport, device="desk")
    former = await realtime.join(application, transport, device="desk", token=token)
    await realtime.join(application, transport, device="desk", token=token)
    assert await former.closed() == 4409
    await console.send({"t": "ping"})
    await until(console, "pong")


async def test_talking_too_fast_is_refused_then_closed(platform: Platform, organization: int) -> None:
    async with serving(platform, organization, Access(rate=2, burst=10)) as realtime:
        client = await realtime.join(realtime.visitor())
        for _ in range(30):
            await client.send({"t": "ping"})
        kinds = [(await client.receive())["t"] for _ in range(9)]
        assert kinds == ["pong"] * 9
        error = await client.receive()
        assert (error["error"]["kind"], error["error"]["code"]) == ("busy", "access.too-fast")
        assert error["error"]["retry_after"] == 0.5
        assert await client.closed() == 4429
        assert client.bye is not None
        assert (client.bye["reconnect"], client.bye["retry_after"]) == (True, 5)


async def test_who_slows_down_is_heard_again(
    platform: Platform, organization: int, clock: ManualClock
) -> None:
    async with serving(platform, organization, Access(rate=2, burst=10)) as realtime:
        client = await realtime.join(realtime.visitor())
        for _ in range(12):
            await client.send({"t": "ping"})
        kinds = [(await client.receive())["t"] for _ in range(12)]
        assert kinds == ["pong"] * 9 + ["error"] * 3
        clock.advance(seconds=3)
        await client.send({"t": "ping"})
        assert (await client.receive())["t"] == "pong"


async def test_agents_are_present_while_connected_and_visitors_are_not(
    realtime: Realtime, transport: str
) -> None:
    platform = realtime.platform
    agent = subject_of(await add_agent(platform, realtime.organization, "ada"))
    await set_status(platform, agent, Status.ONLINE)
    assert (await get_agent(platform, agent, agent.id)).status is Status.OFFLINE
    await realtime.join(realtime.visitor(), transport)
    await realtime.join(agent, transport)
    assert (await get_agent(platform, agent, agent.id)).status is Status.ONLINE

    async def sockets() -> int:
        row = await platform.database.read(
            EVERY_ORGANIZATION, lambda reader: reader.fetch_one("select count(*) from agent_socket")
        )
        return 0 if row is None else row[0]

    assert await sockets() == 1


async def test_agents_hear_staff_and_their_own_teams_only(realtime: Realtime, transport: str) -> None:
    platform, organization = realtime.platform, realtime.organization
    root = system_subject(organization)
    agent = subject_of(await add_agent(platform, organization, "ada"))
    visitor = await realtime.join(realtime.visitor(), transport)
    team = await create_team(platform, root, "Sales", Policy.LEAST_BUSY)
    desk = await realtime.join(agent, transport)

    def waiting(count: int) -> None:
        frame = WaitingFrame(str(team.id), count, None)
        publish_frame(platform.bus, team_subject(organization, team.id), frame)

    waiting(1)
    publish_frame(platform.bus, staff_subject(organization), ChangedFrame("settings"))
    assert await desk.receive() == {"t": "changed", "topic": "settings"}
    await set_members(platform, root, team.id, [Weight(agent.id, 10)])
    (connection,) = realtime.hub.of_principal(agent.id)
    await eventually(lambda: team_subject(organization, team.id) in connection.subjects)
    waiting(2)
    assert (await until(desk, "waiting"))["count"] == 2
    await set_members(platform, root, team.id, [])
    await eventually(lambda: team_subject(organization, team.id) not in connection.subjects)
    waiting(3)
    publish_frame(platform.bus, staff_subject(organization), ChangedFrame("teams"))
    assert [frame["t"] for frame in await upto(desk, "changed")] == ["changed"]
    await visitor.send({"t": "ping"})
    assert (await visitor.receive())["t"] == "pong"


async def test_an_unknown_or_foreign_organization_hears_nothing(
    realtime: Realtime, other_organization: int, transport: str
) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    foreign = realtime.visitor(visitor.id, organization=other_organization)
    spy = await realtime.join(foreign, transport)
    client = await realtime.join(visitor, transport)
    await client.send(text(conversation, "Private", "c-1"))
    await until(client, "ack")
    await spy.send({"t": "history", "ref": "r", "conversation": str(conversation.id)})
    answer = await spy.receive()
    assert (answer["t"], answer["error"]["kind"]) == ("error", "not_found")


async def test_the_counts_follow_what_happens(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.join(visitor, transport)
    await client.send(text(conversation, "Hello", "c-1"))
    await until(client, "ack")
    counts = realtime.hub.counts
    assert counts.connections == {(transport, "visitor"): 1}
    assert (counts.frames_in, counts.frames_out, sum(counts.acks)) == (2, 4, 1)
    SESSION_REVOKED.publish(
        realtime.platform.bus, SessionRevoked(visitor.organization_id, visitor.session_id, visitor.id)
    )
    assert await client.closed() == 4401
    assert counts.connections == {(transport, "visitor"): 0}
    assert counts.closed == {4401: 1}
