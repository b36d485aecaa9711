"""What a bus promises between processes, shown with two of its clients on real servers; and what it tells of losses."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, cast

import pytest
from nats.aio.client import Client

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform.bus import nats_link
from frontdesk.platform.bus.nats import NatsBus, open_nats
from tests.contract.test_bus import collect, until
from tests.kit.nats import NatsServer, running_nats
from tests.kit.server import free_port


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[NatsServer]:
    async with running_nats(tmp_path) as (started,):
        yield started


@pytest.fixture
async def here(server: NatsServer) -> AsyncIterator[NatsBus]:
    async with open_nats(server.url, name="here", wait=0) as bus:
        yield bus


@pytest.fixture
async def there(server: NatsServer) -> AsyncIterator[NatsBus]:
    async with open_nats(server.url, name="there", wait=0) as bus:
        yield bus


def count_losses(bus: NatsBus) -> list[None]:
    told: list[None] = []
    bus.on_loss(lambda: told.append(None))
    return told


async def test_others_hear_with_the_origin_and_each_process_once(here: NatsBus, there: NatsBus) -> None:
    own, _ = collect(here, "deliver.1.2")
    far, _ = collect(there, "deliver.1.2")
    again, _ = collect(there, "deliver.1.2")
    await there.subscribed()
    here.publish("deliver.1.2", b"hello", origin="socket-7")
    there.publish("deliver.1.2", b"hello too")
    await until(lambda: len(own) == len(far) == len(again) == 2)
    await asyncio.sleep(0.05)
    assert sorted(own) == sorted(far) == sorted(again) == [(b"hello", "socket-7"), (b"hello too", "")]


async def test_order_is_kept_and_nothing_is_lost_while_connected(here: NatsBus, there: NatsBus) -> None:
    one, _ = collect(there, "a.1")
    two, _ = collect(there, "a.2")
    everything: list[bytes] = []
    for subject in ("a.1", "a.2"):
        there.subscribe(subject, lambda payload, _origin: everything.append(payload))
    await there.subscribed()
    sent = [b"%d" % number for number in range(20_000)]
    for number, payload in enumerate(sent):
        here.publish(f"a.{number % 2 + 1}", payload)
        if number % 500 == 0:
            await asyncio.sleep(0)
    await until(lambda: len(everything) == len(sent))
    assert everything == sent
    assert [payload for payload, _ in one] == sent[::2]
    assert [payload for payload, _ in two] == sent[1::2]


async def test_what_is_published_after_subscribed_returned_is_heard_however_many_wait(
    here: NatsBus, there: NatsBus
) -> None:
    async def listen(number: int) -> None:
        for _ in range(number % 40):
            await asyncio.sleep(0)  # some ask while others are being answered
        arrived, stop = collect(there, f"a.{number}")
        await there.subscribed()
        here.publish(f"a.{number}", b"1")
        await until(lambda: len(arrived) == 1)
        stop()

    await asyncio.gather(*(listen(number) for number in range(400)))


async def test_who_asks_while_another_is_being_answered_is_not_answered_with_it(
    there: NatsBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = there._link
    assert link is not None
    ask, asked, late = link._client.rtt, 0, list[asyncio.Future[None]]()

    async def rtt(timeout: int) -> float:  # noqa: ASYNC109 - the client's own signature
        nonlocal asked
        asked += 1
        took = await ask(timeout)
        if asked == 2:
            late.append(asyncio.ensure_future(there.subscribed()))
            await asyncio.sleep(0)
        return took

    monkeypatch.setattr(link._client, "rtt", rtt)
    await there.subscribed()
    assert not late[0].done()
    await late[0]
    assert asked == 4


async def test_a_process_that_listens_no_more_is_sent_nothing(server: NatsServer, here: NatsBus) -> None:
    watcher = Client()
    await watcher.connect(server.url)
    _, stop = collect(here, "a")
    _, stop_again = collect(here, "a")
    await here.subscribed()
    stop()
    await here.subscribed()
    assert here._link is not None
    assert set(here._link._subscriptions) == {"bus.lost", "a"}
    stop_again()
    await here.subscribed()
    assert set(here._link._subscriptions) == {"bus.lost"}
    arrived, _ = collect(here, "a")
    await here.subscribed()
    await watcher.publish("a", b"\x03abcpayload")
    await until(lambda: arrived == [(b"payload", "abc")])
    await watcher.close()


async def test_a_hostile_subject_says_nothing_to_the_server(here: NatsBus, there: NatsBus) -> None:
    arrived, _ = collect(there, "a")
    await there.subscribed()
    for subject in ("a\r\nPUB a 1\r\nx", "a 1\r\nx\r\nPUB a", "a\n", "*", ">"):
        with pytest.raises(ValueError, match="subject"):
            here.publish(subject, b"no")
        with pytest.raises(ValueError, match="subject"):
            here.subscribe(subject, lambda _payload, _origin: None)
    here.publish("a", b"yes")
    await until(lambda: bool(arrived))
    assert arrived == [(b"yes", "")]


async def test_what_is_not_ours_on_a_subject_is_dropped_and_the_next_is_heard(
    server: NatsServer, here: NatsBus
) -> None:
    arrived, _ = collect(here, "a")
    await here.subscribed()
    stranger = Client()
    await stranger.connect(server.url)
    for message in (b"", b"\xff", b"\x05abc", b"\x02\xff\xfe!", b"\x00fine"):
        await stranger.publish("a", message)
    await until(lambda: bool(arrived))
    assert arrived == [(b"fine", "")]
    await stranger.close()


async def test_a_message_too_large_for_the_wire_is_heard_here_and_told_there(
    here: NatsBus, there: NatsBus
) -> None:
    own, _ = collect(here, "a")
    far, _ = collect(there, "a")
    told, own_losses = count_losses(there), count_losses(here)
    await there.subscribed()
    here.publish("a", bytes(1024 * 1024))
    here.publish("a", b"next")
    await until(lambda: len(told) == 1)
    assert len(own) == 2
    assert far == [(b"next", "")]
    assert not own_losses


async def test_a_restart_of_the_server_is_told_once_and_subscriptions_live_again(
    server: NatsServer, here: NatsBus, there: NatsBus
) -> None:
    arrived, _ = collect(there, "a")
    await there.subscribed()
    heard_at_loss: list[bool] = []
    told_here, told_there = count_losses(here), count_losses(there)

    def ask() -> None:
        here.publish("a", b"after")
        heard_at_loss.append(True)

    here.on_loss(ask)
    await server.kill()
    await until(lambda: here.away and there.away)
    here.publish("a", b"meanwhile")
    late, _ = collect(there, "late")
    await asyncio.wait_for(there.subscribed(), 0.1)
    await server.start()
    await until(lambda: not here.away and not there.away)
    await until(lambda: bool(told_here) and bool(told_there))
    await until(lambda: (b"after", "") in arrived)
    here.publish("late", b"1")
    await until(lambda: late == [(b"1", "")])
    assert (b"meanwhile", "") not in arrived
    await asyncio.sleep(0.4)
    for told in (told_here, told_there):
        assert 1 <= len(told) <= 2  # the other's return may come too late to be told as one


async def test_one_process_that_was_away_makes_the_others_resync_too(tmp_path: Path) -> None:
    async with running_nats(tmp_path, servers=2) as (one, two), AsyncExitStack() as stack:
        here = await stack.enter_async_context(open_nats(one.url, name="here", wait=0))
        there = await stack.enter_async_context(open_nats(two.url, name="there", wait=0))
        told = count_losses(there)
        await one.kill()
        await until(lambda: here._link is None)
        here.publish("a", b"nobody hears this")
        await asyncio.sleep(0.1)
        assert not told
        await one.start()
        await until(lambda: bool(told))


async def test_with_two_servers_one_may_die_and_news_flows_on(tmp_path: Path) -> None:
    async with running_nats(tmp_path, servers=2) as servers, AsyncExitStack() as stack:
        addresses = ",".join(server.url for server in servers)
        here = await stack.enter_async_context(open_nats(addresses, name="here", wait=0))
        there = await stack.enter_async_context(open_nats(servers[0].url, name="there", wait=0))
        arrived, _ = collect(there, "a")

        async def flows() -> None:
            before = len(arrived)
            async with asyncio.timeout(5):
                while len(arrived) == before:
                    here.publish("a", b"x")
                    await asyncio.sleep(0.02)

        await flows()
        told = count_losses(here)
        await servers[1].kill()
        if here._link is None or here._link._server == servers[1].url:
            await until(lambda: len(told) == 1)
        await flows()


async def test_a_server_that_stands_still_for_a_second_costs_time_and_no_message(
    server: NatsServer, here: NatsBus, there: NatsBus
) -> None:
    arrived, _ = collect(there, "a")
    told = count_losses(there)
    await there.subscribed()
    server.pause()
    sent = [b"%d" % number for number in range(1_000)]
    for payload in sent:
        here.publish("a", payload)
    await asyncio.sleep(1)
    assert not arrived
    server.resume()
    await until(lambda: len(arrived) == len(sent))
    assert [payload for payload, _ in arrived] == sent
    assert not told


async def test_a_server_that_stands_still_for_long_is_left(
    server: NatsServer, here: NatsBus, there: NatsBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nats_link, "ANSWER_S", 0.3)
    monkeypatch.setattr(nats_link, "HEARTBEAT_S", 0.1)
    told = count_losses(there)
    await there.subscribed()
    server.pause()
    started = asyncio.get_running_loop().time()
    await there.subscribed()
    assert asyncio.get_running_loop().time() - started < 3
    await until(lambda: there._link is None)
    server.resume()
    await until(lambda: bool(told))
    await until(lambda: here._link is not None)


async def test_what_waits_for_a_server_that_takes_nothing_is_bounded_and_told(
    server: NatsServer, here: NatsBus, there: NatsBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nats_link, "HELD", 4 * 1024 * 1024)
    told = count_losses(there)
    await there.subscribed()
    link = here._link
    assert link is not None
    server.pause()
    for _ in range(300):
        here.publish("a", bytes(100_000))
        await asyncio.sleep(0)
        assert link._held <= 4 * 1024 * 1024 + 100_001
    assert link.ended.is_set()
    server.resume()
    await until(lambda: bool(told))


async def test_a_reader_that_falls_behind_is_cut_by_the_server_and_told_when_it_is_back(
    tmp_path: Path,
) -> None:
    async with (
        running_nats(tmp_path, settings="max_pending: 1048576") as (server,),
        AsyncExitStack() as stack,
    ):
        here = await stack.enter_async_context(open_nats(server.url, name="here", wait=0))
        there = await stack.enter_async_context(open_nats(server.url, name="there", wait=0))
        arrived, _ = collect(there, "a")
        told = count_losses(there)
        await there.subscribed()
        assert there._link is not None
        reader = cast(Any, there._link._client._transport)._io_writer.transport
        reader.pause_reading()
        for _ in range(200):
            here.publish("a", bytes(100_000))
            await here.subscribed()
        reader.resume_reading()
        await until(lambda: bool(told))
        assert len(arrived) < 200
        arrived.clear()
        here.publish("a", b"fresh")
        await until(lambda: arrived == [(b"fresh", "")])


async def test_a_start_without_a_server_says_so_in_a_line_and_hides_the_password() -> None:
    port = free_port()
    with pytest.raises(FrontdeskError) as caught:
        async with open_nats(f"nats://user:hidden@127.0.0.1:{port}", name="here", wait=0):
            raise AssertionError
    assert (caught.value.kind, caught.value.code) == (ErrorKind.UNAVAILABLE, "platform.bus-unreachable")
    assert f"127.0.0.1:{port}" in caught.value.message
    assert "\n" not in caught.value.message
    assert "hidden" not in caught.value.message


async def test_a_server_that_comes_within_the_configured_wait_is_taken(tmp_path: Path) -> None:
    server = NatsServer(tmp_path, port=free_port())
    try:
        opening = open_nats(server.url, name="here", wait=10)
        entering = asyncio.create_task(opening.__aenter__())
        await asyncio.sleep(0.3)
        assert not entering.done()
        await server.start()
        bus = await asyncio.wait_for(entering, 5)
        arrived, _ = collect(bus, "a")
        bus.publish("a", b"1")
        assert arrived
        await opening.__aexit__(None, None, None)
    finally:
        await server.kill()


@pytest.mark.parametrize(
    "servers", ["localhost:4222", "http://localhost:4222", "nats://", "nats://host:99999", "nats://a:1, b"]
)
async def test_an_address_that_is_none_is_named(servers: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        async with open_nats(servers, name="here", wait=0):
            raise AssertionError
    assert caught.value.kind is ErrorKind.INVALID


async def test_what_was_published_right_before_the_end_still_leaves(
    server: NatsServer, there: NatsBus
) -> None:
    arrived, _ = collect(there, "a")
    await there.subscribed()
    async with open_nats(server.url, name="leaving", wait=0) as leaving:
        for number in range(500):
            leaving.publish("a", b"%d" % number)
    await until(lambda: len(arrived) == 500)
