"""A web site of somebody else's with the chat in its pages."""

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey
from playwright.sync_api import FrameLocator, Page, expect
from typing_extensions import override

from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.server import ServerProcess


class Site:
    """A web site on another host than the desk's; what it serves is set by the test."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body, headers = site.pages.get(self.path.split("?")[0], ("", {}))
                self.send_response(200)
                for name, value in {"content-type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            @override
            def log_message(self, format: str, *args: Any) -> None:
                """Silent: the test's own output matters."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def near(self) -> "Site":
        """The same for what follows, on the desk's own host: there frames may store things."""
        self.url = self.url.replace("localhost", "127.0.0.1")
        return self

    def page(self, body: str, path: str = "/", **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (f"<!doctype html><html lang=en><body>{body}", named)
        return self.url + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def tag(server: ServerProcess, more: str = "") -> str:
    return f'<script async nonce="n" src="{server.url}/widget.js" data-channel="{CHANNEL}" {more}></script>'


def chat_of(page: Page) -> FrameLocator:
    return page.get_by_title("Chat with us").content_frame


def say(page: Page, text: str) -> None:
    composer = chat_of(page).get_by_role("textbox").first
    composer.fill(text)
    composer.press("Enter")
    expect(chat_of(page).get_by_role("article").filter(has_text=text)).to_have_count(1)


def identities(desk: Desk) -> Callable[..., str]:
    """Signs people in as a company's back end does, with what else it says of them."""
    channel = next(
        each for each in desk.call("admin", "GET", "/v1/channels")["items"] if each["code"] == CHANNEL
    )
    secret = desk.call("admin", "POST", f"/v1/channels/{channel['id']}/keys", {})["secret"]
    key = OctKey.import_key(secret)

    def sign(who: str, **more: str) -> str:
        claims = {"sub": who, "aud": CHANNEL, "exp": int(time.time()) + 300, **more}
        return jwt.encode({"alg": "HS256"}, claims, key)

    return sign
