from collections.abc import AsyncIterator

import pytest

from frontdesk.platform import Platform
from tests.service.previews.site import Site, site_of


@pytest.fixture
async def site(platform: Platform, organization: int) -> AsyncIterator[Site]:
    async with site_of(platform, organization) as made:
        yield made
