"""The people of a test: each in a browser context of their own, watched for errors that nobody may see."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, WebError

from tests.e2e.desk import ORGANIZATION, PASSWORD, Desk
from tests.e2e.pages.console import Console
from tests.e2e.pages.shop import ShopPage
from tests.e2e.words import Language

_DESKTOP: ViewportSize = {"width": 1360, "height": 860}
_PHONE: ViewportSize = {"width": 390, "height": 844}
_PATIENCE = 15_000
# Nobody is signed in yet: the console asks once whether the cookie is still good.
_FIRST_REFRESH = re.compile(r"status of 401 .*/v1/auth/refresh$")
_NO_NETWORK = re.compile(r"net::ERR_|WebSocket connection to|Failed to fetch")


class Watch:
    """Collects what went wrong in somebody's pages."""

    def __init__(self, context: BrowserContext) -> None:
        self.wrong: list[str] = []
        self._network_may_fail = 0
        self._context = context
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        text = f"{message.text} {message.location['url']}"
        if _FIRST_REFRESH.search(text) or (self._network_may_fail and _NO_NETWORK.search(text)):
            return
        self.wrong.append(text)

    def _error(self, error: WebError) -> None:
        self.wrong.append(str(error.error))

    @contextmanager
    def network_failures(self) -> Generator[None]:
        """Failing to reach the server is expected in this block, and told in the page's console."""
        self._network_may_fail += 1
        yield
        self._network_may_fail -= 1

    @contextmanager
    def offline(self) -> Generator[None]:
        """Without a network for the length of the block."""
        with self.network_failures():
            self._context.set_offline(True)
            yield
            self._context.set_offline(False)

    def expect_network_failures(self) -> None:
        """The same for the rest of the test."""
        self._network_may_fail += 1


class Visitor(ShopPage):
    """Somebody in the shop. `name` is what agents see, once the chat was opened."""

    def __init__(self, page: Page, url: str, language: Language, watch: Watch) -> None:
        super().__init__(page, url, language)
        self.watch = watch
        self.name = ""

    def open_and_learn_name(self) -> None:
        with self.page.expect_response("**/v1/visitor/session") as answer:
            self.open_chat()
        self.name = answer.value.json()["contact"]["name"]

    def another_tab(self) -> "Visitor":
        tab = Visitor(self.page.context.new_page(), self.url, self.language, self.watch)
        tab.name = self.name
        tab.visit()
        tab.open_chat()
        return tab


class Agent(Console):
    """Somebody at the desk."""

    def __init__(self, page: Page, url: str, language: Language, watch: Watch) -> None:
        super().__init__(page, url, language)
        self.watch = watch


class People:
    """Opens browsers for visitors and agents, and closes them at the end of the test."""

    def __init__(self, browser: Browser, url: str, desk: Desk) -> None:
        self._browser = browser
        self.url = url
        self.desk = desk
        self._contexts: list[tuple[str, BrowserContext, Watch]] = []

    def context(
        self, who: str, language: Language, *, phone: bool = False, dark: bool = False
    ) -> tuple[BrowserContext, Watch]:
        context = self._browser.new_context(
            color_scheme="dark" if dark else "light",
            viewport=_PHONE if phone else _DESKTOP,
            is_mobile=phone,
            has_touch=phone,
            locale=language,
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(_PATIENCE)
        watch = Watch(context)
        self._contexts.append((f"{len(self._contexts)}-{who}", context, watch))
        return context, watch

    def passer_by(self, language: Language = "zh-CN", *, phone: bool = False, dark: bool = False) -> Visitor:
        """A visitor who has not opened the chat."""
        context, watch = self.context("visitor", language, phone=phone, dark=dark)
        visitor = Visitor(context.new_page(), self.url, language, watch)
        visitor.visit()
        return visitor

    def visitor(self, language: Language = "zh-CN", *, phone: bool = False, dark: bool = False) -> Visitor:
        """A visitor with the chat open in front of them."""
        visitor = self.passer_by(language, phone=phone, dark=dark)
        visitor.open_and_learn_name()
        return visitor

    def agent(
        self,
        who: str,
        language: Language = "zh-CN",
        *,
        status: str = "online",
        dark: bool = False,
        init_script: str = "",
    ) -> Agent:
        """An agent at their desk. Signing in by hand is for the tests that are about it."""
        context, watch = self.context(who, language, dark=dark)
        context.add_init_script(init_script)
        credentials = {"organization": ORGANIZATION, "username": who, "password": PASSWORD}
        answer = context.request.post(f"{self.url}/v1/auth/sign-in", data=credentials)
        assert answer.ok, answer.text()
        self.desk.set_status(who, status)
        agent = Agent(context.new_page(), self.url, language, watch)
        agent.visit()
        agent.expect_ready()
        return agent

    def served(self, visitor: Visitor, agent: Agent) -> None:
        """The visitor has asked for a human, and has this agent's attention."""
        visitor.chat.ask_for_human()
        agent.open(visitor.name)

    @property
    def wrong(self) -> list[str]:
        return [f"{who}: {what}" for who, _, watch in self._contexts for what in watch.wrong]

    def take_pictures(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for who, context, _ in self._contexts:
            for number, page in enumerate(context.pages):
                page.screenshot(path=folder / f"{who}-{number}.png")

    def go_home(self) -> None:
        for _, context, _ in self._contexts:
            context.close()
