"""What stands behind the proxies of these tests: a Frontdesk process of its own, with people in it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.world import World, config_for, make_world
from frontdesk.app.engines import open_platform
from frontdesk.app.first_steps import set_up_organization
from tests.kit.server import Server, running_server

PASSWORD = "a lantern in the rain"
SLUG = "acme"


@dataclass(frozen=True)
class Shop:
    """A server, the people in it, and the folder of its data."""

    server: Server
    world: World
    data: Path


async def fill(data: Path) -> World:
    """One agent with one visitor, and an organization that its administrator can sign in to."""
    world = await make_world(config_for(data), agents=1, conversations=1)
    async with open_platform(config_for(data)) as platform:
        await set_up_organization(platform, SLUG, "Acme", "admin", PASSWORD)
    return world


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    data = tmp_path / "data"
    world = await fill(data)
    environment = {"FRONTDESK_LISTEN__TRUSTED_PROXIES": "127.0.0.1"}
    async with running_server(data, environment=environment) as server:
        yield Shop(server, world, data)
