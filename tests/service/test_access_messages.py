"""The path of a message over a real server: acknowledged after its commit, told to the others, resumed after a break.

Every test here holds for both transports.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from io import BytesIO

import PIL.Image
import pytest

from frontdesk.conversations import SYSTEM, Draft, EntryKind, Note, append_in
from frontdesk.media import upload
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.platform.config import Access
from tests.service.access_clients import Client, Frame, until, upto
from tests.service.access_server import CHANNEL, Realtime, serving, text
from tests.service.staff_people import add_agent, subject_of

TRANSPORTS = ["websocket", "sse"]


@pytest.fixture
async def realtime(platform: Platform, organization: int) -> AsyncIterator[Realtime]:
    async with serving(platform, organization, Access(rate=10_000, burst=10_000)) as running:
        yield running


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> str:
    return request.param


def png() -> bytes:
    out = BytesIO()
    PIL.Image.new("RGB", (3, 2), "red").save(out, "PNG")
    return out.getvalue()


async def greeted(realtime: Realtime, client: Client, heads: dict[str, int]) -> list[Frame]:
    """The frames from welcome to ready, as (kind, …) without those two."""
    frames = await upto(client, "ready")
    assert frames[0]["t"] == "welcome"
    return frames[1:-1]


def seqs(entries: Sequence[Frame]) -> list[int]:
    return [entry["seq"] for entry in entries]


async def test_a_message_is_acknowledged_when_it_is_in_the_log(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.join(visitor, transport)
    await client.send(text(conversation, "Is it in stock?", "c-1"))
    ack = await until(client, "ack")
    assert await realtime.stored(conversation) == [(2, "c-1", '{"type":"text","text":"Is it in stock?"}')]
    assert (ack["client_id"], ack["conversation"], ack["seq"]) == ("c-1", str(conversation.id), 2)
    entry = ack["entry"]
    assert (entry["id"], entry["seq"], entry["at"]) == (ack["id"], 2, ack["at"])
    assert entry["sender"] == {"kind": "visitor", "id": str(visitor.id)}
    assert entry["body"] == {"type": "text", "text": "Is it in stock?"}


async def test_a_welcome_names_the_subject_and_the_limits(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    client = await realtime.client(visitor, transport)
    await realtime.greet(client, visitor)
    welcome = await client.receive()
    assert welcome["t"] == "welcome"
    assert welcome["subject"] == {"kind": "visitor", "id": str(visitor.id)}
    assert welcome["server_time"] == realtime.platform.clock.now()
    assert welcome["heartbeat"] == 25
    assert welcome["limits"] == {"max_text": 4000, "max_frame": 65536, "max_upload": 20 * 1024 * 1024}
    assert (await client.receive())["t"] == "ready"


async def test_a_repeat_gets_the_same_answer_and_is_stored_once(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.join(visitor, transport)
    await client.send(text(conversation, "Hello", "c-1"))
    first = await until(client, "ack")
    await client.send(text(conversation, "Hello", "c-1"))
    assert await until(client, "ack") == first
    again = await realtime.join(visitor, transport)
    await again.send(text(conversation, "Hello", "c-1"))
    assert await until(again, "ack") == first
    assert len(await realtime.stored(conversation)) == 1


async def test_many_messages_keep_their_order_and_have_no_gap(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    agent = subject_of(await add_agent(realtime.platform, realtime.organization, "ada"))
    conversation = await realtime.conversation(visitor, agent)
    client, desk = await realtime.join(visitor, transport), await realtime.join(agent, transport)
    for number in range(200):
        await client.send(text(conversation, f"{number}", f"c-{number:03}"))
    acks = [await until(client, "ack") for _ in range(200)]
    shown = [(await until(desk, "entry"))["entry"] for _ in range(200)]
    assert [ack["client_id"] for ack in acks] == [f"c-{number:03}" for number in range(200)]
    assert [ack["seq"] for ack in acks] == seqs(shown) == list(range(3, 203))
    assert [entry["body"]["text"] for entry in shown] == [f"{number}" for number in range(200)]


async def test_the_sender_gets_no_second_copy_and_its_other_device_does(
    realtime: Realtime, transport: str
) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    phone, laptop = await realtime.join(visitor, transport), await realtime.join(visitor, transport)
    await phone.send(text(conversation, "From my phone", "c-1"))
    ack = await until(phone, "ack")
    entry = await laptop.receive()
    assert (entry["t"], entry["conversation"]) == ("entry", str(conversation.id))
    assert entry["entry"]["seq"] == ack["seq"]
    await laptop.send(text(conversation, "And from here", "c-2"))
    assert (await phone.receive())["entry"]["body"]["text"] == "And from here"


async def test_both_sides_talk_and_see_pointers_and_typing(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    agent = subject_of(await add_agent(realtime.platform, realtime.organization, "ada"))
    conversation = await realtime.conversation(visitor, agent)
    identity = str(conversation.id)
    client, desk = await realtime.join(visitor, transport), await realtime.join(agent, transport)
    await client.send({"t": "typing", "conversation": identity, "text": "My ord"})
    preview = await desk.receive()
    assert (preview["t"], preview["text"]) == ("typing", "My ord")
    await client.send(text(conversation, "My order?", "c-1"))
    assert (await until(desk, "entry"))["entry"]["body"]["text"] == "My order?"
    await desk.send({"t": "read", "conversation": identity, "seq": 3})
    receipt = await until(client, "receipt")
    assert {key: receipt[key] for key in ("side", "received", "read")} == {
        "side": "agent",
        "received": 3,
        "read": 3,
    }
    await desk.send({"t": "typing", "conversation": identity, "text": "secret draft"})
    preview = await until(client, "typing")
    assert (preview["text"], preview["sender"]["name"]) == ("…", "Ada")
    await desk.send(text(conversation, "It left today.", "a-1"))
    answer = (await until(client, "entry"))["entry"]
    assert (answer["seq"], answer["sender"]["kind"], answer["sender"]["name"]) == (4, "agent", "Ada")


async def test_a_known_head_gets_exactly_what_it_missed(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    identity = str(conversation.id)
    client = await realtime.join(visitor, transport)
    for number in range(5):
        await client.send(text(conversation, f"{number}", f"c-{number}"))
        await until(client, "ack")
    back = await realtime.client(visitor, transport)
    await realtime.greet(back, visitor, heads={identity: 3})
    frames = await greeted(realtime, back, {})
    assert [frame["t"] for frame in frames] == ["entries", "conversation"]
    assert seqs(frames[0]["entries"]) == [4, 5, 6]
    assert frames[1]["conversation"]["head"] == 6


@pytest.mark.parametrize("heads", [{}, {"conversation": 999}], ids=["unknown", "ahead of the log"])
async def test_a_strange_head_gets_a_reset(realtime: Realtime, transport: str, heads: dict[str, int]) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.client(visitor, transport)
    await realtime.greet(client, visitor, heads={str(conversation.id): seq for seq in heads.values()})
    (reset,) = await greeted(realtime, client, {})
    assert reset["t"] == "reset"
    assert reset["snapshot"]["head"] == 1
    assert seqs(reset["entries"]) == [1]


async def test_what_happens_during_the_sync_comes_after_it_and_before_ready(
    realtime: Realtime, transport: str
) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    writer = await realtime.join(visitor, transport)
    client = await realtime.client(visitor, transport)
    await realtime.greet(client, visitor, heads={str(conversation.id): 1})
    for number in range(20):
        await writer.send(text(conversation, f"{number}", f"c-{number}"))
    head = 1
    while head < 21:
        frame = await client.receive()
        if frame["t"] == "entries":
            assert frame["entries"][0]["seq"] == head + 1
            head = frame["entries"][-1]["seq"]
        elif frame["t"] == "entry":
            assert frame["entry"]["seq"] <= head + 1, "a gap: subscribed after the snapshot was read"
            head = max(head, frame["entry"]["seq"])


async def test_history_is_paged_in_both_directions(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.join(visitor, transport)
    for number in range(8):
        await client.send(text(conversation, f"{number}", f"c-{number}"))
        await until(client, "ack")
    ask = {"t": "history", "conversation": str(conversation.id)}
    await client.send({**ask, "ref": "r-1", "before": 5, "limit": 3})
    page = await until(client, "page")
    assert (page["ref"], seqs(page["entries"]), page["more"]) == ("r-1", [2, 3, 4], True)
    await client.send({**ask, "ref": "r-2", "after": 7})
    page = await until(client, "page")
    assert (page["ref"], seqs(page["entries"]), page["more"]) == ("r-2", [8, 9], False)
    await client.send({**ask, "ref": "r-3", "limit": 101})
    error = await until(client, "error")
    assert (error["ref"], error["error"]["kind"]) == ("r-3", "invalid")


async def test_a_message_is_taken_back(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.join(visitor, transport)
    await client.send(text(conversation, "Oops", "c-1"))
    await until(client, "ack")
    await client.send({"t": "recall", "ref": "r-1", "conversation": str(conversation.id), "seq": 2})
    frames = await upto(client, "done")
    assert frames[-1]["ref"] == "r-1"
    assert [frame["entry"]["kind"] for frame in frames if frame["t"] == "entry"] == ["recalled"]


async def test_somebody_elses_conversation_looks_like_none(realtime: Realtime, transport: str) -> None:
    """Guarantee: the same body for what is not theirs and for what does not exist, whatever is asked."""
    theirs = await realtime.conversation(realtime.visitor())
    client = await realtime.join(realtime.visitor(), transport)
    answers: list[list[Frame]] = []
    for identity in (str(theirs.id), "4611686018427387904", "nonsense", "-1"):
        body = {"type": "text", "text": "Let me in"}
        await client.send({"t": "send", "client_id": "x", "conversation": identity, "body": body})
        answers.append([await until(client, "error")])
        await client.send({"t": "recall", "ref": "x", "conversation": identity, "seq": 1})
        answers[-1].append(await until(client, "error"))
        await client.send({"t": "history", "ref": "x", "conversation": identity})
        answers[-1].append(await until(client, "error"))
        for kind in ("received", "read"):
            await client.send({"t": kind, "conversation": identity, "seq": 1})
        await client.send({"t": "typing", "conversation": identity, "text": "boo"})
    assert answers[0][0]["error"]["kind"] == "not_found"
    assert all(answer == answers[0] for answer in answers[1:])
    assert await realtime.stored(theirs) == []
    await client.send({"t": "ping"})
    assert (await client.receive())["t"] == "pong"


async def test_a_bad_message_is_answered_and_the_connection_stays(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.join(visitor, transport)
    bodies: list[object] = [
        {"type": "text", "text": "x" * 4001},
        {"type": "text", "text": ""},
        {"type": "text", "text": "   "},
        {"type": "text", "text": 7},
        {"type": "video", "url": "https://example.org"},
        {"type": "image", "media_id": "12"},
        {"type": "file", "media_id": "../../etc"},
        {},
        None,
        "text",
    ]
    for number, body in enumerate(bodies):
        frame = {"t": "send", "client_id": f"c-{number}", "conversation": str(conversation.id), "body": body}
        await client.send(frame)
        error = await until(client, "error")
        assert error["ref"] == f"c-{number}"
        assert error["error"]["kind"] in {"invalid", "not_found"}
    await client.send(text(conversation, "Fine", "c-fine"))
    assert (await until(client, "ack"))["seq"] == 2


async def test_a_picture_is_described_by_the_server_and_keeps_its_place(
    realtime: Realtime, transport: str
) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    picture = await upload(realtime.platform, visitor, "lantern.png", png())
    client = await realtime.join(visitor, transport)
    other = await realtime.join(visitor, transport)
    claimed = {"type": "image", "media_id": str(picture.id), "name": "evil.exe", "url": "javascript:alert(1)"}
    await client.send({**text(conversation, "", "c-1"), "body": claimed})
    await client.send(text(conversation, "Like this one?", "c-2"))
    acks = [await until(client, "ack") for _ in range(2)]
    assert [ack["client_id"] for ack in acks] == ["c-1", "c-2"]
    body = acks[0]["entry"]["body"]
    assert (body["name"], body["mime"], body["width"], body["height"]) == ("lantern.png", "image/png", 3, 2)
    assert body["url"].startswith(f"/v1/media/{picture.id}/")
    assert body["thumbnail_url"].startswith(f"/v1/media/{picture.id}/")
    assert (await until(other, "entry"))["entry"]["body"] == body


async def test_somebody_elses_picture_cannot_be_sent(realtime: Realtime, transport: str) -> None:
    picture = await upload(realtime.platform, realtime.visitor(), "lantern.png", png())
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.join(visitor, transport)
    for media_id in (str(picture.id), "4611686018427387904"):
        body = {"type": "image", "media_id": media_id}
        await client.send({**text(conversation, "", "c-1"), "body": body})
        error = await until(client, "error")
        assert (error["ref"], error["error"]["kind"]) == ("c-1", "not_found")
    assert await realtime.stored(conversation) == []


async def test_what_a_client_claims_about_itself_is_ignored(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    conversation = await realtime.conversation(visitor)
    client = await realtime.join(visitor, transport)
    claimed = {"sender": {"kind": "agent", "id": "1"}, "seq": 99, "at": 1, "organization_id": "1", "id": "1"}
    frame = text(conversation, "I am the boss", "c-1")
    body = {"type": "text", "text": "I am the boss", "actions": ["human"], "unanswered": True}
    await client.send({**frame, **claimed, "body": body})
    entry = (await until(client, "ack"))["entry"]
    assert entry["sender"] == {"kind": "visitor", "id": str(visitor.id)}
    assert (entry["seq"], entry["at"]) == (2, realtime.platform.clock.now())
    assert entry["body"] == {"type": "text", "text": "I am the boss"}


async def test_staff_only_entries_are_hidden_from_the_visitor(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    agent = subject_of(await add_agent(realtime.platform, realtime.organization, "ada"))
    conversation = await realtime.conversation(visitor, agent)
    client, desk = await realtime.join(visitor, transport), await realtime.join(agent, transport)

    async def note(tx: Transaction) -> None:
        draft = Draft(EntryKind.NOTE, SYSTEM, Note("Difficult customer"))
        await append_in(realtime.platform, tx, realtime.organization, conversation.id, [draft])

    await realtime.platform.database.write(EVERY_ORGANIZATION, note)
    assert (await until(desk, "entry"))["entry"]["body"] == {"text": "Difficult customer"}
    seen = (await until(client, "entry"))["entry"]
    assert (seen["kind"], seen["seq"], seen["body"]) == ("hidden", 3, {})
    assert visitor.channel_id == CHANNEL


async def test_two_writers_at_once_leave_one_order_for_everybody(realtime: Realtime, transport: str) -> None:
    visitor = realtime.visitor()
    agent = subject_of(await add_agent(realtime.platform, realtime.organization, "ada"))
    conversation = await realtime.conversation(visitor, agent)
    client, desk = await realtime.join(visitor, transport), await realtime.join(agent, transport)

    async def write(who: Client, name: str) -> list[Frame]:
        for number in range(40):
            await who.send(text(conversation, f"{name}{number}", f"{name}-{number}"))
        seen: list[Frame] = []
        while len(seen) < 80:
            frame = await who.receive()
            if frame["t"] in {"ack", "entry"}:
                seen.append(frame["entry"])
        return seen

    ours, theirs = await asyncio.gather(write(client, "v"), write(desk, "a"))
    stored = await realtime.stored(conversation)
    assert [seq for seq, _, _ in stored] == list(range(3, 83))
    order = [client_id for _, client_id, _ in stored]
    assert [entry["client_id"] for entry in sorted(ours, key=lambda entry: entry["seq"])] == order
    assert seqs(ours) == seqs(theirs) == list(range(3, 83))
