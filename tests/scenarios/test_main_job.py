"""The main job, over the wire: a visitor asks, a bot answers, a human takes over, nothing is lost."""

import asyncio

import pytest

from frontdesk.core.ids import new_code
from tests.kit.realtime import RealtimeClient
from tests.scenarios.desk import Desk, Json, Person, message, opened

pytestmark = pytest.mark.xdist_group("scenarios")


async def _answer_of_bot(client: RealtimeClient, conversation: str, question: str) -> Json:
    ack = await client.say(conversation, new_code(), question)
    assert ack["t"] == "ack", ack
    for frame in client.frames:
        if frame["t"] == "entry" and frame["entry"]["sender"]["kind"] == "bot":
            client.frames.clear()
            return frame["entry"]["body"]
    while True:
        frame = await client.until("entry")
        if frame["entry"]["sender"]["kind"] == "bot":
            return frame["entry"]["body"]


@pytest.mark.parametrize(
    ("language", "question", "word"),
    [("zh-CN", "怎么退货？", "退"), ("en", "How do I return something?", "return")],
)
async def test_the_bot_greets_and_answers_in_the_visitors_language(
    desk: Desk, language: str, question: str, word: str
) -> None:
    visitor = await desk.visitor(language=language)
    assert visitor.facts["channel"]["greeting"]
    conversation = await opened(visitor)
    async with visitor.online() as client:
        body = await _answer_of_bot(client, conversation, question)
        assert word in body["text"].lower()
        assert not body.get("unanswered")
        unknown = await _answer_of_bot(client, conversation, "xyzzy plugh 42 frobnicate")
        assert unknown.get("unanswered") or unknown.get("suggestions")


async def test_a_human_takes_over_they_chat_and_the_visitor_rates(desk: Desk) -> None:
    agent = await desk.agent("mei")
    visitor = await desk.visitor()
    conversation = await opened(visitor)
    async with agent.online() as console, visitor.online() as widget:
        await widget.say(conversation, "v-1", "你好，我的灯笼坏了")
        requested = await visitor.call("POST", f"/v1/conversations/{conversation}/human", {})
        assert not requested["offline"]
        taken = await console.until("reset", conversation=conversation)
        texts = [entry["body"].get("text", "") for entry in taken["entries"] if entry["kind"] == "message"]
        assert "你好，我的灯笼坏了" in texts, "the bot's transcript comes along"
        ack = await console.say(conversation, "a-1", "您好，我来帮您 🙂")
        while message(shown := await widget.until("entry")) != "您好，我来帮您 🙂":
            pass
        assert shown["entry"]["seq"] == ack["seq"]
        await widget.send(t="typing", conversation=conversation, text="它不亮")
        assert (await console.until("typing"))["text"] == "它不亮"
        await widget.send(t="read", conversation=conversation, seq=ack["seq"])
        while (await console.until("receipt"))["read"] < ack["seq"]:
            pass
        wrap_up = {"category": "Support/Repair", "remark": "换新"}
        closed = await agent.call("POST", f"/v1/conversations/{conversation}/close", {"wrap_up": wrap_up})
        assert closed["conversation"]["state"] == "closed"
        rated = await visitor.call(
            "POST", f"/v1/conversations/{conversation}/rating", {"score": 5, "remark": "谢谢"}
        )
        assert rated["conversation"]["rating"]["score"] == 5
        assert rated["conversation"]["wrap_up"] is None, "a wrap-up is the staff's"


async def test_the_queue_shows_a_position_and_a_freed_seat_is_given_at_once(desk: Desk) -> None:
    agent = await desk.agent("mei")
    await desk.set_capacity(agent, 1)
    people = [await desk.visitor() for _ in range(3)]
    conversations = [await opened(person) for person in people]
    async with agent.online() as console, people[1].online() as second, people[2].online() as third:
        answers = [
            await person.call("POST", f"/v1/conversations/{conversation}/human", {})
            for person, conversation in zip(people, conversations, strict=True)
        ]
        assert [answer["conversation"]["state"] for answer in answers] == ["active", "waiting", "waiting"]
        assert [answer["queue"]["position"] for answer in answers[1:]] == [1, 2]
        await console.until("reset", conversation=conversations[0])
        await agent.call("POST", f"/v1/conversations/{conversations[0]}/close", {})
        await console.until("reset", conversation=conversations[1], within=2)
        while (await second.until("entry", within=2))["entry"]["kind"] != "assigned":
            pass
        await third.until("queue", within=2, position=1)
        agents = await agent.call("GET", "/v1/agents")
        mine = next(item for item in agents["items"] if item["id"] == agent.facts["agent_id"])
        assert (mine["load"], mine["capacity"]) == (1, 1)


