"""An administrator composes a role and gives it; what its holder's open console shows follows at once."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import People

pytestmark = [pytest.mark.xdist_group("e2e-roles"), pytest.mark.timeout(120)]


def test_a_composed_role_counts_in_an_open_console_without_signing_in_again(
    people: People, desk: Desk
) -> None:
    admin = people.agent("admin", "en")
    mei = people.agent("mei", "en")
    screens = mei.page.get_by_role("navigation").get_by_role("link")
    expect(mei.page.get_by_role("link", name="Leave-messages")).to_be_visible()
    before = screens.count()

    admin.page.goto(f"{people.url}/console/staff")
    admin.page.get_by_role("tab", name="Roles").click()
    expect(admin.page.get_by_role("button", name="Quality inspector")).to_be_visible()
    assert violations(admin.page) == []
    admin.page.get_by_role("button", name="Add role").click()
    form = admin.page.get_by_role("dialog")
    form.get_by_role("textbox", name="Name").fill("Keeper of knowledge")
    form.get_by_role("checkbox", name="Look after the knowledge base").check()
    assert violations(admin.page) == []
    form.get_by_role("button", name="Save").click()
    expect(admin.page.get_by_role("button", name="Keeper of knowledge")).to_be_visible()

    admin.page.get_by_role("tab", name="Agents").click()
    admin.page.get_by_role("button", name="Mei").first.click()
    form.get_by_role("combobox", name="Role").click()
    admin.page.get_by_role("option", name="Keeper of knowledge").click()
    form.get_by_role("button", name="Save").click()
    expect(mei.page.get_by_role("link", name="Knowledge")).to_be_visible()
    expect(mei.page.get_by_role("link", name="Leave-messages")).to_have_count(0)

    desk.call("admin", "PATCH", f"/v1/agents/{desk.agent('mei')['id']}", {"role": "agent"})
    expect(mei.page.get_by_role("link", name="Knowledge")).to_have_count(0)
    expect(screens).to_have_count(before)
