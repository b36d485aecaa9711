"""What an administrator does in the console: the organization, its people, its wrap-up, and what the audit log says of it."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import ORGANIZATION, PASSWORD, Desk
from tests.e2e.pages.console import choose
from tests.e2e.people import Agent, People
from tests.e2e.words import LANGUAGES, Language

pytestmark = [pytest.mark.xdist_group("e2e-administering"), pytest.mark.timeout(240)]
BOTH = pytest.mark.parametrize("language", LANGUAGES)
WORDS = {
    "zh-CN": {
        "name": "名称", "save": "保存", "add agent": "新建客服", "agent name": "姓名", "role": "角色", "leader": "组长",
        "taken": "这个用户名已被使用。", "end": "退出登录", "ended": "登录已失效", "categories": "小结分类",
        "who": "操作人", "what": "操作", "day": "24 小时", "export": "导出", "csv": "导出 CSV", "added": "新建了客服",
    },
    "en": {
        "name": "Name", "save": "Save", "add agent": "Add agent", "agent name": "Name", "role": "Role",
        "leader": "Team leader", "taken": "Somebody has this user name already.", "end": "Sign out",
        "ended": "Your session has ended", "categories": "Wrap-up categories", "who": "Who", "what": "What",
        "day": "24 hours", "export": "Export", "csv": "As CSV", "added": "added the agent",
    },
}  # fmt: skip


def refused_only(agent: Agent, path: str) -> None:
    """The browser tells of the refusals that the page has shown, and of nothing else."""
    assert [told for told in agent.watch.wrong if path not in told] == []
    agent.watch.wrong.clear()


def sign_in(agent: Agent, username: str) -> None:
    """By hand, as who has just been given a password."""
    page = agent.page
    page.get_by_label(agent.word("organization")).fill(ORGANIZATION)
    page.get_by_label(agent.word("username")).fill(username)
    page.get_by_label(agent.word("password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=agent.word("sign in"), exact=True).click()
    agent.expect_ready()


@BOTH
def test_the_organization_has_another_name_in_every_open_console_at_once(
    people: People, language: Language
) -> None:
    words, name = WORDS[language], f"Lantern House {language}"
    ada = people.agent("admin", language, status="offline", dark=language == "en")
    mei = people.agent("mei", language)
    ada.page.goto(f"{people.url}/console/settings")
    field = ada.page.get_by_label(words["name"], exact=True)
    field.fill("   ")
    expect(ada.page.get_by_role("button", name=words["save"]).first).to_be_disabled()
    field.fill(name)
    assert violations(ada.page) == []
    field.press("Enter")
    for agent in (ada, mei):
        agent.page.get_by_role("button", name=agent.word("account")).click()
        expect(agent.page.get_by_role("menu").get_by_text(name)).to_be_visible()
    mei.page.keyboard.press("Escape")
    ada.page.reload()
    expect(field).to_have_value(name)


@BOTH
def test_an_agent_is_added_signs_in_and_is_signed_out_by_the_administrator(
    people: People, language: Language
) -> None:
    words, username, name = WORDS[language], f"nora-{language.lower()}", f"Nora Quist {language}"
    ada = people.agent("admin", language, status="offline", dark=language == "en")
    page, form = ada.page, ada.page.get_by_role("dialog")
    page.goto(f"{people.url}/console/staff")
    page.get_by_role("button", name=words["add agent"]).click()
    form.get_by_label(words["agent name"], exact=True).fill(name)
    form.get_by_label(ada.word("password"), exact=True).fill(PASSWORD)
    form.get_by_role("combobox", name=words["role"]).click()
    page.get_by_role("option", name=words["leader"]).click()
    for typed in ("mei", username):  # the first one is somebody's
        form.get_by_label(ada.word("username")).fill(typed)
        form.get_by_role("button", name=words["save"]).click()
        if typed == "mei":
            expect(page.get_by_text(words["taken"])).to_be_visible()
            assert violations(page) == []
    expect(form).to_be_hidden()
    refused_only(ada, "/v1/agents")
    row = page.get_by_role("button", name=name)
    expect(row).to_contain_text(words["leader"])

    context, watch = people.context(username, language)
    nora = Agent(context.new_page(), people.url, language, watch)
    nora.visit()
    sign_in(nora, username)

    row.click()
    device = form.get_by_role("listitem").filter(has_text="Chrome")
    expect(device).to_have_count(1)
    assert violations(page) == []
    device.get_by_role("button", name=words["end"]).click()
    expect(device).to_have_count(0)
    expect(nora.page.get_by_text(words["ended"])).to_be_visible()
    refused_only(nora, "/v1/auth/refresh")
    sign_in(nora, username)


@BOTH
def test_the_categories_that_are_edited_are_those_that_a_conversation_is_closed_with(
    people: People, language: Language
) -> None:
    words, added = WORDS[language], f"Gift wrap {language}"
    removed = {"zh-CN": "Payment 支付", "en": "Invoice 发票"}[language]
    visitor, mei = people.visitor(language), people.agent("mei", language)
    people.served(visitor, mei)
    ada = people.agent("admin", language, status="offline", dark=language == "en")
    ada.page.goto(f"{people.url}/console/replies")
    ada.page.get_by_role("tab", name=words["categories"]).click()
    field = ada.page.get_by_role("textbox", name=words["categories"])
    expect(field).to_have_value(re.compile(removed))
    field.fill(field.input_value().replace(removed, f" Orders 订单 / {added} "))
    assert violations(ada.page) == []
    ada.page.get_by_role("button", name=words["save"], exact=True).click()
    expect(field).to_have_value(re.compile(f"^Orders 订单/{added}$", re.MULTILINE))

    mei.button("close").click()
    dialog = mei.dialog(mei.word("close title", name=visitor.name))
    choose(dialog, added)
    expect(dialog.get_by_role("radio", name=removed)).to_have_count(0)
    dialog.get_by_role("button", name=mei.word("close submit"), exact=True).click()
    mei.expect_line(mei.word("wrapped up", category=f"Orders 订单/{added}"))


@BOTH
def test_the_audit_log_is_narrowed_and_exported_as_it_is_shown(
    people: People, desk: Desk, language: Language, tmp_path: Path
) -> None:
    words, username = WORDS[language], f"otis-{language.lower()}"
    desk.call("admin", "POST", "/v1/agents", {"username": username, "name": "Otis", "password": PASSWORD})
    ada = people.agent("admin", language, status="offline", dark=language == "en")
    page = ada.page
    page.goto(f"{people.url}/console/audit")
    entries = page.get_by_role("main").get_by_role("listitem")
    expect(entries.filter(has_not_text=words["added"]).first).to_be_visible()
    assert violations(page) == []
    for label, option in ((words["what"], words["added"]), (words["who"], "Ada Zhou 周安")):
        page.get_by_role("combobox", name=label, exact=True).click()
        page.get_by_role("option", name=option, exact=True).click()
    page.get_by_text(words["day"], exact=True).click()
    expect(entries.filter(has_not_text=words["added"])).to_have_count(0)
    expect(entries.filter(has_text=username)).to_have_count(1)
    page.get_by_role("button", name=words["export"], exact=True).click()
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=words["csv"]).click()
    kept = tmp_path / "audit.csv"
    download.value.save_as(kept)
    with kept.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == entries.count()
    assert {row["action"] for row in rows} == {"agent.created"}
    assert username in {row["target_name"] for row in rows}
