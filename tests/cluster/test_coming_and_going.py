"""Processes that stop, are killed, or sleep: what people do goes on."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from frontdesk.core.ids import new_code
from tests.cluster.cluster import Cluster, Node
from tests.kit.realtime import RealtimeClient, realtime
from tests.scenarios.desk import Desk, Person, message, opened

pytestmark = pytest.mark.xdist_group("cluster-coming-and-going")


@pytest.fixture(scope="module")
def shape() -> Sequence[str]:
    """As few as show it: processes are started and ended all the time here."""
    return "access", "access", "api", "dispatch", "bots", "worker"


class Sender:
    """A visitor's client that keeps what it sends until it is acked, and connects again wherever it can."""

    def __init__(self, visitor: Person, conversation: str, cluster: Cluster) -> None:
        self.visitor = visitor
        self.conversation = conversation
        self.acked: dict[str, int] = {}
        self.refused: list[str] = []
        self.connections = 0
        self._cluster = cluster
        self._outbox: list[str] = []
        self._sent = 0
        self.over = False

    async def run(self) -> None:
        """Send twenty messages a second until it is over, then until everything is acked."""
        async with asyncio.timeout(60):
            while not (self.over and not self._outbox):
                with suppress(ConnectionClosed, OSError, InvalidStatus, AssertionError):
                    async with self._connected() as client:
                        await self._talk(client)
                await asyncio.sleep(0.1)

    @asynccontextmanager
    async def _connected(self) -> AsyncGenerator[RealtimeClient]:
        urls = self._cluster.urls("access")
        self.connections += 1
        url = urls[self.connections % len(urls)]
        async with realtime(url, self.visitor.token, device=new_code()) as client:
            yield client

    async def _talk(self, client: RealtimeClient) -> None:
        for client_id in self._outbox:
            await self._send(client, client_id)
        reading = asyncio.create_task(self._read(client))
        try:
            while not reading.done() and not (self.over and not self._outbox):
                if not self.over:
                    self._sent += 1
                    self._outbox.append(f"n-{self._sent}")
                    await self._send(client, self._outbox[-1])
                await asyncio.sleep(0.05)
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError, ConnectionClosed):
                await reading

    async def _send(self, client: RealtimeClient, client_id: str) -> None:
        body = {"type": "text", "text": client_id}
        await client.send(t="send", client_id=client_id, conversation=self.conversation, body=body)

    async def _read(self, client: RealtimeClient) -> None:
        while True:
            frame = json.loads(await client.socket.recv())
            if frame["t"] == "ack":
                known = self.acked.setdefault(frame["client_id"], frame["seq"])
                assert known == frame["seq"], "a repeat was answered differently"
                if frame["client_id"] in self._outbox:
                    self._outbox.remove(frame["client_id"])
            elif frame["t"] == "error" and "retry_after" not in frame["error"]:
                self.refused.append(frame["error"]["code"])


async def stored(visitor: Person, conversation: str) -> list[str]:
    """The texts of the visitor's messages, oldest first, read page by page."""
    texts: list[str] = []
    after = 0
    while True:
        page = await visitor.call("GET", f"/v1/conversations/{conversation}/entries?after={after}&limit=100")
        if not page["entries"]:
            return texts
        after = page["entries"][-1]["seq"]
        texts += [
            entry["body"]["text"]
            for entry in page["entries"]
            if entry["kind"] == "message" and entry["sender"]["kind"] == "visitor"
        ]


async def restart(cluster: Cluster, node: Node) -> None:
    """The polite way, as an operator's rolling update does it."""
    assert await asyncio.to_thread(node.stop) == 0
    await asyncio.to_thread(cluster.start, node.targets, port=node.port)


async def test_access_processes_are_restarted_one_by_one_and_no_send_fails(
    desk: Desk, cluster: Cluster
) -> None:
    senders = [
        Sender(visitor, await opened(visitor), cluster)
        for visitor in [await desk.visitor() for _ in range(6)]
    ]
    running = [asyncio.create_task(sender.run()) for sender in senders]
    await asyncio.sleep(1)
    for node in cluster.of("access"):
        await restart(cluster, node)
        await asyncio.sleep(0.5)
    for sender in senders:
        sender.over = True
    await asyncio.gather(*running)
    for sender in senders:
        assert not sender.refused
        assert len(sender.acked) > 30
        texts = await stored(sender.visitor, sender.conversation)
        assert sorted(texts) == sorted(sender.acked), "lost or doubled"
    assert sum(sender.connections for sender in senders) > len(senders), "somebody had to move"


