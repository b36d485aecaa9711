"""How a channel's chat stands in a page: what may be set, and what the loader is told of it."""

import json
from collections.abc import AsyncIterator

import pytest

from frontdesk.channels import (
    ChannelChanges,
    LoaderLook,
    Trigger,
    Widget,
    link_of,
    loader_look,
    snippet_of,
    update_channel,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import Platform
from frontdesk.settings import LocalizedText
from tests.service.bot_shop import Shop, open_shop


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    yield opened
    await opened.tasks.stop()


async def dress(shop: Shop, widget: Widget) -> None:
    await update_channel(shop.platform, shop.admin, shop.channel.id, ChannelChanges(widget=widget))


async def told(shop: Shop) -> dict[str, object]:
    statement = (await loader_look(shop.platform, "shop-web")).statement.decode()
    begin, end = "document.currentScript.look=", ";\n"
    assert statement.startswith(begin)
    assert statement.endswith(end)
    return json.loads(statement[len(begin) : -len(end)])


async def test_the_loader_is_told_of_a_change_at_once(shop: Shop) -> None:
    assert (await told(shop))["position"] == "right"
    widget = Widget(
        position="left",
        bottom=80,
        icon="https://shop.example/icon.svg",
        words=LocalizedText("帮助", " Help "),
        bubble=LocalizedText("您好 </script>", "Hello"),
        theme="dark",
        language="en",
    )
    await dress(shop, widget)
    assert await told(shop) == {
        "channel": "shop-web",
        "color": "#b3402a",
        "position": "left",
        "bottom": 80,
        "icon": "https://shop.example/icon.svg",
        "theme": "dark",
        "language": "en",
        "zh-CN": {"text": "帮助", "greeting": "您好 </script>"},
        "en": {"text": "Help", "greeting": "Hello"},
    }
    _visitor, session = await shop.come()
    assert session.channel.theme == "dark"


async def test_the_loader_is_told_of_triggers_where_there_are_some(shop: Shop) -> None:
    assert "triggers" not in await told(shop)
    assert not (await loader_look(shop.platform, "shop-web")).speaks
    says = LocalizedText("需要帮忙吗？", " Can we  help? ")
    await dress(shop, Widget(triggers=(Trigger(says=says, page=" /pricing ", seconds=20),), a_day=2))
    look = await told(shop)
    assert (await loader_look(shop.platform, "shop-web")).speaks
    assert look["a_day"] == 2
    assert look["triggers"] == [
        {
            "act": "say",
            "page": "/pricing",
            "referrer": "",
            "seconds": 20,
            "scroll": 0,
            "returning": False,
            "zh-CN": "需要帮忙吗？",
            "en": "Can we help?",
        }
    ]


@pytest.mark.parametrize(
    "code", ["", "no-such-channel", "x" * 500, "shop-web\x00", "SHOP-WEB", "\ud800", "a/../b"]
)
async def test_the_loader_is_told_nothing_of_a_channel_that_is_not_there(shop: Shop, code: str) -> None:
    assert await loader_look(shop.platform, code) == LoaderLook()


async def test_a_disabled_channel_looks_like_none(shop: Shop) -> None:
    await update_channel(shop.platform, shop.admin, shop.channel.id, ChannelChanges(enabled=False))
    assert await loader_look(shop.platform, shop.channel.code) == LoaderLook()


@pytest.mark.parametrize(
    "widget",
    [
        Widget(icon="javascript:alert(1)"),
        Widget(icon="http://shop.example/icon.svg"),
        Widget(icon="https://"),
        Widget(icon="https://shop.example/a b"),
        Widget(words=LocalizedText(en="x" * 41)),
        Widget(bubble=LocalizedText(zh_cn="好" * 201)),
        Widget(bottom=401),
        Widget(bottom=-1),
        Widget(triggers=(Trigger(says=LocalizedText(en="At any time?")),)),
        Widget(triggers=(Trigger(seconds=5),)),
        Widget(triggers=(Trigger(act="open", page="x" * 201),)),
    ],
)
async def test_what_no_page_could_show_is_refused(shop: Shop, widget: Widget) -> None:
    with pytest.raises(FrontdeskError):
        await dress(shop, widget)


async def test_the_snippet_asks_for_the_look_of_its_channel(shop: Shop) -> None:
    snippet = snippet_of(shop.channel, address="https://desk.example.com")
    assert snippet == (
        '<script async src="https://desk.example.com/widget.js?channel=shop-web" data-channel="shop-web"></script>'
    )


async def test_the_link_leads_to_the_chat_and_its_picture_says_the_same(shop: Shop) -> None:
    link = await link_of(shop.platform, shop.admin, shop.channel.id, address="https://desk.example")
    assert link.address == "https://desk.example/widget/chat.html?channel=shop-web"
    other = await link_of(shop.platform, shop.admin, shop.channel.id, address="https://other.example")
    assert link.picture.startswith("data:image/svg+xml")
    assert link.picture != other.picture
    with pytest.raises(FrontdeskError) as refused:
        await link_of(shop.platform, shop.admin, shop.channel.id + 1, address="https://desk.example")
    assert refused.value.kind is ErrorKind.NOT_FOUND
