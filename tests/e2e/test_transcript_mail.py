"""A visitor has the conversation sent to an e-mail address, from the chat's menu to the mail."""

import time
from collections.abc import Generator

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.accessible import violations
from tests.e2e.people import People, Visitor
from tests.e2e.server import ServerProcess
from tests.e2e.words import Language
from tests.kit.mail import MailServer, running_mail_server

pytestmark = pytest.mark.xdist_group("e2e-transcript-mail")

LOOKS = pytest.mark.parametrize(
    ("language", "dark", "phone"),
    [("zh-CN", False, False), ("en", True, True)],
    ids=["zh-light", "en-dark-phone"],
)


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


def words(language: Language, chinese: str, english: str) -> str:
    return english if language == "en" else chinese


def open_form(visitor: Visitor) -> Locator:
    name = words(visitor.language, "将会话发送到邮箱", "Send this conversation by e-mail")
    visitor.chat.button("more").click()
    visitor.chat.frame.get_by_role("menuitem", name=name).click()
    return visitor.chat.frame.get_by_role("region", name=name)


@LOOKS
def test_what_was_said_arrives_at_the_address_that_was_typed(
    people: People, mail: MailServer, language: Language, dark: bool, phone: bool
) -> None:
    visitor = people.visitor(language, dark=dark, phone=phone)
    visitor.chat.send("Is it waterproof?")
    expect(visitor.chat.messages).to_have_count(3)
    form = open_form(visitor)
    address = form.get_by_label(words(language, "邮箱", "E-mail"))
    send = form.get_by_role("button", name=words(language, "发送", "Send"), exact=True)
    address.fill("ada@")
    send.click()
    wrong = words(language, "邮箱格式好像不对，请检查一下。", "This e-mail address doesn’t look right.")
    expect(form.get_by_text(wrong)).to_be_visible()
    assert violations(visitor.page) == []
    before = len(mail.mails)
    address.fill("ada@example.com")
    address.press("Enter")
    expect(
        form.get_by_text(words(language, "已发送到 ada@example.com。", "Sent to ada@example.com."))
    ).to_be_visible()
    assert violations(visitor.page) == []
    deadline = time.monotonic() + 5
    while len(mail.mails) == before and time.monotonic() < deadline:
        time.sleep(0.05)
    sent = mail.mails[-1]
    assert sent["To"] == "ada@example.com"
    assert "Is it waterproof?" in sent.get_content()
    visitor.page.keyboard.press("Escape")
    expect(visitor.chat.composer).to_be_visible()


def test_a_mail_server_that_takes_nothing_is_said_and_may_be_tried_again(
    people: People, mail: MailServer
) -> None:
    visitor = people.visitor("en")
    visitor.chat.send("Is it waterproof?")
    expect(visitor.chat.messages).to_have_count(3)
    form = open_form(visitor)
    form.get_by_label("E-mail").fill("eve@example.com")
    mail.refuses = True
    form.get_by_role("button", name="Send", exact=True).click()
    expect(form.get_by_text("That didn’t work. Please try again.")).to_be_visible()
    mail.refuses = False
    form.get_by_role("button", name="Send", exact=True).click()
    expect(form.get_by_text("Sent to eve@example.com.")).to_be_visible()
    visitor.watch.wrong.clear()  # the browser notes the refusal, too
