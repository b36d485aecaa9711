"""Fixtures that every test may use: a real platform on the embedded engines, and an organization in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from frontdesk.app.engines import open_platform
from frontdesk.auth import create_organization
from frontdesk.core.clock import ManualClock
from frontdesk.platform import Platform
from frontdesk.platform.config import Config, Storage


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def platform(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Platform]:
    async with open_platform(Config(storage=Storage(path=tmp_path / "data")), clock) as opened:
        yield opened


@pytest.fixture
async def organization(platform: Platform) -> int:
    return (await create_organization(platform, "lantern", "Lantern Shop")).id


@pytest.fixture
async def other_organization(platform: Platform) -> int:
    return (await create_organization(platform, "paper-crane", "Paper Crane")).id
