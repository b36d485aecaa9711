"""Connections that keep whatever they are told, and a conversation in which everything happens that is told of."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.security.people import Person
from tests.security.world import World

Frame = dict[str, Any]
SECRET: Final = "WORDS-BETWEEN-TWO"
PATIENCE: Final = 15


class Ear:
    """A connection that keeps whatever it is told."""

    def __init__(self, socket: ClientConnection) -> None:
        self.frames: list[Frame] = []
        self._socket = socket
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for text in self._socket:
            self.frames.append(json.loads(text))

    async def say(self, **frame: object) -> None:
        await self._socket.send(json.dumps(frame))

    async def hear(self, kind: str, **fields: object) -> Frame:
        """The first frame of this kind with these fields, once it is there."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for frame in self.frames:
                    if frame["t"] == kind and fields.items() <= frame.items():
                        return frame
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        self._listening.cancel()
        await self._socket.close()


@asynccontextmanager
async def ear(
    made: World, person: Person, device: str, heads: Mapping[str, int] | None = None
) -> AsyncGenerator[Ear]:
    address = made.url.replace("http", "ws", 1) + "/v1/realtime"
    heard = Ear(await connect(address, subprotocols=[Subprotocol("frontdesk.v1")], max_size=None))
    await heard.say(t="hello", token=person.token, device=device, heads=dict(heads or {}))
    await heard.hear("ready")
    yield heard
    await heard.stop()


async def talk(made: World, ears: dict[str, Ear], people: dict[str, Person]) -> str:
    """A conversation in which everything happens once; returns its id."""
    owner, mei, lin = people["owner"], people["agent"], people["colleague"]
    opened = await owner.get("POST", "/v1/visitor/conversations", {"language": "en"})
    one = opened["conversation"]["id"]
    path = f"/v1/conversations/{one}"
    await owner.get("POST", f"{path}/human", {})
    await ears["agent"].hear("offer")
    await ears["owner"].hear("queue")
    await ears["inspector"].hear("waiting", count=1)
    await mei.get("POST", f"{path}/accept")
    for _ in range(2):  # who looks hears of those who look after that
        for listener in ears.values():
            await listener.say(t="look", conversation=one, doing="looking")
        await asyncio.sleep(0.3)
    for role in ears.keys() - {"owner", "agent"}:  # whom it does not concern is not heard either
        await ears[role].say(t="typing", conversation=one, text="boo")
        await ears[role].say(t="read", conversation=one, seq=1)
    async with ear(made, owner, "phone") as visitor, ear(made, mei, "laptop") as agent:
        await _exchange(one, visitor, agent)
        await mei.get("PUT", f"{path}/draft", {"text": SECRET})
        await mei.get("PUT", f"{path}/marks", {"pinned": True, "important": True})
        await mei.get("PATCH", f"/v1/contacts/{owner.facts['contact']['id']}", {"remark": "likes tea"})
        await ears["inspector"].hear("alarm", conversation=one)
        await ears["inspector"].hear("due", conversation=one)
        ears["owner"].frames += visitor.frames
        ears["agent"].frames += agent.frames
    for role, person in people.items():  # as somebody who was there before comes back
        async with ear(made, person, f"again {role}", {one: 1}) as again:
            ears[role].frames += again.frames
    await mei.get("POST", f"{path}/transfer", {"agent_id": made.ours.ids["lin"], "note": SECRET})
    await ears["colleague"].hear("offer", reason="transfer")
    await lin.get("POST", f"{path}/accept")
    await ears["agent"].hear("gone")
    await ears["agent"].hear("transfer", state="accepted")
    await ears["colleague"].hear("due", conversation=one)  # what was owed is owed by whoever has it now
    await owner.get("POST", f"{path}/close", {})
    return one


async def _exchange(one: str, visitor: Ear, agent: Ear) -> None:
    await agent.say(t="typing", conversation=one, text="a")
    await visitor.say(t="typing", conversation=one, text=SECRET)
    for sender, client_id in ((agent, "a-1"), (visitor, "v-1"), (visitor, "v-2")):
        text = {"type": "text", "text": f"{SECRET} {client_id}"}
        await sender.say(t="send", client_id=client_id, conversation=one, body=text)
        seq = (await sender.hear("ack", client_id=client_id))["seq"]
    await visitor.say(t="recall", ref="r", conversation=one, seq=seq)
    await visitor.say(t="history", ref="h", conversation=one)
    await visitor.say(t="read", conversation=one, seq=seq)
    await agent.say(t="read", conversation=one, seq=seq)
    for kind in ("done", "page", "typing", "receipt"):
        await visitor.hear(kind)
    for kind in ("typing", "receipt"):
        await agent.hear(kind)
