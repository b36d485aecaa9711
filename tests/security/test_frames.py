"""Every frame of the realtime protocol × everybody who should not be there, on a socket and on an event stream.

The frames are asked of the application, and so is what a client can name by them.
"""

import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import pytest
from msgspec import Struct
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from frontdesk.access.asyncapi import CLIENT_FRAMES, SERVER_FRAMES, build
from tests.kit.realtime import realtime
from tests.security.application import application_of
from tests.security.frame_verdicts import FRAME_VERDICTS, HEARD, LISTENERS, ROLES, SAID
from tests.security.listening import SECRET, ear, talk
from tests.security.people import Files, Person
from tests.security.world import World, fresh_conversation
from tests.service.access_clients import Client, Frame, SocketClient, StreamClient, upto
from tests.service.media_files import picture, webm

pytestmark = pytest.mark.asyncio(loop_scope="module")
TRANSPORTS: Final = ("websocket", "sse")
MADE_UP: Final = "250000000000000001"
IDENTITY: Final = "A decimal Snowflake id."
ANSWERS: Final = frozenset({"ack", "error", "page", "done"})
# These close the connection, so each has one of its own.
CLOSING: Final = frozenset({"hello.token", "hello.heads", "token.token"})


def names(schema: dict[str, Any], schemas: dict[str, Any], path: str) -> Iterator[str]:
    """Where a client can name something in what this schema describes."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if schema.get("description") == IDENTITY or path.endswith(".token"):
        yield path
    for name, inner in schema.get("properties", {}).items():
        yield from names(inner, schemas, f"{path}.{name}")
    if "propertyNames" in schema:
        yield from names(schema["propertyNames"], schemas, path)
    for inner in schema.get("anyOf", ()):
        found = schemas.get(inner.get("$ref", "").rpartition("/")[2], {})
        for tag in found.get("properties", {}).get("type", {}).get("enum", ()):
            yield from names(inner, schemas, f"{path.rpartition('.')[0]}.{tag}")


def tag_of(frame: type[Struct]) -> str:
    return str(frame.__struct_config__.tag)


@dataclass
class Aim:
    """A conversation of our organization that mei has, with a secret in it, and what is the visitor's."""

    owner: Person
    conversation: str
    ids: dict[str, Any] = field(default_factory=dict[str, Any])

    def fill(self, said: object, **others: object) -> Frame:
        text = json.dumps(said)
        for name, value in {**self.ids, **others}.items():
            text = (
                text.replace('"{seq}"', str(value))
                if name == "seq"
                else text.replace(f"{{{name}}}", str(value))
            )
        return json.loads(text)


@asynccontextmanager
async def aimed_at(made: World) -> AsyncGenerator[Aim]:
    owner, conversation = await fresh_conversation(made, made.ours)
    header = (await owner.get("GET", f"/v1/conversations/{conversation}"))["conversation"]
    assert header["agent"]["id"] == made.ours.ids["mei"]
    async with realtime(made.url, owner.token, device="writer") as client:
        said = await client.say(conversation, "secret", SECRET)
    ids = {
        "conversation": conversation,
        "seq": said["seq"],
        "image": await _upload(owner, {"file": ("a.png", picture("PNG", (24, 24)), "image/png")}),
        "voice": await _upload(owner, {"file": ("a.webm", webm(), "audio/webm")}),
        "token": made.ours.people["lin"].token,
    }
    try:
        yield Aim(owner, conversation, ids)
    finally:
        await owner.get("POST", f"/v1/conversations/{conversation}/close", {})


async def _upload(person: Person, files: Files) -> str:
    return (await person.get("POST", "/v1/media", files=files))["media_id"]


async def person_of(made: World, role: str, aim: Aim) -> Person:
    if role == "application":
        return await application_of(made.http, made.ours, made.ours.people["mei"])
    people, theirs = made.ours.people, made.theirs.people
    return {
        "nobody": Person(made.http),
        "stranger": people["stranger"],
        "owner": aim.owner,
        "agent": people["mei"],
        "outsider": people["otto"],
        "leader": people["leo"],
        "inspector": people["ivo"],
        "auditor": people["aud"],
        "foreign": theirs["ada"],
        "visitor": theirs["owner"],
    }[role]


async def opened(made: World, transport: str, token: str) -> Client:
    """A connection that has not said hello."""
    if transport == "websocket":
        address = made.url.replace("http", "ws", 1) + "/v1/realtime"
        return SocketClient(await connect(address, subprotocols=[Subprotocol("frontdesk.v1")], max_size=None))
    return StreamClient(httpx.AsyncClient(base_url=made.url, timeout=30, trust_env=False), token)


def hello(token: str, heads: dict[str, int] | None = None) -> Frame:
    return {"t": "hello", "token": token, "device": "spy", "heads": heads or {}}


async def answer_to(client: Client, frame: Frame, heard: list[Frame]) -> Frame:
    """What comes for this frame; whatever else comes meanwhile goes to `heard`. Silence is the pong of a ping."""
    ref = frame.get("client_id") or frame.get("ref")
    await client.send(frame)
    if ref is None and frame["t"] != "ping":
        await client.send({"t": "ping"})
    while True:
        heard.append(await client.receive())
        came = heard[-1]
        if came["t"] == "pong" and ref is None:
            return came if frame["t"] == "ping" else {"t": "silent"}
        if came["t"] in ANSWERS and ref in (came.get("ref"), came.get("client_id"), None):
            return came


