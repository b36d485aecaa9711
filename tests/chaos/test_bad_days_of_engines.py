"""An operator's bad day with PostgreSQL and NATS: one clear line when a process cannot start, patience when it runs."""

import asyncio
import subprocess
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

import httpx
import pytest

from bench.world import Conversation, fill_world
from frontdesk.app.engines import open_platform
from tests.chaos.test_bad_days import run, said_in_one_line
from tests.cluster.cluster import Cluster, Node
from tests.kit.nats import NatsServer, running_nats
from tests.kit.postgres import PostgresServer
from tests.kit.realtime import Frame, RealtimeClient, realtime
from tests.kit.server import free_port

EVERYTHING: Final = "access,api,dispatch,bots,worker"


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[str]:
    """The name of a database of this version."""
    name = postgres.create(postgres.template())
    yield name
    postgres.drop(name)


@pytest.fixture
async def nats(tmp_path: Path) -> AsyncIterator[NatsServer]:
    async with running_nats(tmp_path) as (server,):
        yield server


# ---- starting --------------------------------------------------------------------------------------------------------


async def start_fails(tmp_path: Path, database_url: str, bus_url: str, *words: str) -> None:
    environment = {
        "FRONTDESK_DATABASE__URL": database_url,
        "FRONTDESK_BUS__SERVERS": bus_url,
        "FRONTDESK_BUS__WAIT": "0",
    }
    ended = await run(tmp_path / "data", "serve", "--target", "api", environment=environment)
    said_in_one_line(ended, *words)


async def test_a_start_without_a_database_names_where_it_was_looked_for(
    tmp_path: Path, nats: NatsServer
) -> None:
    port = free_port()
    url = f"postgresql://frontdesk:a-secret@127.0.0.1:{port}/desk"
    await start_fails(tmp_path, url, nats.url, f"127.0.0.1:{port}/desk", "cannot be reached")


async def test_a_start_with_a_database_that_does_not_exist_says_so(
    tmp_path: Path, postgres: PostgresServer, nats: NatsServer
) -> None:
    await start_fails(tmp_path, postgres.url("nowhere"), nats.url, "/nowhere", "does not exist")


async def test_a_start_without_a_bus_names_where_it_was_looked_for(
    tmp_path: Path, postgres: PostgresServer, database: str
) -> None:
    port = free_port()
    url = f"nats://frontdesk:a-secret@127.0.0.1:{port}"
    await start_fails(tmp_path, postgres.url(database), url, f"127.0.0.1:{port}", "NATS cannot be reached")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "insert into migration (service, number, name, checksum, applied_at) values ('auth', 9999, 'x', 'y', 1)",
            ["newer version", "auth/9999"],
        ),
        ("update migration set checksum = 'other' where service = 'auth'", ["auth/0001", "changed"]),
        ("delete from migration where service = 'webhooks'", ["webhooks/0001", "already exists"]),
    ],
    ids=["newer", "changed", "half applied"],
)
async def test_a_start_leaves_a_database_alone_that_is_not_of_this_version(  # noqa: PLR0917  fixtures come by position are given by name
    tmp_path: Path,
    postgres: PostgresServer,
    database: str,
    nats: NatsServer,
    statement: str,
    words: list[str],
) -> None:
    postgres.execute(statement, database)
    before = postgres.execute("select * from migration order by service, number", database)
    await start_fails(tmp_path, postgres.url(database), nats.url, *words)
    assert postgres.execute("select * from migration order by service, number", database) == before


# ---- running ---------------------------------------------------------------------------------------------------------


class Desk:
    """One process with everything, a visitor's conversation, and what was acked in it."""

    def __init__(self, node: Node, conversation: Conversation) -> None:
        self.node = node
        self.conversation = conversation
        self.acked: dict[str, tuple[str, int]] = {}

    async def say(self, client: RealtimeClient, client_id: str) -> Frame:
        answer = await client.say(self.conversation.id, client_id, f"消息 {client_id}")
        if answer["t"] == "ack":
            kept = (answer["id"], answer["seq"])
            assert self.acked.setdefault(client_id, kept) == kept, "a repeat was answered differently"
        return answer

    async def say_until_acked(self, client: RealtimeClient, client_id: str, within: float = 15) -> None:
        async with asyncio.timeout(within):
            while (await self.say(client, client_id))["t"] != "ack":  # noqa: ASYNC110 - it is asked again
                await asyncio.sleep(0.2)

    async def readiness(self) -> tuple[int, str]:
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.get(f"{self.node.url}/ready")
            return answer.status_code, answer.text

    async def until_ready(self, status: int, *words: str) -> None:
        """Wait until `/ready` answers with this status and says this."""
        async with asyncio.timeout(15):
            while True:
                found, text = await self.readiness()
                if found == status and all(word in text for word in words):
                    return
                await asyncio.sleep(0.1)

    def complaints(self) -> list[str]:
        """What the process has logged as a warning or worse, one event a line."""
        return [
            line
            for line in self.node.log.read_text().splitlines()
            if "[warning" in line or "[error" in line or "Traceback" in line
        ]


@asynccontextmanager
async def running_desk(
    postgres: PostgresServer, database: str, bus_url: str, folder: Path
) -> AsyncGenerator[Desk]:
    cluster = Cluster(folder, postgres.url(database), bus_url)
    try:
        # These tests send faster than a person may: who is too fast is refused without naming the message.
        brisk = {"FRONTDESK_ACCESS__BURST": "1000"}
        (node,) = await asyncio.to_thread(cluster.start, EVERYTHING, settings=brisk)
        async with open_platform(cluster.config) as platform:
            world = await fill_world(platform, agents=1, conversations=1)
        yield Desk(node, world.conversations[0])
    finally:
        cluster.end()


