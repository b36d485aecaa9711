"""An agent puts a conversation aside: it leaves the list, comes back on time or with the visitor, and undo is one click."""

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People, Visitor

pytestmark = [pytest.mark.xdist_group("e2e-snoozing"), pytest.mark.timeout(240)]


@pytest.fixture
def served(people: People) -> tuple[Visitor, Agent]:
    mei, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, mei)
    visitor.chat.send("查一下我的退款到了没有")
    mei.expect_message("查一下我的退款到了没有")
    return visitor, mei


def put_aside(mei: Agent, visitor: Visitor) -> None:
    mei.page.keyboard.press("Shift+Z")
    dialog = mei.dialog(f"稍后处理 {visitor.name}")
    expect(dialog.get_by_role("button", name="明天")).to_be_visible()
    assert violations(mei.page) == []
    dialog.get_by_role("button", name="明天").click()
    expect(dialog).to_be_hidden()


def test_it_leaves_mine_until_the_visitor_writes_and_undo_is_one_click(
    people: People, served: tuple[Visitor, Agent]
) -> None:
    visitor, mei = served
    put_aside(mei, visitor)
    expect(mei.row(visitor.name)).to_have_count(0)
    mei.page.get_by_role("button", name="撤销", exact=True).click()
    expect(mei.row(visitor.name)).to_be_visible()
    put_aside(mei, visitor)
    mei.page.get_by_role("button", name="稍后", exact=False).filter(has_text="1").first.click()
    expect(mei.row(visitor.name)).to_contain_text("至")
    expect(mei.page.get_by_text("设为稍后处理，至").last).to_be_visible()
    assert violations(mei.page) == []
    mei.go("history")
    visitor.chat.send("还在吗？")
    mei.go("inbox")
    row = mei.row(visitor.name)
    expect(row).to_contain_text("已恢复")
    row.click()
    mei.expect_message("还在吗？")
    expect(mei.page.get_by_text("访客发来消息，会话已恢复")).to_be_visible()
    expect(row).not_to_contain_text("已恢复")


def test_it_comes_to_the_top_on_time_and_says_so(people: People, served: tuple[Visitor, Agent]) -> None:
    visitor, mei = served
    mine = people.desk.call("mei", "GET", "/v1/conversations?view=mine")["items"]
    mei.go("history")
    until = int(time.time() * 1000) + 2_500
    people.desk.call("mei", "POST", f"/v1/conversations/{mine[0]['id']}/snooze", {"until": until})
    mei.go("inbox")
    row = mei.row(visitor.name)
    expect(row).to_contain_text("已恢复")
    row.click()
    expect(mei.page.get_by_text("稍后处理的时间已到")).to_be_visible()
    visitor.page.reload()
    visitor.chat.expect_message("查一下我的退款到了没有")
    expect(visitor.chat.log).not_to_contain_text("稍后")
