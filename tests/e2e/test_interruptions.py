"""Reloads, a lost network, further tabs and devices: nothing lost, nothing twice, nothing out of order."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Agent, People, Visitor

pytestmark = pytest.mark.xdist_group("e2e-interruptions")


@pytest.fixture
def pair(people: People) -> tuple[Visitor, Agent]:
    """A visitor in the hands of an agent, who have said three things each."""
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    for number in (1, 2, 3):
        visitor.chat.send(f"问 {number}")
        agent.expect_message(f"问 {number}")
        agent.send(f"答 {number}")
        visitor.chat.expect_message(f"答 {number}")
    return visitor, agent


def expect_whole(visitor: Visitor, agent: Agent, *, asked: int, answered: int) -> None:
    """Both see every message once and in order."""
    for side in (visitor.chat, agent):
        side.expect_message(f"问 {asked}")
        side.expect_message(f"答 {answered}")
        assert side.numbered("问") == list(range(1, asked + 1))
        assert side.numbered("答") == list(range(1, answered + 1))


def test_the_visitor_sees_everything_when_reloading(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    visitor.page.reload()
    agent.send("答 4")
    visitor.chat.expect_message("答 4")
    visitor.chat.send("问 4")
    agent.expect_message("问 4")
    expect_whole(visitor, agent, asked=4, answered=4)


def test_the_agent_sees_everything_when_reloading(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    agent.page.reload()
    visitor.chat.send("问 4")
    agent.expect_message("问 4")
    agent.send("答 4")
    visitor.chat.expect_message("答 4")
    expect_whole(visitor, agent, asked=4, answered=4)


def test_the_visitor_catches_up_when_the_network_is_back(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    with visitor.watch.offline():
        expect(
            visitor.chat.frame.get_by_role("status").get_by_text(visitor.chat.word("offline"))
        ).to_be_visible()
        agent.send("答 4")
        agent.send("答 5")
        visitor.chat.send("问 4")
        expect(visitor.chat.messages.last).to_contain_text(visitor.chat.word("waiting"))
        visitor.chat.expect_message("答 4", count=0)
    expect(visitor.chat.frame.get_by_text(visitor.chat.word("back"))).to_be_visible()
    expect_whole(visitor, agent, asked=4, answered=5)
    visitor.chat.expect_mark("read")


def test_the_agent_catches_up_when_the_network_is_back(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    with agent.watch.offline():
        expect(agent.page.get_by_role("status").get_by_text(agent.word("offline"))).to_be_visible()
        visitor.chat.send("问 4")
        agent.send("答 4")
        agent.send("答 5")
        expect(agent.messages.filter(has_text=agent.word("pending"))).to_have_count(2)
        visitor.chat.expect_message("答 4", count=0)
    expect_whole(visitor, agent, asked=4, answered=5)
    expect(agent.page.get_by_role("status").get_by_text(agent.word("offline"))).to_be_hidden()


def test_what_the_visitor_wrote_offline_is_sent_when_the_page_was_left_in_between(
    pair: tuple[Visitor, Agent],
) -> None:
    visitor, agent = pair
    with visitor.watch.offline():
        visitor.chat.send("问 4")
        visitor.chat.send("问 5")
        expect(visitor.chat.messages.last).to_contain_text(visitor.chat.word("waiting"))
        visitor.page.goto("about:blank")
    visitor.visit()
    expect_whole(visitor, agent, asked=5, answered=3)


def test_what_the_agent_wrote_offline_is_sent_when_the_page_was_left_in_between(
    pair: tuple[Visitor, Agent],
) -> None:
    visitor, agent = pair
    with agent.watch.offline():
        agent.send("答 4")
        agent.send("答 5")
        expect(agent.messages.filter(has_text=agent.word("pending"))).to_have_count(2)
        agent.page.goto("about:blank")
    agent.visit()
    agent.open(visitor.name)
    expect_whole(visitor, agent, asked=3, answered=5)


def test_a_draft_is_still_there_when_either_side_reloads(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    visitor.chat.composer.fill("还没写完")
    agent.composer.fill("草稿在此")
    visitor.page.reload()
    agent.page.reload()
    expect(visitor.chat.composer).to_have_value("还没写完")
    expect(agent.composer).to_have_value("草稿在此")


def test_both_tabs_show_the_same_when_the_visitor_opens_a_second_one(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    second = visitor.another_tab()
    second.chat.expect_message("答 3")
    second.chat.send("问 4")
    visitor.chat.send("问 5")
    agent.expect_message("问 5")
    agent.send("答 4")
    for tab in (visitor, second):
        expect_whole(tab, agent, asked=5, answered=4)


def test_a_message_is_sent_once_when_two_tabs_come_back_with_it(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    second = visitor.another_tab()
    second.chat.expect_message("答 3")
    with visitor.watch.offline():
        visitor.chat.send("问 4")
        expect(visitor.chat.messages.last).to_contain_text(visitor.chat.word("waiting"))
    agent.expect_message("问 4")
    for tab in (visitor, second):
        expect_whole(tab, agent, asked=4, answered=3)


def test_both_devices_show_the_same_when_the_agent_uses_a_second_one(
    people: People, pair: tuple[Visitor, Agent]
) -> None:
    visitor, agent = pair
    second = people.agent("mei", "en")
    second.open(visitor.name)
    second.expect_message("答 3")
    second.send("答 4")
    agent.expect_message("答 4")
    agent.send("答 5")
    visitor.chat.send("问 4")
    for device in (agent, second):
        expect_whole(visitor, device, asked=4, answered=5)
    expect(second.page).not_to_have_title(re.compile(r"^\("))


def test_the_first_question_is_asked_when_it_was_written_without_a_network(people: People) -> None:
    visitor = people.visitor("en")
    with visitor.watch.offline():
        visitor.chat.send("How much is shipping?")
        expect(visitor.chat.messages.last).to_contain_text(visitor.chat.word("waiting"))
    visitor.chat.expect_message("Shipping is free from $15")
    visitor.chat.expect_message("How much is shipping?")
