"""Agents look up what the bots know beside the conversation, and answer with it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-looking-up"), pytest.mark.timeout(240)]

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])
WORDS: dict[str, tuple[str, str]] = {
    "title": ("知识库", "Knowledge"),
    "words": ("搜索问题与答案", "Search questions and answers"),
    "answer": ("用此回复", "Answer with this"),
    "none": ("没有找到，换个说法试试。", "Nothing fits. Try other words."),
    "command": ("在知识库中查找答案", "Look something up in the knowledge"),
}
ASKED: dict[Language, tuple[str, str]] = {
    "zh-CN": ("灯笼能挂在户外吗？", "可以，**防水**等级 IP44。"),
    "en": ("May the lantern hang outdoors?", "Yes, it is **weatherproof** (IP44)."),
}


def word(language: Language, key: str) -> str:
    return WORDS[key][0 if language == "zh-CN" else 1]


def teach(desk: Desk) -> None:
    """What is asked is known, once."""
    base = desk.call("admin", "GET", "/v1/knowledge-bases")["items"][0]["id"]
    path = f"/v1/knowledge-bases/{base}/questions"
    known = {each["question"] for each in desk.call("admin", "GET", f"{path}?limit=50")["items"]}
    for language, (question, answer) in ASKED.items():
        if question not in known:
            desk.call("admin", "POST", path, {"question": question, "answer": answer, "language": language})


def knowledge(page: Page, language: Language) -> Locator:
    return page.get_by_role("search", name=word(language, "title"), exact=True)


def serve(people: People, language: Language) -> tuple[Agent, Visitor]:
    """Mei with a visitor who has just asked."""
    teach(people.desk)
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    visitor.chat.send(ASKED[language][0])
    mei.expect_message(ASKED[language][0])
    return mei, visitor


@BOTH
def test_what_the_customer_asked_is_found_and_answered_with_but_not_sent(
    people: People, language: Language
) -> None:
    mei, _visitor = serve(people, language)
    question, answer = ASKED[language]
    asked: list[str] = []
    mei.page.on("request", lambda sent: asked.append(sent.url) if "/knowledge/search" in sent.url else None)
    mei.composer.fill("…")
    assert asked == []
    mei.page.get_by_role("complementary").get_by_text(word(language, "title"), exact=True).click()
    found = knowledge(mei.page, language)
    first = found.get_by_role("listitem").first
    expect(first).to_contain_text(question)
    expect(first.locator("strong")).to_be_visible()
    assert len(asked) == 1
    assert violations(mei.page) == []
    first.get_by_role("button", name=word(language, "answer")).click()
    expect(mei.composer).to_have_value(f"…\n{answer}")
    expect(mei.composer).to_be_focused()
    mei.page.keyboard.type("!")
    expect(mei.composer).to_have_value(f"…\n{answer}!")
    assert mei.message("IP44").count() == 0
    mei.composer.press("Enter")
    mei.expect_message("IP44")
    assert len(asked) == 1


@BOTH
def test_the_keyboard_opens_searches_answers_and_goes_back(people: People, language: Language) -> None:
    mei, _visitor = serve(people, language)
    page, field = mei.page, mei.page.get_by_label(word(language, "words"))
    mei.composer.press("Escape")
    page.keyboard.press("o")
    expect(field).to_be_focused()
    page.keyboard.type("xyzzyplugh")
    expect(page.get_by_text(word(language, "none"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(mei.composer).to_be_focused()
    page.keyboard.press("ControlOrMeta+k")
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    page.keyboard.type(word(language, "command"))
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    field.fill("IP44" if language == "en" else "防水等级")
    expect(knowledge(page, language).get_by_role("listitem").first).to_contain_text(ASKED[language][0])
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(mei.composer).to_have_value(ASKED[language][1])
    expect(mei.composer).to_be_focused()
    assert violations(page) == []


def test_who_is_not_in_the_conversation_may_copy_but_not_answer(people: People) -> None:
    _mei, visitor = serve(people, "en")
    ada = people.agent("admin", "en", status="busy")
    ada.page.goto(f"{people.url}/console/inbox?view=all")
    ada.open(visitor.name)
    ada.page.keyboard.press("o")
    found = knowledge(ada.page, "en")
    expect(found.get_by_role("button", name="Copy").first).to_be_visible()
    expect(found.get_by_role("button", name=word("en", "answer"))).to_have_count(0)


def test_on_a_phone_answering_leads_back_to_the_conversation(people: People) -> None:
    mei, _visitor = serve(people, "en")
    mei.page.set_viewport_size({"width": 390, "height": 844})
    mei.page.get_by_role("button", name="Customer details", exact=True).click()
    mei.page.get_by_role("complementary").get_by_text("Knowledge", exact=True).click()
    first = knowledge(mei.page, "en").get_by_role("listitem").first
    first.get_by_role("button", name=word("en", "answer")).click()
    expect(mei.composer).to_have_value(ASKED["en"][1])
    expect(mei.composer).to_be_focused()
