"""Takes the pictures of `docs/console.md`: the main screens, light in Chinese and dark in English, and two on a phone.

frontdesk up --port 8080                                         # on fresh data, in another terminal
PYTHONPATH=. .venv/bin/python scripts/pictures_of_console.py     # or with the demo's address behind it
"""

import re
import sys

from PIL import Image
from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright

from scripts.pictures import IMAGES
from tests.e2e.conftest import ARGUMENTS, find_browser
from tests.e2e.desk import Desk
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.words import Language

LARGEST = 120_000
PHONE: ViewportSize = {"width": 390, "height": 844}
NIGHTS: tuple[tuple[Language, bool], ...] = (("zh-CN", False), ("en", True))
SCREENS = ("floor", "contacts", "knowledge", "staff", "settings", "audit")
TALKS: dict[Language, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "zh-CN": (
        ("陈先生", ("婚礼用，60 只，想印“百年好合”", "恭喜恭喜！60 只可以打 9 折，效果图明天中午前发您。", "图案可以用我们自己的吗？")),
        ("王小雨", ("订单 LT20261121-0193，到哪儿了？", "查到了，今早到杭州中转，明天中午前送到。")),
        ("李女士", ("茶馆想订 20 只月白灯", "好的，现货都有，今天就能发。", "太好了，谢谢！")),
    ),
    "en": (
        ("Daniel Kim", ("40 lanterns to Vancouver, please", "With pleasure. Express takes six days.", "Do you have them in indigo, too?")),
        ("Emily Carter", ("The bamboo frame came with a crack", "I am sorry for the trouble. A replacement leaves today.")),
        ("Noor Haddad", ("Can I pick my order up tonight?", "Of course, we are here until eight.", "Perfect, thank you!")),
    ),
}  # fmt: skip
SOUGHT: dict[Language, str] = {"zh-CN": "灯笼", "en": "lantern"}


class Album:
    """The pictures of one language and light."""

    def __init__(self, language: Language, *, dark: bool) -> None:
        self._end = f"{'en' if language == 'en' else 'zh'}{'-dark' if dark else ''}"

    def keep(self, page: Page, name: str) -> None:
        """With few enough colours to be small."""
        page.mouse.move(700, 3)
        expect(page.get_by_role("tooltip")).to_have_count(0)
        path = IMAGES / f"console-{name}-{self._end}.png"
        page.screenshot(path=path, animations="disabled", caret="hide")
        with Image.open(path) as taken:
            taken.convert("RGB").quantize(128).save(path, optimize=True)
        if path.stat().st_size > LARGEST:
            raise RuntimeError(f"{path.name} has {path.stat().st_size} bytes, at most {LARGEST}")
        print(f"{path.name}: {path.stat().st_size // 1000} kB")


def talk(people: People, desk: Desk, agent: Agent, language: Language) -> str:
    """Three customers at once; returns the name of the first."""
    for name, lines in TALKS[language]:
        visitor = people.visitor(language)
        people.served(visitor, agent)
        rename(desk, visitor, name)
        for turn, line in enumerate(lines):
            if turn % 2 == 0:
                visitor.chat.send(line)
                agent.expect_message(line)
            else:
                agent.send(line)
                visitor.chat.expect_message(line)
    first = TALKS[language][0][0]
    agent.open(first)
    return first


def one_waits(people: People, desk: Desk, language: Language) -> None:
    """Everybody has as many as they can bear: the next one is in the queue."""
    desk.set_capacity("mei", len(TALKS[language]))
    visitor = people.visitor(language)
    visitor.chat.ask_for_human()
    expect(visitor.chat.queue).to_be_visible()


def rename(desk: Desk, visitor: Visitor, name: str) -> None:
    listed = desk.call("admin", "GET", "/v1/conversations?view=all&limit=100")["items"]
    contact = next(each["contact"]["id"] for each in listed if each["contact"]["name"] == visitor.name)
    desk.call("admin", "PATCH", f"/v1/contacts/{contact}", {"name": name, "phone": "+86 138 0013 8000"})


def settled(page: Page) -> Locator:
    """The screen has what it shows."""
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label(re.compile(r"^(加载中|Loading)"))).to_have_count(0)
    return page.get_by_role("main")


def take(people: People, desk: Desk, language: Language, *, dark: bool) -> None:
    album = Album(language, dark=dark)
    mei = people.agent("mei", language, dark=dark)
    talk(people, desk, mei, language)
    settled(mei.page)
    album.keep(mei.page, "inbox")
    mei.page.set_viewport_size(PHONE)
    settled(mei.page)
    album.keep(mei.page, "phone-conversation")
    mei.page.goto(f"{people.url}/console/inbox")
    settled(mei.page)
    album.keep(mei.page, "phone-inbox")
    admin = people.agent("admin", language, status="online", dark=dark)
    one_waits(people, desk, language)
    for screen in SCREENS:
        admin.page.goto(f"{people.url}/console/{screen}")
        settled(admin.page)
        album.keep(admin.page, screen)
    admin.go("history")
    admin.page.get_by_role("searchbox", name=admin.word("search")).fill(SOUGHT[language])
    history = admin.page.get_by_role("region", name=admin.word("history"))
    history.get_by_role("link").filter(has=admin.page.locator("mark")).first.click()
    expect(admin.messages.first).to_be_visible()
    album.keep(admin.page, "history")
    admin.page.goto(f"{people.url}/console/account")
    settled(admin.page).get_by_role("list").last.scroll_into_view_if_needed()
    album.keep(admin.page, "account")
    people.go_home()


def main(url: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        desk = Desk(url)
        for language, dark in NIGHTS:
            desk.clear()
            take(People(browser, url, desk), desk, language, dark=dark)
        desk.clear()
        desk.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8080")
