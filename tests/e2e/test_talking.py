"""An agent and a visitor talk: text, typing, marks, taking back, saved replies."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Agent, People, Visitor

pytestmark = pytest.mark.xdist_group("e2e-talking")


@pytest.fixture
def pair(people: People) -> tuple[Visitor, Agent]:
    """A visitor in the hands of an agent who has them open."""
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    return visitor, agent


@pytest.mark.parametrize(
    "text",
    [
        "你好，请问灯笼怎么保养？",
        "How do I care for it? <b>&amp;</b> https://example.org/a?b=1",
        "👍🏽 🏮🎉 👨‍👩‍👧‍👦",
    ],
    ids=["zh", "en", "emoji"],
)
def test_a_text_arrives_as_it_was_written_when_either_side_sends_it(
    pair: tuple[Visitor, Agent], text: str
) -> None:
    visitor, agent = pair
    visitor.chat.send(text)
    agent.expect_message(text)
    agent.send(f"回复 {text}")
    visitor.chat.expect_message(f"回复 {text}")
    visitor.chat.expect_message(text, count=2)
    agent.expect_message(text, count=2)


def test_an_emoji_is_sent_when_it_is_picked(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    visitor.chat.button("emoji").click()
    visitor.chat.frame.get_by_role("button", name="🎁").click()
    visitor.chat.button("send").click()
    agent.expect_message("🎁")


def test_the_agent_sees_what_the_visitor_is_writing_when_it_is_not_sent_yet(
    pair: tuple[Visitor, Agent],
) -> None:
    visitor, agent = pair
    visitor.chat.write("它不亮了")
    expect(agent.transcript.get_by_text("它不亮了")).to_be_visible()
    expect(agent.transcript.get_by_text(agent.word("is writing"))).to_be_visible()
    visitor.chat.composer.fill("")
    expect(agent.transcript.get_by_text("它不亮了")).to_be_hidden()


def test_the_visitor_sees_that_the_agent_is_writing_when_nothing_is_sent_yet(
    pair: tuple[Visitor, Agent],
) -> None:
    visitor, agent = pair
    agent.composer.press_sequentially("秘密草稿")
    expect(visitor.chat.log.get_by_text(visitor.chat.word("typing", name="Mei 美美"))).to_be_attached()
    expect(visitor.chat.log).not_to_contain_text("秘密草稿")


def test_the_visitors_marks_go_from_delivered_to_read_when_the_agent_looks(people: People) -> None:
    agent, visitor = people.agent("mei"), people.visitor()
    visitor.chat.ask_for_human()
    visitor.chat.expect_served_by("Mei 美美")
    visitor.chat.send("看到了吗")
    visitor.chat.expect_mark("delivered")
    agent.open(visitor.name)
    agent.expect_message("看到了吗")
    visitor.chat.expect_mark("read")


def test_the_agents_marks_tell_sent_from_read_when_the_visitor_closes_and_opens_the_chat(
    pair: tuple[Visitor, Agent],
) -> None:
    visitor, agent = pair
    agent.send("请看一下")
    agent.expect_mark("请看一下", "read")
    visitor.chat.button("close").click()
    agent.send("还在吗")
    agent.expect_mark("还在吗", "delivered")
    expect(visitor.button).to_have_accessible_name(re.compile("1"))
    visitor.button.click()
    agent.expect_mark("还在吗", "read")


def test_the_agents_message_is_only_sent_when_the_visitor_has_left(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    visitor.page.goto("about:blank")
    agent.send("您走了吗")
    agent.expect_mark("您走了吗", "sent")


def test_a_message_disappears_on_the_other_side_when_the_agent_recalls_it(
    pair: tuple[Visitor, Agent],
) -> None:
    visitor, agent = pair
    agent.send("发错了的话")
    visitor.chat.expect_message("发错了的话")
    agent.recall("发错了的话")
    visitor.chat.expect_message("发错了的话", count=0)
    agent.expect_message("发错了的话", count=0)
    expect(visitor.chat.log.get_by_text(visitor.chat.word("recalled"))).to_be_visible()


def test_a_message_disappears_on_the_other_side_when_the_visitor_takes_it_back(
    pair: tuple[Visitor, Agent],
) -> None:
    visitor, agent = pair
    visitor.chat.send("我的密码是 123")
    agent.expect_message("我的密码是 123")
    visitor.chat.recall("我的密码是 123")
    agent.expect_message("我的密码是 123", count=0)
    agent.expect_line(agent.word("recalled", name=visitor.name))
    expect(visitor.chat.log.get_by_text(visitor.chat.word("recalled own"))).to_be_visible()


def test_a_saved_reply_is_sent_when_it_is_found_by_a_slash(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    agent.composer.press_sequentially("/请稍等")
    listed = agent.page.get_by_role("listbox", name=agent.word("saved replies"))
    expect(listed.get_by_role("option")).to_have_count(1)
    agent.composer.press("Enter")
    expect(agent.composer).to_have_value("请稍等一下，我查好马上回复您。")
    agent.composer.press("Enter")
    visitor.chat.expect_message("请稍等一下，我查好马上回复您。")
