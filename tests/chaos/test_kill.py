"""The power is cut at random moments under load: what was acked is there, once, in an unbroken sequence."""

import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException

from bench.world import World, config_for, make_world
from frontdesk.app.engines import open_platform
from frontdesk.platform import EVERY_ORGANIZATION, Reader
from tests.kit.realtime import realtime
from tests.kit.server import start_server

KILLS = 20
CONVERSATIONS = 12


@dataclass
class Writer:
    """A visitor's client: keeps a message until it is acked, over every crash, with one client_id."""

    conversation: str
    token: str
    acked: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    unacked: list[str] = field(default_factory=list[str])
    number: int = 0

    async def run(self, url: str) -> None:
        """Write until the connection breaks."""
        try:
            async with realtime(url, self.token) as client:
                while True:
                    while len(self.unacked) < 4:
                        self.number += 1
                        self.unacked.append(f"{self.conversation}-{self.number}")
                    for client_id in list(self.unacked):
                        body = {"type": "text", "text": f"消息 {client_id}"}
                        await client.send(
                            t="send", client_id=client_id, conversation=self.conversation, body=body
                        )
                    while self.unacked:
                        self.take(json.loads(await client.socket.recv()))
        except (WebSocketException, EOFError, OSError, TimeoutError):
            return

    def take(self, frame: dict[str, object]) -> None:
        if frame["t"] == "ack":
            client_id = str(frame["client_id"])
            answer = (str(frame["id"]), int(str(frame["seq"])))
            assert self.acked.setdefault(client_id, answer) == answer, "a repeat was answered differently"
            if client_id in self.unacked:
                self.unacked.remove(client_id)


async def _state(data: Path) -> list[tuple[object, ...]]:
    """Who has which conversation, who waits, and the seats, as the database has them."""
    async with open_platform(config_for(data)) as platform:

        async def read(reader: Reader) -> list[tuple[object, ...]]:
            rows = list(
                await reader.fetch("select id, state, agent_id, team_id from conversation order by id")
            )
            rows += await reader.fetch(
                "select conversation_id, team_id, enqueued_at from queue_item order by 1"
            )
            rows += await reader.fetch("select agent_id, load, capacity from seat order by agent_id")
            return rows

        return await platform.database.read(EVERY_ORGANIZATION, read)


async def _check_log(data: Path, writers: list[Writer]) -> int:
    """Every acked message is there once with the answer it was given; no gap; nothing twice. Returns how many."""
    async with open_platform(config_for(data)) as platform:

        async def read(reader: Reader) -> list[tuple[int, int, str | None, int]]:
            rows = await reader.fetch("select conversation_id, seq, client_id, id from entry order by 1, 2")
            return [(row[0], row[1], row[2], row[3]) for row in rows]

        rows = await platform.database.read(EVERY_ORGANIZATION, read)
    for writer in writers:
        mine = [row for row in rows if str(row[0]) == writer.conversation]
        assert [seq for _, seq, _, _ in mine] == list(range(1, len(mine) + 1)), "a gap in the sequence"
        stored = {client_id: (str(identity), seq) for _, seq, client_id, identity in mine if client_id}
        assert max(Counter(client_id for _, _, client_id, _ in mine if client_id).values(), default=1) == 1
        for client_id, answer in writer.acked.items():
            assert stored.get(client_id) == answer, f"{client_id} was acked as {answer}"
    return sum(len(writer.acked) for writer in writers)


@pytest.mark.timeout(240)
async def test_nothing_acked_is_lost_or_doubled_when_the_process_is_killed_twenty_times(
    tmp_path: Path,
) -> None:
    dice = random.Random(20)  # noqa: S311 - moments of a test
    data = tmp_path / "data"
    world: World = await make_world(config_for(data), agents=3, conversations=CONVERSATIONS)
    writers = [Writer(conversation.id, conversation.visitor) for conversation in world.conversations]
    before = await _state(data)
    for _ in range(KILLS):
        server = await start_server(data)
        running = [asyncio.create_task(writer.run(server.url)) for writer in writers]
        await asyncio.sleep(dice.uniform(0.1, 0.7))
        await server.kill()
        await asyncio.gather(*running)
    acked = await _check_log(data, writers)
    assert acked > KILLS * CONVERSATIONS, "the load was too small to prove anything"
    assert await _state(data) == before
