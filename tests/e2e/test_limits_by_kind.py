"""Of an agent's places, so many at most for what comes from apps: set in the console, kept, and told to who asks why."""

from collections.abc import Generator

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.people import People

pytestmark = pytest.mark.xdist_group("e2e-limits")


@pytest.fixture
def unlimited(desk: Desk) -> Generator[Desk]:
    """The channel and the agent as they were, afterwards."""
    yield desk
    items = desk.call("admin", "GET", "/v1/channels")["items"]
    channel = next(each for each in items if each["code"] == CHANNEL)
    desk.call("admin", "PATCH", f"/v1/channels/{channel['id']}", {"kind": "site"})
    desk.call("admin", "PATCH", f"/v1/agents/{desk.agent('mei')['id']}", {"limits": {}})


def test_the_second_visitor_from_the_app_waits_though_seats_are_free_and_the_console_says_why(
    people: People, unlimited: Desk
) -> None:
    admin = people.agent("admin", "en")
    page = admin.page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name="Channels").click()
    page.get_by_role("button").filter(has_text=CHANNEL).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Visitors write from").click()
    page.get_by_role("option", name="App").click()
    assert violations(page) == []
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    page.goto(f"{people.url}/console/staff")
    page.get_by_role("button").filter(has_text="Mei").first.click()
    limits = dialog.get_by_role("group", name="Of these seats, at most")
    limits.get_by_role("textbox", name="App").fill("1")
    assert violations(page) == []
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    assert unlimited.agent("mei")["limits"] == {"app": 1}
    people.agent("mei", "en")
    first, second = people.visitor("en"), people.visitor("en")
    first.chat.ask_for_human()
    first.chat.expect_served_by("Mei 美美")
    second.chat.ask_for_human()
    expect(second.chat.frame.get_by_text("You’re next")).to_be_visible()
    page.goto(f"{people.url}/console/inbox?view=all")
    admin.open(second.name)
    page.get_by_text("Why here?").click()
    expect(page.get_by_text("at the limit for this kind of channel")).to_be_visible()
