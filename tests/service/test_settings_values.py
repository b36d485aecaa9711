"""Settings: limits, defaults, and changes that count at once everywhere."""

import asyncio
import dataclasses

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import Platform
from frontdesk.platform.bus.memory import MemoryBus
from frontdesk.settings import (
    DEFAULTS,
    SETTINGS_CHANGED,
    LocalizedPhrases,
    Settings,
    SettingsChanged,
    change,
    get,
    list_wrap_up_categories,
    replace_wrap_up_categories,
    view,
)
from tests.service.staff_people import add_agent, administrator, subject_of, visitor


def other_process(platform: Platform) -> Platform:
    """A second process on the same database, which hears of the first one's changes."""
    bus = MemoryBus()
    SETTINGS_CHANGED.subscribe(platform.bus, lambda event: SETTINGS_CHANGED.publish(bus, event))
    return dataclasses.replace(platform, bus=bus)


async def test_defaults_hold_when_nothing_was_changed(platform: Platform, organization: int) -> None:
    assert await get(platform, organization) == Settings() == DEFAULTS


async def test_a_change_counts_at_once_here_and_in_another_process(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    other = other_process(platform)
    assert (await get(other, organization)).silence_close_s == 900
    await get(platform, organization)
    shown = await change(platform, admin, {"silence_close_s": 60, "rating_levels": 3})
    for process in (platform, other):
        assert await get(process, organization) == shown.settings
    assert (shown.settings.silence_close_s, shown.settings.rating_levels) == (60, 3)
    assert shown.defaults == DEFAULTS


async def test_a_change_whose_news_was_lost_counts_within_a_minute(
    platform: Platform, organization: int, clock: ManualClock
) -> None:
    admin = await administrator(platform, organization)
    deaf = dataclasses.replace(platform, bus=MemoryBus())
    await get(deaf, organization)
    await change(platform, admin, {"silence_close_s": 60})
    clock.advance(seconds=61)
    assert (await get(deaf, organization)).silence_close_s == 60


async def test_what_was_read_during_a_change_is_not_kept(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    for value in range(1, 40):
        await asyncio.gather(get(platform, organization), change(platform, admin, {"silence_close_s": value}))
        assert (await get(platform, organization)).silence_close_s == value


async def test_null_puts_a_setting_back_to_its_default(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    await change(platform, admin, {"silence_close_s": 60, "recall_window_s": 5})
    shown = await change(platform, admin, {"silence_close_s": None, "recall_window_s": 120})
    assert shown.settings == DEFAULTS
    stored = await platform.database.read(
        organization, lambda reader: reader.fetch("select name from organization_setting")
    )
    assert list(stored) == []


async def test_the_other_language_stays_when_one_is_changed(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    patch = {"auto_reply_text": {"en": "Hold on."}, "break_reasons": {"zh-CN": ["体检"]}}
    shown = (await change(platform, admin, patch)).settings
    assert shown.auto_reply_text.of("en") == "Hold on."
    assert shown.auto_reply_text.of("zh-CN") == DEFAULTS.auto_reply_text.of("zh-CN")
    assert shown.break_reasons == LocalizedPhrases(zh_cn=("体检",), en=DEFAULTS.break_reasons.en)
    assert await get(platform, organization) == shown


@pytest.mark.parametrize(
    "patch",
    [
        {"silence_close_s": -1},
        {"silence_close_s": "soon"},
        {"silence_close_s": 1.5},
        {"silence_close_s": True},
        {"rating_levels": 6},
        {"rating_levels": 1},
        {"max_waiting": 10_001},
        {"agent_grace_s": 601},
        {"auto_reply_text": "Hold on."},
        {"auto_reply_text": {"fr": "Attendez."}},
        {"auto_reply_text": {"en": "x" * 501}},
        {"break_reasons": {"en": [""]}},
        {"break_reasons": {"en": ["x"] * 101}},
        {"nonsense": 1},
        {"silence_close_s": 60, "nonsense": 1},
    ],
)
async def test_nothing_is_changed_when_one_value_is_wrong(
    platform: Platform, organization: int, patch: dict[str, object]
) -> None:
    admin = await administrator(platform, organization)
    with pytest.raises(FrontdeskError) as caught:
        await change(platform, admin, {"recall_window_s": 7, **patch})
    assert caught.value.kind is ErrorKind.INVALID
    assert next(iter(patch)) in caught.value.message or "nonsense" in caught.value.message
    assert await get(platform, organization) == DEFAULTS


async def test_a_stored_value_that_no_longer_fits_counts_as_unchanged(
    platform: Platform, organization: int
) -> None:
    await platform.database.write(
        organization,
        lambda tx: tx.execute(
            "insert into organization_setting (organization_id, name, value, changed_at, changed_by)"
            " values ($1, $2, $3, $4, $5)",
            organization,
            "rating_levels",
            "99",
            0,
            0,
        ),
    )
    assert await get(platform, organization) == DEFAULTS


async def test_nothing_crosses_to_another_organization(
    platform: Platform, organization: int, other_organization: int
) -> None:
    admin = await administrator(platform, organization)
    await change(platform, admin, {"silence_close_s": 60})
    await replace_wrap_up_categories(platform, admin, ["Orders/Refund"])
    stranger = await administrator(platform, other_organization)
    assert await get(platform, other_organization) == DEFAULTS
    assert await list_wrap_up_categories(platform, stranger) == []


async def test_agents_read_and_do_not_change_and_visitors_do_neither(
    platform: Platform, organization: int
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    assert (await view(platform, lin)).settings == DEFAULTS
    assert await list_wrap_up_categories(platform, lin) == []
    somebody = visitor(organization, 5)
    for attempt in (
        change(platform, lin, {"silence_close_s": 60}),
        replace_wrap_up_categories(platform, lin, []),
        view(platform, somebody),
        list_wrap_up_categories(platform, somebody),
        change(platform, somebody, {"silence_close_s": 60}),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.FORBIDDEN


async def test_categories_keep_their_order_and_are_cleaned(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    told: list[SettingsChanged] = []
    SETTINGS_CHANGED.subscribe(platform.bus, told.append)
    await replace_wrap_up_categories(platform, admin, ["Z", "Orders / Refund", "A"])
    assert await list_wrap_up_categories(platform, admin) == ["Z", "Orders/Refund", "A"]
    assert told == [SettingsChanged(organization, "wrap-up")]


@pytest.mark.parametrize(
    "paths", [["A", "A"], ["A/ "], [""], ["x" * 51], ["a/" * 120 + "a"], [str(n) for n in range(301)]]
)
async def test_categories_are_refused_when_one_is_wrong(
    platform: Platform, organization: int, paths: list[str]
) -> None:
    admin = await administrator(platform, organization)
    await replace_wrap_up_categories(platform, admin, ["Orders"])
    with pytest.raises(FrontdeskError) as caught:
        await replace_wrap_up_categories(platform, admin, paths)
    assert caught.value.kind is ErrorKind.INVALID
    assert await list_wrap_up_categories(platform, admin) == ["Orders"]
