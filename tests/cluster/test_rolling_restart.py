"""Processes that answer requests are restarted one by one behind the shipped nginx: whoever asks does not notice."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from tests.cluster.cluster import Cluster
from tests.cluster.test_coming_and_going import restart
from tests.kit.nginx import running_nginx
from tests.scenarios.desk import Desk, opened

CLIENTS = 6
PAUSE = 0.08
"""Seconds between two requests of a client: together below what the shipped file allows one address."""

LOOKS_AGAIN = 5.5
"""Seconds after which nginx has asked a process again that was gone: `fail_timeout`, and a little."""


@pytest.fixture(scope="module")
def shape() -> Sequence[str]:
    return "access", "api", "api"


@pytest.mark.timeout(120)
async def test_no_request_fails_while_each_of_two_api_processes_is_drained_and_restarted(
    desk: Desk, cluster: Cluster, tmp_path: Path
) -> None:
    visitor = await desk.visitor()
    conversation = await opened(visitor)
    headers = {"authorization": f"Bearer {visitor.token}"}
    answers: Counter[str] = Counter()
    over = asyncio.Event()

    async def ask(http: httpx.AsyncClient) -> None:
        """Reads and writes in turn, each sent once: nothing is tried again here."""
        body = {"language": "en"}
        while not over.is_set():
            for method, path, json in (
                ("GET", f"/v1/conversations/{conversation}/entries?limit=10", None),
                ("POST", "/v1/visitor/conversations", body),
            ):
                try:
                    answer = await http.request(method, path, json=json)
                except httpx.TransportError as error:
                    answers[f"{method} {type(error).__name__}"] += 1
                else:
                    answers[f"{method} {answer.status_code}"] += 1
                await asyncio.sleep(PAUSE)

    nodes = cluster.of("api")
    (access,) = cluster.of("access")
    async with running_nginx(
        tmp_path / "nginx", access=[access.port], api=[node.port for node in nodes]
    ) as proxy:
        transport = httpx.AsyncHTTPTransport(verify=proxy.certificate.trust)
        async with httpx.AsyncClient(
            transport=transport, base_url=proxy.url, headers=headers, timeout=20
        ) as http:
            asking = [asyncio.create_task(ask(http)) for _ in range(CLIENTS)]
            await asyncio.sleep(1)
            for node in nodes:
                await restart(cluster, node)
                await asyncio.sleep(LOOKS_AGAIN)
            over.set()
            await asyncio.gather(*asking)
        errors = (proxy.folder / "error.log").read_text()[-2_000:]
        served = [line.split('"upstream":"')[1].split('"')[0] for line in proxy.log().splitlines()]
    assert set(answers) <= {"GET 200", "POST 200", "POST 201"}, f"{answers}\n{errors}"
    assert answers.total() > 100, "the load was too small to prove anything"
    assert all(any(str(node.port) in one for one in served) for node in nodes), "both were to be asked"
