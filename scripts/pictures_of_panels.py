"""Takes the pictures of `docs/panels.md`: an order system beside a conversation, light in Chinese and dark in English.

frontdesk up --port 8080                                        # on fresh data, in another terminal
PYTHONPATH=. .venv/bin/python scripts/pictures_of_panels.py     # or with the demo's address behind it
"""

import sys

from playwright.sync_api import Browser, expect, sync_playwright

from scripts.pictures_of_console import NIGHTS, Album, rename
from tests.e2e.conftest import ARGUMENTS, find_browser
from tests.e2e.desk import Desk
from tests.e2e.people import People
from tests.e2e.site import Site
from tests.e2e.words import Language

NAMES: dict[Language, tuple[str, str, str]] = {
    "zh-CN": ("订单", "陈先生", "婚礼用的 60 只，到哪儿了？"),
    "en": ("Orders", "Daniel Kim", "Where are my 40 lanterns?"),
}
ROWS: dict[Language, tuple[tuple[str, str, str], ...]] = {
    "zh-CN": (
        ("LT20261121-0193", "红灯笼 × 60", "运输中"),
        ("LT20260914-0077", "月白灯 × 4", "已签收"),
        ("LT20260203-0012", "竹骨灯 × 1", "已退款"),
    ),
    "en": (
        ("LT20261121-0193", "Red lantern × 40", "On its way"),
        ("LT20260914-0077", "Moon lantern × 4", "Received"),
        ("LT20260203-0012", "Bamboo lantern × 1", "Refunded"),
    ),
}
STYLE = """<style>:root{color-scheme:light dark}body{margin:14px;font:13px/1.5 system-ui,sans-serif}
h1{font-size:14px;margin:0 0 8px}li{padding:8px 0;border-top:1px solid color-mix(in srgb,currentColor 15%,transparent)}
ul{list-style:none;margin:0;padding:0}small{display:block;opacity:.75}b{float:right;font-weight:550}</style>"""


def erp(language: Language) -> str:
    rows = "".join(
        f"<li><b>{state}</b>{what}<small>{number}</small></li>" for number, what, state in ROWS[language]
    )
    title, name, _ = NAMES[language]
    return f"<title>{title}</title>{STYLE}<main><h1>{name}</h1><ul>{rows}</ul></main>"


def take(browser: Browser, url: str, desk: Desk, language: Language, *, dark: bool) -> None:
    title, name, words = NAMES[language]
    site, people = Site(), People(browser, url, desk)
    body = {"name": title, "url": site.page(erp(language), "/customer")}
    panel = desk.call("admin", "POST", "/v1/panels", body)["panel"]
    agent = people.agent("mei", language, dark=dark)
    visitor = people.visitor(language)
    people.served(visitor, agent)
    rename(desk, visitor, name)
    visitor.chat.send(words)
    agent.expect_message(words)
    summary = agent.page.get_by_role("complementary").get_by_text(title, exact=True)
    summary.click()
    shown = agent.page.frame_locator(f"iframe[title={title}]").frame_locator("iframe")
    expect(shown.get_by_role("heading")).to_be_visible()
    summary.evaluate("(it) => it.scrollIntoView({ block: 'start' })")
    agent.page.wait_for_timeout(500)
    Album(language, dark=dark).keep(agent.page, "panel")
    people.go_home()
    desk.call("admin", "DELETE", f"/v1/panels/{panel['id']}")
    site.close()


def main(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        desk = Desk(url)
        for language, dark in NIGHTS:
            desk.clear()
            take(browser, url, desk, language, dark=dark)
        desk.clear()
        desk.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8080")
