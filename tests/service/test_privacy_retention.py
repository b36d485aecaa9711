"""Channels forget: what was closed long enough ago is erased by itself, in small batches, once."""

import re
from collections.abc import AsyncIterator

import pytest

from frontdesk.audit import Action, Filter, find_in
from frontdesk.channels import NewChannel, create_channel
from frontdesk.contacts import get_contact
from frontdesk.conversations import EntryKind
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.media import load_address_key
from frontdesk.platform import Platform
from frontdesk.privacy import Eraser, Outlook, get_retention, set_retention
from frontdesk.privacy import eraser as erasing
from tests.service.bot_shop import Shop, open_shop
from tests.service.privacy_world import Canaries, a_life, raw_files, raw_rows
from tests.service.staff_people import add_agent, subject_of

DAY_S = 86_400
OF_FIRST = re.compile(r"(said|note|name|file|id) 0")
OF_SECOND = re.compile(r"(said|note|name|file|id) 1")


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    await load_address_key(platform)
    opened = await open_shop(platform, organization, greeting="")
    yield opened
    await opened.log.drain()
    await opened.tasks.stop()


async def test_what_was_closed_long_ago_goes_and_the_rest_stays(
    shop: Shop, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "BATCH", 2)
    platform, channel = shop.platform, shop.channel.id
    canaries = Canaries()
    person = await a_life(shop, canaries)
    closed, still_open = person.conversations
    closed_at = (await shop.header(closed)).closed_at
    assert await get_retention(platform, shop.admin, channel) == Outlook(None, 0, None)
    assert await set_retention(platform, shop.admin, channel, 30) == Outlook(30, 0, None)
    clock.advance(seconds=29 * DAY_S)
    assert await Eraser(platform).sweep() == 0
    clock.advance(seconds=2 * DAY_S)
    assert await get_retention(platform, shop.admin, channel) == Outlook(30, 1, closed_at)
    assert await Eraser(platform).sweep() == 1
    assert await get_retention(platform, shop.admin, channel) == Outlook(30, 0, None)
    assert (await shop.kinds(closed))[-1] is EntryKind.ERASED
    assert EntryKind.ERASED not in await shop.kinds(still_open)
    sent = raw_files(platform.config.storage.path, database=False)
    left = canaries.found_in(await raw_rows(platform) + sent)
    of_the_closed_one = {place for place in canaries.planted if OF_FIRST.search(place)} | {
        "rating",
        "wrap-up",
    }
    assert left & of_the_closed_one == set()
    assert {place for place in canaries.planted if OF_SECOND.search(place)} <= left
    assert (await get_contact(platform, shop.admin, person.contact_id)).name == canaries.planted["name"]
    assert await Eraser(platform).sweep() == 0


async def test_without_a_time_and_on_other_channels_everything_is_kept(
    shop: Shop, clock: ManualClock
) -> None:
    other = await create_channel(shop.platform, shop.admin, NewChannel(name="Shop", code="other"))
    person = await a_life(shop, Canaries())
    await set_retention(shop.platform, shop.admin, other.id, 1)
    await set_retention(shop.platform, shop.admin, shop.channel.id, 1)
    await set_retention(shop.platform, shop.admin, shop.channel.id, None)
    clock.advance(seconds=4_000 * DAY_S)
    assert await Eraser(shop.platform).sweep() == 0
    assert EntryKind.ERASED not in await shop.kinds(person.conversations[0])


async def test_a_change_is_audited_once_and_needs_both_permissions(
    shop: Shop, other_organization: int
) -> None:
    platform, organization, channel = shop.platform, shop.admin.organization_id, shop.channel.id
    for _ in range(2):
        await set_retention(platform, shop.admin, channel, 90)
    wanted = Filter(action=Action.RETENTION_CHANGED)
    entries = await platform.database.read(
        organization, lambda reader: find_in(reader, organization, wanted, before=1 << 62, limit=9)
    )
    assert [(e.target_id, e.facts) for e in entries] == [(channel, {"days": 90})]
    lena = subject_of(await add_agent(platform, organization, "lena", Role.LEADER))
    oda = subject_of(await add_agent(platform, other_organization, "oda", Role.ADMINISTRATOR))
    for who, days, kind in (
        (lena, 30, ErrorKind.FORBIDDEN),
        (oda, 30, ErrorKind.NOT_FOUND),
        (shop.admin, 0, ErrorKind.INVALID),
        (shop.admin, 3_651, ErrorKind.INVALID),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await set_retention(platform, who, channel, days)
        assert caught.value.kind is kind
