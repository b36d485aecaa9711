"""The process that tells webhooks is killed while it tells: another one goes on, and nobody misses anything."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

import pytest
from msgspec import structs
from websockets.exceptions import ConnectionClosed, InvalidStatus

from frontdesk.core.ids import new_code
from frontdesk.platform.config import Webhooks
from tests.chaos.test_webhooks_kill import listen, stored, told
from tests.cluster.cluster import Cluster, Node
from tests.kit.receiver import Heard, Receiver, Reply, receiver
from tests.scenarios.desk import Desk, Person, opened

TALKS = 4
KILLS = 2
BETWEEN = 25
"""How many events each holder tells before it is killed."""


@pytest.fixture(scope="module")
def shape() -> Sequence[str]:
    return "access", "api"


@pytest.fixture
async def shop() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


def reaching(shop: Receiver) -> dict[str, str]:
    """Settings with which a process may tell this receiver."""
    return {
        "FRONTDESK_WEBHOOKS__ALLOW_HTTP": "true",
        "FRONTDESK_WEBHOOKS__PORTS": str(shop.port),
        "FRONTDESK_WEBHOOKS__ALLOW_NETWORKS": "127.0.0.0/8",
    }


def leads(node: Node) -> bool:
    """Whether it says that it has taken the webhooks."""
    return any(
        "leases.leading" in line and "name=webhooks" in line for line in node.log.read_text().splitlines()
    )


async def talk(visitor: Person, conversation: str, over: asyncio.Event) -> list[str]:
    """Say things until it is over, again and elsewhere where a connection ends; returns the ids of what was acked."""
    acked: list[str] = []
    while not over.is_set():
        with suppress(ConnectionClosed, OSError, InvalidStatus):
            async with visitor.online(device=new_code()) as client:
                while not over.is_set():
                    ack = await client.say(conversation, f"m-{len(acked)}", f"message {len(acked)}")
                    acked.append(ack["id"])
                    await asyncio.sleep(0.1)
    return acked


async def until(shop: Receiver, count: int) -> None:
    """Return once so many different events have been taken."""
    async with asyncio.timeout(40):
        while len({heard.id for heard in shop.taken}) < count:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.02)


async def kill_the_holder(workers: list[Node], shop: Receiver) -> None:
    """At a moment at which it waits for an answer of the receiver."""
    (holder,) = [node for node in workers if leads(node)]
    async with asyncio.timeout(10):
        while len(shop.heard) == len(shop.taken):  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.001)
    holder.kill()
    workers.remove(holder)


@pytest.mark.timeout(150)
async def test_the_process_that_tells_is_killed_twice_and_every_event_arrives_in_its_order(
    desk: Desk, cluster: Cluster, shop: Receiver
) -> None:
    dice = random.Random(5)  # noqa: S311 - how slow a receiver is

    async def slow(_: Heard) -> Reply:
        await asyncio.sleep(dice.uniform(0.01, 0.06))
        return Reply()

    shop.answering = slow
    allowed = Webhooks(allow_http=True, ports=str(shop.port), allow_networks="127.0.0.0/8")
    await listen(structs.replace(cluster.config, webhooks=allowed), shop)
    targets = ["worker"] * (KILLS + 1)
    workers = await asyncio.to_thread(cluster.start, *targets, settings=reaching(shop))
    visitors = [await desk.visitor(language="en") for _ in range(TALKS)]
    conversations = [await opened(visitor) for visitor in visitors]
    over = asyncio.Event()
    talks = [
        asyncio.create_task(talk(visitor, conversation, over))
        for visitor, conversation in zip(visitors, conversations, strict=True)
    ]
    for _ in range(KILLS):
        await until(shop, len({heard.id for heard in shop.taken}) + BETWEEN)
        await kill_the_holder(workers, shop)
    await until(shop, len({heard.id for heard in shop.taken}) + BETWEEN)
    over.set()
    acked = dict(zip(conversations, await asyncio.gather(*talks), strict=True))
    wanted = await stored(cluster.config)
    await until(shop, sum(map(len, wanted.values())))
    assert told(shop) == wanted
    for conversation, ids in acked.items():
        assert ids
        assert [identity for identity in wanted[conversation] if identity in set(ids)] == ids
