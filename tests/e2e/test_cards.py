"""Cards: written in a dialog, pressed by the visitor, read by the agent; in both languages, by keyboard, from the right."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.words import LANGUAGES, Language
from tests.service.media_files import picture

pytestmark = [pytest.mark.xdist_group("e2e-cards"), pytest.mark.timeout(240)]

WORDS = {
    "open": ("发送卡片", "Send a card"),
    "title": ("标题", "Title"),
    "text": ("正文", "Text"),
    "picture": ("添加图片", "Add a picture"),
    "add": ("添加按钮", "Add a button"),
    "button": ("按钮 {n}", "Button {n}"),
    "label": ("按钮文字", "Label"),
    "says": ("访客点击后发送的话", "What the visitor says by it"),
    "link": ("打开网页", "Opens a page"),
    "address": ("网页地址", "Address of the page"),
    "preview": ("访客看到的样子", "How the visitor sees it"),
    "send": ("发送卡片", "Send card"),
    "need title": ("请填写卡片标题。", "A card needs a title."),
    "need link": (
        "网页地址须以 https:// 或 http:// 开头。",
        "The address of a page begins with https:// or http://.",
    ),
}


class Writer:
    """The dialog in which somebody writes a card."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.dialog = agent.page.get_by_role("dialog", name=self.say("open"))

    def say(self, key: str, **values: object) -> str:
        return WORDS[key][LANGUAGES.index(self.agent.language)].format(**values)

    def field(self, key: str, place: Locator | None = None) -> Locator:
        return (place or self.dialog).get_by_role("textbox", name=self.say(key))

    def button(self, at: int) -> Locator:
        return self.dialog.get_by_role("group", name=self.say("button", n=at), exact=True)

    def add(self) -> None:
        self.dialog.get_by_role("button", name=self.say("add")).click()

    def send(self) -> None:
        self.dialog.get_by_role("button", name=self.say("send"), exact=True).click()


def written(agent: Agent, lantern: Path) -> Writer:
    """A card with a picture and a button of each kind, not sent yet."""
    writer = Writer(agent)
    agent.page.get_by_role("button", name=writer.say("open")).click()
    writer.field("title").fill("The red lantern")
    writer.field("text").fill("Hand made in Suzhou")
    with agent.page.expect_file_chooser() as chooser:
        writer.dialog.get_by_role("button", name=writer.say("picture")).click()
    chooser.value.set_files(lantern)
    writer.add()
    writer.field("label", writer.button(1)).fill("Send me one")
    writer.field("says", writer.button(1)).fill("One red lantern, please")
    writer.add()
    writer.field("label", writer.button(2)).fill("See it")
    writer.button(2).get_by_text(writer.say("link")).click()
    writer.field("address", writer.button(2)).fill("https://shop.example/lanterns/red")
    return writer


@pytest.fixture
def lantern(tmp_path: Path) -> Path:
    file = tmp_path / "lantern.png"
    file.write_bytes(picture("PNG", (320, 200)))
    return file


def card(visitor: Visitor) -> Locator:
    return visitor.chat.message("The red lantern").first


def focused_name(page: Page) -> str:
    return page.frames[1].evaluate("document.activeElement.innerText.trim()")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_visitor_answers_by_pressing_a_button_of_a_card(
    people: People, language: Language, lantern: Path
) -> None:
    agent, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, agent)
    writer = written(agent, lantern)
    preview = writer.dialog.get_by_role("region", name=writer.say("preview"))
    expect(preview.get_by_text("Hand made in Suzhou")).to_be_visible()
    assert violations(agent.page) == []
    writer.send()
    expect(writer.dialog).to_have_count(0)

    shown = card(visitor)
    expect(shown.get_by_role("img")).to_be_visible()
    link = shown.get_by_role("link", name="See it")
    expect(link).to_have_attribute("href", "https://shop.example/lanterns/red")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    assert violations(visitor.page) == []
    reply = shown.get_by_role("button", name="Send me one")
    reply.dblclick()
    expect(visitor.chat.messages.filter(has_text="One red lantern, please")).to_have_count(1)
    expect(reply).to_be_disabled()
    expect(reply).to_have_accessible_name(f"Send me one {visitor.chat.word('sent')}")

    said = agent.expect_message("One red lantern, please")
    expect(said.get_by_role("button", name="The red lantern")).to_be_visible()  # it quotes the card
    ours = agent.message("Hand made in Suzhou")
    expect(ours.get_by_role("link", name="See it")).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(ours.get_by_role("img", name="lantern.png")).to_be_visible()
    agent.page.mouse.move(700, 5)
    assert violations(agent.page) == []

    visitor.page.reload()
    expect(card(visitor).get_by_role("button", name="Send me one")).to_be_disabled()
    expect(visitor.chat.messages.filter(has_text="One red lantern, please")).to_have_count(1)


