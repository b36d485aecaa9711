"""What an operator's bad day looks like: one clear line when it cannot start, and nothing lost when it runs."""

import asyncio
import os
import resource
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bench.world import World, config_for, make_world
from frontdesk.app.engines import open_platform
from frontdesk.platform import EVERY_ORGANIZATION, Reader
from frontdesk.platform.database.sqlite import SqliteDatabase
from tests.kit.realtime import Frame, RealtimeClient, realtime
from tests.kit.server import Server, free_port, running_server, start_server

FRONTDESK = str(Path(sys.executable).with_name("frontdesk"))


# File modes count for the server also when it is root's.
AS_USER = () if os.geteuid() else ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@dataclass(frozen=True)
class Ended:
    status: int
    errors: str


async def run(
    data: Path, *command: str, environment: Mapping[str, str] | None = None, prefix: Sequence[str] = ()
) -> Ended:
    """Run a command to its end; `prefix` is what runs it."""
    process = await asyncio.create_subprocess_exec(
        *prefix,
        FRONTDESK,
        *command,
        env={
            **os.environ,
            "FRONTDESK_STORAGE__PATH": str(data),
            "FRONTDESK_LISTEN__PORT": str(free_port()),
            **(environment or {}),
        },
        cwd=data.parent,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode is not None
    return Ended(process.returncode, errors.decode())


def said_in_one_line(ended: Ended, *words: str) -> None:
    assert ended.status == 1, ended
    assert ended.errors.startswith("frontdesk: "), ended.errors
    assert ended.errors.count("\n") == 1, ended.errors
    for word in words:
        assert word in ended.errors


# ---- starting --------------------------------------------------------------------------------------------------------


async def _change_schema(data: Path, statement: str) -> None:
    database = SqliteDatabase(data / "frontdesk.db")
    await database.write(EVERY_ORGANIZATION, lambda tx: tx.execute(statement))
    await database.close()


@pytest.fixture
async def data(tmp_path: Path) -> AsyncIterator[Path]:
    """A data folder as a first start leaves it."""
    folder = tmp_path / "data"
    async with open_platform(config_for(folder)):
        pass
    yield folder
    folder.chmod(0o700)


def _database_is(content: bytes) -> Callable[[Path], None]:
    def write(data: Path) -> None:
        (data / "frontdesk.db").write_bytes(content)

    return write


def _damage_schema(data: Path) -> None:
    with (data / "frontdesk.db").open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(3_000))


def _make_read_only(data: Path) -> None:
    for file in data.iterdir():
        file.chmod(0o400)
    data.chmod(0o500)


def _make_it_a_file(data: Path) -> None:
    shutil.rmtree(data)
    data.write_text("")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_database_is(b"no database" * 1_000), ["frontdesk.db", "damaged"]),
        (_damage_schema, ["frontdesk.db", "damaged"]),
        (_make_read_only, ["data", "ermission"]),
        (_make_it_a_file, ["data", "cannot be used"]),
    ],
    ids=["not a database", "damaged", "read-only", "a file for a folder"],
)
async def test_a_start_says_in_one_line_what_is_wrong_with_the_data_and_leaves_it(
    data: Path, harm: Callable[[Path], None], words: list[str]
) -> None:
    harm(data)
    database = data / "frontdesk.db"
    before = database.read_bytes() if database.is_file() else b""
    said_in_one_line(await run(data, "serve", prefix=AS_USER), *words)
    assert (database.read_bytes() if database.is_file() else b"") == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "insert into migration (service, number, name, checksum, applied_at) values ('auth', 9999, 'x', 'y', 1)",
            ["newer version", "auth/9999"],
        ),
        ("update migration set checksum = 'other' where service = 'auth'", ["auth/0001", "changed"]),
    ],
    ids=["newer", "changed"],
)
async def test_a_start_leaves_a_database_alone_that_is_not_of_this_version(
    data: Path, statement: str, words: list[str]
) -> None:
    await _change_schema(data, statement)
    said_in_one_line(await run(data, "up"), *words)
    said_in_one_line(await run(data, "migrate"), *words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[listen", ["not valid TOML"]),
        ("[listen]\nprot = 80", ["prot"]),
        ("[access]\nrate = 'fast'", ["access.rate"]),
    ],
    ids=["broken", "unknown key", "wrong type"],
)
async def test_a_start_names_what_is_wrong_in_the_configuration(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    (tmp_path / "frontdesk.toml").write_text(text)
    said_in_one_line(await run(tmp_path / "data", "serve"), *words)
    assert not (tmp_path / "data").exists()


async def test_a_start_names_the_address_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = await run(tmp_path / "data", "serve", environment={"FRONTDESK_LISTEN__PORT": port})
    said_in_one_line(ended, f"127.0.0.1:{port}")


async def test_a_second_process_is_refused_at_once_and_the_first_notices_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    questions = tmp_path / "questions.csv"
    questions.write_text("question,answer\nHow?,So.\n")
    world = await make_world(config_for(data), agents=1, conversations=1)
    conversation = world.conversations[0]
    server = await start_server(data)
    async with realtime(server.url, conversation.visitor) as client:
        first = await client.say(conversation.id, "before", "before")
        ended = await asyncio.gather(
            run(data, "serve"),
            run(data, "up"),
            run(data, "migrate"),
            run(data, "demo"),
            run(data, "knowledge", "import", str(questions), "-o", "demo"),
            run(
                data,
                "organization",
                "create",
                "acme",
                "--name=A",
                "--administrator=a",
                "--password=long enough, and dull",
            ),
        )
        second = await client.say(conversation.id, "after", "after")
    for each in ended:
        said_in_one_line(each, "in use", f"({server.process.pid})")
    assert (first["t"], second["t"], second["seq"]) == ("ack", "ack", first["seq"] + 1)
    await server.kill()
    async with running_server(data):
        said_in_one_line(await run(data, "migrate"), "in use")


async def test_a_start_on_a_full_disk_names_the_disk(data: Path) -> None:
    before = (data / "frontdesk.db").read_bytes()
    ended = await run(data, "serve", prefix=["prlimit", "--fsize=1:unlimited"])
    said_in_one_line(ended, "frontdesk.db", "disk's free space")
    assert (data / "frontdesk.db").read_bytes() == before


# ---- running ---------------------------------------------------------------------------------------------------------


def break_disk(server: Server) -> None:
    """From now on no file of the server's takes another byte, its log included."""
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))


