"""One's own account at the screen: another password, and what the organization asks of it."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import ORGANIZATION, PASSWORD, Desk
from tests.e2e.people import Agent, People
from tests.e2e.words import LANGUAGES, Language

pytestmark = pytest.mark.xdist_group("e2e-account")
FRESH = "tangerine-otter-91"
WORDS = {
    "zh-CN": {
        "account": "登录与安全", "change": "修改密码", "present": "当前密码", "new": "新密码", "save": "保存",
        "rule": "至少 12 个字符", "wrong": "当前密码不正确", "common": "这个密码太常见", "done": "密码已修改",
        "rules": "登录", "length": "密码最短长度", "saved": "已保存",
    },
    "en": {
        "account": "Sign-in and security", "change": "Change password", "present": "Present password",
        "new": "New password", "save": "Save", "rule": "At least 12 characters", "wrong": "present password is not right",
        "common": "among the first that are guessed", "done": "Your password is changed", "rules": "Signing in",
        "length": "Shortest password", "saved": "Saved",
    },
}  # fmt: skip


def colleague(desk: Desk, username: str) -> None:
    """Somebody of this test's own, whose password it may change."""
    desk.call(
        "admin", "POST", "/v1/agents", {"username": username, "name": "Nora Quist", "password": PASSWORD}
    )


def refused_only(agent: Agent, path: str) -> None:
    """The browser tells of the refusals that the page has shown, and of nothing else."""
    assert [told for told in agent.watch.wrong if path not in told] == []
    agent.watch.wrong.clear()


def picture(people: People, name: str) -> None:
    """Kept where somebody asks for them."""
    folder = os.environ.get("FRONTDESK_PICTURES")
    if folder:
        people.take_pictures(Path(folder) / name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_password_is_changed_and_a_bad_choice_is_explained(
    people: People, desk: Desk, language: Language
) -> None:
    words, username = WORDS[language], f"nora-{language.lower()}"
    colleague(desk, username)
    agent = people.agent(username, language, status="offline", dark=language == "en")
    page = agent.page
    page.get_by_role("button", name=f"NQ, {agent.word('account')}").click()
    page.get_by_role("menuitem", name=words["account"]).click()
    expect(page.get_by_role("heading", name=words["account"])).to_be_visible()
    picture(people, f"account-{language}")
    assert violations(page) == []

    page.get_by_role("button", name=words["change"]).click()
    dialog = agent.dialog(words["change"])
    present, new = dialog.get_by_label(words["present"]), dialog.get_by_label(words["new"])
    expect(dialog.get_by_text(words["rule"])).to_be_visible()
    present.fill("not the present one")
    new.fill(FRESH)
    dialog.get_by_role("button", name=words["save"]).click()
    expect(dialog.get_by_text(words["wrong"])).to_be_visible()
    present.fill(PASSWORD)
    new.fill("Password2024!")
    new.press("Enter")
    expect(dialog.get_by_text(words["common"])).to_be_visible()
    picture(people, f"password-{language}")
    assert violations(page) == []
    new.fill(FRESH)
    new.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(words["done"])).to_be_visible()
    refused_only(agent, "/v1/auth/password")

    for password, status in ((PASSWORD, 401), (FRESH, 200)):
        credentials = {"organization": ORGANIZATION, "username": username, "password": password}
        answer = page.context.request.post(f"{people.url}/v1/auth/sign-in", data=credentials)
        assert answer.status == status


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_administrator_sets_the_shortest_password(people: People, desk: Desk, language: Language) -> None:
    words = WORDS[language]
    admin = people.agent("admin", language, status="offline", dark=language == "en")
    page = admin.page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=words["rules"], exact=True).click()
    length = page.get_by_label(words["length"])
    expect(length).to_have_value("12")
    length.fill("14" if language == "en" else "16")
    page.get_by_role("button", name=words["save"]).click()
    expect(page.get_by_text(words["saved"], exact=True)).to_be_visible()
    picture(people, f"sign-in-rules-{language}")
    assert violations(page) == []
    assert desk.call("mei", "GET", "/v1/sign-in-policy")["password_length"] == int(length.input_value())
    desk.call("admin", "PATCH", "/v1/sign-in-policy", {"password_length": 12})
