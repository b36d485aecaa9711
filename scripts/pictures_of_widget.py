"""Takes the pictures of `docs/widget.md`: the chat in one state after another, light in Chinese and dark in English.

frontdesk up --port 8080                                        # on fresh data, in another terminal
PYTHONPATH=. .venv/bin/python scripts/pictures_of_widget.py     # or with the demo's address behind it
"""

import sys

from PIL import Image
from playwright.sync_api import FloatRect, Page, expect, sync_playwright

from scripts.pictures import IMAGES
from tests.e2e.conftest import ARGUMENTS, find_browser
from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.site import Site
from tests.e2e.test_help import open_help, path_of, search
from tests.e2e.words import Language

LARGEST = 60_000
MEI = "Mei 美美"
NIGHTS: tuple[tuple[Language, bool], ...] = (("zh-CN", False), ("en", True))
SAYS: dict[str, dict[Language, str]] = {
    "greets": {"zh-CN": "有什么可以帮您？", "en": "Can we help?"},
    "speaks": {"zh-CN": "第一次来？春季新品满三件包邮", "en": "New here? Three lanterns ship for free"},
}
LINES: dict[Language, dict[str, str]] = {
    "zh-CN": {
        "ask": "多久能送到？",
        "want": "婚礼用 60 只，能印字吗？",
        "answer": "可以的！\n1. **选字体**：[样张](https://shop.example/fonts)\n2. 确认效果图\n3. 五个工作日完成",
        "thanks": "太好了，就按这个来",
    },
    "en": {
        "ask": "How long does delivery take?",
        "want": "60 lanterns for a wedding, with our names?",
        "answer": "Gladly!\n1. **Choose a font**: [samples](https://shop.example/fonts)\n2. Approve the draft\n3. Ready in five days",
        "thanks": "Wonderful, let us do that",
    },
}


class Album:
    """The pictures of one language and light."""

    def __init__(self, language: Language, *, dark: bool) -> None:
        self._end = f"{'en' if language == 'en' else 'zh'}{'-dark' if dark else ''}"

    def keep(self, visitor: Visitor, name: str, *, whole: bool = False) -> None:
        """The chat alone."""
        visitor.page.mouse.move(5, 5)
        place = visitor.page if whole else visitor.page.get_by_role("dialog")
        self._put(place.screenshot(animations="disabled", caret="hide"), name)

    def keep_corner(self, page: Page, name: str) -> None:
        """The button, and what it says above it."""
        corner: FloatRect = {"x": 1000, "y": 640, "width": 360, "height": 220}
        self._put(page.screenshot(animations="disabled", clip=corner), name)

    def _put(self, picture: bytes, name: str) -> None:
        """With few enough colours to be small."""
        path = IMAGES / f"widget-{name}-{self._end}.png"
        path.write_bytes(picture)
        with Image.open(path) as taken:
            taken.convert("RGB").quantize(96).save(path, optimize=True)
        if path.stat().st_size > LARGEST:
            raise RuntimeError(f"{path.name} has {path.stat().st_size} bytes, at most {LARGEST}")
        print(f"{path.name}: {path.stat().st_size // 1000} kB")


