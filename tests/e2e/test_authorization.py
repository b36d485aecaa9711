"""Letting an application in, and signing it out again, at the screen."""

import hashlib
import os
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import People
from tests.e2e.words import LANGUAGES, Language

pytestmark = pytest.mark.xdist_group("e2e-authorization")
BACK = "https://app.example/back"
VERIFIER = "a-verifier-with-enough-characters-to-be-one-by-the-book"
WORDS = {
    "zh-CN": ("允许应用使用您的账号吗？", "允许", "拒绝", "登录设备", "退出登录", "应用"),
    "en": (
        "Let an application use your account?",
        "Let it in",
        "No",
        "Where you are signed in",
        "Sign out",
        "Applications",
    ),
}


@pytest.fixture
def app(desk: Desk) -> dict[str, Any]:
    body = {
        "name": "灯笼 & Co",
        "redirect_uris": [BACK],
        "scopes": ["openid", "profile", "offline_access", "contact.read"],
    }
    return desk.call("admin", "POST", "/v1/oauth/clients", body)["client"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_application_is_let_in_seen_and_signed_out(
    people: People, app: dict[str, Any], language: Language
) -> None:
    title, agree, refuse, devices, end, applications = WORDS[language]
    agent = people.agent("admin", language, status="offline", dark=language == "en")
    page = agent.page
    page.route("https://app.example/**", lambda route: route.fulfill(body="<title>app</title>back"))
    challenge = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "client_id": app["client_id"],
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "openid profile offline_access contact.read",
        "state": "123",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = f"{people.url}/console/authorize?{urlencode(asked)}"

    page.goto(address)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("definition").first).to_have_text("灯笼 & Co")
    expect(page.get_by_role("definition").last).to_have_text("app.example")
    picture(people, f"consent-{language}")
    assert violations(page) == []
    page.get_by_role("button", name=refuse, exact=True).click()
    page.wait_for_url(f"{BACK}?**")
    told = parse_qs(urlsplit(page.url).query)
    assert (told["error"], told["state"]) == (["access_denied"], ["123"])

    page.goto(address)
    page.get_by_role("button", name=agree, exact=True).click()
    page.wait_for_url(f"{BACK}?**")
    told = parse_qs(urlsplit(page.url).query)
    fields = {
        "grant_type": "authorization_code",
        "client_id": app["client_id"],
        "code": told["code"][0],
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    given = httpx.post(f"{people.url}/oauth/token", data=fields, trust_env=False)
    assert given.status_code == 200, given.text
    bearer = {"authorization": f"Bearer {given.json()['access_token']}"}
    assert httpx.get(f"{people.url}/v1/contacts", headers=bearer, trust_env=False).status_code == 200

    page.goto(f"{people.url}/console/account")
    expect(page.get_by_role("heading", name=devices)).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="灯笼 & Co").first
    expect(row).to_be_visible()
    picture(people, f"sessions-{language}")
    assert violations(page) == []
    before = page.get_by_role("listitem").filter(has_text="灯笼 & Co").count()
    row.get_by_role("button", name=end).click()
    expect(page.get_by_role("listitem").filter(has_text="灯笼 & Co")).to_have_count(before - 1)
    assert httpx.get(f"{people.url}/v1/contacts", headers=bearer, trust_env=False).status_code == 401

    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=applications).click()
    expect(page.get_by_text(app["client_id"])).to_be_visible()
    picture(people, f"applications-{language}")
    page.get_by_text(app["client_id"]).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    picture(people, f"application-{language}")
    assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_an_application_asks_for_is_told_in_a_sentence(
    people: People, desk: Desk, language: Language
) -> None:
    """Of every scope that there is. An address on the device itself is told as that, and one of a program by its name."""
    scopes = httpx.get(f"{people.url}/.well-known/openid-configuration", trust_env=False).json()[
        "scopes_supported"
    ]
    backs = {
        "http://127.0.0.1/back": ("本机上的程序", "a program on this device"),
        "com.example.app:/back": (
            "本机上的程序 com.example.app",
            "com.example.app, a program on this device",
        ),
    }
    body = {"name": "Everything", "redirect_uris": list(backs), "scopes": scopes}
    app = desk.call("admin", "POST", "/v1/oauth/clients", body)["client"]
    page = people.agent("admin", language, status="offline").page
    for back, words in backs.items():
        asked = {
            "client_id": app["client_id"],
            "redirect_uri": back,
            "response_type": "code",
            "scope": " ".join(scopes),
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method": "S256",
        }
        page.goto(f"{people.url}/console/authorize?{urlencode(asked)}")
        expect(page.get_by_role("definition").last).to_have_text(words[language == "en"])
        sentences = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
        assert len(set(sentences)) == len(scopes)
        assert not [words for words in sentences if "." in words or "_" in words or words in scopes]
    picture(people, f"consent-to-everything-{language}")


def test_a_stranger_is_sent_nowhere(people: People, app: dict[str, Any]) -> None:
    agent = people.agent("mei", "en", status="offline")
    asked = {
        "client_id": app["client_id"],
        "redirect_uri": "https://evil.example/",
        "response_type": "code",
    }
    agent.page.goto(f"{people.url}/console/authorize?{urlencode(asked)}")
    expect(agent.page.get_by_role("heading", name="This application is not known here")).to_be_visible()
    assert agent.page.url.startswith(people.url)
    # The browser tells of the refusal that the page has shown.
    assert [told for told in agent.watch.wrong if "/v1/oauth/authorizations" not in told] == []
    agent.watch.wrong.clear()


def picture(people: People, name: str) -> None:
    """Kept where somebody asks for them: to be looked at, in both sizes."""
    folder = os.environ.get("FRONTDESK_PICTURES")
    if folder:
        people.take_pictures(Path(folder) / name)


def test_the_secret_of_a_new_application_is_shown(people: People) -> None:
    admin = people.agent("admin", "en", status="offline")
    page = admin.page
    page.get_by_role("navigation").get_by_role("link", name="Settings").click()
    page.get_by_role("tab", name="Applications").click()
    page.get_by_role("button", name="Register application").click()
    dialog = admin.dialog("Register application")
    dialog.get_by_label("Name").fill("Ledger")
    dialog.get_by_role("button", name="Save").click()
    expect(admin.dialog("Secret of the application").get_by_text("Keep it now")).to_be_visible()
