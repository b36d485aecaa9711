"""Quality inspection: a scorecard is made, conversations are scored by it, and the agent reads what was remarked."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import PASSWORD, Desk
from tests.e2e.people import Agent, People, Visitor

pytestmark = [pytest.mark.xdist_group("e2e-quality"), pytest.mark.timeout(300)]
CRITERIA = [{"name": "Tone", "weight": 1}, {"name": "Right answer", "weight": 3}]


@pytest.fixture
def inspector(desk: Desk) -> str:
    """The user name of somebody who inspects the whole organization."""
    if not any(each["username"] == "ivo" for each in desk.agents()):
        body = {"username": "ivo", "name": "Ivo Lang", "password": PASSWORD, "role": "inspector"}
        desk.call("admin", "POST", "/v1/agents", body)
    return "ivo"


@pytest.fixture
def scorecard(desk: Desk) -> None:
    known = desk.call("admin", "GET", "/v1/scorecard")["scorecard"]["version"]
    desk.call("admin", "PUT", "/v1/scorecard", {"version": known, "criteria": CRITERIA})


def served_and_closed(people: People) -> tuple[Visitor, Agent]:
    mei, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, mei)
    visitor.chat.send("灯罩裂了，我要退款")
    mei.send("已经为您退款")
    mei.expect_message("已经为您退款")
    mei.close(visitor.name)
    return visitor, mei


def points(dialog: Locator, criterion: str, given: int) -> Locator:
    return dialog.get_by_role("group", name=criterion).get_by_role("radio", name=str(given), exact=True)


@pytest.mark.usefixtures("desk")
def test_an_administrator_makes_the_scorecard_from_an_example(people: People) -> None:
    admin = people.agent("admin", "zh-CN", status="busy")
    admin.page.goto(f"{people.url}/console/settings")
    admin.page.get_by_role("tab", name="评分表").click()
    assert violations(admin.page) == []
    admin.page.get_by_role("button", name="使用常用模板").click()
    admin.page.get_by_label("第 3 项标准").fill("解答准确")
    admin.page.get_by_label("第 3 项的权重").select_option("3")
    admin.page.get_by_role("button", name="删除第 5 项").click()
    admin.page.get_by_role("button", name="上移第 3 项").click()
    assert violations(admin.page) == []
    admin.page.get_by_role("button", name="保存").click()
    expect(admin.page.get_by_role("button", name="保存")).to_be_disabled()
    admin.page.reload()
    admin.page.get_by_role("tab", name="评分表").click()
    expect(admin.page.get_by_label("第 2 项标准")).to_have_value("解答准确")
    expect(admin.page.get_by_role("listitem").filter(has=admin.page.get_by_label("第 2 项标准"))).to_contain_text("50%")  # fmt: skip
    expect(admin.page.get_by_label("第 5 项标准")).to_have_count(0)


@pytest.mark.usefixtures("scorecard")
def test_an_inspector_scores_by_keyboard_and_the_agent_reads_it(people: People, inspector: str) -> None:
    visitor, mei = served_and_closed(people)
    mei.page.goto(f"{people.url}/console/quality")
    expect(mei.page.get_by_text("还没有人评价你的会话")).to_be_visible()
    assert violations(mei.page) == []

    ivo = people.agent(inspector, "en", status="busy")
    ivo.go("history")
    ivo.page.get_by_role("link").filter(has_text=visitor.name).first.click()
    ivo.expect_message("已经为您退款")
    ivo.transcript.click()
    ivo.page.keyboard.press("q")
    dialog = ivo.dialog(f"Review of the conversation with {visitor.name}")
    expect(points(dialog, "Tone", 0)).to_be_focused()
    ivo.page.keyboard.press("5")
    expect(points(dialog, "Tone", 5)).to_be_checked()
    expect(dialog.get_by_role("status")).to_have_text("100%")
    ivo.page.keyboard.press("1")
    expect(points(dialog, "Right answer", 1)).to_be_checked()
    expect(dialog.get_by_role("status")).to_have_text("40%")
    ivo.page.keyboard.press("ArrowRight")
    dialog.get_by_label("Remark").fill("Refund was right. Say how long it takes.")
    assert violations(ivo.page) == []
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()

    own = mei.page.get_by_role("listitem").filter(has_text="Say how long it takes.")
    expect(own).to_contain_text("55%")
    own.locator("summary").click()
    expect(own).to_contain_text("2 分（满分 5 分）")
    expect(own.get_by_role("button")).to_have_count(0)
    assert violations(mei.page) == []
    visitor.page.reload()
    expect(visitor.page.locator("body")).not_to_contain_text("how long")

    ivo.go("quality")
    expect(ivo.page.get_by_role("button", name="Mei Chen 陈美")).to_contain_text("55%")
    row = ivo.page.get_by_role("listitem").filter(has_text="Say how long it takes.")
    row.locator("summary").click()
    row.get_by_role("button", name="Change my review").click()
    points(dialog, "Right answer", 5).check(force=True)
    dialog.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("100%")
    expect(own).to_contain_text("100%")
    ivo.page.set_viewport_size({"width": 390, "height": 844})
    assert violations(ivo.page) == []
    assert ivo.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("scorecard")
def test_a_leader_sees_the_averages_of_whom_they_watch_over_and_takes_a_review_back(
    people: People, desk: Desk
) -> None:
    visitor, _ = served_and_closed(people)
    lea = people.agent("lin", "zh-CN", status="busy")
    lea.go("quality")
    lea.go("history")
    lea.page.get_by_role("link").filter(has_text=visitor.name).first.click()
    lea.page.get_by_role("button", name="质检评分", exact=True).click()
    dialog = lea.dialog(f"质检：与 {visitor.name} 的会话")
    for criterion in ("Tone", "Right answer"):
        points(dialog, criterion, 3).check(force=True)
    dialog.get_by_label("评语").fill("语气很好")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog).to_be_hidden()
    lea.go("quality")
    average = lea.page.get_by_role("button", name=desk.agent("mei")["name"])
    expect(average).to_be_visible()
    average.click()
    expect(average).to_have_attribute("aria-pressed", "true")
    row = lea.page.get_by_role("listitem").filter(has_text="语气很好")
    expect(row).to_contain_text("60%")
    row.locator("summary").click()
    row.get_by_role("button", name="修改我的评分").click()
    dialog.get_by_role("button", name="删除", exact=True).click()
    dialog.get_by_role("button", name="确定删除").click()
    expect(row).to_have_count(0)
