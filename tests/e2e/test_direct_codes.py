"""An administrator makes a direct code; an address that ends with it brings its visitors to the one whom it names."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import People

pytestmark = [pytest.mark.xdist_group("e2e-rules"), pytest.mark.timeout(120)]


def test_visitors_with_a_direct_code_come_to_its_agent_until_it_is_removed(people: People) -> None:
    admin = people.agent("admin", "en", status="busy")
    admin.page.goto(f"{people.url}/console/staff")
    admin.page.get_by_role("tab", name="Direct codes").click()
    panel = admin.page.get_by_role("tabpanel")
    expect(panel).to_contain_text("No direct codes yet")
    admin.page.get_by_role("button", name="Add code").click()
    form = admin.page.get_by_role("dialog")
    form.get_by_role("combobox", name="Brings to").click()
    admin.page.get_by_role("option", name="Lin Yue").click()
    assert violations(admin.page) == []
    form.get_by_role("textbox", name="Code").fill("Spring-Mail")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    row = panel.get_by_role("listitem").filter(has_text="spring-mail")
    expect(row).to_contain_text("Asks for")
    assert violations(admin.page) == []

    mei, lin = people.agent("mei"), people.agent("lin")
    for _ in range(2):  # by turns it would be one for each
        visitor = people.passer_by()
        visitor.page.goto(f"{people.url}/demo?frontdesk=spring-mail")
        visitor.open_and_learn_name()
        visitor.chat.ask_for_human()
        lin.open(visitor.name)
        expect(mei.row(visitor.name)).to_have_count(0)

    row.get_by_role("button", name="Remove the code spring-mail").click()
    row.get_by_role("button", name="Really remove?").click()
    expect(panel).to_contain_text("No direct codes yet")
