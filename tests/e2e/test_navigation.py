"""The navigation's buttons: there at once, while what they open is loaded behind them."""

import time
from contextlib import suppress
from typing import Literal

import pytest
from playwright.sync_api import Page, Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.e2e.people import People

pytestmark = pytest.mark.xdist_group("e2e-navigation")

LAYERS: dict[str, tuple[str, Literal["menu", "dialog"]]] = {
    "account": ("account", "menu"),
    "presence": ("Your status: Online", "menu"),
    "mentions": ("Mentions", "dialog"),
}
LATE_MS = 600


def late(page: Page) -> None:
    """What the navigation opens comes over a bad line."""

    def hold(route: Route) -> None:
        time.sleep(LATE_MS / 1000)
        route.continue_()

    for chunk in ("AccountMenu", "PresenceMenu", "MentionList"):
        page.route(f"**/assets/{chunk}-*.js", hold)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_opens_by_keys_and_gives_the_focus_back_when_it_was_asked_for_before_its_code_came(
    people: People, layer: str
) -> None:
    name, role = LAYERS[layer]
    mei = people.agent("mei", "en")
    late(mei.page)
    mei.visit()
    mei.expect_ready()
    button = mei.page.get_by_role("navigation").get_by_role("button", name=name)
    button.focus()
    mei.page.keyboard.press("Enter")
    opened = mei.page.get_by_role(role)
    expect(opened).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    mei.page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(button).to_be_focused()
    button.click()
    expect(opened).to_be_visible()
    button.click()
    expect(opened).to_have_count(0)


def test_a_sign_of_the_navigation_tells_its_name_when_the_pointer_rests_on_it(people: People) -> None:
    mei = people.agent("mei", "en")
    link = mei.page.get_by_role("navigation").get_by_role("link", name="History")
    told = mei.page.get_by_role("tooltip", name="History")
    for step in range(20):  # its code may still be on its way: a hand moves on, and back
        link.hover(position={"x": 10 + step, "y": 20})
        with suppress(PlaywrightTimeout):
            told.wait_for(timeout=700)
            break
    expect(told).to_be_visible()
