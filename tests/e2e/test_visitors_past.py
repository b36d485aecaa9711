"""What a visitor finds again: who is with them, by name and face, and what was said in earlier conversations."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, chat_of, say, tag
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-visitors-past")

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])


@BOTH
def test_earlier_conversations_stand_above_this_one_when_one_scrolls_up_to_them(
    people: People, language: Language
) -> None:
    visitor = people.visitor(language)
    chat = visitor.chat
    chat.send("lantern 1")
    expect(chat.messages).to_have_count(3)  # the greeting, this, and the bot's answer
    chat.choose_from_menu("end")
    expect(chat.frame.get_by_text(chat.word("ended"))).to_be_visible()
    chat.button("anew").click()
    chat.send("lantern 2" + "\n·" * 40)  # longer than the window
    chat.expect_message("lantern 2")
    chat.expect_mark("sent")
    visitor.page.reload()
    chat.expect_message("lantern 2")
    chat.log.hover()
    visitor.page.mouse.wheel(0, -10_000)
    said = chat.frame.get_by_role("article").filter(has_text=re.compile(r"lantern \d"))
    expect(said).to_have_text([re.compile("lantern 1"), re.compile("lantern 2")])


@BOTH
def test_who_is_with_the_visitor_has_a_name_and_a_face_and_so_has_who_comes_next(
    people: People, language: Language
) -> None:
    mei, omar = people.agent("mei", language), people.agent("omar", language, status="away")
    visitor = people.visitor(language)
    head = visitor.chat.frame.locator(".header")
    people.served(visitor, mei)
    expect(head.get_by_role("heading", name="Mei 美美")).to_be_visible()
    expect(head.locator(".avatar")).to_have_text("M")
    people.desk.set_status("omar", "online")
    mei.transfer(visitor.name, "Omar Haddad")
    visitor.chat.expect_served_by("Omar")
    expect(head.get_by_role("heading", name="Omar")).to_be_visible()
    expect(head.locator(".avatar")).to_have_text("O")
    expect(visitor.chat.log.get_by_text(visitor.chat.word("transferred", name="Mei 美美"))).to_be_visible()
    omar.open(visitor.name)


@BOTH
def test_the_agent_sees_which_pages_the_visitor_was_on_and_how_long(
    people: People, site: Site, server: ServerProcess, language: Language
) -> None:
    agent = people.agent("mei", language)
    context, _watch = people.context("visitor", "en")
    page = context.new_page()
    page.goto(site.page("<title>Lanterns of silk</title>" + tag(server), "/silk"))
    page.get_by_role("button", name="Chat with us").click()
    say(page, "I need help")
    page.wait_for_timeout(2_000)
    page.goto(site.page("<title>What shipping costs</title>" + tag(server), "/shipping"))
    expect(chat_of(page).get_by_role("article").filter(has_text="I need help")).to_have_count(1)
    chat_of(page).get_by_role("button", name="Talk to a human").last.click()
    agent.rows.first.click()
    track = agent.page.get_by_role("group").filter(has_text=agent.word("track"))
    track.get_by_text(agent.word("track")).click()
    stops = track.get_by_role("listitem")
    expect(stops).to_have_count(2)
    expect(stops.first).to_contain_text("What shipping costs")
    expect(stops.last).to_contain_text("Lanterns of silk")
    expect(stops.last).to_contain_text(re.compile(r"· (stayed|停留) 0:\d\d"))
    expect(stops.first).not_to_contain_text("·")
