"""One shop a scenario, in each of the two shapes: one process with everything in it, and many on PostgreSQL and NATS."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import httpx
import pytest

from frontdesk.app.engines import open_platform
from frontdesk.core.ids import new_code
from frontdesk.platform.config import Config, Storage
from tests.cluster.cluster import Cluster, running_cluster
from tests.kit.postgres import PostgresServer
from tests.kit.server import running_server
from tests.scenarios.desk import Desk, Entry
from tests.scenarios.shop import open_shop


@pytest.fixture(scope="module")
def cluster(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The processes of a module's scenarios."""
    with running_cluster(postgres, tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(params=["one process", "many processes"])
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Desk]:
    slug = f"shop-{new_code()}"
    async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
        if request.param == "many processes":
            many: Cluster = request.getfixturevalue("cluster")
            async with open_platform(many.config) as platform:
                await open_shop(platform, slug)
            yield Desk(Entry(http, many.urls("api"), many.urls("access")), slug)
            return
        folder = tmp_path / "data"
        async with open_platform(Config(storage=Storage(path=folder))) as platform:
            await open_shop(platform, slug)
        async with running_server(folder) as server:
            yield Desk(Entry(http, [server.url], [server.url]), slug)
