"""The first minute: a button, a greeting, answers by the bot."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import People
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-bot")


@pytest.mark.parametrize(
    ("language", "greeting"), [("zh-CN", "您好，我是小灯"), ("en", "Hello, I am Lumi")], ids=["zh", "en"]
)
def test_the_bot_greets_in_the_pages_language_when_the_chat_is_opened(
    people: People, language: Language, greeting: str
) -> None:
    visitor = people.passer_by(language)
    expect(visitor.button).to_be_visible()
    chat = visitor.open_chat()
    chat.expect_message(greeting)
    expect(chat.frame.get_by_role("group", name=chat.word("hot")).get_by_role("button")).to_have_count(5)


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("zh-CN", "邮费多少钱", "单笔满 99 元包邮"),
        ("zh-CN", "我要退货", "7 天内"),
        ("en", "What are the delivery charges?", "Shipping is free from $15"),
        ("en", "I want to send it back", "Within 7 days of delivery"),
    ],
    ids=["zh shipping", "zh return", "en shipping", "en return"],
)
def test_the_bot_answers_rightly_when_asked_in_other_words(
    people: People, language: Language, question: str, answer: str
) -> None:
    chat = people.visitor(language).chat
    chat.send(question)
    chat.expect_message(answer)


@pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])
def test_an_offered_question_is_answered_when_it_is_clicked(people: People, language: Language) -> None:
    chat = people.visitor(language).chat
    offered = chat.frame.get_by_role("group", name=chat.word("hot")).get_by_role("button").first
    question = offered.inner_text()
    offered.click()
    chat.expect_message(question)
    related = chat.frame.get_by_role("group", name=chat.word("related")).get_by_role("button").first
    next_question = related.inner_text()
    before = chat.messages.count()
    related.click()
    expect(chat.messages).to_have_count(before + 2)
    expect(chat.messages.nth(before)).to_contain_text(next_question)


@pytest.mark.parametrize(
    ("language", "question"), [("zh-CN", "地址和运费"), ("en", "invoice or refund")], ids=["zh", "en"]
)
def test_similar_questions_are_offered_and_work_when_the_bot_is_not_sure(
    people: People, language: Language, question: str
) -> None:
    chat = people.visitor(language).chat
    chat.send(question)
    offered = chat.frame.get_by_role("group", name=chat.word("suggestions")).get_by_role("button").first
    offered.click()
    expect(chat.frame.get_by_role("group", name=chat.word("related")).last).to_be_visible()


@pytest.mark.parametrize(
    ("language", "question", "honest"),
    [
        ("zh-CN", "量子纠缠的贝尔不等式", "这个问题小灯还不会"),
        ("en", "zyzzyva quux frobnicate", "Lumi does not know that one"),
    ],
    ids=["zh", "en"],
)
def test_the_bot_says_so_and_then_offers_a_human_when_it_does_not_know(
    people: People, language: Language, question: str, honest: str
) -> None:
    chat = people.visitor(language).chat
    chat.send(question)
    answer = chat.expect_message(honest)
    expect(answer.get_by_role("button", name=chat.word("human"))).to_have_count(0)
    chat.send(f"{question} {question}")
    chat.expect_message(honest, count=2)
    expect(answer.last.get_by_role("button", name=chat.word("human"))).to_be_visible()


def test_the_chat_fills_the_screen_and_answers_when_on_a_phone(people: People) -> None:
    visitor = people.visitor("zh-CN", phone=True)
    width = visitor.chat.log.bounding_box()
    assert width is not None
    assert width["width"] > 300
    visitor.chat.send("运费怎么算？")
    visitor.chat.expect_message("单笔满 99 元包邮")
    visitor.chat.button("close").click()
    expect(visitor.button).to_be_visible()
