"""Messages acked, stored and delivered in a second, against a relay that stores nothing; and the time they take.

Peak: a closed loop keeps a few messages in flight in every conversation. Latency: an open loop sends at half of that
peak and measures from the moment a message was due, so that a stalled server cannot hide its stall.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clients import Client, Tagged, connect, connect_many, send_frame
from bench.report import Report
from bench.servers import ServerProcess, frontdesk, relay
from bench.world import World, make_world

AGENTS = 64
CONVERSATIONS = 1_024  # each connection may send 20 frames a second
IN_FLIGHT = 1
SECONDS = 8.0
WARM_UP = 2.0


class Flow:
    """Counts what comes back while messages are sent."""

    def __init__(self) -> None:
        self.acked = 0
        self.delivered = 0
        self.refused = 0
        self.latencies: list[float] = []
        self.counting = False

    def note_delivery(self, frame: Tagged, at: float) -> None:
        if frame.t != "entry" or frame.entry is None or frame.entry.kind != "message":
            return
        if self.counting:
            self.delivered += 1
            body = frame.entry.body
            if body is not None and body.text.startswith("@"):
                self.latencies.append(at - float(body.text[1:].split(" ", 1)[0]))


class Sender:
    """A visitor that keeps `IN_FLIGHT` messages on their way, or sends when told."""

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
            text = f"@{due:.6f} {'Where is my parcel? ' * 5}"
            self.client.send(
                send_frame(self.conversation, f"{self.conversation}-{due:.6f}-{self.number}", text)
            )


async def _peak(flow: Flow, senders: Sequence[Sender], server: ServerProcess) -> tuple[float, float, float]:
    """(acked a second, delivered a second, server CPU share)."""
    for sender in senders:
        sender.looping = True
        for _ in range(IN_FLIGHT):
            sender.send(time.perf_counter())
    await asyncio.sleep(WARM_UP)
    flow.acked = flow.delivered = 0
    flow.counting = True
    begun, cpu = time.perf_counter(), server.cpu_seconds()
    await asyncio.sleep(SECONDS)
    spent, used = time.perf_counter() - begun, server.cpu_seconds() - cpu
    flow.counting = False
    for sender in senders:
        sender.looping = False
    await asyncio.sleep(1)
    return flow.acked / spent, flow.delivered / spent, used / spent


async def _latency(flow: Flow, senders: Sequence[Sender], rate: float) -> tuple[float, float]:
    """(p50, p99) in milliseconds at `rate` messages a second."""
    flow.latencies.clear()
    flow.counting = True
    begun = time.perf_counter()
    sent = 0
    while (elapsed := time.perf_counter() - begun) < SECONDS:
        while sent < elapsed * rate:
            senders[sent % len(senders)].send(begun + sent / rate)
            sent += 1
        await asyncio.sleep(0.001)
    await asyncio.sleep(1)
    flow.counting = False
    ordered = sorted(flow.latencies)
    if len(ordered) < 100:
        raise RuntimeError(f"only {len(ordered)} of {sent} messages were delivered")
    return ordered[len(ordered) // 2] * 1000, ordered[int(len(ordered) * 0.99)] * 1000


async def _measure(
    server: ServerProcess, names: Sequence[tuple[str, str]], agents: Sequence[str]
) -> tuple[float, float, float, float, float]:
    flow = Flow()
    senders = [Sender(flow, conversation) for conversation, _ in names]
    listening = await connect_many(server.port, agents, on_frame=flow.note_delivery)
    for number, (sender, (_, token)) in enumerate(zip(senders, names, strict=True)):
        sender.client = await connect(server.port, token, f"visitor-{number}", sender.on_frame)
    acked, delivered, share = await _peak(flow, senders, server)
    if flow.refused:
        print(f"    ({flow.refused} refused as busy)")
    p50, p99 = await _latency(flow, senders, min(acked, delivered) / 2)
    for client in [*listening, *(sender.client for sender in senders if sender.client)]:
        client.close()
    return acked, delivered, share, p50, p99


async def run(report: Report, *, repeats: int) -> None:
    peaks: list[float] = []
    ratios: list[float] = []
    tails: list[float] = []
    with TemporaryDirectory() as folder:
        world: World = await make_world(Path(folder) / "data", agents=AGENTS, conversations=CONVERSATIONS)
        names = [(conversation.id, conversation.visitor) for conversation in world.conversations]
        pairs = [(conversation.id, f"{conversation.id}:a") for conversation in world.conversations]
        others = [f"{conversation.id}:b" for conversation in world.conversations]
        for turn in range(repeats):
            async with relay() as server:
                bare = await _measure(server, pairs, others)
            async with frontdesk(Path(folder) / "data") as server:
                full = await _measure(server, names, world.agents)
            report.raw("throughput", {"turn": turn, "relay": bare, "frontdesk": full})
            peaks.append(min(full[0], full[1]))
            ratios.append(min(full[0], full[1]) / min(bare[0], bare[1]))
            tails.append(full[4])
    report.figure(
        "messages acked, stored and delivered a second, one core",
        statistics.median(peaks),
        "/s",
        at_least=4000,
    )
    report.figure("share of a bare relay's rate", statistics.median(ratios) * 100, "%", at_least=20)
    report.figure("send to delivery at half load, p99", statistics.median(tails), "ms", at_most=25)
