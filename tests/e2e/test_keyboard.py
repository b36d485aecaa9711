"""No mouse: the whole of an agent's and of a visitor's way by keys alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.desk import ORGANIZATION, PASSWORD
from tests.e2e.pages.console import Console
from tests.e2e.people import Agent, People
from tests.e2e.server import ServerProcess
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-keyboard")

MOST_STEPS = 80


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Step by step, as somebody without a mouse; whatever cannot be reached that way fails."""
    expect(target).to_be_visible()
    for _ in range(MOST_STEPS):
        if target.evaluate("element => element === element.getRootNode().activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} is not reached by {key}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def command(console: Console, words: str) -> None:
    """Something from the palette."""
    console.page.keyboard.press("Control+k")
    expect(console.page.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    console.page.keyboard.type(words)
    console.page.keyboard.press("Enter")


def sign_in(people: People, server: ServerProcess) -> Agent:
    context, watch = people.context("mei", "zh-CN")
    agent = Agent(context.new_page(), server.url, "zh-CN", watch)
    agent.visit()
    keys = agent.page.keyboard
    expect(agent.page.get_by_label(agent.word("organization"))).to_be_focused()
    keys.type(ORGANIZATION)
    keys.press("Tab")
    keys.type("mei")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    agent.expect_ready()
    command(agent, "在线")
    expect(agent.page.get_by_role("button", name="我的状态：在线")).to_be_visible()
    return agent


def test_an_agent_works_from_signing_in_to_signing_out_when_there_is_no_mouse(
    people: People, server: ServerProcess
) -> None:
    agent = sign_in(people, server)
    page, keys = agent.page, agent.page.keyboard
    visitor = people.visitor()
    visitor.chat.ask_for_human()
    visitor.chat.expect_served_by("Mei 美美")

    expect(agent.row(visitor.name)).to_be_visible()
    keys.press("j")
    expect(agent.thread(visitor.name)).to_be_visible()
    keys.press("r")
    expect(agent.composer).to_be_focused()
    keys.type("您好，请讲")
    keys.press("Enter")
    visitor.chat.expect_message("您好，请讲")
    visitor.chat.send("琥珀色的灯笼有吗")
    agent.expect_message("琥珀色的灯笼有吗")

    keys.type("/请稍等")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    keys.press("Enter")
    expect(agent.composer).to_have_value("请稍等一下，我查好马上回复您。")
    keys.press("Enter")
    visitor.chat.expect_message("请稍等一下，我查好马上回复您。")

    template = {"title": "回电", "text": "我是{agent.name}，给您回电：{contact.phone}"}
    people.desk.call("mei", "POST", "/v1/quick-replies", template)
    keys.type("/回电")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    keys.press("Enter")
    expect(agent.composer).to_have_value("我是Mei 美美，给您回电：⟦电话⟧")
    keys.press("Enter")  # what is not filled in is not sent
    keys.type("139 0013 8000")  # it is selected
    expect(agent.composer).to_have_value("我是Mei 美美，给您回电：139 0013 8000")
    keys.press("Enter")
    visitor.chat.expect_message("我是Mei 美美，给您回电：139 0013 8000")

    omar = people.agent("omar", "en")
    keys.type("what is typed is text: j k t e p g h ?")
    expect(agent.composer).to_have_value("what is typed is text: j k t e p g h ?")
    keys.press("Control+a")
    keys.press("Backspace")
    keys.press("Escape")
    keys.press("?")
    sheet = agent.dialog(agent.word("shortcuts"))
    expect(sheet.get_by_text(agent.word("transfer"), exact=True)).to_be_visible()
    keys.press("t")  # a dialog has keys of its own
    keys.press("Escape")
    expect(sheet).to_be_hidden()
    keys.press("t")
    dialog = agent.dialog(agent.word("transfer title", name=visitor.name))
    press(page, dialog.get_by_role("radio", name="Omar Haddad"), "Space")
    tab_to(page, dialog.get_by_label(agent.word("transfer note")))
    keys.type("找琥珀色")
    press(page, dialog.get_by_role("button", name=agent.word("transfer"), exact=True))
    visitor.chat.expect_served_by("Omar")
    omar.open(visitor.name)
    omar.expect_message("找琥珀色")
    omar.transfer(visitor.name, "Mei Chen")
    expect(agent.row(visitor.name)).to_be_visible()

    keys.press("j")
    expect(agent.thread(visitor.name)).to_be_visible()
    keys.press("e")
    dialog = agent.dialog(agent.word("close title", name=visitor.name))
    press(page, dialog.get_by_role("radio", name="Question 咨询"), "Space")
    press(page, dialog.get_by_role("button", name=agent.word("close submit"), exact=True))
    agent.expect_line(agent.word("wrapped up", category="Orders 订单/Question 咨询"))

    expect(dialog).to_be_hidden()
    keys.press("g")
    keys.press("h")
    expect(page.get_by_role("searchbox", name=agent.word("search"))).to_be_focused()
    keys.type("琥珀")
    press(page, page.get_by_role("link").filter(has_text="琥珀色的灯笼有吗").first)
    agent.expect_message("琥珀色的灯笼有吗")

    command(agent, agent.word("sign out"))
    expect(page.get_by_role("button", name=agent.word("sign in"), exact=True)).to_be_visible()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_five_who_wait_are_answered_one_after_the_other_without_a_mouse(
    people: People, language: Language
) -> None:
    agent = people.agent("mei", language)
    keys = agent.page.keyboard
    names = [people.desk.arrive(asks=True) for _ in range(5)]
    for name in names:
        expect(agent.row(name)).to_be_visible()
    for number, name in enumerate(names):
        keys.press("u")  # the one that waits longest
        expect(agent.thread(name)).to_be_visible()
        keys.press("r")
        expect(agent.composer).to_be_focused()
        keys.type(f"Answer {number}")
        keys.press("Enter")
        agent.expect_mark(f"Answer {number}", "sent")
        keys.press("Escape")
    for _ in names:
        keys.press("j")
        keys.press("e")
        dialog = agent.page.get_by_role("dialog")
        press(agent.page, dialog.get_by_role("radio", name="Question 咨询"), "Space")
        press(agent.page, dialog.get_by_role("button", name=agent.word("close submit"), exact=True))
        expect(dialog).to_be_hidden()
    for name in names:
        expect(agent.row(name)).to_have_count(0)


def test_the_focus_is_where_it_was_when_a_dialog_is_left_by_escape(people: People) -> None:
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    press(agent.page, agent.button("transfer"))
    dialog = agent.dialog(agent.word("transfer title", name=visitor.name))
    expect(dialog).to_be_visible()
    agent.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(agent.button("transfer")).to_be_focused()
    expect(agent.thread(visitor.name)).to_be_visible()


def test_a_visitor_opens_asks_and_closes_when_there_is_no_mouse(people: People) -> None:
    visitor = people.passer_by("en")
    keys = visitor.page.keyboard
    press(visitor.page, visitor.button)
    expect(visitor.chat.composer).to_be_focused()
    keys.type("How much is shipping?")
    keys.press("Enter")
    visitor.chat.expect_message("Shipping is free from $15")
    keys.press("Escape")
    expect(visitor.chat.log).to_be_hidden()
    expect(visitor.button).to_be_focused()
