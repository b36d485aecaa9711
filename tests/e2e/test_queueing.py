"""Hours and limits of a team: what an administrator sets, and what visitors meet because of it."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import People

pytestmark = [pytest.mark.xdist_group("e2e-queueing"), pytest.mark.timeout(240)]


def team_of(people: People) -> dict[str, str]:
    """The team that the demo's channel leads to."""
    channel = people.desk.call("admin", "GET", "/v1/channels")["items"][0]
    teams = people.desk.call("admin", "GET", "/v1/teams")["items"]
    return next(team for team in teams if team["id"] == channel["team_id"])


def test_an_administrator_closes_a_team_for_today_and_a_visitor_is_told_when_it_opens(people: People) -> None:
    team = team_of(people)
    people.agent("mei")
    ada = people.agent("admin", "en")
    page = ada.page
    page.goto(f"{people.url}/console/staff")
    page.get_by_role("tab", name="Teams", exact=True).click()
    page.get_by_role("button", name=team["name"]).click()
    page.get_by_role("button", name="Opening hours", exact=True).click()
    dialog = page.get_by_role("dialog", name=f"Opening hours of {team['name']}")
    dialog.get_by_role("switch").click()
    # Open around the clock, but today (on the clock of the team) is a day off.
    dialog.get_by_label("Monday: opens").fill("00:00")
    dialog.get_by_label("Monday: closes").fill("00:00")
    dialog.get_by_role("button", name="Copy Monday to all weekdays").click()
    for day in ("Saturday", "Sunday"):
        dialog.get_by_role("button", name=f"Add hours on {day}").click()
        dialog.get_by_label(f"{day}: opens").fill("00:00")
        dialog.get_by_label(f"{day}: closes").fill("00:00")
    today = (datetime.now(UTC) + timedelta(hours=8)).date()
    dialog.get_by_role("button", name="Add a day").click()
    dialog.get_by_label("Date").fill(today.isoformat())
    dialog.get_by_label("Name").fill("Stocktaking")
    assert violations(page) == []
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    try:
        chat = people.visitor("en").chat
        chat.send("human please")
        answer = chat.messages.last
        expect(answer).to_contain_text("at 00:00 (UTC+8)")
        expect(answer.get_by_role("button", name=chat.word("leave message"))).to_be_visible()
        chat.ask_for_human()
        form = chat.frame.get_by_role("region", name=chat.word("leave message"))
        expect(form.get_by_text("We’re back tomorrow at 00:00.")).to_be_visible()
    finally:
        people.desk.call("admin", "PATCH", f"/v1/teams/{team['id']}", {"hours": None})


def test_a_wait_that_lasts_too_long_ends_in_a_message_and_a_full_queue_is_told(people: People) -> None:
    team = team_of(people)
    people.agent("mei", status="busy")
    ada = people.agent("admin", "en")
    page = ada.page
    page.goto(f"{people.url}/console/staff")
    page.get_by_role("tab", name="Teams", exact=True).click()
    page.get_by_role("button", name=team["name"]).click()
    page.get_by_role("button", name="Rules and dry run", exact=True).click()
    dialog = page.get_by_role("dialog", name=f"Rules of {team['name']}")
    dialog.get_by_label("Longest queue").fill("1")
    dialog.get_by_label("Longest wait (seconds)").fill("6")
    full = dialog.get_by_role("group", name="When the queue is full")
    full.get_by_role("button", name="Add step").click()
    full.get_by_label("When the queue is full 1").first.click()
    page.get_by_role("option", name="Leave a message").click()
    assert violations(page) == []
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    try:
        first, second = people.visitor("en"), people.visitor("en")
        first.chat.send("human please")
        expect(first.chat.log.get_by_text("You’re next")).to_have_count(0)
        expect(first.chat.frame.get_by_text("You’re next")).to_be_visible()
        second.chat.ask_for_human()
        form = second.chat.frame.get_by_role("region", name=second.chat.word("leave message"))
        expect(form.get_by_text("Too many people are waiting right now.")).to_be_visible()
        expect(first.chat.log.get_by_text("Nobody came free in time")).to_be_visible()
        assert violations(first.page) == []
        first.chat.log.get_by_role("button", name=first.chat.word("leave message"), exact=True).click()
        expect(first.chat.frame.get_by_role("region", name=first.chat.word("leave message"))).to_be_visible()
        page.goto(f"{people.url}/console/inbox?view=all")
        ada.open(first.name)
        page.get_by_text("Why here?").click()
        expect(page.get_by_text(f"Waited too long in {team['name']}")).to_be_visible()
    finally:
        path = f"/v1/teams/{team['id']}/routing"
        people.desk.call("admin", "PUT", path, {"routing": {}})


def test_a_visitor_goes_and_keeps_the_place_and_a_supervisor_tells_all_who_wait(people: People) -> None:
    team = team_of(people)
    mei = people.agent("mei", status="busy")
    first, second = people.visitor("en"), people.visitor("en")
    for visitor in (first, second):
        visitor.chat.ask_for_human()
        expect(visitor.chat.frame.get_by_role("button", name="I’ll come back later")).to_be_visible()
    ada = people.agent("admin", "en", status="busy")
    page = ada.page
    page.goto(f"{people.url}/console/floor")
    page.get_by_role("button", name=team["name"]).click()
    facts = page.get_by_role("list", name=f"About the queue of {team['name']}")
    expect(facts).to_contain_text("2 of 100 places")
    expect(facts).to_contain_text("Too little data for an estimate")
    page.get_by_role("button", name="Announce", exact=True).click()
    dialog = page.get_by_role("dialog", name=f"To all who wait in {team['name']}")
    dialog.get_by_label("What they should know").fill("We answer again at three")
    assert violations(page) == []
    dialog.get_by_role("button", name="Send to all").click()
    expect(dialog).to_have_count(0)
    for visitor in (first, second):
        visitor.chat.expect_message("We answer again at three")
    chat = first.chat
    chat.frame.get_by_role("button", name="I’ll come back later").click()
    chat.frame.get_by_label("Phone").fill("12")
    chat.frame.get_by_role("button", name="Keep my place").click()
    expect(chat.frame.get_by_text("This phone number doesn’t look complete.")).to_be_visible()
    chat.frame.get_by_label("Phone").fill("13800138000")
    assert violations(first.page) == []
    chat.frame.get_by_role("button", name="Keep my place").click()
    expect(chat.frame.get_by_text("Your place is kept")).to_be_visible()
    expect(chat.frame.get_by_role("button", name="Keep my place")).to_have_count(0)
    expect(facts).to_contain_text("1 keeps the place, gone for now")
    first.page.reload()
    expect(first.chat.frame.get_by_text("Your place is kept")).to_be_visible()
    people.desk.set_status("mei", "online")
    mei.open(first.name)
    mei.expect_message("I am leaving now. Please contact me when it is my turn: 13800138000")