def take(people: People, desk: Desk, language: Language, *, dark: bool) -> None:
    album, lines = Album(language, dark=dark), LINES[language]
    visitor = people.visitor(language, dark=dark)
    album.keep(visitor, "hello")
    chat = visitor.chat
    chat.send(lines["ask"])
    expect(chat.frame.get_by_text(chat.word("related"))).to_be_visible()
    album.keep(visitor, "bot")
    chat.choose_from_menu("leave message")
    expect(chat.frame.get_by_role("region", name=chat.word("leave message"))).to_be_visible()
    album.keep(visitor, "leave-message")
    visitor.page.keyboard.press("Escape")
    desk.set_capacity("mei", 1)
    agent = people.agent("mei", language)
    other = people.visitor(language)
    people.served(other, agent)
    chat.ask_for_human()
    expect(chat.queue).to_be_visible()
    album.keep(visitor, "queue")
    agent.close(other.name)
    chat.expect_served_by(MEI)
    talk(agent, visitor, lines)
    album.keep(visitor, "person")
    visitor.page.context.grant_permissions(["microphone"])
    chat.button("record").click()
    expect(chat.frame.get_by_text("0:02", exact=True)).to_be_visible()
    album.keep(visitor, "recording")
    chat.button("send voice").click()
    expect(chat.messages.get_by_role("button", name=chat.word("play voice"))).to_be_visible()
    album.keep(visitor, "voice")
    agent.close(visitor.name)
    expect(chat.frame.get_by_text(chat.word("rating"))).to_be_visible()
    album.keep(visitor, "rating")
    phone = people.visitor(language, phone=True, dark=dark)
    phone.chat.send(lines["ask"])
    expect(phone.chat.frame.get_by_text(phone.chat.word("related"))).to_be_visible()
    album.keep(phone, "phone", whole=True)


def take_help(people: People, desk: Desk, language: Language, *, dark: bool) -> None:
    base = desk.call("admin", "GET", "/v1/knowledge-bases")["items"][0]
    desk.call("admin", "PUT", path_of(desk), {"knowledge_base_id": base["id"]})
    visitor = people.visitor(language, dark=dark)
    search(open_help(visitor), LINES[language]["ask"])
    expect(visitor.chat.frame.get_by_role("listitem").first).to_contain_text(LINES[language]["ask"])
    Album(language, dark=dark).keep(visitor, "help")
    desk.call("admin", "PUT", path_of(desk), {"knowledge_base_id": None})


def take_speaking(people: People, desk: Desk, language: Language, *, dark: bool) -> None:
    """What the button says by itself: the greeting, and what a trigger says in its place."""
    album = Album(language, dark=dark)
    channel = next(
        each for each in desk.call("admin", "GET", "/v1/channels")["items"] if each["code"] == CHANNEL
    )
    tag = f'<script src="{people.url}/widget.js?channel={CHANNEL}" data-channel="{CHANNEL}" data-language="{language}"></script>'
    site = Site()
    path, widget = f"/v1/channels/{channel['id']}", channel["widget"]
    for name, changes in (
        ("greets", {"bubble": SAYS["greets"]}),
        ("speaks", {"triggers": [{"act": "say", "seconds": 1, "says": SAYS["speaks"]}]}),
    ):
        desk.call("admin", "PATCH", path, {"widget": {**widget, **changes}})
        context, _ = people.context("visitor", language, dark=dark)
        page = context.new_page()
        page.goto(site.page(f'<body style="background:{"#1b1c20" if dark else "#fdf6ea"}">{tag}'))
        expect(page.get_by_role("button", name=SAYS[name][language])).to_be_visible()
        album.keep_corner(page, name)
    site.close()
    desk.call("admin", "PATCH", path, {"widget": widget})


def talk(agent: Agent, visitor: Visitor, lines: dict[str, str]) -> None:
    chat = visitor.chat
    agent.open(visitor.name)
    chat.send(lines["want"])
    asked = agent.expect_message(lines["want"])
    asked.hover()
    asked.get_by_role("button", name=agent.word("quote"), exact=True).click()
    agent.button("format").click()
    agent.send(lines["answer"])
    expect(chat.messages.locator("ol")).to_be_visible()
    chat.send(lines["thanks"])
    chat.expect_mark("read")


def main(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        desk = Desk(url)
        for language, dark in NIGHTS:
            desk.clear()
            people = People(browser, url, desk)
            take(people, desk, language, dark=dark)
            take_help(people, desk, language, dark=dark)
            take_speaking(people, desk, language, dark=dark)
            people.go_home()
        desk.clear()
        desk.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8080")
