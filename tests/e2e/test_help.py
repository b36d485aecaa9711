"""Visitors look for an answer before they ask: by words, by keyboard, on a phone, and on to a person when it did not help."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.people import People, Visitor
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-help")

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])


def words(language: Language, chinese: str, english: str) -> str:
    return english if language == "en" else chinese


def path_of(desk: Desk) -> str:
    items = desk.call("admin", "GET", "/v1/channels")["items"]
    return f"/v1/channels/{next(each['id'] for each in items if each['code'] == CHANNEL)}/help"


@pytest.fixture
def helpful(desk: Desk) -> Generator[Desk]:
    base = desk.call("admin", "GET", "/v1/knowledge-bases")["items"][0]
    desk.call("admin", "PUT", path_of(desk), {"knowledge_base_id": base["id"]})
    yield desk
    desk.call("admin", "PUT", path_of(desk), {"knowledge_base_id": None})


def open_help(visitor: Visitor) -> Locator:
    frame = visitor.chat.frame
    frame.get_by_role("button", name=words(visitor.language, "搜索答案", "Search for an answer")).click()
    return frame.get_by_role("region", name=words(visitor.language, "帮助文章", "Help articles"))


def search(sheet: Locator, text: str) -> None:
    sheet.get_by_role("searchbox").fill(text)


@BOTH
def test_an_answer_is_found_and_read_and_a_person_is_a_click_away(
    people: People, helpful: Desk, language: Language
) -> None:
    agent = people.agent("mei", language)
    visitor = people.visitor(language)
    sheet = open_help(visitor)
    sought = words(language, "多久能送到", "how long does delivery take")
    search(sheet, sought)
    hit = sheet.get_by_role("listitem").first.get_by_role("button")
    expect(hit).to_contain_text(words(language, "送", "deliver"))
    hit.click()
    expect(sheet.get_by_role("article")).to_be_visible()
    sheet.get_by_role("button", name=words(language, "返回文章列表", "Back to the articles")).click()
    expect(sheet.get_by_role("searchbox")).to_have_value(sought)
    sheet.get_by_role("button", name=words(language, "联系客服", "Ask us")).click()
    expect(visitor.chat.messages.filter(has_text=sought).first).to_be_visible()
    agent.open(visitor.name)
    expect(agent.transcript.get_by_text(sought).first).to_be_visible()


@pytest.mark.parametrize(
    ("language", "dark", "phone"),
    [("zh-CN", False, False), ("en", True, True)],
    ids=["zh-light", "en-dark-phone"],
)
def test_the_articles_are_accessible_and_work_by_keyboard(
    people: People, helpful: Desk, language: Language, dark: bool, phone: bool
) -> None:
    visitor = people.visitor(language, dark=dark, phone=phone)
    sheet = open_help(visitor)
    expect(sheet.get_by_role("listitem").first).to_be_visible()
    assert violations(visitor.page) == []
    search(sheet, words(language, "退货", "return"))
    first = sheet.get_by_role("listitem").first.get_by_role("button")
    expect(first).to_contain_text(words(language, "退", "eturn"))
    first.press("Enter")
    expect(sheet.get_by_role("article").get_by_role("heading").first).to_be_focused()
    assert violations(visitor.page) == []
    visitor.page.keyboard.press("Escape")
    expect(first).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(visitor.chat.composer).to_be_visible()


def test_what_is_not_there_is_told(people: People, helpful: Desk) -> None:
    visitor = people.visitor("en")
    sheet = open_help(visitor)
    search(sheet, "xyzzy plugh")
    expect(sheet.get_by_text("Nothing found.")).to_be_visible()


def test_who_was_not_helped_by_an_answer_asks_with_it_in_hand(people: People, helpful: Desk) -> None:
    agent = people.agent("mei", "en")
    visitor = people.visitor("en")
    sheet = open_help(visitor)
    first = sheet.get_by_role("listitem").first.get_by_role("button")
    question = first.locator("strong").inner_text()
    first.click()
    sheet.get_by_role("button", name="Ask us").click()
    expect(sheet).to_have_count(0)
    agent.open(visitor.name)
    said = f"I have read “{question}”, and it did not answer my question."
    expect(agent.transcript.get_by_text(said).first).to_be_visible()


def test_a_search_without_a_network_says_so_and_goes_on_when_it_is_back(
    people: People, helpful: Desk
) -> None:
    visitor = people.visitor("en")
    sheet = open_help(visitor)
    with visitor.watch.offline():
        search(sheet, "delivery")
        expect(sheet.get_by_text("That couldn’t be loaded.")).to_be_visible()
    search(sheet, "delivery time")
    expect(sheet.get_by_role("listitem").first).to_be_visible()


def test_a_channel_that_shows_no_articles_does_not_speak_of_them(people: People) -> None:
    visitor = people.visitor("en")
    expect(visitor.chat.composer).to_be_visible()
    expect(visitor.chat.frame.get_by_role("button", name="Search for an answer")).to_have_count(0)


@BOTH
def test_an_administrator_chooses_what_is_shown_and_it_counts_at_once(
    people: People, helpful: Desk, language: Language
) -> None:
    helpful.call("admin", "PUT", path_of(helpful), {"knowledge_base_id": None})
    page = people.agent("admin", language).page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=words(language, "渠道", "Channels")).click()
    page.get_by_role("button").filter(has_text=CHANNEL).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words(language, "帮助文章", "Help articles")).first.click()
    page.get_by_role("option").first.click()
    assert violations(page) == []
    dialog.get_by_role("button", name=words(language, "保存", "Save")).click()
    expect(dialog).to_have_count(0)
    visitor = people.visitor(language)
    expect(open_help(visitor)).to_be_visible()
