"""A cluster for each module, and a shop of its own for each test."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence

import httpx
import pytest

from frontdesk.app.engines import open_platform
from frontdesk.core.ids import new_code
from tests.cluster.cluster import SHAPE, Cluster, running_cluster
from tests.kit.postgres import PostgresServer
from tests.scenarios.desk import Desk, Entry
from tests.scenarios.shop import open_shop


@pytest.fixture(scope="module")
def shape() -> Sequence[str]:
    """The processes of the module's cluster."""
    return SHAPE


@pytest.fixture(scope="module")
def settings() -> Mapping[str, str]:
    """What the processes of the module's cluster are told besides."""
    return {}


@pytest.fixture(scope="module")
def cluster(
    postgres: PostgresServer,
    tmp_path_factory: pytest.TempPathFactory,
    shape: Sequence[str],
    settings: Mapping[str, str],
) -> Iterator[Cluster]:
    with running_cluster(postgres, tmp_path_factory.mktemp("cluster"), shape, settings) as running:
        yield running


@pytest.fixture
async def desk(cluster: Cluster) -> AsyncGenerator[Desk]:
    slug = f"shop-{new_code()}"
    async with open_platform(cluster.config) as platform:
        await open_shop(platform, slug)
    async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
        yield Desk(Entry(http, cluster.urls("api"), cluster.urls("access")), slug)
