"""Five hundred readers that stop to read while much is sent to them: what the others notice.

They are ten devices of each of fifty visitors. The same process serves one stretch with them reading and one with them
stalled, by turns. Everything else is the same: half of the peak from the others, and long messages of the agents to the
fifty. Their sockets have the segments and the small buffers of a phone, so that the kernel does not hide that they stand.
Who is cut for standing comes back, and stands again.
"""

import asyncio
import base64
import os
import select
import socket
import statistics
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from bench.clients import PROTOCOL, Client, connect, send_frame
from bench.cluster import Installation, open_engines
from bench.load import Flow, Sender, connected, latency, peak, percentile, settled
from bench.report import Report
from bench.world import World, make_world

AGENTS = 64
CONVERSATIONS = 1_074
VISITORS = 50
DEVICES = 10
STALLED = VISITORS * DEVICES
SECONDS = 12.0
SEGMENT, BUFFER = 1_400, 8_192
PAUSE = 0.5  # seconds between two messages to each of them
LONG: Final = "长" * 2_600  # about eight thousand bytes


class Reader:
    """A visitor on a plain socket, who reads or does not."""

    def __init__(self, port: int, token: str, device: str) -> None:
        self._port, self._token, self._device = port, token, device
        self._socket: socket.socket | None = None
        self.cuts = 0
        self.received = 0

    async def come(self) -> None:
        """Connect and read up to `ready`."""
        loop = asyncio.get_running_loop()
        carrier = self._socket = socket.socket()
        carrier.setblocking(False)  # noqa: FBT003 - the standard library's signature
        carrier.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        carrier.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
        await loop.sock_connect(carrier, ("127.0.0.1", self._port))
        key = base64.b64encode(os.urandom(16)).decode()
        head = "GET /v1/realtime HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        head += f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {PROTOCOL}\r\n\r\n"
        hello: dict[str, Any] = {"t": "hello", "token": self._token, "device": self._device, "heads": {}}
        await loop.sock_sendall(carrier, head.encode())
        seen = b""
        while b"\r\n\r\n" not in seen:
            seen += await loop.sock_recv(carrier, BUFFER)
        await loop.sock_sendall(carrier, _masked(msgspec.json.encode(hello)))
        while b'{"t":"ready"}' not in seen:
            part = await loop.sock_recv(carrier, BUFFER)
            if not part:
                raise ConnectionError("closed before it was ready")
            seen = seen[-64:] + part

    def read(self) -> None:
        """Take what is there."""
        assert self._socket is not None
        try:
            while part := self._socket.recv(1 << 16):
                self.received += len(part)
        except BlockingIOError:
            pass

    async def stand(self) -> None:
        """Read nothing; come back when cut."""
        assert self._socket is not None
        poll = select.poll()
        poll.register(self._socket, select.POLLRDHUP)
        if poll.poll(0):
            self.cuts += 1
            self.leave()
            await self.come()

    def leave(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


async def run(report: Report, *, repeats: int) -> None:
    reading: list[float] = []
    stalled: list[float] = []
    cuts: list[int] = []
    async with open_engines() as engines:
        world = await make_world(engines.config, agents=AGENTS, conversations=CONVERSATIONS)
        async with engines.running(access=1) as installation:
            lines, agents = installation.lines(world)
            flow = Flow()
            async with connected(flow, lines[VISITORS:], agents) as senders:
                acked, delivered, _ = await peak(flow, senders, lambda: None)
                await settled(senders)
                rate = min(acked, delivered) / 2 - VISITORS / PAUSE
                if rate < STALLED:
                    raise RuntimeError(
                        f"half of {min(acked, delivered):.0f} a second leaves nothing to measure"
                    )
                await _stretch(flow, senders, installation, world, rate, standing=False)  # to warm up
                for turn in range(max(3, repeats)):
                    for standing in (False, True) if turn % 2 else (True, False):
                        p99, cut = await _stretch(flow, senders, installation, world, rate, standing=standing)
                        (stalled if standing else reading).append(p99)
                        if standing:
                            cuts.append(cut)
                        report.raw(
                            "cluster-stalled",
                            {"turn": turn, "standing": standing, "rate": rate, "p99": p99, "cut": cut},
                        )
    report.figure(f"others' p99 while {STALLED} read", statistics.median(reading), "ms")
    report.figure(f"others' p99 while {STALLED} are stalled", statistics.median(stalled), "ms")
    report.figure("  stalled ones that were cut and came back", statistics.median(cuts), "")
    moved = statistics.median(stalled) / statistics.median(reading) - 1
    report.figure("  moved by", 100 * moved, "%", at_most=20)


async def _stretch(
    flow: Flow,
    senders: Sequence[Sender],
    installation: Installation,
    world: World,
    rate: float,
    *,
    standing: bool,
) -> tuple[float, int]:
    """(p99 of the others in milliseconds, how often one was cut)."""
    port = installation.access[0].port
    readers = [
        Reader(port, conversation.visitor, f"device-{number}")
        for conversation in world.conversations[:VISITORS]
        for number in range(DEVICES)
    ]
    for reader in readers:
        await reader.come()
    speaking = [await connect(port, token, "speaking") for token in world.agents]
    talking = asyncio.create_task(_talk(world, speaking))
    treating = asyncio.create_task(_treat(readers, standing=standing))
    try:
        await asyncio.sleep(SECONDS)  # until the buffers are full
        waited = await latency(flow, senders, rate, SECONDS)
    finally:
        for task in (talking, treating):
            task.cancel()
        await asyncio.wait([talking, treating])
    for task in (talking, treating):
        if not task.cancelled():
            task.result()
    for client in speaking:
        client.close()
    for reader in readers:
        reader.leave()
    await asyncio.sleep(3)
    return percentile(waited, 0.99), sum(reader.cuts for reader in readers)


async def _talk(world: World, speaking: Sequence[Client]) -> None:
    """A long message into each of the conversations again and again, evenly."""
    number = 0
    while True:
        conversation = world.conversations[number % VISITORS]
        client_id = f"{conversation.id}-long-{number}-{os.urandom(4).hex()}"
        speaking[conversation.agent].send(send_frame(conversation.id, client_id, LONG))
        number += 1
        await asyncio.sleep(PAUSE / VISITORS)


async def _treat(readers: Sequence[Reader], *, standing: bool) -> None:
    while True:
        for reader in readers:
            if standing:
                await reader.stand()
            else:
                reader.read()
        await asyncio.sleep(0.1)


def _masked(payload: bytes) -> bytes:
    """A text frame of a client, with a mask of zeros."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + payload
