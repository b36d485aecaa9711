"""A visitor is told of an answer while the chat is closed: asked for with a click, in a real browser with its real service worker."""

import json
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.pushing import HIDE, SHOWN, allowing, stub
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, chat_of, identities, say, tag
from tests.e2e.words import LANGUAGES, Language
from tests.kit.browser import Browser
from tests.kit.push_service import PushService

pytestmark = pytest.mark.xdist_group("e2e-push-visitors")
WORDS = {
    "zh-CN": {"allow": "允许通知", "done": "设置好了", "denied": "浏览器不允许通知", "answer": "已回复您"},
    "en": {
        "allow": "Allow notifications", "done": "You will be told", "denied": "doesn’t allow it",
        "answer": "There is an answer for you",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def service() -> Generator[PushService]:
    service = PushService()
    yield service
    service.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, service: PushService) -> Generator[ServerProcess]:
    server = ServerProcess(tmp_path_factory.mktemp("e2e") / "data", allowing(service))
    server.start()
    yield server
    server.stop()


class Device:
    """A browser that notifications can be brought to."""

    def __init__(self, context: BrowserContext, url: str, service: PushService, name: str) -> None:
        self.context = context
        self.url = url
        self.path = f"/push/{name}"
        self._service = service
        self._keys = Browser()
        context.add_init_script(stub(self._keys, f"http://127.0.0.1:{service.port}{self.path}"))
        context.grant_permissions(["notifications"], origin=url)
        self._registration = ""
        self._devtools: Any = None

    def watch(self, page: Page) -> None:
        """Learn of the worker through this page."""
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.on("ServiceWorker.workerRegistrationUpdated", self._registered)
        self._devtools.send("ServiceWorker.enable")

    def _registered(self, event: dict[str, list[dict[str, str]]]) -> None:
        for registration in event["registrations"]:
            self._registration = registration["registrationId"]

    def bring(self) -> dict[str, str]:
        """What a browser does when its push service brings something."""
        plain = self._keys.decrypt(self._service.next(self.path)).decode()
        told = {"origin": self.url, "registrationId": self._registration, "data": plain}
        self._devtools.send("ServiceWorker.deliverPushMessage", told)
        return json.loads(plain)

    def is_quiet(self, seconds: float = 8) -> bool:
        return self._service.is_quiet(self.path, seconds)

    def shown(self) -> list[list[str]]:
        return self.context.service_workers[0].evaluate(SHOWN)


@pytest.fixture
def device(
    request: pytest.FixtureRequest, context: BrowserContext, server: ServerProcess, service: PushService
) -> Device:
    """The browser of somebody in other people's pages."""
    item: pytest.Item = request.node
    return Device(context, server.url, service, item.name)


def device_of(people: People, service: PushService, name: str, language: Language) -> tuple[Device, Visitor]:
    """A visitor in the shop, whose browser can be told."""
    context, watch = people.context("visitor", language, dark=language == "en", phone=language == "en")
    device = Device(context, people.url, service, name)
    visitor = Visitor(context.new_page(), people.url, language, watch)
    visitor.visit()
    visitor.open_and_learn_name()
    return device, visitor


def allow(page: Page, offer: Locator, words: dict[str, str]) -> None:
    """Ask to be told, and allow it in the window that opens."""
    with page.expect_popup() as opened:
        offer.click()
    window = opened.value
    expect(window.get_by_role("button", name=words["allow"])).to_be_visible()
    assert violations(window) == []
    picture(window, f"tell-window-{words['allow'][:2]}")
    with window.expect_event("close"):
        window.get_by_role("button", name=words["allow"]).click()
        expect(window.get_by_text(words["done"])).to_be_visible()


def frame_of(page: Page) -> Frame:
    return next(frame for frame in page.frames if "chat.html" in frame.url)


def picture(page: Page, name: str) -> None:
    """Kept where somebody asks for them."""
    folder = os.environ.get("FRONTDESK_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_offered_after_an_answer_and_told_while_nobody_looks(
    people: People, service: PushService, language: Language
) -> None:
    device, visitor = device_of(people, service, f"shop-{language}", language)
    chat, words = visitor.chat, WORDS[language]
    offer = chat.button("tell me")
    expect(offer).to_have_count(0)
    chat.send("Hello" if language == "en" else "你好")
    expect(offer).to_be_visible()
    assert violations(visitor.page) == []
    picture(visitor.page, f"tell-offer-{language}")
    device.watch(visitor.page)
    allow(visitor.page, offer, words)
    expect(offer).to_have_count(0)

    agent = people.agent("mei", language)
    people.served(visitor, agent)
    agent.send("the first")
    chat.expect_message("the first")
    assert device.is_quiet()
    frame_of(visitor.page).evaluate(HIDE, arg=True)
    agent.send("the second")
    told = device.bring()
    assert (told["kind"], told["name"], told["language"]) == ("message", "Mei 美美", language)
    assert "text" not in told
    assert device.shown() == [["Mei 美美", words["answer"]]]
    frame_of(visitor.page).evaluate(HIDE, arg=False)

    visitor.page.reload()
    if language == "en":  # on a phone it does not open by itself
        visitor.open_chat()
    chat.choose_from_menu("tell me no more")
    frame_of(visitor.page).evaluate(HIDE, arg=True)
    agent.send("the third")
    assert device.is_quiet()


def test_it_is_offered_in_the_queue_and_stays_away_once_it_is_put_away(
    people: People, desk: Desk, service: PushService
) -> None:
    desk.set_capacity("mei", 1)
    agent = people.agent("mei", "en")
    people.served(people.visitor("en"), agent)
    _, visitor = device_of(people, service, "queue", "en")
    chat = visitor.chat
    chat.ask_for_human()
    expect(chat.queue).to_be_visible()
    expect(chat.button("tell me")).to_be_visible()
    picture(visitor.page, "tell-queue-en")
    chat.frame.get_by_role("button", name="Not now").click()
    expect(chat.button("tell me")).to_have_count(0)
    visitor.page.reload()
    visitor.open_chat()
    expect(chat.queue).to_be_visible()
    expect(chat.button("tell me")).to_have_count(0)


def test_who_is_refused_by_the_browser_reads_why_and_nothing_is_kept(
    people: People, service: PushService
) -> None:
    device, visitor = device_of(people, service, "denied", "en")
    device.context.add_init_script("Notification.requestPermission = async () => 'denied'")
    visitor.chat.send("Hello")
    with visitor.page.expect_popup() as opened:
        visitor.chat.button("tell me").click()
    opened.value.get_by_role("button", name=WORDS["en"]["allow"]).click()
    expect(opened.value.get_by_text(WORDS["en"]["denied"])).to_be_visible()
    assert device.context.service_workers == []


def test_the_window_does_nothing_for_a_stranger(
    server: ServerProcess, site: Site, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(site.page(f"<button onclick=\"window.open('{server.url}/widget/tell.html')\">go</button>"))
    with page.expect_popup() as opened:
        page.get_by_role("button").click()
    expect(opened.value.get_by_text("try again from the chat")).to_be_visible()
    expect(opened.value.get_by_role("button", name="Close")).to_be_visible()


def embedded(server: ServerProcess, site: Site, identity: str = "") -> str:
    """A page of somebody else's, on another site than the desk."""
    signed = f'data-identity="{identity}"' if identity else ""
    return site.page(f"<title>Shop</title><h1>Shop</h1>{tag(server, signed)}", "/orders")


def served(people: People, page: Page, address: str) -> Agent:
    """Somebody who comes to the page, asks to be told and for a person; returns who has their conversation open."""
    agent = people.agent("mei", "en")
    page.goto(address)
    with page.expect_response("**/v1/visitor/session") as answer:
        page.get_by_role("button", name="Chat with us").click()
    say(page, "order 4711")
    allow(page, chat_of(page).get_by_role("button", name="Tell me when"), WORDS["en"])
    chat_of(page).get_by_role("button", name="Talk to a human").last.click()
    agent.open(answer.value.json()["contact"]["name"])
    return agent


def test_from_a_page_of_somebody_elses_it_leads_back_there_with_the_chat_open(
    people: People, server: ServerProcess, site: Site, device: Device
) -> None:
    page = device.context.new_page()
    device.watch(page)
    address = embedded(server, site)
    agent = served(people, page, address)
    to = device.context.service_workers[0].evaluate(
        "async () => (await (await caches.open('told')).match(registration.scope)).text()"
    )
    assert to == f"{address}#frontdesk"
    page.goto("about:blank")
    agent.send("Here I am")
    told = device.bring()
    while told["kind"] != "message":
        told = device.bring()
    assert told["name"] == "Mei 美美"
    page.goto(to)
    expect(chat_of(page).get_by_role("article").filter(has_text="Here I am")).to_be_visible()


def test_who_signs_out_of_the_page_is_told_nothing_any_more(
    people: People, server: ServerProcess, site: Site, device: Device
) -> None:
    page = device.context.new_page()
    agent = served(people, page, embedded(server, site))
    page.evaluate("Frontdesk.logout()")
    page.goto("about:blank")
    agent.send("Here I am")
    assert device.is_quiet()


def test_when_somebody_else_signs_in_the_one_before_is_told_nothing_on_this_device_any_more(
    people: People, server: ServerProcess, site: Site, device: Device
) -> None:
    sign = identities(people.desk)
    page = device.context.new_page()
    agent = served(people, page, embedded(server, site, sign("ada", name="Ada")))
    page.goto("about:blank")
    bob = embedded(server, site, sign("bob", name="Bob"))
    with page.expect_response(lambda one: one.url.endswith("/v1/push") and one.request.method == "DELETE"):
        page.goto(bob)
    agent.send("Here I am")
    assert device.is_quiet()
