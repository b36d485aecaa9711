"""What a team promises, as it is set in the console, and as agents and leaders see it run out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import People

pytestmark = [pytest.mark.xdist_group("e2e-service-levels"), pytest.mark.timeout(240)]


@pytest.fixture
def team(desk: Desk) -> Iterator[str]:
    """The team that mei is in, which promises nothing before and after."""
    mei = desk.agent("mei")["id"]
    teams = desk.call("admin", "GET", "/v1/teams")["items"]
    own = [each for each in teams if mei in {member["agent_id"] for member in each["members"]}]
    yield own[0]["name"]
    for each in teams:
        desk.call("admin", "PUT", f"/v1/teams/{each['id']}/service-level", {})


def test_an_administrator_promises_and_agent_and_leader_see_it_run_out_until_there_is_an_answer(
    people: People, desk: Desk, team: str
) -> None:
    ada = people.agent("admin", "en", status="busy")
    ada.page.goto(f"{people.url}/console/staff")
    ada.page.get_by_role("tab", name="Teams").click()
    ada.page.get_by_role("button", name=team).first.click()
    ada.page.get_by_role("button", name="Service level (SLA)", exact=True).click()
    dialog = ada.page.get_by_role("dialog")
    dialog.get_by_label("First reply (seconds)").fill("4")
    dialog.get_by_label("Resolution (seconds)").fill("86400")
    dialog.get_by_label("Warn when this part").fill("50")
    assert violations(ada.page) == []
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_be_hidden()

    mei, visitor = people.agent("mei", "en"), people.visitor("en")
    ada.page.goto(f"{people.url}/console/floor")
    people.served(visitor, mei)
    row = mei.row(visitor.name)
    expect(row).to_contain_text("First reply due in")
    pressing = ada.page.get_by_role("region", name="Promised times")
    expect(pressing.get_by_role("link", name=visitor.name)).to_be_visible()
    expect(row).to_contain_text("First reply late by", timeout=10_000)
    expect(pressing).to_contain_text("late by")
    assert violations(mei.page) == []
    assert violations(ada.page) == []
    mei.open(visitor.name)
    mei.send("Sorry that it took so long")
    expect(row).to_contain_text("Resolution due in")
    expect(pressing.get_by_role("link")).to_have_count(0)
    mei.page.get_by_text("Service level", exact=True).click()
    expect(mei.page.get_by_text("missed, after 0:0")).to_be_visible()
    assert violations(mei.page) == []
