"""Every screen and every state of the chat, by day and by night: axe finds nothing to object to."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-accessibility"), pytest.mark.timeout(240)]


class Inspection:
    """Looks at one screen after another and tells at the end what was wrong on which."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.seen = 0

    def look(self, page: Page, screen: str) -> None:
        self.seen += 1
        self.wrong += [f"{screen}: {line}" for line in violations(page)]

    def verdict(self, *, screens: int) -> None:
        assert not self.wrong, "\n".join(self.wrong)
        assert self.seen == screens


THEMES = pytest.mark.parametrize(
    ("language", "dark"), [("zh-CN", False), ("en", True)], ids=["zh-light", "en-dark"]
)


@THEMES
def test_the_chat_is_accessible_in_every_state(
    people: People, desk: Desk, language: Language, dark: bool
) -> None:
    eyes = Inspection()
    visitor = people.passer_by(language, dark=dark)
    eyes.look(visitor.page, "the shop with the button")
    visitor.open_and_learn_name()
    eyes.look(visitor.page, "the greeting")
    chat = visitor.chat
    chat.send("How long does delivery take?")
    expect(chat.frame.get_by_text(chat.word("related"))).to_be_visible()
    eyes.look(visitor.page, "the bot's answer")
    chat.button("emoji").click()
    eyes.look(visitor.page, "the emoji")
    visitor.page.keyboard.press("Escape")
    chat.choose_from_menu("leave message")
    expect(chat.frame.get_by_role("region", name=chat.word("leave message"))).to_be_visible()
    eyes.look(visitor.page, "leaving a message")
    visitor.page.keyboard.press("Escape")
    desk.set_capacity("mei", 1)
    agent = people.agent("mei", language)
    other = people.visitor(language)
    people.served(other, agent)
    chat.ask_for_human()
    expect(chat.queue).to_be_visible()
    eyes.look(visitor.page, "the queue")
    agent.close(other.name)
    chat.expect_served_by("Mei 美美")
    agent.open(visitor.name)
    agent.send("🙂")
    chat.expect_message("🙂")
    eyes.look(visitor.page, "with a person")
    agent.button("format").click()
    agent.send(
        "# Returns\n- **free** within `7` days\n- [how](https://shop.example/r)\n> as you asked\n```\nRMA-1\n```"
    )
    told = chat.expect_message("as you asked")
    told.hover()
    told.get_by_role("button", name=chat.word("message menu")).click()
    eyes.look(visitor.page, "marks, and a message's menu")
    chat.frame.get_by_role("menuitem", name=chat.word("reply")).click()
    expect(chat.composer).to_be_focused()
    eyes.look(visitor.page, "about to quote")
    chat.send("👍🏽 thanks")
    visitor.page.context.grant_permissions(["microphone"])
    chat.button("record").click()
    expect(chat.frame.get_by_text("0:01")).to_be_visible()
    eyes.look(visitor.page, "recording")
    chat.button("send voice").click()
    expect(chat.messages.get_by_role("button", name=chat.word("play voice"))).to_be_visible()
    eyes.look(visitor.page, "a quotation and a voice message")
    expect(agent.messages.get_by_role("button", name=agent.word("play voice"))).to_be_visible()
    agent.close(visitor.name)
    expect(chat.frame.get_by_text(chat.word("rating"))).to_be_visible()
    eyes.look(visitor.page, "the rating")
    eyes.verdict(screens=12)


@THEMES
def test_the_inbox_is_accessible_with_all_that_opens_in_it(
    people: People, language: Language, dark: bool
) -> None:
    eyes = Inspection()
    visitor = people.visitor(language)
    agent = people.agent("mei", language, dark=dark)
    eyes.look(agent.page, "the empty inbox")
    visitor.chat.send("How long does delivery take?")
    people.served(visitor, agent)
    agent.send("**hello** https://example.com/a")
    eyes.look(agent.page, "a conversation")
    for name, press in _openings(agent, visitor):
        press()
        eyes.look(agent.page, name)
        agent.page.keyboard.press("Escape")
    eyes.verdict(screens=8)


def _openings(agent: Agent, visitor: Visitor) -> list[tuple[str, Callable[[], object]]]:
    def transfer() -> None:
        agent.button("transfer").click()
        expect(agent.dialog(agent.word("transfer title", name=visitor.name))).to_be_visible()

    def close() -> None:
        agent.button("close").click()
        expect(agent.dialog(agent.word("close title", name=visitor.name))).to_be_visible()

    def replies() -> None:
        agent.composer.fill("/")
        expect(agent.page.get_by_role("listbox").get_by_role("option").first).to_be_visible()

    def palette() -> None:
        agent.composer.fill("")
        agent.page.keyboard.press("Control+k")
        expect(agent.page.get_by_role("dialog")).to_be_visible()

    def shortcuts() -> None:
        agent.page.locator("body").press("?")
        expect(agent.page.get_by_role("dialog")).to_be_visible()

    def why() -> None:
        agent.page.locator("summary").first.click()

    return [
        ("transferring", transfer),
        ("closing", close),
        ("saved replies", replies),
        ("the palette", palette),
        ("the shortcuts", shortcuts),
        ("why this agent", why),
    ]


SCREENS = (
    "inbox?view=waiting",
    "inbox?view=all",
    "inbox?view=closed",
    "floor",
    "history",
    "history?q=灯笼",
    "leave-messages",
    "tickets",
    "knowledge",
    "replies",
    "quality",
    "staff",
    "webhooks",
    "settings",
    "nowhere",
)


@THEMES
def test_the_other_screens_of_the_console_are_accessible(
    people: People, language: Language, dark: bool
) -> None:
    eyes = Inspection()
    context, _ = people.context("stranger", language, dark=dark)
    stranger = context.new_page()
    stranger.goto(f"{people.url}/console/")
    expect(stranger.get_by_role("textbox").first).to_be_visible()
    eyes.look(stranger, "signing in")
    page = people.agent("admin", language, status="offline", dark=dark).page
    for screen in SCREENS:
        page.goto(f"{people.url}/console/{screen}")
        page.wait_for_load_state("networkidle")
        eyes.look(page, screen)
        for tab in page.get_by_role("tab", selected=False).all()[:1]:
            tab.click()
            page.wait_for_load_state("networkidle")
            eyes.look(page, f"{screen}, the other tab")
    eyes.verdict(screens=19)
