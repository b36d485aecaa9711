"""Two people on different processes are as near to each other as on one."""

import asyncio

import pytest
from websockets.exceptions import ConnectionClosed

from frontdesk.core.ids import new_code
from tests.cluster.cluster import Cluster
from tests.kit.realtime import RealtimeClient
from tests.scenarios.desk import Desk, Entry, Person, message, opened

pytestmark = pytest.mark.xdist_group("cluster-two-nodes")


async def ask_human(visitor: Person, conversation: str) -> None:
    await visitor.call("POST", f"/v1/conversations/{conversation}/human", {})


async def hear(client: RealtimeClient, text: str) -> int:
    """Wait for this message; returns its seq."""
    while True:
        frame = await client.until("entry")
        if message(frame) == text:
            return frame["entry"]["seq"]


async def closed_within(client: RealtimeClient, seconds: float) -> int:
    """The close code of a connection that is ended in time."""

    async def read_to_the_end() -> None:
        async with asyncio.timeout(seconds):
            while True:
                await client.next()

    with pytest.raises(ConnectionClosed) as closing:
        await read_to_the_end()
    assert closing.value.rcvd is not None
    return closing.value.rcvd.code


async def test_words_receipts_and_typing_go_both_ways_between_two_processes(desk: Desk) -> None:
    agent, visitor = await desk.agent("mei"), await desk.visitor()
    conversation = await opened(visitor)
    async with agent.online() as console, visitor.online() as widget:
        await ask_human(visitor, conversation)
        await console.until("reset", conversation=conversation)
        seq = 0
        for turn in range(5):
            ack = await widget.say(conversation, f"v-{turn}", f"visitor {turn}")
            assert await hear(console, f"visitor {turn}") == ack["seq"]
            ack = await console.say(conversation, f"a-{turn}", f"agent {turn}")
            seq = ack["seq"]
            assert await hear(widget, f"agent {turn}") == seq
        await widget.send(t="typing", conversation=conversation, text="还有")
        assert (await console.until("typing", within=2))["text"] == "还有"
        await widget.send(t="read", conversation=conversation, seq=seq)
        while (await console.until("receipt", within=2))["read"] < seq:
            pass


async def test_a_message_sent_again_through_another_process_is_the_same_message(desk: Desk) -> None:
    visitor = await desk.visitor()
    conversation = await opened(visitor)
    async with visitor.online() as one, visitor.online() as other:
        first = await one.say(conversation, "v-1", "once")
        again = await other.say(conversation, "v-1", "once")
        assert (again["id"], again["seq"]) == (first["id"], first["seq"])


async def test_eight_writers_on_two_processes_leave_no_gap_and_no_double(desk: Desk) -> None:
    visitor = await desk.visitor()
    conversation = await opened(visitor)

    async def write(number: int) -> list[int]:
        async with visitor.online() as client:
            acks = [await client.say(conversation, f"{number}-{turn}", f"{turn}") for turn in range(15)]
            return [ack["seq"] for ack in acks]

    written = [seq for seqs in await asyncio.gather(*(write(number) for number in range(8))) for seq in seqs]
    assert len(set(written)) == 120
    page = await visitor.call("GET", f"/v1/conversations/{conversation}/entries?limit=100")
    head = page["entries"][-1]["seq"]
    seqs = {entry["seq"] for entry in page["entries"]}
    first = await visitor.call(
        "GET", f"/v1/conversations/{conversation}/entries?limit=100&before={min(seqs)}"
    )
    seqs |= {entry["seq"] for entry in first["entries"]}
    assert seqs == set(range(1, head + 1))
    assert set(written) <= seqs


async def test_a_transfer_moves_a_conversation_to_an_agent_on_another_process(desk: Desk) -> None:
    mei, omar = await desk.agent("mei"), await desk.agent("omar", status="offline")
    visitor = await desk.visitor()
    conversation = await opened(visitor)
    async with mei.online() as first, omar.online() as second, visitor.online() as widget:
        await ask_human(visitor, conversation)
        await first.until("reset", conversation=conversation)
        await omar.call("PUT", "/v1/me/status", {"status": "online"})
        target = {"agent_id": omar.facts["agent_id"], "note": "please"}
        await mei.call("POST", f"/v1/conversations/{conversation}/transfer", target)
        await second.until("reset", within=2, conversation=conversation)
        await first.until("gone", within=2, conversation=conversation)
        await widget.say(conversation, "v-1", "still there?")
        await hear(second, "still there?")
        refused = await first.say(conversation, "a-late", "late")
        assert refused["error"]["code"] == "conversations.not-yours"


async def test_positions_in_the_queue_are_live_on_every_process(desk: Desk) -> None:
    agent = await desk.agent("mei")
    await desk.set_capacity(agent, 1)
    people = [await desk.visitor() for _ in range(3)]
    conversations = [await opened(person) for person in people]
    async with agent.online() as console, people[1].online() as second, people[2].online() as third:
        for person, conversation in zip(people, conversations, strict=True):
            await ask_human(person, conversation)
        await third.until("queue", within=2, position=2)
        await agent.call("POST", f"/v1/conversations/{conversations[0]}/close", {})
        await third.until("queue", within=2, position=1)
        while (await second.until("entry", within=2))["entry"]["kind"] != "assigned":
            pass
        await console.until("reset", within=2, conversation=conversations[1])


