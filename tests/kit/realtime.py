"""A realtime client for tests on the independent `websockets` library: it knows the protocol and nothing of the server."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from ssl import SSLContext
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

Frame = dict[str, Any]


class RealtimeClient:
    """A connection that has said hello. `frames` holds what arrived, in order, besides what was waited for."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[Frame] = []
        self.sync: list[Frame] = []

    async def hello(
        self, token: str, *, device: str = "test", heads: Mapping[str, int] | None = None
    ) -> Frame:
        """Say hello and take everything up to `ready` into `sync`; returns `welcome`."""
        await self.send(t="hello", token=token, device=device, heads=dict(heads or {}))
        welcome = await self.next()
        assert welcome["t"] == "welcome", welcome
        while (frame := await self.next())["t"] != "ready":
            self.sync.append(frame)
        return welcome

    async def send(self, **frame: object) -> None:
        await self.socket.send(json.dumps(frame))

    async def next(self, within: float = 10) -> Frame:
        return json.loads(await asyncio.wait_for(self.socket.recv(), within))

    async def until(self, kind: str, within: float = 10, **fields: object) -> Frame:
        """The next frame of this kind with these fields; what comes before it goes to `frames`."""
        async with asyncio.timeout(within):
            while True:
                frame = json.loads(await self.socket.recv())
                if frame["t"] == kind and all(frame.get(name) == value for name, value in fields.items()):
                    return frame
                self.frames.append(frame)

    async def say(self, conversation: str, client_id: str, text: str) -> Frame:
        """Send a text and return its `ack` or `error`."""
        body = {"type": "text", "text": text}
        await self.send(t="send", client_id=client_id, conversation=conversation, body=body)
        async with asyncio.timeout(10):
            while True:
                frame = json.loads(await self.socket.recv())
                if client_id in (frame.get("client_id"), frame.get("ref")) and frame["t"] in {"ack", "error"}:
                    return frame
                self.frames.append(frame)


@asynccontextmanager
async def realtime(
    url: str,
    token: str,
    *,
    device: str = "test",
    heads: Mapping[str, int] | None = None,
    tls: SSLContext | None = None,
) -> AsyncGenerator[RealtimeClient]:
    """A connection for the length of a block, synced. `tls` says whom to trust when the url is https."""
    address = url.replace("http", "ws", 1) + "/v1/realtime"
    async with connect(address, subprotocols=[Subprotocol("frontdesk.v1")], max_size=None, ssl=tls) as socket:
        client = RealtimeClient(socket)
        await client.hello(token, device=device, heads=heads)
        yield client
