"""A push service on loopback, and a desk that may reach it."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.platform import Platform
from tests.kit.receiver import Receiver, Reply, receiver
from tests.service.push.world import World


async def _created(_: object) -> Reply:
    return Reply(201)


@pytest.fixture
async def service() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        made.answering = _created
        yield made


@pytest.fixture
async def world(
    platform: Platform, clock: ManualClock, organization: int, service: Receiver
) -> AsyncIterator[World]:
    made = World(platform, organization, clock, service)
    await made.office.start()
    yield made
    await made.office.halt()
