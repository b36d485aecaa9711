"""One furnished server for the tests of a module."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
import structlog

from tests.kit.blind import BlindDatabase
from tests.kit.postgres import PostgresServer
from tests.security.world import World, world


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a module stay in one worker, those on each engine for themselves: another would furnish one more."""
    for item in items:
        if isinstance(item, pytest.Function) and "made" in item.fixturenames:
            engine = str(item.callspec.params["made"]).partition(",")[0]
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}-{engine}"))


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=["sqlite", "postgres, blind"])
async def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> AsyncGenerator[World]:
    """On PostgreSQL the statements forget to name the organization: the walls must hold by themselves."""
    blind = request.param != "sqlite"
    url = postgres.url(postgres.create(postgres.template())) if blind else ""
    # As the product logs: without the variables of every frame of a traceback, which only the default prints.
    processors = [structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    structlog.configure(processors=processors)
    async with world(tmp_path_factory.mktemp("world") / "data", url) as found:
        yield found
        if isinstance(found.platform.database, BlindDatabase):
            assert found.platform.database.forgotten > 0
    structlog.reset_defaults()
