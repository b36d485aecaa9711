"""A receiver of webhooks: a small HTTP server on loopback that keeps what it hears and answers as it is told."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec


@dataclass
class Heard:
    """One request. `json` is its body; `hour` counts requests from 0."""

    number: int
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        return msgspec.json.decode(self.body)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Reply:
    """`drip` keeps the connection open after the body without an end."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    drip: bool = False


Answering = Callable[[Heard], Awaitable[Reply]]


async def takes_everything(_: Heard) -> Reply:
    return Reply()


class Receiver:
    """`heard` has every request, `taken` those that were answered with success, in order."""

    def __init__(self) -> None:
        self.answering: Answering = takes_everything
        self.heard: list[Heard] = []
        self.taken: list[Heard] = []
        self.connections = 0
        self.port = 0
        self._arrived = asyncio.Condition()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def told(self) -> list[str]:
        """The types of the events that were taken."""
        return [heard.json["type"] for heard in self.taken]

    def answers(self, *statuses: int, headers: dict[str, str] | None = None) -> None:
        """Answer with these, one after another, and with the last one from then on."""
        left = list(statuses)

        async def answer(_: Heard) -> Reply:
            return Reply(left.pop(0) if len(left) > 1 else left[0], headers or {})

        self.answering = answer

    async def wait_for(self, count: int) -> None:
        """Return when so many requests have been heard."""
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(lambda: len(self.heard) >= count)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                headers = {
                    name.lower(): value.strip()
                    for name, _, value in (line.partition(":") for line in lines[1:] if line)
                }
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                heard = Heard(len(self.heard), lines[0].split()[1], headers, body)
                async with self._arrived:
                    self.heard.append(heard)
                    self._arrived.notify_all()
                await self._reply(heard, await self.answering(heard), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _reply(self, heard: Heard, reply: Reply, writer: asyncio.StreamWriter) -> None:
        fields = {"content-length": str(len(reply.body)), **reply.headers}
        if reply.drip:
            fields = {**reply.headers, "content-length": "1000000000"}
        lines = [f"HTTP/1.1 {reply.status} -", *(f"{name}: {value}" for name, value in fields.items())]
        if 200 <= reply.status < 300:
            self.taken.append(heard)
        writer.write("\r\n".join([*lines, "", ""]).encode() + (b"" if reply.status == 204 else reply.body))
        await writer.drain()
        while reply.drip:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)


@asynccontextmanager
async def receiver(tls: ssl.SSLContext | None = None) -> AsyncGenerator[Receiver]:
    made = Receiver()
    tasks: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(made.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
