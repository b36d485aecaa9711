"""Conversations under load: a visitor at one end, the agent at the other, and what the two of them see.

Peak: a closed loop keeps a message in flight in every conversation. Latency: an open loop sends at a given rate and
measures from the moment a message was due, so that a stalled server cannot hide its stall.
"""

import asyncio
import gc
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager

from msgspec import Struct

from bench.clients import PING, Client, Tagged, connect, connect_many, send_frame

SECONDS = 8.0
WARM_UP = 2.0
HEARTBEAT = 20.0
WORDS = "Where is my parcel? " * 5


class Line(Struct, frozen=True):
    """A conversation: the visitor's token and the port of the process that the visitor connects to."""

    conversation: str
    token: str
    port: int


class Flow:
    """Counts what comes back while messages are sent. A latency is kept with the moment its message was due."""

    def __init__(self) -> None:
        self.acked = 0
        self.delivered = 0
        self.refused = 0
        self.latencies: list[tuple[float, float]] = []
        self.counting = False

    def note_delivery(self, frame: Tagged, at: float) -> None:
        if frame.t != "entry" or frame.entry is None or frame.entry.kind != "message":
            return
        if self.counting:
            self.delivered += 1
            body = frame.entry.body
            if body is not None and body.text.startswith("@"):
                due = float(body.text[1:].split(" ", 1)[0])
                self.latencies.append((due, at - due))


class Sender:
    """A visitor that keeps a message on its way, or sends when told."""

    def __init__(self, flow: Flow, conversation: str) -> None:
        self.flow = flow
        self.conversation = conversation
        self.client: Client | None = None
        self.number = 0
        self.looping = False

    def on_frame(self, frame: Tagged, at: float) -> None:
        if frame.t == "ack":
            if self.flow.counting:
                self.flow.acked += 1
            if self.looping:
                self.send(at)
        elif frame.t == "error":
            self.flow.refused += 1
            if self.looping:
                asyncio.get_running_loop().call_later(0.2, self.send, at)
        else:
            self.flow.note_delivery(frame, at)

    def send(self, due: float) -> None:
        if self.client is not None:
            self.number += 1
            client_id = f"{self.conversation}-{due:.6f}-{self.number}"
            self.client.send(send_frame(self.conversation, client_id, f"@{due:.6f} {WORDS}"))


@asynccontextmanager
async def connected(
    flow: Flow,
    lines: Sequence[Line],
    agents: Sequence[tuple[str, int]],
    sender: Callable[[Flow, str], Sender] = Sender,
) -> AsyncGenerator[list[Sender]]:
    """The visitors of these lines, and the agents (token, port), connected for the length of a block.

    This process collects no cycles meanwhile: that takes it a tenth of a second, which would be told as the server's.
    """
    listening = [
        client
        for port in sorted({port for _, port in agents})
        for client in await connect_many(
            port, [token for token, at in agents if at == port], on_frame=flow.note_delivery
        )
    ]
    senders = [sender(flow, line.conversation) for line in lines]
    for number, (each, line) in enumerate(zip(senders, lines, strict=True)):
        each.client = await connect(line.port, line.token, f"visitor-{number}", each.on_frame)
    pinging = asyncio.create_task(_ping(listening))
    gc.collect()
    gc.disable()
    try:
        yield senders
    finally:
        gc.enable()
        pinging.cancel()
    for client in [*listening, *(each.client for each in senders if each.client)]:
        client.close()


async def _ping(listening: Sequence[Client]) -> None:
    """Who only listens gives a sign of life, or is taken for gone."""
    while True:
        await asyncio.sleep(HEARTBEAT)
        for client in listening:
            client.send(PING)


async def peak(
    flow: Flow, senders: Sequence[Sender], begin: Callable[[], None], *, seconds: float = SECONDS
) -> tuple[float, float, float]:
    """(acked a second, delivered a second, seconds measured). `begin` is called when measuring begins."""
    for sender in senders:
        sender.looping = True
        sender.send(time.perf_counter())
    await asyncio.sleep(WARM_UP)
    flow.acked = flow.delivered = 0
    flow.counting = True
    begin()
    begun = time.perf_counter()
    await asyncio.sleep(seconds)
    spent = time.perf_counter() - begun
    flow.counting = False
    return flow.acked / spent, flow.delivered / spent, spent


async def settled(senders: Sequence[Sender]) -> None:
    """End the closed loop and let what is on its way arrive."""
    for sender in senders:
        sender.looping = False
    await asyncio.sleep(1)


async def offer(senders: Sequence[Sender], rate: float, seconds: float) -> int:
    """Send `rate` messages a second, whatever comes back; returns how many."""
    begun = time.perf_counter()
    sent = 0
    while (elapsed := time.perf_counter() - begun) < seconds:
        while sent < elapsed * rate:
            senders[sent % len(senders)].send(begun + sent / rate)
            sent += 1
        await asyncio.sleep(0.001)
    return sent


async def latency(
    flow: Flow, senders: Sequence[Sender], rate: float, seconds: float = SECONDS
) -> list[float]:
    """Milliseconds from due to delivered, in ascending order, at `rate` messages a second."""
    flow.latencies.clear()
    flow.counting = True
    sent = await offer(senders, rate, seconds)
    await asyncio.sleep(1)
    flow.counting = False
    if len(flow.latencies) < 0.9 * sent:
        raise RuntimeError(f"only {len(flow.latencies)} of {sent} messages were delivered")
    return sorted(waited * 1000 for _, waited in flow.latencies)


def percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