async def test_a_transfer_moves_the_conversation_with_its_note(desk: Desk) -> None:
    mei, omar = await desk.agent("mei"), await desk.agent("omar", status="offline")
    visitor = await desk.visitor()
    conversation = await opened(visitor)
    async with mei.online() as first, omar.online() as second, visitor.online() as widget:
        await visitor.call("POST", f"/v1/conversations/{conversation}/human", {})
        await first.until("reset", conversation=conversation)
        await omar.call("PUT", "/v1/me/status", {"status": "online"})
        target = {"agent_id": omar.facts["agent_id"], "note": "熟客，请优先"}
        await mei.call("POST", f"/v1/conversations/{conversation}/transfer", target)
        taken = await second.until("reset", conversation=conversation)
        assert "熟客，请优先" in [
            entry["body"].get("text") for entry in taken["entries"] if entry["kind"] == "note"
        ]
        await first.until("gone", conversation=conversation)
        page = await visitor.call("GET", f"/v1/conversations/{conversation}/entries")
        assert "熟客" not in str(page)
        await widget.say(conversation, "v-2", "谢谢")
        while message(await second.until("entry")) != "谢谢":
            pass
        refused = await first.say(conversation, "a-late", "still here?")
        assert refused["error"]["code"] == "conversations.not-yours"


async def test_nobody_on_duty_the_visitor_leaves_a_message_that_agents_handle(desk: Desk) -> None:
    visitor = await desk.visitor(language="en")
    conversation = await opened(visitor)
    requested = await visitor.call("POST", f"/v1/conversations/{conversation}/human", {})
    assert requested["offline"]
    left = {
        "name": "Ada",
        "email": "ada@example.org",
        "text": "Please call me about order 42",
        "conversation_id": conversation,
        "client_id": "leave-1",
    }
    first = await visitor.call("POST", "/v1/visitor/leave-messages", left)
    again = await visitor.call("POST", "/v1/visitor/leave-messages", left)
    assert first["id"] == again["id"]
    agent = await desk.agent("mei")
    listed = await agent.call("GET", "/v1/leave-messages?state=open")
    assert [item["text"] for item in listed["items"]] == ["Please call me about order 42"]
    await agent.call(
        "PATCH", f"/v1/leave-messages/{first['id']}", {"state": "handled", "remark": "called back"}
    )
    assert (await agent.call("GET", "/v1/leave-messages?state=open"))["items"] == []


async def test_history_is_found_by_two_characters_with_highlights(desk: Desk) -> None:
    agent = await desk.agent("mei")
    visitor = await desk.visitor()
    conversation = await opened(visitor)
    async with agent.online() as console, visitor.online() as widget:
        await visitor.call("POST", f"/v1/conversations/{conversation}/human", {})
        await console.until("reset", conversation=conversation)
        await widget.say(conversation, "v-1", "请问琉璃灯罩可以定制吗 Zanzibar")
        for query, marked in (("琉璃", "琉璃"), ("za", "Za"), ("ZANZIBAR", "Zanzibar")):
            hits = await _found(agent, query)
            assert hits, query
            assert hits[0]["conversation"]["id"] == conversation
            assert marked.lower() in [piece["text"].lower() for piece in hits[0]["snippet"] if piece["hit"]]


async def _found(agent: Person, query: str) -> list[Json]:
    """The hits; the index follows the log within a moment."""
    for _ in range(40):
        hits = (await agent.call("GET", f"/v1/search?q={query}"))["items"]
        if hits:
            return hits
        await asyncio.sleep(0.1)
    return []


async def test_a_second_tab_and_a_reload_show_the_same_and_what_was_missed_arrives(desk: Desk) -> None:
    agent = await desk.agent("mei")
    visitor = await desk.visitor()
    conversation = await opened(visitor)
    async with agent.online() as console:
        async with visitor.online() as tab, visitor.online() as other_tab:
            await visitor.call("POST", f"/v1/conversations/{conversation}/human", {})
            await console.until("reset", conversation=conversation)
            ack = await tab.say(conversation, "v-1", "一")
            assert (await tab.say(conversation, "v-1", "一"))["seq"] == ack["seq"]
            while message(await other_tab.until("entry")) != "一":
                pass
        sent = [await console.say(conversation, f"a-{n}", f"第 {n} 条") for n in range(5)]
        again = await desk.visitor(key=visitor.facts["visitor_key"])
        assert again.facts["contact"]["id"] == visitor.facts["contact"]["id"]
        async with again.online(heads={conversation: ack["seq"]}) as back:
            delta = next(frame for frame in back.sync if frame["t"] == "entries")
            assert [entry["seq"] for entry in delta["entries"]][-5:] == [frame["seq"] for frame in sent]


async def test_a_waiting_visitor_who_comes_back_sees_the_position_at_once(desk: Desk) -> None:
    agent = await desk.agent("mei")
    await desk.set_capacity(agent, 1)
    first, second = await desk.visitor(), await desk.visitor()
    async with agent.online() as console:
        for person in (first, second):
            conversation = await opened(person)
            await person.call("POST", f"/v1/conversations/{conversation}/human", {})
        assert {frame["t"] for frame in console.sync} >= {"agent"}
        async with second.online() as back:
            places = [frame["position"] for frame in back.sync if frame["t"] == "queue"]
            assert set(places) == {1}  # more than once when the queue's own news comes at that moment


async def test_a_changed_setting_is_told_to_the_consoles_at_once(desk: Desk) -> None:
    admin = await desk.agent("admin")
    async with admin.online() as console:
        await admin.call("PATCH", "/v1/settings", {"recall_window_s": 60})
        await console.until("changed", within=2, topic="settings")
        assert (await admin.call("GET", "/v1/settings"))["settings"]["recall_window_s"] == 60
