"""Webhooks in the console: added, tested, failing, mended, and sent again; with a real receiver."""

import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect
from typing_extensions import override

from tests.e2e.desk import Desk
from tests.e2e.pages.console import Console
from tests.e2e.people import Agent, People
from tests.e2e.server import ServerProcess

pytestmark = pytest.mark.xdist_group("e2e-webhooks")


class Receiver:
    """Answers as it is told and counts what it took. A thread: Playwright's synchronous API has the only event loop."""

    def __init__(self) -> None:
        self.status = 204
        self.said = b""
        self.signatures: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # the name is http.server's
                self.rfile.read(int(self.headers["content-length"]))
                outer.signatures.append(len(self.headers["webhook-signature"].split(" ")))
                self.send_response(outer.status)
                self.send_header("content-length", str(len(outer.said)))
                self.end_headers()
                self.wfile.write(outer.said)

            @override
            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def receiver() -> Generator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Generator[ServerProcess]:
    """One whose operator allows webhooks to this machine."""
    allowed = {
        "FRONTDESK_WEBHOOKS__ALLOW_HTTP": "true",
        "FRONTDESK_WEBHOOKS__ALLOW_NETWORKS": "127.0.0.0/8",
        "FRONTDESK_WEBHOOKS__PORTS": str(receiver.port),
    }
    server = ServerProcess(tmp_path_factory.mktemp("e2e") / "data", allowed)
    server.start()
    yield server
    server.stop()


def add(console: Console, url: str, *, what: str) -> None:
    """By hand, and without looking at the secret."""
    page = console.page
    page.get_by_role("button", name="Add a webhook").click()
    dialog = console.dialog("Add a webhook")
    dialog.get_by_label("Address").fill(url)
    dialog.get_by_label("What it is for").fill(what)
    dialog.get_by_label("Leave-messages").check()
    dialog.get_by_role("button", name="Save").click()
    expect(console.dialog("The secret").get_by_text("whsec_")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name=what)).to_be_visible()


def open_screen(people: People) -> Agent:
    admin = people.agent("admin", "en", status="offline")
    admin.go("webhooks")
    return admin


def test_a_webhook_is_added_tested_and_its_delivery_is_listed(
    people: People, desk: Desk, receiver: Receiver
) -> None:
    receiver.status, receiver.said = 204, b""
    admin = open_screen(people)
    page = admin.page
    expect(page.get_by_text("No webhooks yet")).to_be_visible()
    add(admin, receiver.url, what="CRM")
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("The receiver took the test")).to_be_visible()
    expect(page.get_by_text("Answered 204")).to_be_visible()
    row = page.get_by_role("button", name="webhook.test")
    expect(row.get_by_text("Taken")).to_be_visible()
    row.click()
    expect(page.get_by_text("webhook-id: evt_")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("button", name="CRM").get_by_text("Taken")).to_be_visible()
    for each in desk.call("admin", "GET", "/v1/webhooks")["items"]:
        desk.call("admin", "DELETE", f"/v1/webhooks/{each['id']}")


def test_a_receiver_that_fails_is_told_with_its_reason_and_gets_the_event_again_when_it_is_mended(
    people: People, desk: Desk, receiver: Receiver
) -> None:
    receiver.status, receiver.said = 500, b"the ledger is locked"
    admin = open_screen(people)
    page = admin.page
    add(admin, receiver.url, what="Ledger")
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("The receiver did not take the test")).to_be_visible()
    expect(page.get_by_role("status").get_by_text("the ledger is locked")).to_be_visible()
    expect(page.get_by_text("Failing", exact=True)).to_be_visible()
    row = page.get_by_role("button", name="webhook.test")
    expect(row.get_by_text("Under way")).to_be_visible()
    receiver.status, receiver.said = 204, b""
    row.click()
    page.get_by_role("button", name="Try now").click()
    expect(row.get_by_text("Taken")).to_be_visible()
    expect(page.get_by_role("button", name="Send again")).to_be_visible()
    expect(page.get_by_text("Failing", exact=True)).to_have_count(0, timeout=20_000)
    page.get_by_role("button", name="Change", exact=True).click()
    dialog = admin.dialog("Change")
    dialog.get_by_role("button", name="Delete").click()
    dialog.get_by_role("button", name="Really delete?").click()
    expect(page.get_by_text("No webhooks yet")).to_be_visible()


def test_a_secret_is_changed_without_losing_a_request(people: People, desk: Desk, receiver: Receiver) -> None:
    receiver.status, receiver.said = 204, b""
    admin = open_screen(people)
    page = admin.page
    add(admin, receiver.url, what="Warehouse")
    page.get_by_role("button", name="Add a second secret").click()
    expect(admin.dialog("The secret").get_by_text("whsec_")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("The receiver took the test")).to_be_visible()
    assert receiver.signatures[-1] == 2
    secrets = page.get_by_role("region", name="Secrets")
    secrets.get_by_role("button", name="Delete").first.click()
    secrets.get_by_role("button", name="Really delete?").click()
    expect(secrets.get_by_role("button", name="Add a second secret")).to_be_visible()
    for each in desk.call("admin", "GET", "/v1/webhooks")["items"]:
        desk.call("admin", "DELETE", f"/v1/webhooks/{each['id']}")


def test_an_address_that_is_not_allowed_is_refused_in_the_servers_words(people: People) -> None:
    admin = open_screen(people)
    page = admin.page
    page.get_by_role("button", name="Add a webhook").click()
    dialog = admin.dialog("Add a webhook")
    dialog.get_by_label("Address").fill("ftp://127.0.0.1/hook")
    dialog.get_by_label("Leave-messages").check()
    with page.expect_response("**/v1/webhooks") as answer:
        dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text(answer.value.json()["error"]["message"])).to_be_visible()
    admin.watch.wrong.clear()
    expect(dialog.get_by_label("Address")).to_have_value("ftp://127.0.0.1/hook")
