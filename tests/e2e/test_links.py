"""Links in a conversation: what they lead to is told before they are opened, and fetched only for whoever asks."""

import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect
from typing_extensions import override

from tests.e2e.accessible import violations
from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-links"), pytest.mark.timeout(240)]

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Paper lamp, warm white – Lantern Shop</title>
<meta property="og:site_name" content="灯笼小店 Lantern Shop"><meta property="og:title" content="暖白纸灯罩 30 cm">
<meta name="description" content="手工宣纸灯罩，适配 E27 灯座，七天无理由退货。Folded by hand from rice paper.">
<meta property="og:image" content="/tracker.png"><script>fetch("/tracker")</script></head><body></body></html>"""


class Shelf:
    """A site with a page, and a list of what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the name is http.server's
                outer.asked.append(self.path)
                if self.path == "/inside":
                    self.send_response(302)
                    self.send_header("location", "http://169.254.169.254/latest/meta-data/")
                    self.end_headers()
                    return
                body = PAGE.encode()
                self.send_response(200 if self.path.startswith("/lamp") else 404)
                self.send_header("content-type", "text/html")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            @override
            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def shelf() -> Generator[Shelf]:
    shelf = Shelf()
    yield shelf
    shelf.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, shelf: Shelf) -> Generator[ServerProcess]:
    """One whose operator lets it look at this machine's pages, at one port."""
    allowed = {
        "FRONTDESK_PREVIEWS__ALLOW_NETWORKS": "127.0.0.1/32",
        "FRONTDESK_PREVIEWS__PORTS": str(shelf.port),
    }
    server = ServerProcess(tmp_path_factory.mktemp("e2e") / "data", allowed)
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_agent_sees_what_a_link_leads_to_before_opening_it(
    people: People, shelf: Shelf, language: Language
) -> None:
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    lamp, inside = shelf.url(f"/lamp?{language}"), shelf.url("/inside")
    visitor.chat.send(f"这个还有吗 {lamp} {inside}")
    mei.expect_message(lamp)
    chinese = language == "zh-CN"
    name = "预览 · 127.0.0.1" if chinese else "Preview · 127.0.0.1"
    first, second = [mei.transcript.get_by_role("button", name=name).nth(n) for n in range(2)]
    expect(second).to_be_visible()
    assert not [path for path in shelf.asked if language in path]
    assert violations(mei.page) == []
    second.click()
    refused = "127.0.0.1 不在公网上" if chinese else "127.0.0.1 is not looked at from here"
    expect(mei.transcript.get_by_text(refused)).to_be_visible()
    first.focus()
    mei.page.keyboard.press("Enter")
    card = mei.transcript.get_by_role("link", name="暖白纸灯罩 30 cm")
    expect(card).to_contain_text("手工宣纸灯罩")
    expect(card).to_contain_text("127.0.0.1")
    assert card.get_attribute("rel") == "noopener noreferrer nofollow"
    assert card.get_attribute("href") == lamp
    assert violations(mei.page) == []
    assert not [path for path in shelf.asked if "tracker" in path]
    assert shelf.asked.count(f"/lamp?{language}") == 1


def test_a_link_that_hides_where_it_leads_says_it(people: People) -> None:
    mei, visitor = people.agent("mei", "en"), people.visitor("en")
    people.served(visitor, mei)
    visitor.chat.send("log in at https://аpple.com/id or https://apple.com@evil.example/")
    line = mei.expect_message("log in at")
    expect(line.get_by_text("xn--pple-43d.com", exact=True).first).to_be_visible()
    expect(line.get_by_text("evil.example", exact=True).first).to_be_visible()
    assert violations(mei.page) == []


def test_an_organization_without_previews_has_no_button(people: People, shelf: Shelf) -> None:
    mei, visitor = people.agent("mei", "en"), people.visitor("en")
    people.served(visitor, mei)
    visitor.chat.send(shelf.url("/lamp"))
    button = mei.transcript.get_by_role("button", name="Preview · 127.0.0.1")
    expect(button).to_be_visible()
    admin = people.agent("admin", "en", status="offline")
    admin.page.get_by_role("navigation").get_by_role("link", name="Settings").click()
    admin.page.get_by_label("Previews of links").uncheck(force=True)
    admin.page.get_by_role("button", name="Save").click()
    try:
        expect(button).to_have_count(0)
    finally:
        people.desk.call("admin", "PATCH", "/v1/settings", {"link_previews": True})
