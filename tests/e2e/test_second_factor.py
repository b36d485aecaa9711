"""An authenticator app at the screen: set up, asked for, lost, and required."""

import time

import pytest
from playwright.sync_api import Page, expect

from frontdesk.auth.second_factor import totp
from tests.e2e.accessible import violations
from tests.e2e.desk import ORGANIZATION, PASSWORD, Desk
from tests.e2e.people import Agent, People
from tests.e2e.test_account import colleague, picture, refused_only
from tests.e2e.words import LANGUAGES, Language

pytestmark = pytest.mark.xdist_group("e2e-account")
WORDS = {
    "zh-CN": {
        "set up": "设置验证器应用", "present": "当前密码", "next": "继续", "picture": "验证器应用的二维码", "by hand": "手动输入密钥",
        "code": "验证码", "use": "启用", "codes": "恢复码", "kept": "我已保存", "on": "启用。", "left": "还剩 9 个恢复码",
        "one more": "还差一步", "wrong": "验证码不正确", "by recovery": "手机不在身边？使用恢复码", "recovery": "恢复码",
        "title": "设置两步验证", "rules": "登录", "everybody": "全员两步验证", "save": "保存", "saved": "已保存",
        "reset": "重置两步验证", "sure": "重置并退出其所有设备", "none": "未设置。", "sign out": "退出登录",
    },
    "en": {
        "set up": "Set up an app", "present": "Present password", "next": "Continue",
        "picture": "QR code for the authenticator app", "by hand": "Enter it by hand instead", "code": "Code from the app",
        "use": "Take it into use", "codes": "Recovery codes", "kept": "I have kept them", "on": "In use since",
        "left": "9 recovery codes are left", "one more": "One more step", "wrong": "This code is not right",
        "by recovery": "The app is not at hand? Use a recovery code", "recovery": "Recovery code",
        "title": "Set up a second factor", "rules": "Signing in", "everybody": "Second factor for everybody", "save": "Save",
        "saved": "Saved", "reset": "Reset second factor", "sure": "Reset and sign out everywhere", "none": "Not set up.",
        "sign out": "Sign out",
    },
}  # fmt: skip


class App:
    """An authenticator app. Its codes may be a step early or late, which spares the test half a minute for each."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.replace(" ", "")
        self._step = 0

    def code(self) -> str:
        now = int(time.time() * 1000)
        while now // totp.STEP + 1 <= self._step:
            time.sleep(0.5)
            now = int(time.time() * 1000)
        self._step = max(self._step + 1, now // totp.STEP - 1)
        return totp.code_at(self._secret, self._step)


def set_up(page: Page, words: dict[str, str]) -> tuple[App, list[str]]:
    """From the picture to the recovery codes."""
    expect(page.get_by_role("img", name=words["picture"])).to_be_visible()
    page.get_by_text(words["by hand"]).click()
    app = App(page.locator("details code").inner_text())
    page.get_by_label(words["code"], exact=True).fill(app.code())
    page.get_by_role("button", name=words["use"], exact=True).click()
    codes = page.get_by_role("list", name=words["codes"]).get_by_role("listitem")
    expect(codes).to_have_count(10)
    return app, codes.all_inner_texts()


def sign_in(agent: Agent, username: str) -> None:
    page = agent.page
    page.get_by_label(agent.word("organization")).fill(ORGANIZATION)
    page.get_by_label(agent.word("username"), exact=True).fill(username)
    page.get_by_label(agent.word("password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=agent.word("sign in"), exact=True).click()


def stranger(people: People, language: Language) -> Agent:
    context, watch = people.context("stranger", language, dark=language == "en", phone=language == "en")
    agent = Agent(context.new_page(), people.url, language, watch)
    agent.visit()
    return agent


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_app_is_set_up_asked_for_and_replaced_by_a_recovery_code(
    people: People, desk: Desk, language: Language
) -> None:
    words, username = WORDS[language], f"app-{language.lower()}"
    colleague(desk, username)
    agent = people.agent(username, language, status="offline", dark=language == "en")
    page = agent.page
    page.goto(f"{people.url}/console/account")
    page.get_by_role("button", name=words["set up"]).click()
    page.get_by_label(words["present"]).fill(PASSWORD)
    page.get_by_role("button", name=words["next"], exact=True).click()
    expect(page.get_by_role("img", name=words["picture"])).to_be_visible()
    picture(people, f"app-setup-{language}")
    assert violations(page) == []
    app, codes = set_up(page, words)
    picture(people, f"recovery-codes-{language}")
    assert violations(page) == []
    page.get_by_role("button", name=words["kept"]).click()
    expect(page.get_by_text(words["on"])).to_be_visible()

    other = stranger(people, language)
    sign_in(other, username)
    expect(other.page.get_by_role("heading", name=words["one more"])).to_be_visible()
    code = other.page.get_by_label(words["code"], exact=True)
    expect(code).to_be_focused()
    picture(people, f"code-{language}")
    assert violations(other.page) == []
    code.fill("000 000")
    code.press("Enter")
    expect(other.page.get_by_text(words["wrong"])).to_be_visible()
    code.fill(app.code())
    code.press("Enter")
    other.expect_ready()

    third = stranger(people, language)
    sign_in(third, username)
    third.page.get_by_role("button", name=words["by recovery"]).click()
    third.page.get_by_label(words["recovery"], exact=True).fill(codes[4].upper())
    third.page.get_by_role("button", name=third.word("sign in"), exact=True).click()
    third.expect_ready()
    page.reload()
    expect(page.get_by_text(words["left"])).to_be_visible()
    picture(people, f"account-with-app-{language}")
    assert violations(page) == []
    refused_only(other, "/v1/auth/code")


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_it_is_required_it_is_set_up_first_and_reset_for_who_has_lost_it(
    people: People, desk: Desk, language: Language
) -> None:
    words, username = WORDS[language], f"must-{language.lower()}"
    colleague(desk, username)
    admin = people.agent("admin", language, status="offline", dark=language == "en")
    page = admin.page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=words["rules"], exact=True).click()
    page.get_by_label(words["everybody"]).check(force=True)
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.get_by_text(words["saved"], exact=True)).to_be_visible()
    picture(people, f"rules-{language}")
    assert violations(page) == []
    try:
        agent = stranger(people, language)
        sign_in(agent, username)
        expect(agent.page.get_by_role("heading", name=words["title"])).to_be_visible()
        expect(agent.page.get_by_role("img", name=words["picture"])).to_be_visible()
        picture(people, f"enrolment-{language}")
        assert violations(agent.page) == []
        set_up(agent.page, words)
        assert violations(agent.page) == []
        agent.page.get_by_role("button", name=words["kept"]).click()
        agent.expect_ready()
    finally:
        desk.call("admin", "PATCH", "/v1/sign-in-policy", {"second_factor": False})

    page.goto(f"{people.url}/console/staff")
    page.get_by_text(username).click()
    page.get_by_role("button", name=words["reset"]).click()
    page.get_by_role("button", name=words["sure"]).click()
    expect(page.get_by_text(words["none"])).to_be_visible()
    picture(people, f"reset-{language}")
    assert violations(page) == []
    agent.page.reload()
    expect(agent.page.get_by_role("button", name=agent.word("sign in"), exact=True)).to_be_visible()
    agent.watch.wrong.clear()  # the ended session's last calls
