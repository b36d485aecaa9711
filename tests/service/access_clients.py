"""Clients for both transports that look the same to a test."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

PATIENCE = 10
Frame = dict[str, Any]


class Client(Protocol):
    """One client of the realtime protocol, whatever carries its frames."""

    bye: Frame | None

    async def send(self, frame: Mapping[str, Any]) -> None: ...
    async def receive(self) -> Frame: ...
    async def closed(self) -> int: ...
    async def leave(self) -> None: ...


async def until(client: Client, kind: str) -> Frame:
    """The next frame of this kind; the ones before it are passed over."""
    while (frame := await client.receive())["t"] != kind:
        pass
    return frame


async def upto(client: Client, kind: str) -> list[Frame]:
    """Every frame up to the next one of this kind, which is the last."""
    frames = [await client.receive()]
    while frames[-1]["t"] != kind:
        frames.append(await client.receive())
    return frames


async def eventually(holds: Callable[[], bool]) -> None:
    """Let the loop run until something in this process has happened."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - what is waited for has no event to wait on
            await asyncio.sleep(0.001)


class SocketClient:
    """The independent `websockets` client."""

    def __init__(self, socket_: ClientConnection) -> None:
        self.socket = socket_
        self.bye: Frame | None = None

    async def send(self, frame: Mapping[str, Any]) -> None:
        await self.socket.send(msgspec.json.encode(frame).decode())

    async def receive(self) -> Frame:
        async with asyncio.timeout(PATIENCE):
            frame = msgspec.json.decode(await self.socket.recv(), type=Frame)
        if frame["t"] == "bye":
            self.bye = frame
        return frame

    async def closed(self) -> int:
        with suppress(ConnectionClosed):
            while True:
                await self.receive()
        assert self.socket.close_code is not None
        return self.socket.close_code

    async def leave(self) -> None:
        await self.socket.close()


class StreamClient:
    """The fallback: an event stream down, posts up."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self._http = http
        self.token = token
        self._headers = {"authorization": f"Bearer {token}"}
        self._code: int | None = None
        self._events: AsyncIterator[Frame] | None = None
        self._response: httpx.Response | None = None
        self.session = ""
        self.last_event = ""
        self.bye: Frame | None = None

    async def send(self, frame: Mapping[str, Any]) -> None:
        if frame["t"] == "hello":
            await self.open(frame)
        else:
            answer = await self.post(msgspec.json.encode([frame]))
            assert answer.status_code in {202, 400, 401, 403, 404, 413, 429, 503}

    async def open(self, hello: Mapping[str, Any]) -> None:
        answer = await self._http.post("/v1/realtime/sessions", content=msgspec.json.encode(hello))
        if answer.status_code != 201:
            self._code = int(answer.json()["error"]["code"].rpartition("-")[2])
            return
        self.session = answer.json()["connection"]
        await self.listen()

    async def listen(self, **headers: str) -> httpx.Response:
        request = self._http.build_request(
            "GET", f"/v1/realtime/sessions/{self.session}/events", headers={**self._headers, **headers}
        )
        self._response = await self._http.send(request, stream=True)
        self._events = self._read(self._response)
        return self._response

    async def post(self, body: bytes) -> httpx.Response:
        return await self._http.post(
            f"/v1/realtime/sessions/{self.session}/frames", content=body, headers=self._headers
        )

    async def receive(self) -> Frame:
        if self._events is None:
            raise EOFError
        async with asyncio.timeout(PATIENCE):
            frame = await anext(self._events)
        if frame["t"] == "bye":
            self.bye = frame
        return frame

    async def closed(self) -> int:
        if self._code is not None:
            return self._code
        with suppress(StopAsyncIteration):
            while True:
                await self.receive()
        assert self.bye is not None
        return self.bye["code"]

    async def hang_up(self) -> None:
        """Lose the stream and keep the session."""
        assert self._response is not None
        await self._response.aclose()

    async def leave(self) -> None:
        if self._response is not None:
            await self._response.aclose()
        await self._http.aclose()

    async def _read(self, response: httpx.Response) -> AsyncIterator[Frame]:
        async for line in response.aiter_lines():
            if line.startswith("id:"):
                self.last_event = line[3:].strip()
            elif line.startswith("data:"):
                yield msgspec.json.decode(line[5:], type=Frame)