def verdict_of(came: Frame) -> str:
    return came["error"]["kind"] if came["t"] == "error" else came["t"]


async def code_of(made: World, transport: str, token: str, *frames: Frame) -> str:
    """The code with which these first frames of a connection close it."""
    client = await opened(made, transport, token)
    for frame in frames:
        await client.send(frame)
    code = await client.closed()
    await client.leave()
    return str(code)


async def rows_of(made: World) -> dict[str, Any]:
    """Everything that our organization has, but seats: an agent who is there is given one."""
    return {table: rows for table, rows in (await made.rows("lantern")).items() if table != "seat"}


def forged(token: str) -> str:
    header, payload, signature = token.split(".")
    return f"{header}.{payload}.{signature[::-1]}"


async def test_whatever_a_client_can_name_has_a_verdict(made: World) -> None:
    del made
    schemas = build()["components"]["schemas"]
    named = {
        tag_of(frame): set(names(schemas[frame.__name__], schemas, tag_of(frame))) or {tag_of(frame)}
        for frame in CLIENT_FRAMES
    }
    assert set().union(*named.values()) == set(FRAME_VERDICTS) == set(SAID)


async def test_whatever_the_server_says_has_its_listeners(made: World) -> None:
    del made
    assert {tag_of(frame) for frame in SERVER_FRAMES} == set(HEARD)


async def test_before_hello_nothing_is_heard(made: World) -> None:
    async with aimed_at(made) as aim:
        got = {
            said: await code_of(made, "websocket", "", aim.fill(frame, token=forged(aim.ids["token"])))
            for said, frame in SAID.items()
        }
    assert got == {said: row["nobody"] for said, row in FRAME_VERDICTS.items()}


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("role", [role for role in ROLES if role != "nobody"])
async def test_everybody_gets_what_the_table_says_and_nobody_more(
    made: World, role: str, transport: str
) -> None:
    """What is refused looks as for an id that is nobody's, and changes nothing; what is not one's own is told to nobody."""
    async with aimed_at(made) as aim:
        person = await person_of(made, role, aim)
        verdicts = {each: row[role] for each, row in FRAME_VERDICTS.items()}
        client = await opened(made, transport, person.token)
        await client.send(hello(person.token, {aim.conversation: 1}))
        heard = await upto(client, "ready")
        got = {"hello.heads": "named" if aim.conversation in json.dumps(heard) else "unnamed"}
        before = await rows_of(made)
        for said in [each for each in SAID if each not in CLOSING]:
            answer = await answer_to(client, aim.fill(SAID[said]), heard)
            got[said] = verdict_of(answer)
            if answer["t"] == "error":
                other = aim.fill(SAID[said], conversation=MADE_UP, image=MADE_UP, voice=MADE_UP)
                assert await answer_to(client, other, heard) == answer, said
        hub = made.runtime.hub
        assert hub is not None
        await hub.receipts.flush()
        if role not in {"owner", "agent"}:
            assert await rows_of(made) == before
        stolen = aim.fill(SAID["token.token"])
        await client.send(stolen)
        got["token.token"] = str(await client.closed())
        await client.leave()
        wrong = aim.fill(SAID["hello.token"], token=forged(person.token))
        got["hello.token"] = await code_of(made, transport, person.token, wrong)
        assert got == verdicts
        told = json.dumps(heard)
        if role in {"foreign", "visitor"}:
            assert made.ours.canary not in told
        if role not in {"owner", "agent", "inspector"}:
            assert aim.conversation not in told
            assert SECRET not in told


async def test_of_a_conversation_everybody_hears_what_the_table_says(made: World) -> None:
    ours, theirs, ada = made.ours.people, made.theirs.people, made.ours.people["ada"]
    await ada.get("PATCH", "/v1/settings", {"agent_silence_alarm_s": 1, "transfer_answer_s": 30})
    team = f"/v1/teams/{made.ours.ids['team_id']}"
    await ada.get("PATCH", team, {"offer_timeout": 60})
    await ada.get("PUT", f"{team}/service-level", {"next_reply_s": 600})
    people = {
        "owner": await made.visitor(made.ours),
        "agent": ours["mei"],
        "colleague": ours["lin"],
        "stranger": ours["stranger"],
        "outsider": ours["otto"],
        "leader": ours["leo"],
        "inspector": ours["ivo"],
        "auditor": ours["aud"],
        "application": await application_of(made.http, made.ours, ours["mei"]),
        "foreign": theirs["ada"],
        "visitor": theirs["owner"],
    }
    assert set(people) == set(LISTENERS)
    async with AsyncExitStack() as stack:
        ears = {
            role: await stack.enter_async_context(ear(made, person, f"ear of {role}"))
            for role, person in people.items()
        }
        await people["colleague"].get("PUT", "/v1/me/status", {"status": "online"})
        one = await talk(made, ears, people)
        assert [frame["t"] for frame in ears["owner"].frames].count("typing") == 2  # at both of the devices
        about = {"agent": made.ours.ids["mei"], "waiting": made.ours.ids["team_id"]}
        contact = people["owner"].facts["contact"]["id"]
        heard: dict[str, set[str]] = {kind: set() for kind in HEARD}
        for role, listener in ears.items():
            for frame in listener.frames:
                words, kind = json.dumps(frame), frame["t"]
                if any(word in words for word in (one, contact, SECRET, about.get(kind, one))):
                    heard[kind].add(role)
            if role in {"foreign", "visitor"}:
                assert made.ours.canary not in json.dumps(listener.frames)
    assert heard == HEARD
