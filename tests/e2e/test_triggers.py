"""The button speaks first where the channel says so: by page, time, scroll, origin and return; and never more than it may."""

from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import CHANNEL, Desk, Json
from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, chat_of
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-triggers")

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])
SAYS = {"zh-CN": "需要帮忙吗？", "en": "Can we help?"}
LONG = '<div style="height:4000px">Lanterns</div>'

Setting = Callable[..., None]


@pytest.fixture
def triggers(desk: Desk) -> Generator[Setting]:
    items = desk.call("admin", "GET", "/v1/channels")["items"]
    channel = next(each for each in items if each["code"] == CHANNEL)
    path = f"/v1/channels/{channel['id']}"

    def put(*given: Json, a_day: int = 1) -> None:
        widget = {**channel["widget"], "triggers": [{"says": SAYS, **each} for each in given], "a_day": a_day}
        desk.call("admin", "PATCH", path, {"widget": widget})

    yield put
    desk.call("admin", "PATCH", path, {"widget": channel["widget"]})


def shop(site: Site, server: ServerProcess, path: str = "/", body: str = "") -> str:
    source = f"{server.url}/widget.js?channel={CHANNEL}"
    return site.page(
        f'<title>Shop</title><main><h1>Shop</h1>{body}</main><script async src="{source}" data-channel="{CHANNEL}"></script>',
        path,
    )


def bubble(page: Page) -> Locator:
    return page.get_by_role("button", name=SAYS["en"])


def stays_silent(page: Page, milliseconds: int = 2_500) -> None:
    expect(page.get_by_role("button", name="Chat with us")).to_be_visible()
    page.wait_for_timeout(milliseconds)
    expect(bubble(page)).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_on_a_page_after_a_time(
    triggers: Setting, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    triggers({"page": "/pricing", "seconds": 2})
    page = context.new_page()
    page.goto(shop(site, server, "/about"))
    stays_silent(page, 3_500)
    page.goto(shop(site, server, "/pricing"))
    expect(page.get_by_role("button", name="Chat with us")).to_be_visible()
    expect(bubble(page)).to_have_count(0)
    expect(bubble(page)).to_be_visible()
    assert violations(page) == []
    bubble(page).click()
    expect(chat_of(page).get_by_role("log")).to_be_visible()
    expect(bubble(page)).to_have_count(0)


def test_in_a_single_page_application_the_time_begins_with_the_page(
    triggers: Setting, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    triggers({"page": "/pricing", "seconds": 1})
    page = context.new_page()
    page.goto(shop(site, server, "/app"))
    stays_silent(page)
    page.evaluate("history.pushState({}, '', '/pricing')")
    expect(bubble(page)).to_be_visible()


def test_when_enough_of_the_page_was_seen(
    triggers: Setting, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    triggers({"scroll": 60})
    page = context.new_page()
    page.goto(shop(site, server, body=LONG))
    stays_silent(page, 1_500)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight * 0.3)")
    stays_silent(page, 500)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(bubble(page)).to_be_visible()


def test_for_those_who_come_from_somewhere(
    triggers: Setting, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    triggers({"referrer": "/blog"})
    there = shop(site, server, "/shop")
    page = context.new_page()
    page.goto(there)
    stays_silent(page)
    page.goto(site.page(f'<meta name="referrer" content="unsafe-url"><a href="{there}">shop</a>', "/blog"))
    page.get_by_role("link").click()
    expect(bubble(page)).to_be_visible()


def test_for_those_who_were_here_in_an_earlier_visit(
    triggers: Setting, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    triggers({"returning": True})
    page = context.new_page()
    page.goto(shop(site, server))
    stays_silent(page)
    page.reload()
    stays_silent(page)
    page.close()
    later = context.new_page()
    later.goto(shop(site, server))
    expect(bubble(later)).to_be_visible()


def test_the_chat_opens_by_itself_and_takes_no_focus_and_who_closes_it_is_left_alone(
    triggers: Setting, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    triggers({"act": "open", "seconds": 1}, a_day=5)
    page = context.new_page()
    page.goto(shop(site, server, body="<label>Search<input></label>"))
    page.get_by_label("Search").focus()
    expect(chat_of(page).get_by_role("log")).to_be_visible()
    page.wait_for_timeout(300)
    page.keyboard.type("lantern")
    expect(page.get_by_label("Search")).to_have_value("lantern")
    page.get_by_role("button", name="Close", exact=True).click()
    page.close()
    later = context.new_page()
    later.goto(shop(site, server))
    stays_silent(later)


def test_on_a_phone_it_says_something_in_place_of_covering_the_page(
    triggers: Setting, people: People, site: Site, server: ServerProcess
) -> None:
    triggers({"act": "open", "seconds": 1})
    context, _watch = people.context("visitor", "en", phone=True, dark=True)
    page = context.new_page()
    page.goto(shop(site, server, body='<meta name="viewport" content="width=device-width">'))
    expect(bubble(page)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_nobody_meets_it_more_often_than_the_channel_says(
    triggers: Setting, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    triggers({"seconds": 1}, a_day=2)
    for _turn in range(2):
        page = context.new_page()
        page.goto(shop(site, server))
        expect(bubble(page)).to_be_visible()
        page.close()
    page = context.new_page()
    page.goto(shop(site, server))
    stays_silent(page)
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=1))
    page.reload()
    expect(bubble(page)).to_be_visible()


def test_who_has_put_it_away_never_meets_it_again(
    triggers: Setting, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    triggers({"seconds": 1}, {"scroll": 1}, a_day=10)
    page = context.new_page()
    page.goto(shop(site, server, body=LONG))
    expect(bubble(page)).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    stays_silent(page)
    page.close()
    later = context.new_page()
    later.goto(shop(site, server))
    stays_silent(later)


def test_who_has_opened_the_chat_is_not_spoken_to(
    triggers: Setting, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    triggers({"seconds": 2}, a_day=10)
    page = context.new_page()
    page.goto(shop(site, server))
    page.get_by_role("button", name="Chat with us").click()
    page.get_by_role("button", name="Close", exact=True).click()
    stays_silent(page, 3_500)
    page.reload()
    stays_silent(page, 3_500)


@BOTH
def test_an_administrator_sets_it_and_the_next_page_does_it(
    triggers: Setting, people: People, site: Site, server: ServerProcess, language: Language
) -> None:
    def words(chinese: str, english: str) -> str:
        return english if language == "en" else chinese

    page = people.agent("admin", language).page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=words("渠道", "Channels")).click()
    page.get_by_role("button").filter(has_text=CHANNEL).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name=words("主动邀请", "Speaks first")).click()
    dialog.get_by_role("button", name=words("添加邀请", "Add trigger")).click()
    dialog.get_by_label(words("内容（English）", "Sentence (English)")).fill(SAYS["en"])
    dialog.get_by_label(words("页面停留（秒）", "After seconds on the page")).fill("1")
    assert violations(page) == []
    dialog.get_by_role("button", name=words("保存", "Save")).click()
    expect(dialog).to_have_count(0)
    context, _watch = people.context("visitor", "en")
    visitor = context.new_page()
    visitor.goto(shop(site, server))
    expect(bubble(visitor)).to_be_visible()
