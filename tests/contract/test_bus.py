"""What every bus promises, against each adapter. Arrival is waited for, as a remote bus takes its time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from msgspec import Struct

from frontdesk.platform import Bus, Topic
from frontdesk.platform.bus.memory import MemoryBus
from frontdesk.platform.bus.nats import open_nats
from tests.kit.nats import running_nats

Arrived = list[tuple[bytes, str]]


@pytest.fixture(params=["memory", "nats"])
async def bus(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bus]:
    match request.param:
        case "memory":
            yield MemoryBus()
        case "nats":
            async with (
                running_nats(tmp_path) as (server,),
                open_nats(server.url, name="test", wait=0) as opened,
            ):
                yield opened
        case name:
            raise AssertionError(name)


async def until(there: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not there():  # noqa: ASYNC110 - what has arrived is known by looking
            await asyncio.sleep(0.001)


async def settled(bus: Bus) -> None:
    """Return when what was published before has arrived, as far as it ever will."""
    over = asyncio.Event()
    stop = bus.subscribe("settled", lambda _payload, _origin: over.set())
    bus.publish("settled", b"")
    await asyncio.wait_for(over.wait(), 5)
    stop()


def collect(bus: Bus, subject: str) -> tuple[Arrived, Callable[[], None]]:
    arrived: Arrived = []
    return arrived, bus.subscribe(subject, lambda payload, origin: arrived.append((payload, origin)))


async def test_every_subscriber_of_a_subject_gets_every_message_with_its_origin(bus: Bus) -> None:
    one, _ = collect(bus, "a.1")
    two, _ = collect(bus, "a.1")
    bus.publish("a.1", b"hello", origin="socket-7")
    bus.publish("a.1", b"")
    await until(lambda: len(one) == len(two) == 2)
    assert one == two == [(b"hello", "socket-7"), (b"", "")]


async def test_only_exactly_this_subject_is_heard(bus: Bus) -> None:
    here, _ = collect(bus, "deliver.1.2")
    for other in ("deliver.1", "deliver.1.2.3", "deliver.1.20", "deliver.2", "DELIVER.1.2"):
        bus.publish(other, b"no")
    bus.publish("deliver.1.2", b"yes")
    await until(lambda: bool(here))
    await settled(bus)
    assert here == [(b"yes", "")]


@pytest.mark.parametrize(
    "subject",
    ["", ".", "a.", ".a", "a..b", "*", "a.*", "a.>", "a b", "a\tb", "a\r\nPUB a 1\r\nx", "a\0b", "é", "客"],
)
async def test_what_is_no_subject_is_refused_and_changes_nothing(bus: Bus, subject: str) -> None:
    arrived, _ = collect(bus, "a")
    with pytest.raises(ValueError, match="subject"):
        bus.publish(subject, b"no")
    with pytest.raises(ValueError, match="subject"):
        bus.subscribe(subject, lambda _payload, _origin: None)
    bus.publish("a", b"yes")
    await until(lambda: bool(arrived))
    assert arrived == [(b"yes", "")]


async def test_the_own_process_has_heard_before_publish_returns(bus: Bus) -> None:
    arrived, _ = collect(bus, "a")
    bus.publish("a", b"1", origin="socket-7")
    assert arrived == [(b"1", "socket-7")]
    await bus.subscribed()
    await settled(bus)
    assert len(arrived) == 1


async def test_any_bytes_of_any_reasonable_size_arrive_as_they_are(bus: Bus) -> None:
    arrived, _ = collect(bus, "a")
    payloads = [b"", bytes(range(256)), b"\r\nMSG a 1 1\r\n", bytes(500_000)]
    for payload in payloads:
        bus.publish("a", payload, origin="客" * 85)
    await until(lambda: len(arrived) == len(payloads))
    assert arrived == [(payload, "客" * 85) for payload in payloads]


async def test_nothing_is_told_of_losses_while_there_are_none(bus: Bus) -> None:
    told: list[None] = []
    stop = bus.on_loss(lambda: told.append(None))
    bus.publish("a", b"1")
    await bus.subscribed()
    await settled(bus)
    stop()
    stop()
    assert not told


async def test_messages_of_one_publisher_on_one_subject_arrive_in_order(bus: Bus) -> None:
    arrived, _ = collect(bus, "a")
    sent = [str(number).encode() for number in range(2_000)]
    for payload in sent:
        bus.publish("a", payload)
    await until(lambda: len(arrived) == len(sent))
    assert [payload for payload, _ in arrived] == sent


async def test_what_a_handler_publishes_comes_after_what_was_published_before(bus: Bus) -> None:
    arrived: list[bytes] = []

    def echo(payload: bytes, _origin: str) -> None:
        arrived.append(payload)
        if payload.startswith(b"ask"):
            bus.publish("a", b"answer" + payload[3:])

    bus.subscribe("a", echo)
    for number in range(3):
        bus.publish("a", b"ask%d" % number)
    await until(lambda: len(arrived) == 6)
    assert [payload for payload in arrived if payload.startswith(b"answer")] == [
        b"answer0",
        b"answer1",
        b"answer2",
    ]
    assert all(arrived.index(b"ask%d" % n) < arrived.index(b"answer%d" % n) for n in range(3))


async def test_a_handler_is_never_called_again_while_it_runs(bus: Bus) -> None:
    depth, deepest, calls = 0, 0, 0

    def nested(payload: bytes, _origin: str) -> None:
        nonlocal depth, deepest, calls
        depth, calls = depth + 1, calls + 1
        deepest = max(deepest, depth)
        if payload:
            bus.publish("a", payload[1:])
        depth -= 1

    bus.subscribe("a", nested)
    bus.publish("a", b"......")
    await until(lambda: calls == 7)
    assert deepest == 1


async def test_a_handler_that_fails_harms_neither_the_publisher_nor_the_others(bus: Bus) -> None:
    def fail(_payload: bytes, _origin: str) -> None:
        raise RuntimeError("handler")

    before, _ = collect(bus, "a")
    bus.subscribe("a", fail)
    after, _ = collect(bus, "a")
    for number in range(3):
        bus.publish("a", b"%d" % number)
    await until(lambda: len(before) == len(after) == 3)


async def test_a_stopped_handler_hears_nothing_more_and_a_second_stop_does_nothing(bus: Bus) -> None:
    stopped, stop = collect(bus, "a")
    stays, _ = collect(bus, "a")
    bus.publish("a", b"1")
    await until(lambda: len(stopped) == len(stays) == 1)
    stop()
    stop()
    bus.publish("a", b"2")
    await until(lambda: len(stays) == 2)
    assert stopped == [(b"1", "")]


async def test_a_handler_stopped_by_another_during_a_delivery_is_not_called_for_it(bus: Bus) -> None:
    heard: list[str] = []
    stops: list[Callable[[], None]] = []

    def first(_payload: bytes, _origin: str) -> None:
        heard.append("first")
        for stop in stops:
            stop()

    stops.append(bus.subscribe("a", first))
    stops.append(bus.subscribe("a", lambda _payload, _origin: heard.append("second")))
    stays, _ = collect(bus, "a")
    bus.publish("a", b"1")
    bus.publish("a", b"2")
    await until(lambda: len(stays) == 2)
    assert heard == ["first"]


async def test_one_function_subscribed_twice_is_two_subscriptions(bus: Bus) -> None:
    arrived: Arrived = []

    def remember(payload: bytes, origin: str) -> None:
        arrived.append((payload, origin))

    stop = bus.subscribe("a", remember)
    bus.subscribe("a", remember)
    bus.publish("a", b"1")
    await until(lambda: len(arrived) == 2)
    stop()
    bus.publish("a", b"2")
    await until(lambda: len(arrived) == 3)
    await settled(bus)
    assert len(arrived) == 3


async def test_a_handler_that_subscribes_during_a_delivery_hears_from_the_next_message_on(bus: Bus) -> None:
    late: Arrived = []
    begun: list[Callable[[], None]] = []

    def begin(_payload: bytes, _origin: str) -> None:
        if not begun:
            begun.append(bus.subscribe("a", lambda payload, origin: late.append((payload, origin))))

    bus.subscribe("a", begin)
    bus.publish("a", b"1")
    await until(lambda: bool(begun))
    await settled(bus)
    bus.publish("a", b"2")
    await until(lambda: bool(late))
    assert late == [(b"2", "")]


class Moved(Struct, frozen=True):
    organization_id: int
    name: str


async def test_a_topic_brings_events_and_drops_what_is_none(bus: Bus) -> None:
    topic = Topic("event.test.moved", Moved)
    heard: list[Moved] = []
    stop = topic.subscribe(bus, heard.append)
    bus.publish(topic.subject, b'{"organization_id": "no number"}')
    topic.publish(bus, Moved(1 << 62, "月饼 🥮"))
    await until(lambda: bool(heard))
    stop()
    topic.publish(bus, Moved(2, "late"))
    await settled(bus)
    assert heard == [Moved(1 << 62, "月饼 🥮")]
