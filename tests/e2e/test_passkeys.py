"""Passkeys at the screen, with the authenticator that Chromium has for such tests."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import PASSWORD, Desk
from tests.e2e.people import Agent, People
from tests.e2e.test_account import colleague, picture
from tests.e2e.words import LANGUAGES, Language

pytestmark = pytest.mark.xdist_group("e2e-account")
WORDS = {
    "zh-CN": ("添加通行密钥", "名称", "当前密码", "继续", "通行密钥", "使用通行密钥登录", "删除", "确定删除？", "保存"),
    "en": ("Add a passkey", "Name", "Present password", "Continue", "Passkeys", "Sign in with a passkey", "Delete", "Really delete?", "Save"),
}  # fmt: skip


def with_authenticator(page: Page) -> None:
    session: Any = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passkey_is_added_signs_in_is_renamed_and_removed(
    people: People, desk: Desk, language: Language
) -> None:
    add, name, present, go, title, use, _delete, _sure, save = WORDS[language]
    username = f"key-{language.lower()}"
    colleague(desk, username)
    # A browser knows no passkeys at an address that is a number.
    url = people.url.replace("127.0.0.1", "localhost")
    context, watch = people.context(username, language, dark=language == "en", phone=language == "en")
    agent = Agent(context.new_page(), url, language, watch)
    page = agent.page
    with_authenticator(page)
    credentials = {"organization": "demo", "username": username, "password": PASSWORD}
    assert context.request.post(f"{url}/v1/auth/sign-in", data=credentials).ok
    page.goto(f"{url}/console/account")
    page.get_by_role("button", name=add).click()
    dialog = agent.dialog(add)
    dialog.get_by_label(name).fill("Noras 笔记本")
    dialog.get_by_label(present).fill(PASSWORD)
    picture(people, f"passkey-add-{language}")
    assert violations(page) == []
    dialog.get_by_role("button", name=go, exact=True).click()
    row = page.get_by_role("button", name="Noras 笔记本")
    expect(row).to_be_visible()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    picture(people, f"passkeys-{language}")
    assert violations(page) == []
    row.click()
    dialog = agent.dialog("Noras 笔记本")
    dialog.get_by_label(name).fill("Noras alter")
    dialog.get_by_role("button", name=save, exact=True).click()
    expect(page.get_by_role("button", name="Noras alter")).to_be_visible()

    context.clear_cookies()
    page.reload()
    button = page.get_by_role("button", name=use)
    expect(button).to_be_visible()
    picture(people, f"passkey-sign-in-{language}")
    assert violations(page) == []
    button.click()
    page.wait_for_function("() => document.querySelector('nav')")
    page.goto(f"{url}/console/account")
    page.get_by_role("button", name="Noras alter").click()
    dialog = agent.dialog("Noras alter")
    dialog.get_by_role("button", name=_delete).click()
    dialog.get_by_role("button", name=_sure).click()
    expect(page.get_by_role("button", name="Noras alter")).to_have_count(0)
