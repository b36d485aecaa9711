"""Before anybody clicks, a page with the chat fetches one script, whatever the button says by itself."""

from collections.abc import Callable, Generator
from typing import Final, NamedTuple

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.desk import CHANNEL, Desk, Json
from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, tag

pytestmark = pytest.mark.xdist_group("e2e-before-the-click")

SAYS: Final = "Can we help?"
LINES: Final = {"zh-CN": "需要帮忙吗？", "en": SAYS}
TRIGGERS: Final = [{"says": LINES, "seconds": 1}]

Dress = Callable[[Json], None]


@pytest.fixture
def dress(desk: Desk) -> Generator[Dress]:
    items = desk.call("admin", "GET", "/v1/channels")["items"]
    channel = next(each for each in items if each["code"] == CHANNEL)
    path = f"/v1/channels/{channel['id']}"

    def patch(widget: Json) -> None:
        desk.call("admin", "PATCH", path, {"widget": {**channel["widget"], **widget}})

    yield patch
    desk.call("admin", "PATCH", path, {"widget": channel["widget"]})


class Case(NamedTuple):
    """How the channel is set, and what the page's own tag adds."""

    widget: Json
    tag: str = ""


CASES: Final = {
    "plain": Case({}),
    "greeting": Case({"bubble": LINES}),
    "triggers": Case({"triggers": TRIGGERS}),
    "both": Case({"bubble": LINES, "triggers": TRIGGERS}),
    "the-pages-own-greeting": Case({}, f'data-greeting="{SAYS}"'),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_script_is_fetched(
    dress: Dress, site: Site, server: ServerProcess, context: BrowserContext, case: Case
) -> None:
    dress(case.widget)
    source = f"{server.url}/widget.js?channel={CHANNEL}"
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.page(f'<script async src="{source}" data-channel="{CHANNEL}" {case.tag}></script>'))
    expect(page.get_by_role("button", name="Chat with us")).to_be_visible()
    page.wait_for_timeout(1_500)
    expect(page.get_by_role("button", name=SAYS)).to_have_count(0 if case == CASES["plain"] else 1)
    assert [url for url in asked if not url.startswith(site.url)] == [source]
    assert (page.evaluate("Object.keys(localStorage)") != []) is ("triggers" in case.widget)


def test_a_page_says_something_later_without_fetching_more(
    site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.page(f'<script src="{server.url}/widget.js"></script>'))
    page.evaluate(
        "([channel, greeting]) => Frontdesk.boot({ channel, greeting, language: 'en' })", [CHANNEL, SAYS]
    )
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name=SAYS)).to_have_count(0)
    assert len([url for url in asked if url.startswith(server.url)]) == 1


def test_a_browser_keeps_the_script_until_the_channel_changes(dress: Dress, server: ServerProcess) -> None:
    with httpx.Client(base_url=server.url) as http:
        first = http.get(f"/widget.js?channel={CHANNEL}")
        known = {"if-none-match": first.headers["etag"]}
        assert http.get(f"/widget.js?channel={CHANNEL}", headers=known).status_code == 304
        dress({"triggers": TRIGGERS})
        changed = http.get(f"/widget.js?channel={CHANNEL}", headers=known)
        assert changed.status_code == 200
        assert changed.headers["cache-control"] == "no-cache"
        assert len(first.text) < len(changed.text)
        dress({})
        assert http.get(f"/widget.js?channel={CHANNEL}", headers=known).status_code == 304


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("theme", ["auto", "light", "dark", "nonsense"])
def test_what_is_said_stands_in_the_light_that_is_asked_for(
    people: People, site: Site, server: ServerProcess, system: str, theme: str
) -> None:
    context, _watch = people.context("visitor", "en", dark=system == "dark")
    page = context.new_page()
    page.goto(site.page(tag(server, f'data-greeting="{SAYS}" data-theme="{theme}"')))
    bubble = page.locator("frontdesk-widget .greet")
    expect(bubble).to_be_visible()
    light = theme if theme in {"light", "dark"} else system
    shown = bubble.evaluate("(it) => getComputedStyle(it).backgroundColor")
    assert (shown == "rgb(255, 255, 255)") is (light == "light")
