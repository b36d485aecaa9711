"""Signing in by a company's own provider, at the screen: the provider is a second Frontdesk, as real as the first."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import ORGANIZATION, PASSWORD, Desk
from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.words import LANGUAGES, Language

pytestmark = pytest.mark.xdist_group("e2e-single-sign-on")
WORDS = {
    "zh-CN": ("单点登录", "添加身份提供方", "保存", "使用 Lantern 登录", "机构", "用户名", "密码", "登录"),
    "en": (
        "Single sign-on", "Add identity provider", "Save", "Sign in with Lantern", "Organization", "User name",
        "Password", "Sign in",
    ),
}  # fmt: skip
ISSUER = {"zh-CN": "签发者（Issuer）", "en": "Issuer"}
CLIENT = {"zh-CN": "客户端 ID", "en": "Client ID"}
SECRET = {"zh-CN": "客户端密钥", "en": "Client secret"}
SCOPES = {"zh-CN": "请求范围（scope）", "en": "Scopes"}
NAME = {"zh-CN": "名称", "en": "Name"}
CLAIM = {"zh-CN": "角色或用户组所在的声明", "en": "Claim with roles or groups"}
CREATES = {"zh-CN": "为新人自动创建账号", "en": "Make accounts for new people"}
ADD = {"zh-CN": "添加", "en": "Add value"}
VALUE = {"zh-CN": "值", "en": "Value"}
NO_ACCOUNT = {"zh-CN": "您在这里没有账号", "en": "you have no account here"}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Generator[ServerProcess]:
    """The company's own provider."""
    server = ServerProcess(tmp_path_factory.mktemp("e2e-company") / "company")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, company: ServerProcess) -> Generator[ServerProcess]:
    """The desk, whose operator lets it ask the provider in this machine."""
    settings = {
        "FRONTDESK_SSO__ALLOW_HTTP": "true",
        "FRONTDESK_SSO__PORTS": str(company.port),
        "FRONTDESK_SSO__ALLOW_NETWORKS": "127.0.0.1/32",
    }
    server = ServerProcess(tmp_path_factory.mktemp("e2e") / "data", settings)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def client(company: ServerProcess, server: ServerProcess) -> Generator[dict[str, str]]:
    """The desk as the provider knows it."""
    office = Desk(company.url)
    body = {
        "name": "Desk",
        "secret": True,
        "trusted": True,
        "redirect_uris": [f"{server.url}/v1/auth/sso/callback"],
        "scopes": ["openid", "profile"],
    }
    made = office.call("admin", "POST", "/v1/oauth/clients", body)
    yield {"client_id": made["client"]["client_id"], "secret": made["secret"]}
    office.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_provider_is_set_up_and_lets_in_who_the_rules_let_in(
    people: People, company: ServerProcess, client: dict[str, str], language: Language
) -> None:
    tab, add, save, by, _organization, _user, _password, _submit = WORDS[language]
    admin = people.agent("admin", language, status="offline", dark=language == "en")
    page = admin.page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=tab).click()
    page.get_by_role("button", name=add).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(NAME[language], exact=True).fill("Lantern")
    dialog.get_by_label(ISSUER[language]).fill(company.url)
    dialog.get_by_label(CLIENT[language]).fill(client["client_id"])
    dialog.get_by_label(SECRET[language], exact=True).fill(client["secret"])
    dialog.get_by_label(SCOPES[language]).press("Backspace")  # a Frontdesk tells of no address
    dialog.get_by_role("switch", name=CREATES[language]).click()
    dialog.get_by_label(CLAIM[language]).fill("role")
    dialog.get_by_role("button", name=ADD[language], exact=True).click()
    dialog.get_by_label(VALUE[language], exact=True).fill("agent")
    picture(people, f"provider-{language}")
    assert violations(page) == []
    dialog.get_by_role("button", name=save).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(company.url).first).to_be_visible()
    assert client["secret"] not in page.content()

    phone = people.context("newcomer", language, phone=True, dark=True)
    newcomer = phone[0].new_page()
    newcomer.goto(f"{people.url}/console/history")
    field = newcomer.get_by_label(WORDS[language][4], exact=True)
    field.fill(ORGANIZATION)
    field.blur()
    button = newcomer.get_by_role("button", name=by)
    expect(button).to_be_visible()
    picture(people, f"sign-in-{language}")
    assert violations(newcomer) == []
    button.click()
    newcomer.wait_for_url(f"{company.url}/console/authorize**")
    sign_in(newcomer, language, "mei")
    newcomer.wait_for_url(f"{people.url}/console/history**")
    expect(newcomer.get_by_label(WORDS[language][4], exact=True)).to_be_hidden()
    found = [each for each in people.desk.agents() if each["enabled"] and each["username"].startswith("mei-")]
    assert [each["role"] for each in found] == ["agent"]

    stranger = people.context("stranger", language, dark=language == "zh-CN")[0].new_page()
    stranger.goto(f"{people.url}/console/")
    field = stranger.get_by_label(WORDS[language][4], exact=True)
    field.fill(ORGANIZATION)
    field.blur()
    stranger.get_by_role("button", name=by).click()
    stranger.wait_for_url(f"{company.url}/console/authorize**")
    sign_in(stranger, language, "admin")
    expect(stranger.get_by_role("alert")).to_contain_text(NO_ACCOUNT[language])
    picture(people, f"no-account-{language}")
    for one in people.desk.call("admin", "GET", "/v1/identity-providers")["items"]:
        people.desk.call("admin", "DELETE", f"/v1/identity-providers/{one['id']}")
    for each in found:
        people.desk.call("admin", "PATCH", f"/v1/agents/{each['id']}", {"enabled": False, "name": "gone"})


def sign_in(page: Page, language: Language, who: str) -> None:
    """At the company's provider, which is a Frontdesk."""
    *_, organization, user, password, submit = WORDS[language]
    page.get_by_label(organization, exact=True).fill(ORGANIZATION)
    page.get_by_label(user, exact=True).fill(who)
    page.get_by_label(password, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=submit, exact=True).click()


def picture(people: People, name: str) -> None:
    """Kept where somebody asks for them: to be looked at, in both sizes."""
    folder = os.environ.get("FRONTDESK_PICTURES")
    if folder:
        people.take_pictures(Path(folder) / name)
