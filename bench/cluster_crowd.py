"""Ten thousand idle connections on one core, and all of them dropped at once.

An idle client pings once in a heartbeat, as ours do. While nobody is connected, a tenth of the conversations get a message.
Then all come back at once, each with the position up to which it knows its conversation. Reads are counted by the
database (`pg_stat_statements`), by the table that they read.
"""

import asyncio
import random
import resource
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import Any

from bench.clients import PING, Client, Tagged, connect, connect_many, send_frame
from bench.cluster import Engines, Installation, open_engines
from bench.report import Report
from bench.world import World, make_world

CROWD = 10_000
AGENTS = 50
WARM = 200
CHANGED = CROWD // 10
HEARTBEAT = 25.0
IDLE = 30.0
HEAD = 4  # opened, assigned, and two messages
BACKLOG = 4_096  # as long as the listening socket's: more at once are the kernel's to refuse


class _Missed:
    """Counts what comes with the sync."""

    def __init__(self) -> None:
        self.entries = 0
        self.resets = 0

    def on_frame(self, frame: Tagged, _at: float) -> None:
        self.entries += len(frame.entries)
        self.resets += frame.t == "reset"


async def run(report: Report, *, repeats: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    found: list[dict[str, Any]] = []
    async with open_engines() as engines:
        world = await make_world(engines.config, agents=AGENTS, conversations=CROWD, messages=2)
        heads = dict.fromkeys((conversation.id for conversation in world.conversations), HEAD)
        for turn in range(repeats):
            one = await _measure(engines, world, heads)
            found.append(one)
            report.raw("cluster-crowd", {"turn": turn, **one})

    def median(name: str) -> float:
        return statistics.median([one[name] for one in found])

    report.figure(f"{CROWD:,} idle: resident memory of each", median("kib_each"), "KiB", at_most=32)
    report.figure("  CPU of the access process", median("idle_access"), "cores", at_most=0.25)
    report.figure("  CPU of all processes and engines", median("idle_all"), "cores", at_most=0.25)
    report.figure(f"{CROWD:,} dropped at once: back and synced in", median("back_in"), "s", at_most=30)
    report.figure("  times that one was asked to come later", median("refused"), "")
    report.figure("  missed entries that did not come", median("missing"), "", at_most=0)
    report.figure("  conversations sent again in whole", median("resets"), "", at_most=0)
    report.figure(
        f"  reads of entries for each of {CHANGED:,} changed conversations",
        median("entry_reads") / CHANGED,
        "",
        at_most=1,
    )
    report.figure("  other reads for each connection", median("other_reads") / CROWD, "")


async def _measure(engines: Engines, world: World, heads: dict[str, int]) -> dict[str, Any]:
    tokens = [conversation.visitor for conversation in world.conversations]
    async with engines.running(access=1) as installation:
        server = installation.access[0]
        for client in await connect_many(server.port, tokens[:WARM]):
            client.close()
        await asyncio.sleep(1)
        before = server.resident_bytes()
        known = [{conversation.id: heads[conversation.id]} for conversation in world.conversations]
        clients = await connect_many(server.port, tokens, heads=known)
        size = (server.resident_bytes() - before) / CROWD / 1024
        idle = await _idle(installation, clients)
        for client in clients:
            client.drop()
        await asyncio.gather(*(client.closed for client in clients))
        await _change(engines, installation, world, heads)
        engines.forget_statements()
        missed, begun = _Missed(), time.perf_counter()
        back, refused = await _return(server.port, tokens, known, missed)
        spent = time.perf_counter() - begun
        reads = engines.statements()
        for client in back:
            client.drop()
    entry_reads, other_reads = _reads(reads)
    return {
        "kib_each": size,
        "idle_access": idle["access"],
        "idle_all": sum(idle.values()),
        "back_in": spent,
        "refused": refused,
        "missing": CHANGED - missed.entries,
        "resets": missed.resets,
        "entry_reads": entry_reads,
        "other_reads": other_reads,
        "statements": reads,
    }


async def _idle(installation: Installation, clients: Sequence[Client]) -> Mapping[str, float]:
    """Cores used by each kind of process while everybody pings once in a heartbeat."""
    begun, before, sent = time.perf_counter(), installation.cpu_seconds(), 0
    while (elapsed := time.perf_counter() - begun) < IDLE:
        while sent < elapsed * len(clients) / HEARTBEAT:
            clients[sent % len(clients)].send(PING)
            sent += 1
        await asyncio.sleep(0.05)
    after = installation.cpu_seconds()
    return {kind: (after[kind] - before[kind]) / elapsed for kind in after}


async def _return(
    port: int, tokens: Sequence[str], known: Sequence[Mapping[str, int]], missed: _Missed
) -> tuple[list[Client], int]:
    """Everybody back and synced, and how often one was refused. Who is refused tries again in a second or two."""
    gate = asyncio.Semaphore(BACKLOG)
    refused = [0]

    async def one(number: int) -> Client:
        while True:
            try:
                async with gate:
                    return await connect(
                        port, tokens[number], f"bench-{number}", missed.on_frame, known[number]
                    )
            except (OSError, TimeoutError):
                refused[0] += 1
            await asyncio.sleep(1 + random.random())  # noqa: S311 - a pause, no secret

    return list(await asyncio.gather(*map(one, range(len(tokens))))), refused[0]


async def _change(engines: Engines, installation: Installation, world: World, heads: dict[str, int]) -> None:
    """A message from the agent into each of the first thousand conversations, all of them acked."""
    turn = heads[world.conversations[0].id]
    waiting = {f"change-{turn}-{number}" for number in range(CHANGED)}
    done = asyncio.Event()

    def on_frame(frame: Tagged, _at: float) -> None:
        if frame.t == "ack":
            waiting.discard(frame.client_id)
            if not waiting:
                done.set()

    port = installation.access[0].port
    agents = [await connect(port, token, "changing", on_frame) for token in world.agents]
    for number in range(CHANGED):
        conversation = world.conversations[number]
        text = "Your parcel has left."
        agents[conversation.agent].send(send_frame(conversation.id, f"change-{turn}-{number}", text))
        heads[conversation.id] += 1
    await asyncio.wait_for(done.wait(), 60)
    for agent in agents:
        agent.close()
    await asyncio.gather(*(agent.closed for agent in agents))
    await asyncio.sleep(1)


def _reads(statements: Mapping[str, int]) -> tuple[int, int]:
    """(reads of entries, reads of conversations)."""
    selects = {sql: calls for sql, calls in statements.items() if sql.lstrip().startswith("select")}
    entries = sum(calls for sql, calls in selects.items() if "from entry where organization_id" in sql)
    return entries, sum(calls for sql, calls in selects.items() if "from conversation" in sql)
