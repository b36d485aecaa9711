"""Messages appended a second on PostgreSQL, without sockets: what the log and its server function can do.

`python -m bench.append [seconds] [producers]` starts a server of its own, with its flushes on.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvloop

from bench.world import config_for, make_world
from frontdesk.app.engines import open_platform
from frontdesk.conversations import Log, Text
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Reader
from tests.kit.postgres import PostgresServer

CONVERSATIONS: Final = 200
BODY: Final = (
    "Where is my parcel? It was to come on Monday, and the number that you gave me says nothing new. " * 2
)


async def never(_organization_id: int, _conversation_id: int) -> bool:
    return False


@contextmanager
def _server() -> Generator[PostgresServer]:
    server = PostgresServer({"shared_buffers": "256MB", "autovacuum": "on", "synchronous_commit": "on"})
    try:
        server.start()
        yield server
    finally:
        server.remove()


async def measure(server: PostgresServer, folder: Path, seconds: float, producers: int) -> None:
    """Append as fast as the answers come, and print how fast, how long each took, and what it cost."""
    url = server.url(server.create())
    await make_world(config_for(folder, url), agents=10, conversations=CONVERSATIONS)
    async with open_platform(config_for(folder, url)) as platform:

        async def read(reader: Reader) -> list[tuple[int, int, int]]:
            rows = await reader.fetch("select organization_id, id, contact_id from conversation")
            return [(row[0], row[1], row[2]) for row in rows]

        conversations = await platform.database.read(EVERY_ORGANIZATION, read)
        log = Log(platform, reopen=never)
        took: list[float] = []
        ends = time.perf_counter() + seconds

        async def produce(number: int) -> None:
            organization, conversation, contact = conversations[number % len(conversations)]
            subject = Subject(organization, SubjectKind.VISITOR, contact)
            turn = 0
            while (began := time.perf_counter()) < ends:
                turn += 1
                await log.send(subject, conversation, f"{time.time_ns():x}-{number}-{turn}", Text(BODY))
                took.append(time.perf_counter() - began)

        ours, theirs = time.process_time(), cpu_of(server.pid)
        await asyncio.gather(*(produce(number) for number in range(producers)))
        ours, theirs = time.process_time() - ours, cpu_of(server.pid) - theirs
    count = len(took)
    took.sort()
    print(
        f"{count / seconds:,.0f} appends/s, p50 {took[count // 2] * 1000:.0f} ms, p99 {took[count * 99 // 100] * 1000:.0f} ms,"
        f" {ours / count * 1e6:.0f} us Python + {theirs / count * 1e6:.0f} us server each, {producers} producers"
    )


def cpu_of(parent: int) -> float:
    """Seconds of processor time that a process and its children that still run have used."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(stat.parent.name) == parent or int(fields[1]) == parent:
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    producers = int(sys.argv[2]) if len(sys.argv) > 2 else 256
    with _server() as server, tempfile.TemporaryDirectory() as folder:
        uvloop.run(measure(server, Path(folder), seconds, producers))


if __name__ == "__main__":
    main()