async def test_an_access_process_is_killed_and_everything_acked_is_there_once(
    desk: Desk, cluster: Cluster
) -> None:
    senders = [
        Sender(visitor, await opened(visitor), cluster)
        for visitor in [await desk.visitor() for _ in range(4)]
    ]
    running = [asyncio.create_task(sender.run()) for sender in senders]
    await asyncio.sleep(1)
    victim = cluster.of("access")[0]
    victim.kill()
    await asyncio.sleep(1)
    await asyncio.to_thread(cluster.start, victim.targets, port=victim.port)
    for sender in senders:
        sender.over = True
    await asyncio.gather(*running)
    for sender in senders:
        assert sorted(await stored(sender.visitor, sender.conversation)) == sorted(sender.acked)


async def one_waits(desk: Desk) -> tuple[str, Person, str]:
    """The only place is taken, and a visitor waits: the conversation that has it, the visitor, the one that waits."""
    first, second = await desk.visitor(), await desk.visitor()
    conversations = [await opened(first), await opened(second)]
    answers = [
        await person.call("POST", f"/v1/conversations/{conversation}/human", {})
        for person, conversation in zip((first, second), conversations, strict=True)
    ]
    assert [answer["conversation"]["state"] for answer in answers] == ["active", "waiting"]
    return conversations[0], second, conversations[1]


async def state_of(visitor: Person, conversation: str) -> str:
    return (await visitor.call("GET", f"/v1/conversations/{conversation}"))["conversation"]["state"]


@pytest.mark.parametrize("how", ["kill", "pause", "stop"])
async def test_queues_go_on_when_processes_that_dispatch_end_or_sleep(
    desk: Desk, cluster: Cluster, how: str
) -> None:
    """Every organization's holder is among those that end: all of them but one, which is fresh. It takes five seconds at most."""
    agent = await desk.agent("mei")
    await desk.set_capacity(agent, 1)
    async with agent.online():
        taken, visitor, waits = await one_waits(desk)
        former = cluster.of("dispatch")
        await asyncio.to_thread(cluster.start, "dispatch")
        for node in former:
            await asyncio.to_thread(getattr(node, how))
        begun = time.monotonic()
        await agent.call("POST", f"/v1/conversations/{taken}/close", {})
        while await state_of(visitor, waits) != "active":
            assert time.monotonic() - begun < 10, "nobody dispatches"
            await asyncio.sleep(0.1)
        took = time.monotonic() - begun
        assert took < {"stop": 2, "kill": 5, "pause": 5}[how]
        if how == "pause":
            for node in former:
                node.resume()
        await asyncio.sleep(0.5)
        assert await state_of(visitor, waits) == "active"


async def test_a_question_is_answered_once_when_the_process_of_the_bots_is_killed(
    desk: Desk, cluster: Cluster
) -> None:
    visitor = await desk.visitor(language="en")
    conversation = await opened(visitor)
    former = cluster.of("bots")
    async with visitor.online() as widget:
        for node in former:
            node.kill()
        await widget.say(conversation, "v-1", "How much is shipping?")
        await asyncio.to_thread(cluster.start, "bots", "bots")
        while message(await widget.until("entry", within=30)) != "Free from $15.":
            pass
        await asyncio.sleep(1)
        page = await visitor.call("GET", f"/v1/conversations/{conversation}/entries?limit=100")
        texts = [entry["body"].get("text") for entry in page["entries"] if entry["kind"] == "message"]
        assert texts.count("Free from $15.") == 1


async def test_a_worker_is_killed_and_another_goes_on_indexing(desk: Desk, cluster: Cluster) -> None:
    admin, visitor = await desk.agent("admin"), await desk.visitor()
    former = cluster.of("worker")
    await asyncio.to_thread(cluster.start, "worker")
    for node in former:
        node.kill()
    conversation = await opened(visitor)
    async with visitor.online() as widget:
        await widget.say(conversation, "v-1", "琉璃灯罩可以定制吗")
    async with asyncio.timeout(8):
        while not (await admin.call("GET", "/v1/search?q=琉璃"))["items"]:  # noqa: ASYNC110 - known by looking
            await asyncio.sleep(0.1)