def mend_disk(server: Server) -> None:
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)


async def say(client: RealtimeClient, conversation: str, client_id: str) -> Frame:
    return await client.say(conversation, client_id, f"消息 {client_id}")


async def stored(data: Path, conversation: str) -> dict[str, tuple[str, int]]:
    """Every message by its client_id, after a look at the sequence."""
    async with open_platform(config_for(data)) as platform:

        async def read(reader: Reader) -> list[tuple[str | None, str, int]]:
            rows = await reader.fetch(
                "select client_id, id, seq from entry where conversation_id = $1 order by seq",
                int(conversation),
            )
            return [(row[0], str(row[1]), row[2]) for row in rows]

        rows = await platform.database.read(EVERY_ORGANIZATION, read)
    assert [seq for _, _, seq in rows] == list(range(1, len(rows) + 1)), "a gap in the sequence"
    named = [client_id for client_id, _, _ in rows if client_id]
    assert len(named) == len(set(named)), "a message is there twice"
    return {client_id: (identity, seq) for client_id, identity, seq in rows if client_id}


async def test_a_full_disk_refuses_senders_serves_readers_and_is_over_when_there_is_room(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    world: World = await make_world(config_for(data), agents=1, conversations=1)
    conversation = world.conversations[0]
    acked: dict[str, tuple[str, int]] = {}
    async with running_server(data) as server:
        headers = {"authorization": f"Bearer {conversation.visitor}"}
        async with (
            httpx.AsyncClient(base_url=server.url, headers=headers, timeout=20) as http,
            realtime(server.url, conversation.visitor) as client,
        ):

            async def send(client_id: str) -> Frame:
                answer = await say(client, conversation.id, client_id)
                if answer["t"] == "ack":
                    kept = (answer["id"], answer["seq"])
                    assert acked.setdefault(client_id, kept) == kept, "a repeat was answered differently"
                return answer

            for fault in range(3):
                for number in range(10):
                    assert (await send(f"well-{fault}-{number}"))["t"] == "ack"
                break_disk(server)
                for number in range(5):
                    refusal = await send(f"full-{fault}-{number}")
                    assert refusal["t"] == "error", refusal
                    error = refusal["error"]
                    assert (error["code"], error["retry_after"]) == ("platform.database-unavailable", 2)
                page = await http.get(f"/v1/conversations/{conversation.id}/entries?limit=100")
                assert {entry.get("client_id") for entry in page.json()["entries"]} >= set(acked)
                upload = await http.post("/v1/media", files={"file": ("note.txt", b"words", "text/plain")})
                assert (upload.status_code, upload.headers["retry-after"]) == (503, "2"), upload.text
                assert (await http.get("/ready")).status_code == 200
                mend_disk(server)
                for number in range(5):
                    assert (await send(f"full-{fault}-{number}"))["t"] == "ack"
        break_disk(server)
        async with realtime(server.url, conversation.visitor) as client:
            assert (await say(client, conversation.id, "never"))["t"] == "error"
        await server.kill()
    found = await stored(data, conversation.id)
    assert len(acked) == 45
    assert {client_id: found.get(client_id) for client_id in acked} == acked


async def test_a_stop_while_the_disk_is_full_ends_in_time_and_keeps_what_was_acked(tmp_path: Path) -> None:
    data = tmp_path / "data"
    world = await make_world(config_for(data), agents=1, conversations=1)
    conversation = world.conversations[0]
    async with running_server(data) as server, realtime(server.url, conversation.visitor) as client:
        answer = await say(client, conversation.id, "kept")
        break_disk(server)
        assert (await say(client, conversation.id, "not kept"))["t"] == "error"
        server.process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(server.process.wait(), 20)
    assert (await stored(data, conversation.id))["kept"] == (answer["id"], answer["seq"])
