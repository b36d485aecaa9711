"""One demo shop for the scenarios of a worker: a real process, freshly set up."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from tests.kit.server import running_server
from tests.scenarios.desk import Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncGenerator[Desk]:
    async with (
        running_server(tmp_path / "data", "up") as server,
        httpx.AsyncClient(base_url=server.url, timeout=20) as http,
    ):
        yield Desk(server, http)
