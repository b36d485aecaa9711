"""An administrator says when the bot brings in a person; the next visitor gets one, and the agent reads why."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import People

pytestmark = [pytest.mark.xdist_group("e2e-hand-over"), pytest.mark.timeout(180)]


def test_an_answer_that_did_not_help_and_a_set_word_bring_a_person(people: People) -> None:
    admin = people.agent("admin", "en", status="busy")
    mei = people.agent("mei")
    admin.page.goto(f"{people.url}/console/knowledge")
    admin.page.get_by_role("button", name="Hand-over").click()
    form = admin.page.get_by_role("dialog")
    form.get_by_role("textbox", name="What no bot shall answer · English").fill("law suit\n\n")
    form.get_by_role("switch", name="says that an answer did not help").check()
    assert violations(admin.page) == []
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)

    visitor = people.visitor()
    chat = visitor.chat
    chat.send("邮费多少钱")
    chat.expect_message("单笔满 99 元包邮")
    good = chat.frame.get_by_role("button", name="有帮助", exact=True)
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    assert violations(visitor.page) == []
    chat.frame.get_by_role("button", name="没有帮助").click()
    mei.open(visitor.name)
    expect(mei.page.get_by_text("访客表示机器人的回答没有帮助")).to_be_visible()
    expect(mei.page.get_by_text("访客表示回答没有帮助，在")).to_be_visible()
    mei.page.get_by_text("为什么分配到这里").click()
    expect(mei.page.get_by_role("complementary").get_by_text("没有帮助，在")).to_be_visible()
    assert violations(mei.page) == []

    other = people.visitor("en")
    other.chat.send("this will be a law suit")
    mei.open(other.name)
    expect(mei.page.get_by_text("命中拦截词，在")).to_be_visible()


def test_a_dry_run_says_why_the_bot_would_hand_over(people: People) -> None:
    admin = people.agent("admin", "en", status="busy")
    admin.page.goto(f"{people.url}/console/knowledge")
    admin.page.get_by_role("button", name="Try it").click()
    form = admin.page.get_by_role("dialog")
    form.get_by_role("textbox").fill("a real person please")
    form.get_by_role("button", name="Ask").click()
    expect(form.get_by_text("The bot hands over: a person is asked for.")).to_be_visible()
