"""An administrator plays a team's rules against its last days; where there are none, it is told in a sentence."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import People

pytestmark = [pytest.mark.xdist_group("e2e-rules"), pytest.mark.timeout(120)]


def test_a_team_without_a_past_is_told_so_below_its_rules(people: People) -> None:
    admin = people.agent("admin", "en")
    admin.page.goto(f"{people.url}/console/staff")
    admin.page.get_by_role("tab", name="Teams").click()
    admin.page.get_by_role("tabpanel").get_by_role("button").first.click()
    dialog = admin.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Rules").click()
    group = dialog.get_by_role("group", name="What if")
    group.get_by_role("textbox", name="Last days").fill("3")
    group.get_by_role("combobox", name="By policy").click()
    admin.page.get_by_role("option", name="Longest idle").click()
    assert violations(admin.page) == []
    group.get_by_role("button", name="Play again").click()
    expect(group.get_by_role("status")).to_contain_text("two whole days with visitors are needed")
    expect(dialog.get_by_role("button", name="Save")).to_be_enabled()


def test_what_was_not_learned_yet_cannot_be_switched_on_and_the_rules_say_why(people: People) -> None:
    admin = people.agent("admin", "en")
    admin.page.goto(f"{people.url}/console/staff")
    admin.page.get_by_role("tab", name="Teams").click()
    admin.page.get_by_role("tabpanel").get_by_role("button").first.click()
    dialog = admin.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Rules").click()
    group = dialog.get_by_role("group", name="Learning")
    expect(group).to_contain_text("nothing has been learned for this team yet")
    expect(group.get_by_role("switch", name="Let what was learned choose")).to_be_disabled()
    group.get_by_role("textbox", name="Choices by chance (%)").fill("5")
    group.get_by_role("button", name="Learn now").click()
    expect(group).to_contain_text("of 400 choices by chance have an outcome so far")
    expect(group.get_by_role("switch")).to_be_disabled()
    assert violations(admin.page) == []
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
