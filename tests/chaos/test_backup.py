"""The rehearsal of a restore: a backup under load, a power cut, a start elsewhere, and everything that was acked is there."""

import asyncio
import itertools
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import WebSocketException

from bench.world import World, config_for, make_world
from tests.chaos.test_bad_days import Ended, run, said_in_one_line, stored
from tests.kit.realtime import realtime
from tests.kit.server import Server, running_server, start_server


@dataclass
class Writer:
    """A visitor who goes on writing until the line is cut."""

    conversation: str
    token: str
    acked: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    warm: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, url: str) -> None:
        with suppress(WebSocketException, OSError, EOFError, TimeoutError):
            async with realtime(url, self.token) as client:
                for number in itertools.count():
                    client_id = f"{self.conversation}-{number}"
                    answer = await client.say(self.conversation, client_id, f"消息 {number}")
                    if answer["t"] == "ack":
                        self.acked[client_id] = (answer["id"], answer["seq"])
                    if len(self.acked) == 5:
                        self.warm.set()
                    await asyncio.sleep(0.05)  # under the limit of a connection


async def send_file(server: Server, token: str, content: bytes) -> str:
    """Upload a text file; returns its address."""
    async with httpx.AsyncClient(base_url=server.url, headers={"authorization": f"Bearer {token}"}) as http:
        answer = await http.post("/v1/media", files={"file": ("notes.txt", content, "text/plain")})
    assert answer.status_code == 201, answer.text
    return answer.json()["url"]


async def read_file(server: Server, address: str) -> bytes:
    async with httpx.AsyncClient(base_url=server.url) as http:
        answer = await http.get(address)
    assert answer.status_code == 200, answer.text
    return answer.content


async def back_up(data: Path, file: Path) -> Ended:
    return await run(data, "backup", str(file))


def beside(file: Path) -> dict[str, int]:
    """The files whose names begin like this one's, with their modes."""
    return {path.name: path.stat().st_mode & 0o777 for path in file.parent.glob(f"{file.name}*")}


def contents(data: Path) -> dict[str, bytes]:
    names = ("frontdesk.db", "frontdesk.db-wal")
    return {name: (data / name).read_bytes() for name in names if (data / name).exists()}


async def test_a_backup_under_load_holds_everything_acked_before_it_began(tmp_path: Path) -> None:
    data, file, elsewhere = tmp_path / "data", tmp_path / "monday.tar", tmp_path / "elsewhere"
    world = await make_world(config_for(data), agents=2, conversations=8, messages=500)
    server = await start_server(data)
    writers = [Writer(each.id, each.visitor) for each in world.conversations]
    content = "一份文件 ".encode() * 1_000
    address = await send_file(server, world.conversations[0].visitor, content)
    writing = [asyncio.create_task(writer.run(server.url)) for writer in writers]
    async with asyncio.timeout(20):
        await asyncio.gather(*(writer.warm.wait() for writer in writers))
    before = [dict(writer.acked) for writer in writers]
    ended = await back_up(data, file)
    assert (ended.status, ended.errors) == (0, "")
    after = sum(len(writer.acked) for writer in writers)
    await server.kill()
    await asyncio.gather(*writing)
    assert after > sum(map(len, before)), "nobody was writing during the backup"
    assert beside(file) == {file.name: 0o600}, "a backup holds secrets, and nothing is left beside it"

    ended = await run(elsewhere, "restore", str(file))
    assert (ended.status, ended.errors) == (0, "")
    for writer, acked in zip(writers, before, strict=True):
        found = await stored(elsewhere, writer.conversation)
        assert {client_id: found.get(client_id) for client_id in acked} == acked
    async with running_server(elsewhere) as restored:
        assert await read_file(restored, address) == content, "an address given before opens the file"
        first = world.conversations[0]
        async with realtime(restored.url, first.visitor, heads={first.id: 10_000}) as client:
            assert [frame["t"] for frame in client.sync] == ["reset"], "who knows more is told to start anew"
            assert (await client.say(first.id, "afterwards", "还在吗"))["t"] == "ack"


@pytest.fixture
async def world(tmp_path: Path) -> World:
    return await make_world(config_for(tmp_path / "data"), agents=1, conversations=1, messages=20)


async def test_a_restore_refuses_to_write_over_data_and_keeps_what_it_replaces(
    tmp_path: Path, world: World
) -> None:
    data, file = tmp_path / "data", tmp_path / "b.tar"
    conversation = world.conversations[0]
    assert (await back_up(data, file)).status == 0
    async with running_server(data) as server, realtime(server.url, conversation.visitor) as client:
        assert (await client.say(conversation.id, "later", "after the backup"))["t"] == "ack"
        said_in_one_line(
            await run(data, "restore", str(file), "--replace"), "in use", str(server.process.pid)
        )
    said_in_one_line(await run(data, "restore", str(file)), "already", "--replace")
    assert "later" in await stored(data, conversation.id)
    assert (await run(data, "restore", str(file), "--replace")).status == 0
    assert "later" not in await stored(data, conversation.id)
    said_in_one_line(await run(data, "restore", str(file), "--replace"), "before-restore")
    former = data / "before-restore"
    elsewhere = tmp_path / "former"
    former.rename(elsewhere)
    assert "later" in await stored(elsewhere, conversation.id), "what was replaced is whole"


async def test_a_backup_that_is_not_whole_changes_nothing(tmp_path: Path, world: World) -> None:
    data, file = tmp_path / "data", tmp_path / "b.tar"
    assert (await back_up(data, file)).status == 0
    said_in_one_line(await back_up(data, file), "exists already")
    whole = file.read_bytes()
    before = contents(data)
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for content, words in (
        (flipped, ["damaged"]),
        (whole[: middle - middle % 512], ["damaged"]),
        (whole[: whole.rindex(b"manifest.json") // 512 * 512], ["not complete"]),
        (b"", ["no backup"]),
        (b"no backup at all" * 100, ["no backup"]),
    ):
        file.write_bytes(content)
        said_in_one_line(await run(data, "restore", str(file), "--replace"), *words)
        assert contents(data) == before
        assert not list(data.glob("restoring*"))
    said_in_one_line(await run(data, "restore", str(tmp_path / "none.tar"), "--replace"), "no file")


async def test_a_backup_of_nothing_says_so(tmp_path: Path) -> None:
    said_in_one_line(await back_up(tmp_path / "data", tmp_path / "b.tar"), "no database")
    assert beside(tmp_path / "b.tar") == {}
