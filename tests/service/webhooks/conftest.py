"""Two receivers on loopback, and a world whose webhooks may reach both."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.platform import Platform
from tests.kit.receiver import Receiver, receiver
from tests.service.webhooks.world import World, world_of


@pytest.fixture
async def shop() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


@pytest.fixture
async def other() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


@pytest.fixture
def patience() -> float:
    """Seconds that an attempt may take."""
    return 5.0


@pytest.fixture
async def world(
    *,
    platform: Platform,
    clock: ManualClock,
    organization: int,
    shop: Receiver,
    other: Receiver,
    patience: float,
) -> AsyncIterator[World]:
    async with world_of(platform, clock, organization, shop, other, patience=patience) as made:
        yield made
