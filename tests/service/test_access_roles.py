"""What an open connection may do follows its role at once: nobody has to sign in again, and nothing is asked of the database."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from frontdesk.auth import NewRole, RoleChanges, change_role, create_role
from frontdesk.conversations import Conversation, team_subject
from frontdesk.core.subject import Role, Subject, system_subject
from frontdesk.platform import Platform
from frontdesk.platform.config import Access
from frontdesk.staff import AgentChanges, Policy, create_team, update_agent
from tests.service.access_clients import Client, Frame, until
from tests.service.access_server import Realtime, serving, text
from tests.service.staff_people import add_agent, subject_of


@pytest.fixture
async def realtime(platform: Platform, organization: int) -> AsyncIterator[Realtime]:
    async with serving(platform, organization, Access()) as running:
        yield running


async def answers(client: Client, conversation: Conversation) -> tuple[Frame, Frame]:
    """What the client hears when it asks for the conversation's past, and when it writes into it."""
    await client.send({"t": "history", "ref": "h", "conversation": str(conversation.id), "limit": 5})
    frame = await client.receive()
    while frame.get("ref") != "h":
        frame = await client.receive()
    await client.send(text(conversation, "hello", "x"))
    told = await client.receive()
    while told["t"] not in {"ack", "error"}:
        told = await client.receive()
    return frame, told


async def begin_anew(realtime: Realtime, subject: Subject, former: Client) -> Client:
    """What is left of a role that allows less now comes with another connection, with the token that was there."""
    assert await former.closed() == 4401
    return await realtime.join(subject, "websocket")


async def test_an_open_connection_reads_and_writes_by_the_role_of_the_moment(realtime: Realtime) -> None:
    platform, root = realtime.platform, system_subject(realtime.organization)
    reads = frozenset({"conversation.read_own", "conversation.write_own"})
    role = (await create_role(platform, root, NewRole(name="Night", permissions=reads))).key
    eve: Subject = subject_of(await add_agent(platform, realtime.organization, "eve", Role.AGENT))
    other = subject_of(await add_agent(platform, realtime.organization, "otto", Role.AGENT))
    own = await realtime.conversation(realtime.visitor(), eve)
    client = await realtime.join(eve, "websocket")
    page, ack = await answers(client, own)
    assert (page["t"], ack["t"]) == ("page", "ack")

    await change_role(platform, root, role, RoleChanges(permissions=frozenset({"conversation.read_own"})))
    await update_agent(platform, root, eve.id, AgentChanges(role=role))
    client = await begin_anew(realtime, eve, client)
    page, refusal = await answers(client, own)
    assert (page["t"], refusal["error"]["code"]) == ("page", "auth.permission")

    await change_role(platform, root, role, RoleChanges(permissions=frozenset()))
    client = await begin_anew(realtime, eve, client)
    page, refusal = await answers(client, own)
    assert (page["error"]["kind"], refusal["error"]["kind"]) == ("not_found", "forbidden")

    theirs = await realtime.conversation(realtime.visitor(), other)
    await update_agent(platform, root, eve.id, AgentChanges(role=Role.INSPECTOR))
    assert (await until(client, "changed"))["topic"] == "roles"
    page, refusal = await answers(client, theirs)
    assert (page["t"], refusal["error"]["code"]) == ("page", "auth.permission")


async def test_a_role_that_is_given_less_closes_the_connections_of_its_holders_alone(
    realtime: Realtime,
) -> None:
    platform, root = realtime.platform, system_subject(realtime.organization)
    eve = subject_of(await add_agent(platform, realtime.organization, "eve", Role.LEADER))
    otto = subject_of(await add_agent(platform, realtime.organization, "otto", Role.LEADER))
    lessened, other = await realtime.join(eve, "websocket"), await realtime.join(otto, "websocket")
    await update_agent(platform, root, eve.id, AgentChanges(role=Role.AGENT))
    assert await lessened.closed() == 4401
    assert (await until(other, "changed"))["topic"] == "roles"


async def test_queues_that_a_role_reaches_from_now_on_are_heard_on_an_open_connection(
    realtime: Realtime,
) -> None:
    platform, root = realtime.platform, system_subject(realtime.organization)
    foreign = (await create_team(platform, root, "Returns", Policy.WEIGHTED)).id
    subject = team_subject(realtime.organization, foreign)
    eve = subject_of(await add_agent(platform, realtime.organization, "eve", Role.INSPECTOR))
    former = await realtime.join(eve, "websocket")
    (connection,) = realtime.hub.of_principal(eve.id)
    assert subject in connection.subjects
    await update_agent(platform, root, eve.id, AgentChanges(role=Role.AGENT))
    await begin_anew(realtime, eve, former)
    (connection,) = realtime.hub.of_principal(eve.id)
    assert subject not in connection.subjects
    await update_agent(platform, root, eve.id, AgentChanges(role=Role.ADMINISTRATOR))
    async with asyncio.timeout(2):
        while subject not in connection.subjects:  # noqa: ASYNC110 - known by looking
            await asyncio.sleep(0.01)
