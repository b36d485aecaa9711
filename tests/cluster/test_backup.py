"""The rehearsal of a cluster's restore, as docs/operations.md says it: dumped under load, brought back on other servers."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import httpx
import pytest
from msgspec import structs

from frontdesk.platform.config import Webhooks
from tests.chaos.test_webhooks_kill import listen, stored, told
from tests.cluster.cluster import Cluster
from tests.cluster.test_coming_and_going import Sender
from tests.cluster.test_relay_taken_over import reaching
from tests.kit.postgres import PostgresServer
from tests.kit.receiver import Receiver, receiver
from tests.kit.s3 import S3Server, running_s3
from tests.scenarios.desk import Desk, Entry, Person, opened

CONTENT = "一份文件 ".encode() * 1_000
LIFE = 5_000
"""Transactions that the old server is ahead of the new one, about: it has lived longer."""
AHEAD = "select max(written_by)::text::bigint > pg_current_xact_id()::text::bigint from entry"


@pytest.fixture(scope="module")
def shape() -> Sequence[str]:
    return ("access", "api")


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with running_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(scope="module")
def settings(s3: S3Server) -> dict[str, str]:
    return s3.settings("live")


@pytest.fixture
async def shop() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


@pytest.fixture
def elsewhere() -> Iterator[PostgresServer]:
    """Another server, on which nothing was ever done but what a first installation begins with."""
    server = PostgresServer()
    try:
        server.start()
        server.execute("create role frontdesk_app nologin")
        yield server
    finally:
        server.remove()


def migrate(url: str, folder: Path) -> None:
    subprocess.run(
        [Path(sys.executable).with_name("frontdesk"), "migrate"],
        env={**os.environ, "FRONTDESK_DATABASE__URL": url, "FRONTDESK_STORAGE__PATH": str(folder)},
        check=True,
    )


async def a_while(senders: Sequence[Sender], more: int) -> None:
    """Return once each has so many more acks."""
    wanted = [len(sender.acked) + more for sender in senders]
    async with asyncio.timeout(30):
        while any(len(each.acked) < count for each, count in zip(senders, wanted, strict=True)):  # noqa: ASYNC110 - processes do it
            await asyncio.sleep(0.05)


async def texts_of(person: Person, conversation: str) -> dict[str, int]:
    """The seq of each text in a conversation; every text is there once."""
    texts: dict[str, int] = {}
    after = 0
    while entries := (
        await person.call("GET", f"/v1/conversations/{conversation}/entries?after={after}&limit=100")
    )["entries"]:
        after = entries[-1]["seq"]
        for entry in entries:
            if entry["kind"] == "message" and entry["sender"]["kind"] == "visitor":
                assert texts.setdefault(entry["body"]["text"], entry["seq"]) == entry["seq"], "twice"
    return texts


async def finds(admin: Person, word: str) -> bool:
    """Whether search finds it, in time."""
    for _ in range(100):
        if (await admin.call("GET", f"/v1/search?q={word}"))["items"]:
            return True
        await asyncio.sleep(0.1)
    return False


@pytest.mark.timeout(240)
async def test_a_cluster_comes_back_on_other_servers_with_everything_acked_before_its_dump(
    *,
    desk: Desk,
    cluster: Cluster,
    postgres: PostgresServer,
    elsewhere: PostgresServer,
    s3: S3Server,
    shop: Receiver,
    tmp_path: Path,
) -> None:
    allowed = Webhooks(allow_http=True, ports=str(shop.port), allow_networks="127.0.0.0/8")
    await listen(structs.replace(cluster.config, webhooks=allowed), shop)
    worker = {**s3.settings("live"), **reaching(shop)}
    await asyncio.to_thread(cluster.start, "worker", settings=worker)
    postgres.execute(
        f"do $$ begin for i in 1..{LIFE} loop perform pg_current_xact_id(); commit; end loop; end $$"
    )
    people = [await desk.visitor() for _ in range(3)]
    senders = [Sender(person, await opened(person), cluster) for person in people]
    file = (await desk.entry.upload("/v1/media", "note.txt", CONTENT, token=people[0].token))["url"]
    async with people[0].online() as widget:
        await widget.say(senders[0].conversation, "word", "琉璃灯罩")
    running = [asyncio.create_task(sender.run()) for sender in senders]

    await a_while(senders, 10)
    before = [dict(sender.acked) for sender in senders]
    dump = await asyncio.to_thread(postgres.dump, cluster.config.database.url.rpartition("/")[2])
    assert await asyncio.to_thread(s3.copy, "live", "copy") >= 1
    await a_while(senders, 1)
    for sender in senders:
        sender.over = True
    await asyncio.gather(*running)
    assert sum(len(sender.acked) for sender in senders) > sum(map(len, before)), "nobody wrote meanwhile"
    cluster.end()

    name = await asyncio.to_thread(elsewhere.restore, dump)
    (ahead,) = elsewhere.execute(AHEAD, name)
    assert ahead[0], "it was to come from a server that is ahead"
    url = elsewhere.url(name)
    await asyncio.to_thread(migrate, url, tmp_path)
    again = Cluster(tmp_path, url, cluster.config.bus.servers)
    try:
        there = {**s3.settings("copy"), **reaching(shop)}
        await asyncio.to_thread(again.start, "access", "api", "worker", settings=there)
        async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
            entry = Entry(http, again.urls("api"), again.urls("access"))
            for sender, acked in zip(senders, before, strict=True):
                found = await texts_of(Person(entry, sender.visitor.token, {}), sender.conversation)
                assert {text: found.get(text) for text in acked} == acked
            answer = await entry.request("GET", file)
            assert (answer.status_code, answer.content) == (200, CONTENT)
            admin = await Desk(entry, desk.slug).agent("admin", status="offline")
            assert await finds(admin, "琉璃")
            visitor = Person(entry, people[0].token, people[0].facts)
            async with visitor.online() as widget:
                assert (await widget.say(senders[0].conversation, "new", "珐琅花瓶"))["t"] == "ack"
            assert await finds(admin, "珐琅")
        wanted = await stored(again.config)
        ids = {identity for each in wanted.values() for identity in each}
        async with asyncio.timeout(40):
            while not ids <= {identity for each in told(shop).values() for identity in each}:  # noqa: ASYNC110 - processes do it
                await asyncio.sleep(0.1)
    finally:
        again.end()