async def test_an_agents_presence_is_seen_on_every_process_and_lasts_until_the_last_socket(
    desk: Desk,
) -> None:
    admin, mei = await desk.agent("admin"), await desk.agent("mei", status="offline")
    await admin.call("PATCH", "/v1/settings", {"agent_grace_s": 5})
    async with admin.online() as one, admin.online() as other:
        async with mei.online(), mei.online() as second_device:
            await mei.call("PUT", "/v1/me/status", {"status": "busy", "reason": "tea"})
            for console in (one, other):
                await _state(console, mei, "busy")
            await second_device.socket.close()
            await mei.call("PUT", "/v1/me/status", {"status": "online"})
            for console in (one, other):
                await _state(console, mei, "online")
        for console in (one, other):
            await _state(console, mei, "offline", within=12)


async def _state(console: RealtimeClient, agent: Person, status: str, within: float = 3) -> None:
    async with asyncio.timeout(within):
        while True:
            state = (await console.until("agent", within=within))["agent"]
            if state["id"] == agent.facts["agent_id"] and state["status"] == status:
                return


async def test_a_revoked_session_is_closed_on_every_process_and_refused_by_each(
    desk: Desk, cluster: Cluster
) -> None:
    admin, mei = await desk.agent("admin"), await desk.agent("mei")
    async with mei.online() as one, mei.online() as other:
        await admin.call("PATCH", f"/v1/agents/{mei.facts['agent_id']}", {"enabled": False})
        assert {await closed_within(one, 2), await closed_within(other, 2)} == {4401}
    async with asyncio.timeout(2):
        for _ in range(2 * len(cluster.of("api"))):
            await mei.call("GET", "/v1/me", expect=401)


async def test_a_device_that_comes_back_at_another_process_replaces_itself(desk: Desk) -> None:
    visitor = await desk.visitor()
    async with visitor.online(device="phone") as first, visitor.online(device="phone"):
        assert await closed_within(first, 2) == 4409


async def test_a_changed_setting_counts_in_every_process_at_once(desk: Desk, cluster: Cluster) -> None:
    admin = await desk.agent("admin")
    async with admin.online() as one, admin.online() as other:
        await admin.call("PATCH", "/v1/settings", {"recall_window_s": 60})
        for console in (one, other):
            await console.until("changed", within=2, topic="settings")
        for _ in range(2 * len(cluster.of("api"))):
            view = await admin.call("GET", "/v1/settings")
            assert view["settings"]["recall_window_s"] == 60


async def test_a_recalled_message_disappears_on_the_other_process(desk: Desk) -> None:
    agent, visitor = await desk.agent("mei"), await desk.visitor()
    conversation = await opened(visitor)
    async with agent.online() as console, visitor.online() as widget:
        await ask_human(visitor, conversation)
        await console.until("reset", conversation=conversation)
        ack = await widget.say(conversation, "v-1", "wrong window")
        await hear(console, "wrong window")
        await widget.send(t="recall", ref="r-1", conversation=conversation, seq=ack["seq"])
        while (frame := await console.until("entry", within=2))["entry"]["kind"] != "recalled":
            pass
        assert frame["entry"]["body"]["seq"] == ack["seq"]


async def test_a_file_sent_through_one_process_is_read_through_another(desk: Desk) -> None:
    agent, visitor = await desk.agent("mei"), await desk.visitor()
    conversation = await opened(visitor)
    entry: Entry = desk.entry
    upload = await entry.upload("/v1/media", "note.txt", b"the order number is 42", token=visitor.token)
    async with agent.online() as console, visitor.online() as widget:
        await ask_human(visitor, conversation)
        await console.until("reset", conversation=conversation)
        body = {"type": "file", "media_id": upload["media_id"]}
        await widget.send(t="send", client_id="v-1", conversation=conversation, body=body)
        shown = await console.until("entry", within=5)
        for _ in range(2):
            answer = await entry.request("GET", shown["entry"]["body"]["url"])
            assert (answer.status_code, answer.content) == (200, b"the order number is 42")


async def test_what_is_said_on_any_process_is_found_by_search_and_answered_by_a_bot(desk: Desk) -> None:
    admin, visitor = await desk.agent("admin"), await desk.visitor(language="en")
    conversation = await opened(visitor)
    async with visitor.online() as widget:
        await widget.say(conversation, new_code(), "How much is shipping?")
        await hear(widget, "Free from $15.")
    async with asyncio.timeout(5):
        while not (await admin.call("GET", "/v1/search?q=shipping"))["items"]:  # noqa: ASYNC110 - known by looking
            await asyncio.sleep(0.1)