def test_what_a_card_lacks_is_said_and_nothing_is_sent(people: People) -> None:
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    writer = Writer(agent)
    agent.page.keyboard.press("Shift+C")
    expect(writer.field("title")).to_be_focused()
    writer.add()
    writer.button(1).get_by_text(writer.say("link")).click()
    writer.field("label", writer.button(1)).fill("Look")
    writer.field("address", writer.button(1)).fill("javascript:alert(1)")
    writer.send()
    expect(writer.dialog.get_by_text(writer.say("need title"))).to_be_visible()
    expect(writer.dialog.get_by_text(writer.say("need link"))).to_be_visible()
    assert violations(agent.page) == []
    writer.field("title").fill("The red lantern")
    writer.field("address", writer.button(1)).fill("https://shop.example")
    writer.send()
    expect(writer.dialog).to_have_count(0)
    expect(card(visitor).get_by_role("link", name="Look")).to_be_visible()


def test_a_card_rests_when_the_conversation_ends(people: People, lantern: Path) -> None:
    agent, visitor = people.agent("mei", "en"), people.visitor("en", phone=True, dark=True)
    people.served(visitor, agent)
    written(agent, lantern).send()
    reply = card(visitor).get_by_role("button", name="Send me one")
    agent.close(visitor.name)
    expect(reply).to_be_disabled()
    reply.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.chat.messages.filter(has_text="One red lantern, please")).to_have_count(0)
    assert violations(visitor.page) == []


def test_by_keyboard_the_focus_stays_on_the_pressed_button(people: People, lantern: Path) -> None:
    agent, visitor = people.agent("mei", "en"), people.visitor("en")
    people.served(visitor, agent)
    written(agent, lantern).send()
    card(visitor).get_by_role("button", name="Send me one").focus()
    visitor.page.keyboard.press("Enter")
    agent.expect_message("One red lantern, please")
    assert focused_name(visitor.page).startswith("Send me one")
    visitor.page.keyboard.press("Enter")
    visitor.chat.send("Thank you")
    agent.expect_message("Thank you")
    agent.expect_message("One red lantern, please", count=1)


def test_a_card_that_is_taken_back_is_gone_from_what_answered_it(people: People) -> None:
    agent, visitor = people.agent("mei", "en"), people.visitor("en")
    people.served(visitor, agent)
    writer = Writer(agent)
    agent.page.keyboard.press("Shift+C")
    writer.field("title").fill("The red lantern")
    writer.add()
    writer.field("label", writer.button(1)).fill("Send me one")
    writer.field("says", writer.button(1)).fill("One, please")
    writer.send()
    card(visitor).get_by_role("button", name="Send me one").click()
    said = agent.expect_message("One, please")
    expect(said.get_by_role("button", name="The red lantern")).to_be_visible()
    agent.message("The red lantern").first.hover()
    agent.message("The red lantern").first.get_by_role("button", name=agent.word("recall")).click()
    expect(visitor.chat.message("The red lantern")).to_have_count(0)
    expect(
        visitor.chat.expect_message("One, please").get_by_text(visitor.chat.word("recalled"))
    ).to_be_visible()
    expect(agent.message("The red lantern")).to_have_count(0)
