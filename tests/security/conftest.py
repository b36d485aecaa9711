"""One furnished server for the tests of a module."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
import structlog

from tests.security.world import World, world


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def made(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[World]:
    # As the product logs: without the variables of every frame of a traceback, which only the default prints.
    processors = [structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    structlog.configure(processors=processors)
    async with world(tmp_path_factory.mktemp("world") / "data") as found:
        yield found
    structlog.reset_defaults()
