"""What time does, as agents and leaders see it: the bell of a silent agent, and the time to wrap up."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import People

pytestmark = [pytest.mark.xdist_group("e2e-timers"), pytest.mark.timeout(240)]


def test_who_waits_too_long_for_an_agent_is_seen_by_agent_and_leader_until_there_is_an_answer(
    people: People, desk: Desk
) -> None:
    desk.call("admin", "PATCH", "/v1/settings", {"agent_silence_alarm_s": 2})
    try:
        mei, visitor = people.agent("mei", "en"), people.visitor("en")
        people.served(visitor, mei)
        admin = people.agent("admin", "en", status="busy")
        admin.page.goto(f"{people.url}/console/floor")
        visitor.chat.send("Is anybody there?")
        bell = mei.row(visitor.name).get_by_role("img", name="Has waited too long")
        expect(bell).to_be_visible()
        told = admin.page.get_by_text("1 visitor waits too long")
        expect(told).to_be_attached()
        assert violations(mei.page) == []
        assert violations(admin.page) == []
        mei.send("Yes, I am here")
        expect(bell).to_have_count(0)
        expect(told).to_have_count(0)
    finally:
        desk.call("admin", "PATCH", "/v1/settings", {"agent_silence_alarm_s": None})


def test_an_agent_wraps_up_and_says_when_the_next_one_may_come(people: People, desk: Desk) -> None:
    desk.call("admin", "PATCH", "/v1/settings", {"wrap_up_s": 600})
    try:
        mei, visitor = people.agent("mei", "en"), people.visitor("en")
        people.served(visitor, mei)
        mei.close(visitor.name)
        status = mei.page.get_by_role("button", name="Wrapping up")
        expect(status).to_be_visible()
        other = people.visitor("en")
        other.chat.ask_for_human()
        expect(mei.row(other.name)).to_have_count(0)
        assert violations(mei.page) == []
        status.click()
        mei.page.get_by_role("menuitem", name="Ready for the next one").click()
        expect(mei.row(other.name)).to_be_visible()
    finally:
        desk.call("admin", "PATCH", "/v1/settings", {"wrap_up_s": None})
