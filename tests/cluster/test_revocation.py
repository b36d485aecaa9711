"""What has ended is refused by every process within a second, and its sockets are closed within two, whatever the bus does."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest

from frontdesk.app.engines import open_platform
from frontdesk.core.ids import new_code
from tests.cluster.cluster import Cluster, Node
from tests.cluster.test_two_nodes import closed_within
from tests.kit.nats import NatsServer, running_nats
from tests.kit.postgres import PostgresServer
from tests.kit.realtime import RealtimeClient, realtime
from tests.scenarios.desk import Desk, Entry, Person
from tests.scenarios.shop import PASSWORD, open_shop

pytestmark = pytest.mark.xdist_group("cluster-revocation")

REFUSED_S: Final = 1.0
CLOSED_S: Final = 2.0
BUS_AWAY_S: Final = 3.0  # for both: a look each second, and the time that it takes on a busy machine

Deed = Callable[[Desk, Person, Person], Awaitable[object]]


@pytest.fixture(scope="module")
def shape() -> Sequence[str]:
    return ("access,api", "access,api")


@dataclass
class Pair:
    """Two processes, and the NATS server between them."""

    cluster: Cluster
    nats: NatsServer
    desk: Desk


@pytest.fixture
async def pair(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Pair]:
    name = postgres.create(postgres.template())
    async with running_nats(tmp_path) as (nats,), httpx.AsyncClient(timeout=20, trust_env=False) as http:
        cluster = Cluster(tmp_path, postgres.url(name), nats.url)
        try:
            await asyncio.to_thread(cluster.start, "access,api", "access,api")
            slug = f"shop-{new_code()}"
            async with open_platform(cluster.config) as platform:
                await open_shop(platform, slug)
            urls = cluster.urls("api")
            # Whatever is done is done at the first one; the second one has to hear of it.
            yield Pair(cluster, nats, Desk(Entry(http, urls[:1], urls[:1]), slug))
        finally:
            cluster.end()
    postgres.drop(name)


async def refused(node: Node, token: str, *, path: str = "/v1/me", status: int = 401) -> float:
    """How long this process goes on answering, in seconds."""
    begun = time.monotonic()
    async with httpx.AsyncClient(base_url=node.url, trust_env=False, timeout=20) as http:
        while True:
            asked = time.monotonic()
            answer = await http.get(path, headers={"authorization": f"Bearer {token}"})
            if answer.status_code == status:
                return asked - begun
            assert answer.status_code == 200, answer.text
            assert asked - begun < 30, "it goes on for ever"
            await asyncio.sleep(0.02)


async def sockets_of(stack: AsyncExitStack, nodes: Sequence[Node], token: str) -> list[RealtimeClient]:
    return [
        await stack.enter_async_context(realtime(node.url, token, device=new_code()))
        for node in nodes
        for _turn in range(2)
    ]


async def is_over(
    nodes: Sequence[Node], sockets: Sequence[RealtimeClient], token: str, *, within: float, closed: float
) -> None:
    """Every one of these processes refuses the token in time, and every socket is closed in time."""
    codes, slowest = await asyncio.gather(
        asyncio.gather(*(closed_within(socket, closed) for socket in sockets)),
        asyncio.gather(*(refused(node, token) for node in nodes)),
    )
    assert set(codes) == {4401}
    assert max(slowest) < within, slowest


async def sign_out(_desk: Desk, _admin: Person, mei: Person) -> None:
    await mei.call("POST", "/v1/auth/sign-out", {})


async def change_password(desk: Desk, _admin: Person, _mei: Person) -> None:
    elsewhere = await desk.agent("mei")
    await elsewhere.call("POST", "/v1/auth/password", {"old": PASSWORD, "new": "another-long-password"})
    await elsewhere.call("GET", "/v1/me")


async def reset_password(_desk: Desk, admin: Person, mei: Person) -> None:
    body = {"password": "another-long-password"}
    await admin.call("POST", f"/v1/agents/{mei.facts['agent_id']}/password", body)


async def deactivate(_desk: Desk, admin: Person, mei: Person) -> None:
    await admin.call("PATCH", f"/v1/agents/{mei.facts['agent_id']}", {"enabled": False})


async def sign_out_everywhere_else(desk: Desk, _admin: Person, _mei: Person) -> None:
    elsewhere = await desk.agent("mei")
    await elsewhere.call("DELETE", "/v1/me/sessions")
    await elsewhere.call("GET", "/v1/me")


async def be_signed_out_everywhere(_desk: Desk, admin: Person, mei: Person) -> None:
    await admin.call("DELETE", f"/v1/agents/{mei.facts['agent_id']}/sessions")


DEEDS: Final[Sequence[Deed]] = (
    sign_out,
    change_password,
    reset_password,
    deactivate,
    sign_out_everywhere_else,
    be_signed_out_everywhere,
)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
async def test_what_ends_a_session_is_known_to_every_process_in_time(
    desk: Desk, cluster: Cluster, deed: Deed
) -> None:
    admin, mei = await desk.agent("admin"), await desk.agent("mei")
    nodes = cluster.of("api")
    async with AsyncExitStack() as stack:
        sockets = await sockets_of(stack, nodes, mei.token)
        await deed(desk, admin, mei)
        await is_over(nodes, sockets, mei.token, within=REFUSED_S, closed=CLOSED_S)


async def test_a_role_that_allows_less_counts_in_every_process_in_time_and_signs_nobody_out(
    desk: Desk, cluster: Cluster
) -> None:
    admin = await desk.agent("admin")
    agents = await admin.call("GET", "/v1/agents")
    path = next(f"/v1/agents/{one['id']}" for one in agents["items"] if one["username"] == "omar")
    await admin.call("PATCH", path, {"role": "administrator"})
    omar, nodes = await desk.agent("omar"), cluster.of("api")
    async with AsyncExitStack() as stack:
        sockets = await sockets_of(stack, nodes, omar.token)
        await admin.call("PATCH", path, {"role": "agent"})
        codes, slowest = await asyncio.gather(
            asyncio.gather(*(closed_within(socket, CLOSED_S) for socket in sockets)),
            asyncio.gather(
                *(refused(node, omar.token, path="/v1/oauth/clients", status=403) for node in nodes)
            ),
        )
        assert set(codes) == {4401}
        assert max(slowest) < REFUSED_S, slowest
        await omar.call("GET", "/v1/me")
        await sockets_of(stack, nodes, omar.token)


@pytest.mark.parametrize("loss", ["killed", "stalled"])
@pytest.mark.timeout(180)
async def test_a_bus_that_is_away_delays_it_by_a_look_at_the_database(pair: Pair, loss: str) -> None:
    admin, mei = await pair.desk.agent("admin"), await pair.desk.agent("mei")
    await admin.call("PATCH", f"/v1/agents/{mei.facts['agent_id']}", {"role": "administrator"})
    nodes = pair.cluster.of("api")
    async with AsyncExitStack() as stack:
        sockets = await sockets_of(stack, nodes, mei.token)
        if loss == "killed":
            await pair.nats.kill()
        else:
            pair.nats.pause()
        try:
            await admin.call("PATCH", f"/v1/agents/{mei.facts['agent_id']}", {"role": "agent"})
            codes, slowest = await asyncio.gather(
                asyncio.gather(*(closed_within(socket, BUS_AWAY_S) for socket in sockets)),
                asyncio.gather(
                    *(refused(node, mei.token, path="/v1/oauth/clients", status=403) for node in nodes)
                ),
            )
            assert set(codes) == {4401}
            assert max(slowest) < BUS_AWAY_S, slowest
            sockets = await sockets_of(stack, nodes, mei.token)
            await deactivate(pair.desk, admin, mei)
            await is_over(nodes, sockets, mei.token, within=BUS_AWAY_S, closed=BUS_AWAY_S)
        finally:
            if loss == "stalled":
                pair.nats.resume()


@pytest.mark.parametrize("slept", [0.5, 6.0], ids=["a moment", "until it was declared over"])
@pytest.mark.timeout(180)
async def test_a_process_that_slept_knows_in_time_once_it_is_awake(pair: Pair, slept: float) -> None:
    admin, mei = await pair.desk.agent("admin"), await pair.desk.agent("mei")
    _awake, asleep = pair.cluster.of("api")
    async with AsyncExitStack() as stack:
        sockets = await sockets_of(stack, [asleep], mei.token)
        asleep.pause()
        await deactivate(pair.desk, admin, mei)
        await asyncio.sleep(slept)
        asleep.resume()
        await is_over([asleep], sockets, mei.token, within=REFUSED_S, closed=CLOSED_S)


@pytest.mark.timeout(180)
async def test_a_process_that_slept_and_was_started_again_never_honours_it(pair: Pair) -> None:
    admin, mei = await pair.desk.agent("admin"), await pair.desk.agent("mei")
    _awake, asleep = pair.cluster.of("api")
    asleep.pause()
    await deactivate(pair.desk, admin, mei)
    asleep.kill()
    (again,) = await asyncio.to_thread(pair.cluster.start, "access,api", port=asleep.port)
    async with httpx.AsyncClient(base_url=again.url, trust_env=False) as http:
        answer = await http.get("/v1/me", headers={"authorization": f"Bearer {mei.token}"})
    assert answer.status_code == 401
