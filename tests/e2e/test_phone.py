"""The chat on a phone: nothing of it is under the on-screen keyboard, and who wants no motion sees none."""

from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, chat_of, tag

pytestmark = pytest.mark.xdist_group("e2e-phone")

SHOP: Final = (
    '<meta name="viewport" content="width=device-width"><h1>Shop</h1><div style="height:3000px"></div>'
)
# A browser without a screen has no keyboard either. What it does to a page is that less of it can be seen: a page that is
# enlarged as by two fingers has the same, from the browser itself.
LEFT_BY_THE_KEYBOARD: Final = 1.5
SEEN: Final = (
    "() => { const { offsetTop, height } = visualViewport; return [offsetTop, offsetTop + height]; }"
)
PANEL: Final = """() => {
  const panel = document.querySelector("frontdesk-widget").shadowRoot.querySelector("[role=dialog]");
  const { top, bottom } = panel.getBoundingClientRect();
  return [top, bottom];
}"""


def enlarge(page: Page, factor: float) -> None:
    session: Any = page.context.new_cdp_session(page)  # what it takes and answers is not typed
    session.send("Emulation.setPageScaleFactor", {"pageScaleFactor": factor})


def expect_it_fills_what_is_seen(page: Page) -> None:
    page.wait_for_function(
        f"() => {{ const seen = ({SEEN})(), it = ({PANEL})(); return it.every((y, at) => Math.abs(y - seen[at]) < 1); }}"
    )


def test_the_chat_fills_what_the_keyboard_leaves_of_the_screen_and_all_of_it_afterwards(
    people: People, site: Site, server: ServerProcess
) -> None:
    context, _watch = people.context("visitor", "en", phone=True)
    page = context.new_page()
    page.goto(site.page(SHOP + tag(server)))
    page.get_by_role("button", name="Chat with us").click()
    composer = chat_of(page).get_by_role("textbox").first
    composer.click()
    expect_it_fills_what_is_seen(page)
    whole = page.evaluate(PANEL)
    enlarge(page, LEFT_BY_THE_KEYBOARD)
    page.wait_for_function(f"() => visualViewport.height < {844 / LEFT_BY_THE_KEYBOARD + 1}")
    expect_it_fills_what_is_seen(page)
    composer.fill("typed above the keyboard")
    below = "(it) => innerHeight - it.getBoundingClientRect().bottom"
    assert 0 <= composer.evaluate(below) < 100
    composer.press("Enter")
    expect(chat_of(page).get_by_role("article").filter(has_text="above the keyboard")).to_be_in_viewport()
    enlarge(page, 1)
    expect_it_fills_what_is_seen(page)
    assert page.evaluate(PANEL) == whole


@pytest.mark.parametrize("wanted", ["no-preference", "reduce"])
def test_what_opens_and_what_waits_moves_only_for_those_who_want_it(
    browser: Browser, site: Site, server: ServerProcess, wanted: Literal["no-preference", "reduce"]
) -> None:
    """The greeting, the window of the chat, and a form inside it."""
    context = browser.new_context(reduced_motion=wanted, locale="en")
    try:
        page = context.new_page()
        page.goto(site.page(tag(server, 'data-greeting="Hello"')))
        greeting = page.locator("frontdesk-widget .greet")
        expect(greeting).to_be_visible()
        name = "(it) => getComputedStyle(it).animationName"
        still = wanted == "reduce"
        assert (greeting.evaluate(name) == "none") is still
        page.get_by_role("button", name="Chat with us").click()
        assert (page.get_by_role("dialog").evaluate(name) == "none") is still
        chat_of(page).get_by_role("button", name="More options").click()
        chat_of(page).get_by_role("menuitem", name="Leave a message").click()
        assert (chat_of(page).locator(".sheet").evaluate(name) == "none") is still
    finally:
        context.close()
