"""Push on a device, in a real browser with its real service worker. Only the push service itself is ours: Chromium without a
screen has none, so what `PushManager.subscribe` would get is given to it, and what arrives is handed to the worker by DevTools.
"""

import json
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People
from tests.e2e.pushing import CLICK, HIDE, SHOWN, allowing, stub
from tests.e2e.server import ServerProcess
from tests.e2e.words import LANGUAGES, Language
from tests.kit.browser import Browser
from tests.kit.push_service import PushService

pytestmark = pytest.mark.xdist_group("e2e-push")
WORDS = {
    "zh-CN": {
        "push": "本设备推送", "on": "开启", "off": "关闭", "try": "试一试", "is on": "已开启", "is off": "已关闭",
        "came": "已送达", "unreachable": "无法连接您浏览器的推送服务", "words": "同时显示消息内容", "message": "新消息",
    },
    "en": {
        "push": "Push on this device", "on": "Switch on", "off": "Switch off", "try": "Try it", "is on": "On while",
        "is off": "Off.", "came": "It came", "unreachable": "cannot be reached from the server",
        "words": "Show the words of messages, too", "message": "New message",
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
    """An agent's browser with push switched on, or about to be."""

    def __init__(
        self, url: str, agent: Agent, language: Language, *, keys: Browser, path: str, service: PushService
    ) -> None:
        self.url = url
        self.path = path
        self._service = service
        self.agent = agent
        self.page: Page = agent.page
        self.words = WORDS[language]
        self._keys = keys
        self._registration = ""
        self._devtools: Any = self.page.context.new_cdp_session(self.page)
        self._devtools.on("ServiceWorker.workerRegistrationUpdated", self._registered)
        self._devtools.send("ServiceWorker.enable")

    def _registered(self, event: dict[str, list[dict[str, str]]]) -> None:
        for registration in event["registrations"]:
            self._registration = registration["registrationId"]

    @property
    def row(self) -> Locator:
        return self.page.get_by_role("listitem").filter(has_text=self.words["push"])

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def open_account(self) -> None:
        self.page.goto(f"{self.url}/console/account")
        expect(self.row).to_be_visible()

    def switch_on(self) -> None:
        self.row.get_by_role("button", name=self.words["on"]).click()
        expect(self.row.get_by_text(self.words["is on"])).to_be_visible()

    def bring(self) -> dict[str, str]:
        """What a browser does when its push service brings something."""
        plain = self._keys.decrypt(self._service.next(self.path)).decode()
        origin = self.url
        self._devtools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": origin, "registrationId": self._registration, "data": plain},
        )
        return json.loads(plain)

    def shown(self) -> list[list[str]]:
        """Title and text of the notifications that stand."""
        return self.context.service_workers[0].evaluate(SHOWN)

    def click(self) -> None:
        self.context.service_workers[0].evaluate(CLICK)


def device_of(people: People, service: PushService, who: str, language: Language) -> Device:
    keys = Browser()
    path = f"/push/{who}-{language}"
    endpoint = f"http://127.0.0.1:{service.port}{path}"
    agent = people.agent(who, language, dark=language == "en", init_script=stub(keys, endpoint))
    agent.page.context.grant_permissions(["notifications"], origin=people.url)
    return Device(people.url, agent, language, keys=keys, path=path, service=service)


def picture(people: People, name: str) -> None:
    """Kept where somebody asks for them."""
    folder = os.environ.get("FRONTDESK_PICTURES")
    if folder:
        people.take_pictures(Path(folder) / name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_push_is_switched_on_tried_and_switched_off(
    people: People, service: PushService, language: Language
) -> None:
    device = device_of(people, service, "mei", language)
    device.open_account()
    expect(device.row.get_by_text(device.words["is off"])).to_be_visible()
    device.switch_on()
    assert violations(device.page) == []

    device.row.get_by_role("button", name=device.words["try"]).click()
    assert device.bring() == {"kind": "test", "language": language}
    expect(device.row.get_by_text(device.words["came"])).to_be_visible()
    picture(people, f"push-{language}")
    assert len(device.shown()) == 1

    device.page.reload()
    expect(device.row.get_by_text(device.words["is on"])).to_be_visible()
    device.row.get_by_role("button", name=device.words["off"]).click()
    expect(device.row.get_by_text(device.words["is off"])).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_looks_elsewhere_is_told_and_a_click_opens_the_conversation_in_the_page_that_is_open(
    people: People, service: PushService, language: Language
) -> None:
    device = device_of(people, service, "lin", language)
    visitor = people.visitor(language)
    people.served(visitor, device.agent)
    device.open_account()
    device.switch_on()
    visitor.chat.send("the first")
    assert service.is_quiet(device.path, 1.5)

    device.page.evaluate(HIDE, arg=True)
    visitor.chat.send("the second")
    told = device.bring()
    assert (told["kind"], told["name"]) == ("message", visitor.name)
    assert "text" not in told
    assert [visitor.name, device.words["message"]] in device.shown()

    device.click()
    expect(device.page).to_have_url(f"{people.url}/console/inbox/{told['conversation']}")
    assert len(device.context.pages) == 1
    device.page.evaluate(HIDE, arg=False)


def test_a_way_that_is_closed_is_told_to_who_tries_it(people: People, service: PushService) -> None:
    device = device_of(people, service, "omar", "en")
    device.open_account()
    device.switch_on()
    service.status = 503
    device.row.get_by_role("button", name=device.words["try"]).click()
    expect(device.row.get_by_text(device.words["unreachable"])).to_be_visible(timeout=25_000)
    service.status = 201
