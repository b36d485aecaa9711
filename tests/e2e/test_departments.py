"""Departments and teams are made by an administrator in the console; a conversation is handed over to a department."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import Agent, People
from tests.e2e.words import LANGUAGES, Language

pytestmark = [pytest.mark.xdist_group("e2e-departments"), pytest.mark.timeout(240)]
LIN = "Lin Yue 林月"
BOTH = pytest.mark.parametrize("language", LANGUAGES)
WORDS = {
    "zh-CN": {
        "add": "新建部门", "name": "名称", "save": "保存", "taken": "已有同名的部门。", "nobody": "还没有成员",
        "label": "部门", "agents": "客服", "delete": "删除", "sure": "确定删除？", "stay": "其中的客服会保留",
        "none": "还没有部门", "teams": "接待组", "add team": "新建接待组", "weight": "权重须在 1 到 100 之间。",
        "cancel": "取消",
    },
    "en": {
        "add": "Add department", "name": "Name", "save": "Save", "taken": "There is a department of this name already.",
        "nobody": "Nobody belongs to it yet", "label": "Department", "agents": "Agents", "delete": "Delete",
        "sure": "Really delete?", "stay": "Its agents stay", "none": "No departments yet", "teams": "Teams",
        "add team": "Add team", "weight": "A weight is between 1 and 100.", "cancel": "Cancel",
    },
}  # fmt: skip


def staff(people: People, language: Language) -> Agent:
    """The administrator before the staff."""
    ada = people.agent("admin", language, status="offline", dark=language == "en")
    ada.page.goto(f"{people.url}/console/staff")
    return ada


def refused_only(agent: Agent, path: str) -> None:
    """The browser tells of the refusals that the page has shown, and of nothing else."""
    assert [told for told in agent.watch.wrong if path not in told] == []
    agent.watch.wrong.clear()


@BOTH
def test_a_department_is_made_given_to_an_agent_handed_a_conversation_renamed_and_removed(
    people: People, desk: Desk, language: Language
) -> None:
    words, name, renamed = WORDS[language], f"Finance {language}", f"Accounts {language}"
    mei, visitor = people.agent("mei", language), people.visitor(language)
    lin = people.agent("lin", language)
    people.served(visitor, mei)
    ada = staff(people, language)
    page = ada.page
    page.get_by_role("tab", name=ada.word("departments")).click()
    form = page.get_by_role("dialog")
    for again in (False, True):
        page.get_by_role("button", name=words["add"]).click()
        form.get_by_label(words["name"]).fill(name)
        assert violations(page) == []
        form.get_by_role("button", name=words["save"]).click()
        if again:
            expect(page.get_by_text(words["taken"])).to_be_visible()
            form.get_by_role("button", name=words["cancel"]).click()
        expect(form).to_be_hidden()
    refused_only(ada, "/v1/departments")
    row = page.get_by_role("button", name=name)
    expect(row).to_contain_text(words["nobody"])

    page.get_by_role("tab", name=words["agents"], exact=True).click()
    page.get_by_role("button", name=LIN).click()
    form.get_by_role("combobox", name=words["label"]).click()
    page.get_by_role("option", name=name).click()
    assert violations(page) == []
    form.get_by_role("button", name=words["save"]).click()
    expect(form).to_be_hidden()
    expect(page.get_by_role("button", name=LIN)).to_contain_text(name)
    page.get_by_role("tab", name=ada.word("departments")).click()
    expect(row).to_contain_text("Lin")

    mei.transfer(visitor.name, name, note="refund", tab="departments")
    visitor.chat.expect_served_by("Lin 林月")
    lin.open(visitor.name)
    lin.expect_message("refund")

    row.click()
    form.get_by_label(words["name"]).fill(renamed)
    form.get_by_role("button", name=words["save"]).click()
    expect(form).to_be_hidden()
    page.get_by_role("button", name=renamed).click()
    form.get_by_role("button", name=words["delete"], exact=True).click()
    expect(form.get_by_role("status")).to_contain_text(words["stay"])
    assert violations(page) == []
    form.get_by_role("button", name=words["sure"]).click()
    expect(page.get_by_role("button", name=renamed)).to_have_count(0)
    assert desk.agent("lin")["department_id"] is None
    page.get_by_role("tab", name=words["agents"], exact=True).click()
    expect(page.get_by_role("button", name=LIN)).not_to_contain_text(renamed)


@BOTH
def test_who_has_no_departments_reads_what_they_are_for(
    people: People, desk: Desk, language: Language
) -> None:
    for each in desk.call("admin", "GET", "/v1/departments")["items"]:
        desk.call("admin", "DELETE", f"/v1/departments/{each['id']}")
    ada = staff(people, language)
    ada.page.get_by_role("tab", name=ada.word("departments")).click()
    expect(ada.page.get_by_text(WORDS[language]["none"])).to_be_visible()
    assert violations(ada.page) == []


@BOTH
def test_no_half_of_a_team_is_made_when_its_members_are_refused(
    people: People, desk: Desk, language: Language
) -> None:
    words, name = WORDS[language], f"Night {language}"
    ada = staff(people, language)
    page = ada.page
    page.get_by_role("tab", name=words["teams"], exact=True).click()
    page.get_by_role("button", name=words["add team"]).click()
    form = page.get_by_role("dialog")
    form.get_by_label(words["name"]).fill(name)
    form.get_by_role("checkbox", name="Mei").check()
    weight = form.get_by_role("textbox", name="Mei")
    weight.fill("500")
    weight.press("Enter")
    expect(page.get_by_text(words["weight"])).to_be_visible()
    expect(form).to_be_visible()
    teams = desk.call("admin", "GET", "/v1/teams")["items"]
    assert name not in {each["name"] for each in teams}
    refused_only(ada, "/v1/teams")
    weight.fill("50")
    form.get_by_role("button", name=words["save"]).click()
    expect(form).to_be_hidden()
    expect(page.get_by_role("button", name=name)).to_contain_text("Mei")
