"""Nobody is on duty: the visitor leaves a message, and agents see to it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import People
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-leaving")


@pytest.mark.parametrize(("language", "name"), [("zh-CN", "王小灯"), ("en", "Ada Lantern")], ids=["zh", "en"])
def test_agents_see_and_handle_what_was_left_when_nobody_was_on_duty(
    people: People, language: Language, name: str
) -> None:
    chat = people.visitor(language).chat
    chat.ask_for_human()
    form = chat.frame.get_by_role("region", name=chat.word("leave message"))
    expect(form.get_by_text(chat.word("nobody"))).to_be_visible()
    form.get_by_label(chat.word("leave name")).fill(name)
    form.get_by_label(chat.word("leave text")).fill("请给我回电话 please call")
    form.get_by_role("button", name=chat.word("leave send")).click()
    expect(form.get_by_text(chat.word("need reach"))).to_be_visible()
    form.get_by_label(chat.word("leave phone")).fill("13800138000")
    form.get_by_role("button", name=chat.word("leave send")).click()
    expect(form.get_by_text(chat.word("leave done", name=name))).to_be_visible()

    mei, omar = people.agent("mei", language), people.agent("omar", language)
    for agent in (mei, omar):
        agent.go("leave-messages")
        expect(agent.page.get_by_role("link").filter(has_text=name)).to_be_visible()
    mei.page.get_by_role("link").filter(has_text=name).click()
    detail = mei.page.get_by_role("article", name=mei.word("leave from", name=name))
    expect(detail).to_contain_text("13800138000")
    expect(detail).to_contain_text("请给我回电话 please call")
    detail.get_by_label(mei.word("leave remark")).fill("已回电")
    detail.get_by_role("button", name=mei.word("handled")).click()
    for agent in (mei, omar):
        expect(agent.page.get_by_role("listitem").filter(has_text=name)).to_have_count(0)
    omar.page.get_by_text(omar.word("handled view"), exact=True).click()
    omar.page.get_by_role("link").filter(has_text=name).click()
    expect(omar.page.get_by_text(omar.word("handled by", name="Mei Chen 陈美"))).to_be_visible()
    expect(omar.page.get_by_label(omar.word("leave remark"))).to_have_value("已回电")


@pytest.mark.parametrize(
    ("language", "phrase"), [("zh-CN", "转人工"), ("en", "human please")], ids=["zh", "en"]
)
def test_the_bot_offers_to_leave_a_message_when_a_human_is_asked_for_in_words(
    people: People, language: Language, phrase: str
) -> None:
    chat = people.visitor(language).chat
    chat.send(phrase)
    chat.messages.last.get_by_role("button", name=chat.word("leave message")).click()
    expect(chat.frame.get_by_role("region", name=chat.word("leave message"))).to_be_visible()


def test_what_was_typed_is_kept_when_the_form_is_left_and_opened_again(people: People) -> None:
    visitor = people.visitor()
    chat = visitor.chat
    chat.choose_from_menu("leave message")
    form = chat.frame.get_by_role("region", name=chat.word("leave message"))
    form.get_by_label(chat.word("leave text")).fill("想订二十只灯笼")
    visitor.page.reload()
    chat.choose_from_menu("leave message")
    expect(form.get_by_label(chat.word("leave text"))).to_have_value("想订二十只灯笼")
