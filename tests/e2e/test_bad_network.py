"""A browser with two tabs on a line on which everything goes wrong, and reloads in the very moment of a send."""

import asyncio
import re
import threading
from collections.abc import Generator
from contextlib import AsyncExitStack
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.server import ServerProcess
from tests.network.line import Line, running_line
from tests.network.shop import log_of
from tests.network.weather import BAD, Weather

pytestmark = pytest.mark.xdist_group("e2e-bad-network")

SEED = 11
SENDS = 20
MINUTES = "03:00"
# A browser keeps real time: what only the patience of ten seconds finds is left to tests/network, whose clients' clock runs.
FATES = {name: likely for name, likely in BAD.items() if name not in {"lost", "skipped"}}


class BadLine:
    """A bad line, run in a thread of its own: Playwright leaves no event loop to run it in."""

    def __init__(self, target: int) -> None:
        self.weather = Weather(Random(SEED), FATES)  # noqa: S311 - chance of a test
        self._stack = AsyncExitStack()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        opening = self._stack.enter_async_context(running_line(target, self.weather))
        self.line: Line = asyncio.run_coroutine_threadsafe(opening, self._loop).result(10)
        self.url = f"http://127.0.0.1:{self.line.port}"

    def go_down(self) -> None:
        self._loop.call_soon_threadsafe(self.line.go_down)

    def come_up(self) -> None:
        self._loop.call_soon_threadsafe(self.line.come_up)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stack.aclose(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def bad(server: ServerProcess) -> Generator[BadLine]:
    line = BadLine(server.port)
    yield line
    line.close()


def say(page: Page, text: str, *, reload: bool) -> None:
    """Send, and reload in the same turn of the page's own loop if asked to."""
    page.get_by_role("textbox").first.fill(text)
    send = "document.querySelector('form.composer').requestSubmit()"
    if not reload:
        page.evaluate(send)
        return
    with page.expect_navigation():
        page.evaluate(f"{send}; location.reload()")
    expect(page.get_by_role("log")).to_be_visible()


def conversation_of(page: Page) -> str:
    """The open conversation of the visitor in this page."""
    key: str = page.evaluate(f"localStorage.getItem('frontdesk.visitor.{CHANNEL}')")
    answer = page.request.post(
        "/v1/visitor/session", data={"channel": CHANNEL, "language": "en", "visitor_key": key}
    )
    return answer.json()["conversation"]["id"]


def test_two_tabs_lose_double_and_confuse_nothing_on_a_line_on_which_everything_goes_wrong(
    bad: BadLine, browser: Browser, desk: Desk
) -> None:
    context = browser.new_context(base_url=bad.url, locale="en", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    context.clock.install()
    tabs = [context.new_page(), context.new_page()]
    address = f"{bad.url}/widget/chat.html?channel={CHANNEL}&language=en"
    for tab in tabs:
        tab.goto(address)
        expect(tab.get_by_role("log")).to_be_visible()
    dice = Random(SEED)  # noqa: S311 - chance of a test
    said: list[tuple[int, str]] = []
    for number in range(1, SENDS + 1):
        which = dice.randrange(2)
        text = f"tab{which} {number}"
        said.append((which, text))
        if number == SENDS // 2:
            bad.go_down()
            say(tabs[which], text, reload=False)
            context.clock.fast_forward(MINUTES)
            bad.come_up()
        else:
            say(tabs[which], text, reload=dice.random() < 0.25)
    bad.weather.fates = {}
    for tab in tabs:
        for _, text in said:
            expect(tab.get_by_role("article").get_by_text(text, exact=True)).to_have_count(1, timeout=30_000)
        expect(tab.get_by_role("status").filter(has_text="onnect")).to_have_count(0)
    log = log_of(desk, conversation_of(tabs[0]))
    logged = [
        each["body"]["text"]
        for each in log
        if each["sender"]["kind"] == "visitor" and each["kind"] == "message"
    ]
    assert sorted(logged) == sorted(text for _, text in said)
    for which, tab in enumerate(tabs):
        own = [text for each, text in said if each == which]
        assert [text for text in logged if text in own] == own
        shown = "\n".join(tab.get_by_role("article").all_inner_texts())
        assert re.findall(r"^tab\d \d+$", shown, re.MULTILINE) == logged
    context.close()
