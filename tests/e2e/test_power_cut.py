"""The server dies in the middle of a conversation and comes back."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import People
from tests.e2e.server import ServerProcess

pytestmark = pytest.mark.xdist_group("e2e-power-cut")


def test_both_sides_come_back_by_themselves_when_the_server_was_killed(
    people: People, server: ServerProcess
) -> None:
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    for number in (1, 2):
        visitor.chat.send(f"问 {number}")
        agent.expect_message(f"问 {number}")
        agent.send(f"答 {number}")
        visitor.chat.expect_message(f"答 {number}")
    with visitor.watch.network_failures(), agent.watch.network_failures():
        server.kill()
        expect(
            visitor.chat.frame.get_by_role("status").get_by_text(visitor.chat.word("lost"))
        ).to_be_visible()
        expect(agent.page.get_by_role("status").get_by_text(agent.word("lost"))).to_be_visible()
        visitor.chat.send("问 3")
        visitor.chat.send("问 4")
        agent.send("答 3")
        expect(visitor.chat.messages.last).to_contain_text(visitor.chat.word("waiting"))
        server.start()
        agent.expect_message("问 4")
        visitor.chat.expect_message("答 3")
    visitor.chat.send("问 5")
    agent.expect_message("问 5")
    agent.send("答 4")
    visitor.chat.expect_message("答 4")
    for side in (visitor.chat, agent):
        assert side.numbered("问") == [1, 2, 3, 4, 5]
        assert side.numbered("答") == [1, 2, 3, 4]
    expect(visitor.chat.frame.get_by_role("status").get_by_text(visitor.chat.word("lost"))).to_be_hidden()


def test_the_place_in_the_queue_is_kept_when_the_server_was_killed(
    people: People, server: ServerProcess
) -> None:
    agent = people.agent("omar", "en")
    people.desk.set_capacity("omar", 1)
    first, second, third = (people.visitor("en") for _ in range(3))
    people.served(first, agent)
    for waiting in (second, third):
        waiting.chat.ask_for_human()
        expect(waiting.chat.queue).to_be_visible()
    everybody = (agent, first, second, third)
    for each in everybody:
        each.watch.expect_network_failures()
    server.kill()
    server.start()
    expect(third.chat.queue).to_contain_text(third.chat.word("place", n=2))
    agent.send("I am back")
    first.chat.expect_message("I am back")
    agent.close(first.name)
    second.chat.expect_served_by("Omar")
    expect(third.chat.queue).to_contain_text(third.chat.word("next"))
