"""Dispatch on one core, the database included: 200 agents, 5,000 who wait, 20 skills.

How many assignments a second, how long a decision takes, and how long somebody waits beside a free place that is theirs
while conversations end all the time.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from bench.dispatch_world import AGENTS, Floor, fill_queue, make_floor
from bench.load import percentile
from bench.report import Report
from bench.servers import LOAD_CORE, cpu_seconds, pin
from bench.world import config_for
from frontdesk.app.engines import open_platform
from frontdesk.conversations import View, list_conversations
from frontdesk.core.subject import system_subject
from frontdesk.dispatch import SEAT_CHANGED, Dispatcher, SeatChanged, close, run_queue
from frontdesk.dispatch.policies import decide
from frontdesk.dispatch.routing import routing_in, rules_of
from frontdesk.dispatch.table import lay
from frontdesk.dispatch.types import Facts, Rules, Waiting
from frontdesk.dispatch.walk import Table
from frontdesk.platform import Platform, Reader
from frontdesk.platform.tasks import Tasks
from frontdesk.staff import Status, find_team, set_status
from tests.kit.postgres import PostgresServer

PLACES: Final = 5
WAITING: Final = 5_000
ENDING_A_SECOND: Final = 100
ENDING_S: Final = 8
DECISIONS: Final = 2_000


async def run(report: Report, *, repeats: int) -> None:
    await _engine(report, "SQLite", _sqlite, repeats)
    await _engine(report, "PostgreSQL", _postgres, repeats)


Opening = Callable[[], "AsyncGenerator[tuple[Platform, int]]"]


async def _engine(report: Report, engine: str, opening: Opening, repeats: int) -> None:
    runs: list[Mapping[str, float]] = []
    for _ in range(repeats):
        async with asynccontextmanager(opening)() as (platform, process):
            runs.append(await _once(platform, process))
            report.raw("dispatch", {"engine": engine, **runs[-1]})
    for name, unit, at_least, at_most in (
        ("assignments", "/s", 500, None),
        ("processor for an assignment", "ms", None, None),
        ("decision p50", "ms", None, None),
        ("decision p99", "ms", None, 5),
        ("a free place beside a waiter p50", "ms", None, None),
        ("a free place beside a waiter p99", "ms", None, 200),
        ("endings a second meanwhile", "/s", None, None),
    ):
        report.figure(
            f"{engine}: {name}",
            median(one[name] for one in runs),
            unit,
            at_least=at_least,
            at_most=at_most,
        )


async def _sqlite() -> AsyncGenerator[tuple[Platform, int]]:
    with TemporaryDirectory() as folder:
        async with open_platform(config_for(Path(folder))) as platform:
            yield platform, 0


async def _postgres() -> AsyncGenerator[tuple[Platform, int]]:
    server = PostgresServer({"shared_buffers": "256MB", "autovacuum": "on", "synchronous_commit": "on"})
    with TemporaryDirectory() as folder:
        try:
            server.start()
            pin(server.pid, {LOAD_CORE})
            async with open_platform(config_for(Path(folder), server.url(server.create()))) as platform:
                yield platform, server.pid
        finally:
            server.remove()


async def _once(platform: Platform, process: int) -> Mapping[str, float]:
    floor = await make_floor(platform, capacity=PLACES)
    await fill_queue(platform, floor, WAITING + AGENTS * PLACES)
    for agent in floor.agents:
        await set_status(platform, agent, Status.ONLINE)
    decisions = await _decisions(platform, floor)
    used, began = _cpu(process), time.perf_counter()
    placed = await run_queue(platform, floor.organization, floor.team)
    spent, used = time.perf_counter() - began, _cpu(process) - used
    waits, endings = await _endings(platform, floor)
    return {
        "assignments": placed / spent,
        "processor for an assignment": 1000 * used / placed,
        "decision p50": percentile(sorted(decisions), 0.50) * 1000,
        "decision p99": percentile(sorted(decisions), 0.99) * 1000,
        "a free place beside a waiter p50": percentile(sorted(waits), 0.50) * 1000,
        "a free place beside a waiter p99": percentile(sorted(waits), 0.99) * 1000,
        "endings a second meanwhile": endings,
    }


def _cpu(process: int) -> float:
    return time.process_time() + (cpu_seconds(process) if process else 0.0)


async def _decisions(platform: Platform, floor: Floor) -> list[float]:
    """How long decisions take that have everybody to look at."""

    async def read(reader: Reader) -> tuple[Rules, Table]:
        team = await find_team(reader, floor.organization, floor.team)
        stored = await routing_in(reader, floor.organization, floor.team)
        laid = await lay(reader, floor.organization, floor.team, platform.clock.now())
        return await rules_of(reader, floor.organization, team, stored), laid.table

    rules, table = await platform.database.read(floor.organization, read)
    agents, now, took = table.agents(), platform.clock.now(), list[float]()
    for number in range(DECISIONS):
        facts = Facts("en", page=f"https://shop.example/help?topic=t{number % 20}")
        began = time.perf_counter()
        decide(Waiting(number, enqueued_at=now, facts=facts), agents, rules, now)
        took.append(time.perf_counter() - began)
    return took


async def _endings(platform: Platform, floor: Floor) -> tuple[list[float], float]:
    """Conversations end at a steady rate; how long each place then stayed free beside people who wait."""
    system = system_subject(floor.organization)
    page = await list_conversations(platform, system, View.ALL, limit=100)
    active = [int(one.id) for one in page.items if one.agent is not None]
    while page.cursor is not None:
        page = await list_conversations(platform, system, View.ALL, cursor=page.cursor, limit=100)
        active += [int(one.id) for one in page.items if one.agent is not None]
    free: dict[int, deque[float]] = {agent.id: deque() for agent in floor.agents}
    waits: list[float] = []

    def heard(event: SeatChanged) -> None:
        if event.freed:
            free[event.agent_id].append(time.perf_counter())
        elif free[event.agent_id]:
            waits.append(time.perf_counter() - free[event.agent_id].popleft())

    dispatcher, tasks = Dispatcher(platform), Tasks()
    await dispatcher.start(tasks)
    await dispatcher.settle()
    leave = SEAT_CHANGED.subscribe(platform.bus, heard)
    began = time.perf_counter()
    ended: list[asyncio.Task[object]] = []
    count = ENDING_A_SECOND * ENDING_S
    for number, conversation_id in enumerate(active[:count]):
        await asyncio.sleep(max(0.0, began + number / ENDING_A_SECOND - time.perf_counter()))
        ended.append(asyncio.create_task(close(platform, system, conversation_id)))
    await asyncio.gather(*ended)
    spent = time.perf_counter() - began
    await dispatcher.settle()
    leave()
    dispatcher.stop()
    await tasks.stop()
    assert len(waits) >= 0.99 * len(ended), f"{len(ended) - len(waits)} places stayed free"
    return waits, len(ended) / spent