def stored(postgres: PostgresServer, database: str, conversation: str) -> dict[str, tuple[str, int]]:
    rows = postgres.execute(
        f"select client_id, id::text, seq from entry where conversation_id = {int(conversation)} order by seq",  # noqa: S608 - it is a number
        database,
    )
    assert [row[2] for row in rows] == list(range(1, len(rows) + 1)), "a gap in the sequence"
    return {row[0]: (row[1], row[2]) for row in rows if row[0]}


async def synced(url: str, token: str) -> None:
    """Come, once, and stay until everything is there."""
    async with realtime(url, token, device="newcomer"):
        pass


@pytest.mark.timeout(240)
async def test_a_database_that_goes_away_is_waited_for_and_sockets_stay(
    postgres: PostgresServer, database: str, nats: NatsServer, tmp_path: Path
) -> None:
    async with running_desk(postgres, database, nats.url, tmp_path) as desk:
        async with realtime(desk.node.url, desk.conversation.visitor) as client:
            assert (await desk.say(client, "before"))["t"] == "ack"
            before = len(desk.complaints())
            postgres.kill()
            try:
                for number in range(20):
                    refusal = await desk.say(client, f"meanwhile-{number}")
                    assert refusal["t"] == "error", refusal
                    error = refusal["error"]
                    assert (error["kind"], error["code"]) == ("unavailable", "platform.database-unavailable")
                    assert error["retry_after"] > 0
                await desk.until_ready(503, "database")
                newcomer = asyncio.create_task(synced(desk.node.url, desk.conversation.visitor))
                await asyncio.sleep(3)
                assert not newcomer.done(), "somebody who came meanwhile was turned away"
            finally:
                postgres.start()
            back = asyncio.get_running_loop().time()
            await newcomer
            assert asyncio.get_running_loop().time() - back < 2
            for number in range(20):
                await desk.say_until_acked(client, f"meanwhile-{number}")
            await desk.until_ready(200)
            said = desk.complaints()[before:]
        assert stored(postgres, database, desk.conversation.id) == desk.acked
        assert len(desk.acked) == 21
        assert not [line for line in said if "Traceback" in line], "an outage is no fault of ours"
        assert len(said) <= 12, "\n".join(said)


@contextmanager
def full(postgres: PostgresServer, database: str) -> Generator[None]:
    """No file of the server's grows beyond the size that the log's table has now; its log of writes has its room.

    What the server meets is what a full disk gives it: half a page is written, and then nothing.
    """
    postgres.execute(
        "insert into entry select g, 1, 1, g, 'message', 0, 'system', 0, '', null, repeat(md5(g::text), 12), false "
        "from generate_series(1, 45000) g",
        database,
    )
    ((size,),) = postgres.execute("select pg_relation_size('entry')", database)
    assert size > _WAL_FILE, "files of the log of writes must still fit"
    _limit(postgres, size + _PAGE // 2)
    try:
        yield
    finally:
        _limit(postgres, "unlimited")


_WAL_FILE: Final = 16 << 20
_PAGE: Final = 8_192


def _limit(postgres: PostgresServer, size: int | str) -> None:
    """As the user that the server runs as: root may be kept from changing others' limits."""
    for process in postgres.processes():
        done = subprocess.run(
            ["prlimit", f"--pid={process}", f"--fsize={size}:"],
            user=postgres.user, group=postgres.group(), check=False,
        )  # fmt: skip
        assert not done.returncode or not Path(f"/proc/{process}").exists(), "it has no such limit"


@pytest.mark.timeout(240)
async def test_a_full_database_refuses_senders_serves_readers_and_is_over_when_there_is_room(
    postgres: PostgresServer, database: str, nats: NatsServer, tmp_path: Path
) -> None:
    async with running_desk(postgres, database, nats.url, tmp_path) as desk:
        async with realtime(desk.node.url, desk.conversation.visitor) as client:
            assert (await desk.say(client, "before"))["t"] == "ack"
            with full(postgres, database):
                answers = [await desk.say(client, f"full-{number}") for number in range(40)]
                refused = [answer["error"] for answer in answers if answer["t"] == "error"]
                assert refused, "the disk was not full"
                assert {(error["kind"], error["code"]) for error in refused} == {
                    ("unavailable", "platform.database-unavailable")
                }
                async with realtime(desk.node.url, desk.conversation.visitor, device="reader") as reader:
                    assert reader.sync[0]["entries"][-1]["seq"] >= len(desk.acked)
            for number in range(40):
                await desk.say_until_acked(client, f"full-{number}")
        assert stored(postgres, database, desk.conversation.id) == desk.acked
        assert len(desk.acked) == 41


@pytest.mark.timeout(240)
async def test_a_bus_that_goes_away_costs_no_message_and_what_was_missed_is_read_anew(
    postgres: PostgresServer, database: str, nats: NatsServer, tmp_path: Path
) -> None:
    async with (
        running_desk(postgres, database, nats.url, tmp_path) as desk,
        realtime(desk.node.url, desk.conversation.visitor) as client,
        realtime(desk.node.url, desk.conversation.visitor, device="other") as other,
    ):
        await nats.kill()
        await desk.until_ready(200, "bus")
        for number in range(10):
            assert (await desk.say(client, f"meanwhile-{number}"))["t"] == "ack"
            assert (await other.until("entry"))["entry"]["client_id"] == f"meanwhile-{number}"
        await nats.start()
        async with asyncio.timeout(10):
            while "bus.back" not in desk.node.log.read_text():  # noqa: ASYNC110 - another process says so
                await asyncio.sleep(0.1)
        assert (await desk.say(client, "after"))["t"] == "ack"
    assert stored(postgres, database, desk.conversation.id) == desk.acked
