"""PostgreSQL without NATS is for one process: a second one says so and goes, and the first does not notice."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.chaos.test_bad_days import FRONTDESK, run, said_in_one_line
from tests.cluster.cluster import Cluster
from tests.kit.nats import running_nats
from tests.kit.postgres import PostgresServer
from tests.kit.server import free_port

ANOTHER: Final = "frontdesk: Another process (access, api, bots, dispatch, worker) works on this database"


@pytest.fixture
async def alone(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Cluster]:
    """A place for processes on PostgreSQL that know of no bus."""
    name = postgres.create(postgres.template())
    cluster = Cluster(tmp_path, postgres.url(name), "")
    yield cluster
    cluster.end()
    postgres.drop(name)


def environment_for(cluster: Cluster, bus: str) -> dict[str, str]:
    return {"FRONTDESK_DATABASE__URL": cluster.config.database.url, "FRONTDESK_BUS__SERVERS": bus}


async def start_fails(cluster: Cluster, bus: str, *words: str) -> None:
    ended = await run(cluster.folder / "another", "serve", environment=environment_for(cluster, bus))
    said_in_one_line(ended, *words, "bus.servers")


async def doctor_says(cluster: Cluster, bus: str, status: int) -> str:
    """What it printed, as one line: a terminal of no width breaks it."""
    process = await asyncio.create_subprocess_exec(
        FRONTDESK, "doctor",
        env={
            **os.environ,
            **environment_for(cluster, bus),
            "FRONTDESK_STORAGE__PATH": str(cluster.folder / "another"),
            "FRONTDESK_LISTEN__PORT": str(free_port()),
        },
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, _ = await process.communicate()
    assert process.returncode == status, printed.decode()
    return " ".join(printed.decode().split())


@pytest.mark.timeout(120)
async def test_a_second_process_is_refused_in_one_line_and_one_that_was_killed_is_replaced(
    alone: Cluster, tmp_path: Path
) -> None:
    (first,) = await asyncio.to_thread(alone.start, "all")
    await start_fails(alone, "", ANOTHER)
    assert "several of them need bus.servers, and one is running" in await doctor_says(alone, "", 0)
    async with running_nats(tmp_path) as (nats,):
        await start_fails(alone, nats.url, ANOTHER)
        assert "works on this database without bus.servers" in await doctor_says(alone, nats.url, 1)
        async with httpx.AsyncClient(trust_env=False) as http:
            assert (await http.get(f"{first.url}/ready")).is_success
        assert "[warning" not in first.log.read_text(), "the first one noticed"

        first.kill()
        begun = time.monotonic()
        (first,) = await asyncio.to_thread(alone.start, "all", port=first.port)
        assert time.monotonic() - begun < 15
        assert first.stop() == 0
        await asyncio.to_thread(alone.start, "api", settings={"FRONTDESK_BUS__SERVERS": nats.url})
        await start_fails(alone, "", "Another process (api)")
        assert "processes work on this database over NATS" in await doctor_says(alone, "", 1)
