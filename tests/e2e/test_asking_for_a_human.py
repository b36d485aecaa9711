"""From the bot to a person: by a button or in words, at once or through the queue."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.desk import Desk
from tests.e2e.people import Agent, People
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-human")

COUNT_TONES = """window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.tones++; return start.apply(this, when); };"""


def expect_tones(agent: Agent, count: int) -> None:
    """So many tones have been played so far: two for a conversation, one for a message."""
    agent.page.wait_for_function("count => window.tones >= count", arg=count)
    assert agent.page.evaluate("window.tones") == count


@pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])
def test_an_agent_gets_the_conversation_with_what_was_said_when_the_button_is_pressed(
    people: People, language: Language
) -> None:
    agent = people.agent("mei", language)
    visitor = people.visitor(language)
    visitor.chat.send("Can I pick up my order in the store?")
    visitor.chat.expect_message("Couriers deliver to your door")
    visitor.chat.ask_for_human()
    visitor.chat.expect_served_by("Mei 美美")
    expect(agent.view("mine")).to_have_text(re.compile(r"1$"))
    expect(agent.row(visitor.name)).to_contain_text(agent.word("unread", n=1))
    expect(agent.page).to_have_title(re.compile(r"^\(1\) Frontdesk"))
    agent.open(visitor.name)
    agent.expect_message("Can I pick up my order in the store?")
    agent.expect_message("Couriers deliver to your door")
    expect(agent.page).not_to_have_title(re.compile(r"^\("))


def test_the_agent_hears_it_when_a_conversation_comes_and_when_a_message_comes_to_one_out_of_sight(
    people: People,
) -> None:
    agent = people.agent("mei", "en", init_script=COUNT_TONES)
    agent.inbox.click(position={"x": 5, "y": 5})  # browsers are silent until somebody has touched the page
    expect_tones(agent, 0)
    first, second = people.visitor("en"), people.visitor("en")
    first.chat.ask_for_human()
    expect_tones(agent, 2)
    second.chat.ask_for_human()
    expect_tones(agent, 4)
    agent.open(first.name)
    second.chat.send("Are you there?")
    expect_tones(agent, 5)
    first.chat.send("Somebody is looking at this one")
    agent.expect_message("Somebody is looking at this one")
    expect_tones(agent, 5)


@pytest.mark.parametrize(
    ("language", "phrase"),
    [("zh-CN", "我要转人工"), ("en", "I want to talk to a real person please")],
    ids=["zh", "en"],
)
def test_a_human_comes_when_the_visitor_asks_in_words(
    people: People, language: Language, phrase: str
) -> None:
    agent = people.agent("mei")
    visitor = people.visitor(language)
    visitor.chat.send(phrase)
    visitor.chat.expect_served_by("Mei 美美")
    agent.open(visitor.name)
    agent.expect_message(phrase)


def test_the_place_in_the_queue_moves_up_when_a_seat_frees(people: People, desk: Desk) -> None:
    desk.set_capacity("mei", 1)
    agent = people.agent("mei")
    first, second, third = (people.visitor() for _ in range(3))
    people.served(first, agent)
    second.chat.ask_for_human()
    expect(second.chat.queue).to_contain_text(second.chat.word("next"))
    third.chat.ask_for_human()
    expect(third.chat.queue).to_contain_text(third.chat.word("place", n=2))
    expect(agent.view("waiting")).to_have_text(re.compile(r"2$"))
    agent.close(first.name)
    second.chat.expect_served_by("Mei 美美")
    expect(agent.row(second.name)).to_be_visible()
    expect(third.chat.queue).to_contain_text(third.chat.word("next"))
    expect(third.chat.queue.get_by_text("1", exact=True)).to_be_visible()


def test_the_visitor_is_back_with_the_bot_when_leaving_the_queue(people: People, desk: Desk) -> None:
    desk.set_capacity("mei", 1)
    agent = people.agent("mei")
    first, second = people.visitor(), people.visitor()
    people.served(first, agent)
    second.chat.ask_for_human()
    second.chat.button("leave queue").click()
    expect(second.chat.log.get_by_text(second.chat.word("left queue"))).to_be_visible()
    expect(second.chat.queue).to_be_hidden()
    second.chat.send("运费怎么算？")
    second.chat.expect_message("单笔满 99 元包邮")
    agent.close(first.name)
    expect(agent.row(second.name)).to_have_count(0)


def test_an_agent_takes_somebody_from_the_queue_when_choosing_them(people: People, desk: Desk) -> None:
    desk.set_capacity("mei", 1)
    agent = people.agent("mei")
    first, second = people.visitor(), people.visitor()
    people.served(first, agent)
    second.chat.ask_for_human()
    expect(second.chat.queue).to_be_visible()
    desk.set_status("mei", "busy")
    desk.set_capacity("mei", 2)
    agent.view("waiting").click()
    agent.open(second.name)
    agent.button("take").first.click()
    second.chat.expect_served_by("Mei 美美")
    agent.send("我来了")
    second.chat.expect_message("我来了")


def test_an_agent_never_has_more_than_their_capacity_when_more_visitors_come(
    people: People, desk: Desk
) -> None:
    desk.set_capacity("mei", 2)
    agent = people.agent("mei")
    visitors = [people.visitor() for _ in range(4)]
    for served in visitors[:2]:
        served.chat.ask_for_human()
        served.chat.expect_served_by("Mei 美美")
    for place, waiting in enumerate(visitors[2:], start=1):
        waiting.chat.ask_for_human()
        expect(waiting.chat.queue.get_by_text(str(place), exact=True)).to_be_visible()
    expect(agent.rows).to_have_count(2)
    expect(agent.page.get_by_role("button", name=agent.word("seats", load=2, capacity=2))).to_be_visible()
    for number, served in enumerate(visitors[:2]):
        served.chat.send(f"我是第 {number} 位")
        agent.open(served.name)
        agent.expect_message(f"我是第 {number} 位")
        agent.send(f"您好，第 {number} 位")
        served.chat.expect_message(f"您好，第 {number} 位")
    assert desk.agent("mei")["load"] == 2
    agent.close(visitors[1].name)
    visitors[2].chat.expect_served_by("Mei 美美")
    expect(visitors[3].chat.queue).to_be_visible()
    assert desk.agent("mei")["load"] == 2
