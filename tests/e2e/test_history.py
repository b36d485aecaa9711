"""Finding what was said, by two characters, in either language, at the very place."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.people import Agent, People, Visitor

pytestmark = pytest.mark.xdist_group("e2e-history")


@pytest.fixture
def told(people: People) -> tuple[Visitor, Agent]:
    """An agent at the history, after a conversation whose beginning is far above its end."""
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    visitor.chat.send("请问琉璃灯罩可以单买吗")
    visitor.chat.send("It is for the Zanzibar lamp")
    for number in (1, 2, 3):
        visitor.chat.send("\n".join([f"第 {number} 段", *["竹骨、绢面、一盏暖灯"] * 20]))
    agent.expect_message("第 3 段")
    agent.close(visitor.name)
    agent.go("history")
    return visitor, agent


def search(agent: Agent, words: str) -> Locator:
    agent.page.get_by_role("searchbox", name=agent.word("search")).fill(words)
    return agent.page.get_by_role("region", name=agent.word("history")).get_by_role("link")


@pytest.mark.parametrize(
    ("words", "marked", "whole"),
    [
        ("琉璃", "琉璃", "请问琉璃灯罩可以单买吗"),
        ("za", "Za", "It is for the Zanzibar lamp"),
        ("ZANZIBAR lamp", "Zanzibar", "It is for the Zanzibar lamp"),
    ],
    ids=["zh", "en", "words"],
)
def test_a_message_is_found_marked_and_opened_at_its_place_when_a_part_of_it_is_searched(
    told: tuple[Visitor, Agent], words: str, marked: str, whole: str
) -> None:
    visitor, agent = told
    hit = search(agent, words).filter(has_text=visitor.name).filter(has_text=whole)
    expect(hit).to_be_visible()
    expect(hit.locator("mark").first).to_have_text(marked, ignore_case=True)
    hit.click()
    expect(agent.expect_message(whole)).to_be_in_viewport()
    expect(agent.message("第 3 段")).not_to_be_in_viewport()
    expect(agent.composer).to_have_count(0)


def test_nothing_is_found_and_said_so_when_nobody_ever_wrote_it(told: tuple[Visitor, Agent]) -> None:
    _, agent = told
    expect(search(agent, "貔貅麒麟")).to_have_count(0)
    expect(agent.page.get_by_text("没有找到“貔貅麒麟”")).to_be_visible()


def test_a_word_is_found_inside_an_open_conversation_and_walked_through_when_f_is_pressed(
    people: People,
) -> None:
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    visitor.chat.send("请问琉璃灯罩可以单买吗")
    for number in (1, 2, 3):
        visitor.chat.send("\n".join([f"第 {number} 段", *["竹骨、绢面、一盏暖灯"] * 20]))
    agent.expect_message("第 3 段")
    agent.send("琉璃的灯罩可以单买")
    agent.expect_message("琉璃的灯罩可以单买")

    agent.transcript.click()
    agent.page.keyboard.press("f")
    bar = agent.page.get_by_role("search", name="在此会话中查找")
    expect(bar.get_by_role("searchbox")).to_be_focused()
    agent.page.keyboard.type("琉璃 灯罩")
    expect(bar.get_by_text("第 1 条，共 2 条")).to_be_visible()
    expect(agent.message("琉璃的灯罩可以单买")).to_be_in_viewport()
    agent.page.keyboard.press("Enter")
    expect(bar.get_by_text("第 2 条，共 2 条")).to_be_visible()
    expect(agent.message("请问琉璃灯罩可以单买吗")).to_be_in_viewport()
    agent.page.keyboard.press("Shift+Enter")
    expect(agent.message("琉璃的灯罩可以单买")).to_be_in_viewport()
    bar.get_by_role("searchbox").fill("貔貅")
    expect(bar.get_by_text("没有找到")).to_be_visible()

    today = agent.page.evaluate("new Date().toLocaleDateString('sv')")
    bar.get_by_label("跳到某一天").fill(today)
    expect(agent.message("请问琉璃灯罩可以单买吗")).to_be_in_viewport()
    bar.get_by_role("searchbox").press("Escape")
    expect(bar).to_be_hidden()
    expect(agent.message("琉璃的灯罩可以单买")).to_be_in_viewport()


def test_the_demos_past_is_searched_too_when_looking_for_an_english_word(people: People) -> None:
    agent = people.agent("omar", "en")
    agent.go("history")
    hits = search(agent, "lantern")
    expect(hits.first.locator("mark").first).to_have_text("lantern", ignore_case=True)
    expect(agent.page.get_by_text(re.compile(r"^[1-9]\d* hits?$"))).to_be_visible()
    hits.first.click()
    expect(agent.messages.filter(has_text="antern").first).to_be_visible()
