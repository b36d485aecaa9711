"""A surge: 10,000 visitors come within a minute, to fifty agents with five places each.

Each comes as a browser does, over HTTP: a session, a conversation, and the question who answers. It has its answer when it
is told that somebody is there, or its place in the queue. The moments of coming are fixed beforehand, and what is measured
counts from them, so that a server that stands still cannot hide it. The server is on one core, the load on the other.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec

from bench.load import percentile
from bench.report import Report
from bench.servers import LOAD_CORE, ServerProcess, frontdesk, pin
from bench.world import config_for
from frontdesk.app.engines import open_platform
from frontdesk.auth import PERMISSIONS, create_organization
from frontdesk.channels import NewChannel, create_channel
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Role, Subject, SubjectKind, system_subject
from frontdesk.settings import change
from frontdesk.staff import (
    NewAgent,
    Policy,
    Status,
    Weight,
    connected,
    create_agent,
    create_team,
    set_members,
    set_status,
)
from tests.kit.postgres import PostgresServer

VISITORS: Final = 10_000
WITHIN_S: Final = 60.0
AGENTS: Final = 50
PLACES: Final = 5
CHANNEL: Final = "surge"
DOORS: Final = 256
"""Connections of the load: a proxy has about as many."""


async def run(report: Report, *, repeats: int) -> None:
    await _engine(report, "SQLite", repeats)
    await _engine(report, "PostgreSQL", repeats)


async def _engine(report: Report, engine: str, repeats: int) -> None:
    runs: list[Mapping[str, float]] = []
    for _ in range(repeats):
        async with _opened(engine) as (data, url):
            await _prepare(data, url)
            environment = {
                "FRONTDESK_LISTEN__TRUSTED_PROXIES": "127.0.0.1",  # each visitor has an address of its own
                "FRONTDESK_DATABASE__URL": url,
            }
            async with frontdesk(data, environment=environment) as server:
                runs.append(await _surge(server))
        report.raw("surge", {"engine": engine, **runs[-1]})
    for name, unit, at_least, at_most in (
        ("arrivals a second", "/s", None, None),
        ("have an answer", "", VISITORS, None),
        ("  of them a person at once", "", None, None),
        ("from coming to an answer p50", "ms", None, None),
        ("from coming to an answer p99", "ms", None, 1000),
        ("from coming to an answer, the longest", "ms", None, None),
        ("processor of the server for a visitor", "ms", None, None),
    ):
        value = median(one[name] for one in runs)
        report.figure(f"{engine}: {name}", value, unit, at_least=at_least, at_most=at_most)


@asynccontextmanager
async def _opened(engine: str) -> AsyncGenerator[tuple[Path, str]]:
    with TemporaryDirectory() as folder:
        if engine == "SQLite":
            yield Path(folder), ""
            return
        server = PostgresServer({"shared_buffers": "256MB", "autovacuum": "on", "synchronous_commit": "on"})
        try:
            server.start()
            pin(server.pid, {LOAD_CORE})
            yield Path(folder), server.url(server.create())
        finally:
            server.remove()


async def _prepare(data: Path, url: str) -> None:
    """Everybody is on duty, nobody has anything, and any number may wait."""
    async with open_platform(config_for(data, url)) as platform:
        organization = (await create_organization(platform, CHANNEL, "Surge")).id
        system = system_subject(organization)
        await change(platform, system, {"max_waiting": 0, "queue_timeout_s": 0, "agent_grace_s": 600})
        agents: list[Subject] = []
        for number in range(AGENTS):
            name = f"agent{number}"
            new = NewAgent(username=name, name=name, password=new_secret(), capacity=PLACES)
            made = await create_agent(platform, system, new)
            rights = PERMISSIONS[Role.AGENT]
            agent = Subject(
                organization, SubjectKind.AGENT, made.id, session_id=1, role=Role.AGENT, permissions=rights
            )
            await connected(platform, agent, f"socket-{made.id}")
            await set_status(platform, agent, Status.ONLINE)
            agents.append(agent)
        team = await create_team(platform, system, "Surge", Policy.LEAST_BUSY)
        await set_members(platform, system, team.id, [Weight(agent.id) for agent in agents])
        await create_channel(platform, system, NewChannel(name="Surge", code=CHANNEL, team_id=team.id))


class Door:
    """A kept HTTP connection: just enough of HTTP/1.1 for small JSON bodies."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @staticmethod
    async def open(port: int) -> "Door":
        return Door(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, path: str, body: object, address: str, token: str = "") -> dict[str, Any]:
        content = msgspec.json.encode(body)
        head = [f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json"]
        head += [f"X-Forwarded-For: {address}", f"Content-Length: {len(content)}"]
        head += [f"Authorization: Bearer {token}"] if token else []
        self._writer.write("\r\n".join([*head, "", ""]).encode() + content)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answer.split("content-length:", 1)[1].split("\r\n", 1)[0])
        said = await self._reader.readexactly(length)
        if " 200 " not in answer.split("\r\n", 1)[0]:
            raise RuntimeError(f"{path}: {said.decode()[:200]}")
        return msgspec.json.decode(said)

    def close(self) -> None:
        self._writer.close()


async def _surge(server: ServerProcess) -> Mapping[str, float]:
    doors: asyncio.Queue[Door] = asyncio.Queue()
    for _ in range(DOORS):
        doors.put_nowait(await Door.open(server.port))
    waits: list[float] = []
    served = 0

    async def visitor(number: int, due: float) -> None:
        nonlocal served
        door = await doors.get()
        try:
            by_a_person = await _come(door, number)
            served += by_a_person
            waits.append(time.perf_counter() - due)
        finally:
            doors.put_nowait(door)

    used, began = server.cpu_seconds(), time.perf_counter()
    coming: list[asyncio.Task[None]] = []
    for number in range(VISITORS):
        due = began + number * WITHIN_S / VISITORS
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        coming.append(asyncio.create_task(visitor(number, due)))
    offered = time.perf_counter() - began
    failed = [one for one in await asyncio.gather(*coming, return_exceptions=True) if one is not None]
    used = server.cpu_seconds() - used
    while not doors.empty():
        doors.get_nowait().close()
    for one in failed[:3]:
        print(f"   {one}")
    ordered = sorted(waits)
    return {
        "arrivals a second": VISITORS / offered,
        "have an answer": len(waits),
        "  of them a person at once": served,
        "from coming to an answer p50": percentile(ordered, 0.50) * 1000,
        "from coming to an answer p99": percentile(ordered, 0.99) * 1000,
        "from coming to an answer, the longest": ordered[-1] * 1000,
        "processor of the server for a visitor": used * 1000 / VISITORS,
    }


async def _come(door: Door, number: int) -> bool:
    """A visitor comes and asks; True when a person has the conversation, False when a place in the queue was told."""
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    session = await door.post("/v1/visitor/session", {"channel": CHANNEL, "language": "en"}, address)
    token = session["token"]
    opened = await door.post("/v1/visitor/conversations", {"language": "en"}, address, token)
    one = opened["conversation"]["id"]
    asked = await door.post(f"/v1/conversations/{one}/human", {}, address, token)
    if asked["conversation"]["state"] == "active":
        return True
    if asked["queue"] is None:
        raise RuntimeError(f"neither a person nor a place: {asked}")
    return False
