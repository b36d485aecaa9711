"""A forgotten password, from the sign-in page over the mail back to the desk."""

import os
import re
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import ORGANIZATION, PASSWORD
from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.words import LANGUAGES, Language
from tests.kit.mail import MailServer, running_mail_server

pytestmark = pytest.mark.xdist_group("e2e-password-reset")
FRESH = {"zh-CN": "a lantern in the winter rain", "en": "a lantern in the summer rain"}
FORGOTTEN = {"zh-CN": "忘记密码？", "en": "Forgot your password?"}
ORGANIZATION_LABEL = {"zh-CN": "机构", "en": "Organization"}
NAME = {"zh-CN": "用户名或邮箱", "en": "User name or e-mail address"}
SEND = {"zh-CN": "发送重置链接", "en": "Send me a link"}
NEW = {"zh-CN": "新密码", "en": "New password"}
CHOOSE = {"zh-CN": "设置密码", "en": "Set password"}
BACK = {"zh-CN": "返回登录", "en": "Back to sign-in"}
USER = {"zh-CN": "用户名", "en": "User name"}
WORD = {"zh-CN": "密码", "en": "Password"}
SUBMIT = {"zh-CN": "登录", "en": "Sign in"}


@pytest.fixture(scope="module")
def mail() -> Generator[MailServer]:
    with running_mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, mail: MailServer) -> Generator[ServerProcess]:
    settings = {"FRONTDESK_MAIL__URL": mail.url, "FRONTDESK_MAIL__SENDER": "Frontdesk <desk@demo.example>"}
    server = ServerProcess(tmp_path_factory.mktemp("e2e") / "data", settings)
    settings["FRONTDESK_LISTEN__PUBLIC_URL"] = server.url
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forgotten_password_is_replaced_by_way_of_the_mail(
    people: People, mail: MailServer, language: Language
) -> None:
    who = {"zh-CN": "mei", "en": "omar"}[language]
    agent = people.desk.agent(who)
    people.desk.call("admin", "PATCH", f"/v1/agents/{agent['id']}", {"email": f"{who}@demo.example"})
    page = people.context("forgetful", language, phone=language == "en", dark=language == "en")[0].new_page()
    page.goto(f"{people.url}/console/")
    page.get_by_role("button", name=FORGOTTEN[language]).click()
    page.get_by_label(ORGANIZATION_LABEL[language]).fill(ORGANIZATION)
    page.get_by_label(NAME[language]).fill(who)
    picture(people, f"forgotten-{language}")
    assert violations(page) == []
    before = len(mail.mails)
    page.get_by_role("button", name=SEND[language]).click()
    expect(page.get_by_role("status")).to_be_visible()
    deadline = time.monotonic() + 10
    while len(mail.mails) == before and time.monotonic() < deadline:
        time.sleep(0.05)
    link = re.search(rf"{people.url}/console/#reset=\S+", mail.mails[-1].get_content())
    assert link is not None

    page.goto("about:blank")
    page.goto(link[0])
    page.get_by_label(NEW[language], exact=True).fill(FRESH[language])
    picture(people, f"new-password-{language}")
    assert violations(page) == []
    page.get_by_role("button", name=CHOOSE[language]).click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("button", name=BACK[language]).click()
    page.get_by_label(ORGANIZATION_LABEL[language], exact=True).fill(ORGANIZATION)
    page.get_by_label(USER[language], exact=True).fill(who)
    page.get_by_label(WORD[language], exact=True).fill(FRESH[language])
    page.get_by_role("button", name=SUBMIT[language], exact=True).click()
    page.wait_for_url("**/console/inbox**")
    people.desk.call("admin", "POST", f"/v1/agents/{agent['id']}/password", {"password": PASSWORD})
    people.desk.forget(who)


def picture(people: People, name: str) -> None:
    """Kept where somebody asks for them: to be looked at, in both sizes."""
    folder = os.environ.get("FRONTDESK_PICTURES")
    if folder:
        people.take_pictures(Path(folder) / name)
