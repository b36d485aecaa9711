"""Who looks at a conversation: staff who look at it too hear of each other, and nobody else does."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.conversations.frames import look_subject
from frontdesk.core.subject import Role, Subject
from frontdesk.platform import Platform
from frontdesk.platform.config import Access
from tests.service.access_clients import Client, eventually, until
from tests.service.access_server import Realtime, serving
from tests.service.staff_people import add_agent, subject_of


@pytest.fixture
async def realtime(platform: Platform, organization: int) -> AsyncIterator[Realtime]:
    async with serving(platform, organization, Access(rate=10_000, burst=10_000)) as running:
        yield running


@pytest.fixture(params=["websocket", "sse"])
def transport(request: pytest.FixtureRequest) -> str:
    return request.param


async def say(client: Client, conversation: str, doing: str) -> None:
    """Say it, and wait until a question that came behind it is answered."""
    await client.send({"t": "look", "conversation": conversation, "doing": doing})
    await client.send({"t": "history", "ref": "behind", "conversation": "nonsense"})
    await until(client, "error")


async def look(realtime: Realtime, client: Client, who: Subject, conversation: str) -> None:
    """Look at it, and wait until this one would hear of others who do: their first word is said once."""
    await client.send({"t": "look", "conversation": conversation, "doing": "looking"})
    where = look_subject(realtime.organization, int(conversation))
    await eventually(lambda: all(where in each.subjects for each in realtime.hub.of_principal(who.id)))


async def test_staff_who_look_hear_of_each_other_until_they_leave(realtime: Realtime, transport: str) -> None:
    mei = subject_of(await add_agent(realtime.platform, realtime.organization, "mei"))
    lea = subject_of(await add_agent(realtime.platform, realtime.organization, "lea", Role.ADMINISTRATOR))
    identity = str((await realtime.conversation(realtime.visitor(), mei)).id)
    desk, boss = await realtime.join(mei, transport), await realtime.join(lea, transport)
    await look(realtime, desk, mei, identity)
    await look(realtime, boss, lea, identity)
    told = await until(desk, "look")
    assert told == {
        "t": "look",
        "conversation": identity,
        "agent": str(lea.id),
        "name": "Lea",
        "doing": "looking",
    }
    await desk.send({"t": "look", "conversation": identity, "doing": "writing"})
    told = await until(boss, "look")
    assert (told["agent"], told["doing"]) == (str(mei.id), "writing")
    await boss.send({"t": "look", "conversation": identity, "doing": "nothing"})
    assert (await until(desk, "look"))["doing"] == "nothing"
    await say(desk, identity, "looking")
    await boss.send({"t": "ping"})
    frame = await boss.receive()
    while frame["t"] != "pong":
        assert frame["t"] != "look", "whoever has left hears nothing more"
        frame = await boss.receive()


async def test_visitors_and_who_may_not_read_it_neither_tell_nor_hear(
    realtime: Realtime, transport: str
) -> None:
    mei = subject_of(await add_agent(realtime.platform, realtime.organization, "mei"))
    otto = subject_of(await add_agent(realtime.platform, realtime.organization, "otto"))
    visitor = realtime.visitor()
    identity = str((await realtime.conversation(visitor, mei)).id)
    desk, stranger, customer = [await realtime.join(who, transport) for who in (mei, otto, visitor)]
    await look(realtime, desk, mei, identity)
    for client in (stranger, customer):
        for target in (identity, "nonsense", "4611686018427387904"):
            await say(client, target, "looking")
    await say(desk, identity, "writing")
    for client in (desk, stranger, customer):
        await client.send({"t": "ping"})
        frame = await client.receive()
        while frame["t"] != "pong":
            assert frame["t"] != "look"
            frame = await client.receive()
