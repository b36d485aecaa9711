"""Agent and visitor without a common language: the company's own service stands between them, seen before it is sent."""

import json
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect
from typing_extensions import override

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.server import ServerProcess
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-translation"), pytest.mark.timeout(240)]

PHRASES = {
    ("Is the lamp still there?", "zh-CN"): "那盏灯还在吗？",
    ("在的，今天发货。", "en"): "Yes, it leaves today.",
    ("灯罩裂了", "en"): "The shade is cracked",
    ("I will send a new one.", "zh-CN"): "我会寄一个新的给您。",
}


class Service:
    """Knows a few phrases, and fails when it is told to. A thread: Playwright's synchronous API has the only event loop."""

    def __init__(self) -> None:
        self.works = True
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the name is http.server's
                asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.asked.extend(asked["texts"])
                texts = [
                    PHRASES.get((text, asked["to"]), f"[{asked['to']}] {text}") for text in asked["texts"]
                ]
                body = json.dumps({"texts": texts}).encode()
                self.send_response(200 if outer.works else 500)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            @override
            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/frontdesk"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def service() -> Generator[Service]:
    service = Service()
    yield service
    service.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, service: Service) -> Generator[ServerProcess]:
    """One whose operator allows a translation service on this machine."""
    allowed = {
        "FRONTDESK_TRANSLATION__ALLOW_HTTP": "true",
        "FRONTDESK_TRANSLATION__ALLOW_NETWORKS": "127.0.0.1/32",
        "FRONTDESK_TRANSLATION__PORTS": str(service.port),
    }
    server = ServerProcess(tmp_path_factory.mktemp("e2e") / "data", allowed)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def translating(people: People, service: Service) -> Generator[Service]:
    service.works = True
    service.asked.clear()
    people.desk.call("admin", "PUT", "/v1/translation/service", {"url": service.url})
    yield service
    people.desk.call("admin", "DELETE", "/v1/translation/service")


def talking(people: People, agents: Language, visitors: Language) -> tuple[Agent, Visitor]:
    mei, visitor = people.agent("mei", agents), people.visitor(visitors)
    people.served(visitor, mei)
    return mei, visitor


@pytest.mark.parametrize(
    ("agents", "visitors", "said", "read", "always", "written", "sent", "into", "again"),
    [
        (
            "zh-CN", "en", "Is the lamp still there?", "那盏灯还在吗？", "此会话始终翻译", "在的，今天发货。",
            "Yes, it leaves today.", "翻译成英语", "恢复原文",
        ),
        (
            "en", "zh-CN", "灯罩裂了", "The shade is cracked", "Always translate here", "I will send a new one.",
            "我会寄一个新的给您。", "Translate into Chinese (China)", "Use this again",
        ),
    ],
)  # fmt: skip
def test_both_read_their_own_language(
    *,
    people: People,
    translating: Service,
    agents: Language,
    visitors: Language,
    said: str,
    read: str,
    always: str,
    written: str,
    sent: str,
    into: str,
    again: str,
) -> None:
    mei, visitor = talking(people, agents, visitors)
    visitor.chat.send(said)
    line = mei.expect_message(said)
    assert translating.asked == []
    line.hover()
    line.get_by_role("button", name="翻译" if agents == "zh-CN" else "Translate", exact=True).click()
    expect(line.get_by_text(read, exact=True)).to_be_visible()
    assert violations(mei.page) == []
    line.get_by_role("button", name=always).click()
    visitor.chat.send("42")
    expect(mei.transcript.get_by_text(f"[{agents}] 42")).to_be_visible()
    mei.composer.fill(written)
    button = mei.page.get_by_role("button", name=into)
    button.click()
    expect(mei.composer).to_have_value(sent)
    expect(mei.page.get_by_text(written)).to_be_visible()
    assert violations(mei.page) == []
    mei.page.get_by_role("button", name=again).click()
    expect(mei.composer).to_have_value(written)
    button.click()
    expect(mei.composer).to_have_value(sent)
    mei.composer.press("Enter")
    visitor.chat.expect_message(sent)
    expect(mei.page.get_by_role("button", name=again)).to_have_count(0)
    expect(visitor.chat.log).not_to_contain_text(written)


def test_a_service_that_fails_is_told_and_nothing_waits_for_it(people: People, translating: Service) -> None:
    mei, visitor = talking(people, "en", "zh-CN")
    visitor.chat.send("灯罩裂了")
    line = mei.expect_message("灯罩裂了")
    translating.works = False
    with mei.watch.network_failures():
        mei.composer.fill("One moment")
        mei.page.get_by_role("button", name="Translate into").click()
        told = "The translation service did not answer as agreed"
        expect(mei.page.get_by_role("alert").filter(has_text=told)).to_be_visible()
        expect(mei.composer).to_have_value("One moment")
        mei.composer.press("Enter")
        visitor.chat.expect_message("One moment")
        line.hover()
        line.get_by_role("button", name="Translate", exact=True).click()
        expect(line.get_by_text(told)).to_be_visible()
        translating.works = True
        line.get_by_role("button", name="Try again").click()
        expect(line.get_by_text("The shade is cracked")).to_be_visible()
    mei.watch.wrong = [text for text in mei.watch.wrong if "status of 409" not in text]


def test_an_administrator_names_the_service_and_only_then_there_is_something_to_press(
    people: People, service: Service
) -> None:
    mei, visitor = talking(people, "en", "zh-CN")
    visitor.chat.send("灯罩裂了")
    mei.expect_message("灯罩裂了")
    button = mei.transcript.get_by_role("button", name="Translate", exact=True)
    expect(button).to_have_count(0)
    expect(mei.page.get_by_role("button", name="Translate into")).to_have_count(0)
    admin = people.agent("admin", "en", status="offline")
    page = admin.page
    page.get_by_role("navigation").get_by_role("link", name="Settings").click()
    page.get_by_role("tab", name="Translation").click()
    page.get_by_label("Address of your translation service").fill(service.url)
    assert violations(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    expect(admin.dialog("The secret").get_by_text("whsec_")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(button.first).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("button", name="Really remove?").click()
    expect(button).to_have_count(0)
