"""Marks, quotations and voices: what is more than plain words, on both screens."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import People
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-talking"), pytest.mark.timeout(180)]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_marks_and_quotations_are_drawn_on_both_sides(people: People, language: Language) -> None:
    agent, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, agent)
    chat = visitor.chat
    chat.send("When does **it** ship?")
    asked = agent.expect_message("When does **it** ship?")  # a visitor's stars are stars
    quote = asked.get_by_role("button", name=agent.word("quote"), exact=True)
    expect(quote.locator("svg")).to_have_count(0)  # drawn when somebody comes near, by keyboard or by pointer
    quote.focus()
    expect(quote.locator("svg")).to_have_count(1)
    asked.hover()
    quote.click()
    agent.button("format").click()
    agent.send(
        "**Today.**\n- packed\n- [tracked](https://shop.example/t)\n[bad](javascript:alert(1)) <b>x</b>"
    )
    answer = chat.expect_message("packed")
    expect(answer.locator("strong")).to_have_text("Today.")
    expect(answer.get_by_role("listitem")).to_have_count(2)
    expect(answer.get_by_role("link")).to_have_count(1)
    expect(answer.get_by_role("link")).to_have_attribute("href", "https://shop.example/t")
    expect(answer).to_contain_text("[bad](javascript:alert(1)) <b>x</b>")
    quoted = answer.get_by_role("button", name="When does **it** ship?")
    expect(quoted).to_be_visible()
    expect(agent.message("packed").locator("strong")).to_have_text("Today.")
    answer.hover()
    answer.get_by_role("button", name=chat.word("message menu")).click()
    chat.frame.get_by_role("menuitem", name=chat.word("reply")).click()
    expect(chat.composer).to_be_focused()
    assert violations(visitor.page) == []
    chat.send("Thank you!")
    expect(agent.message("Thank you!").get_by_role("button", name="packed")).to_be_visible()
    agent.page.mouse.move(700, 5)  # off the button, whose hint floats outside of all landmarks
    expect(agent.page.get_by_role("tooltip")).to_have_count(0)
    assert violations(agent.page) == []
    quoted.click()
    expect(chat.message("When does **it** ship?").first).to_be_focused()
    # what is quoted is looked up, not copied: taken back, it is gone from the quotation as well
    own = chat.messages.filter(has_text="When does").first
    own.hover()
    own.get_by_role("button", name=chat.word("message menu")).click()
    chat.frame.get_by_role("menuitem", name=chat.word("recall")).click()
    expect(answer.get_by_role("button", name=chat.word("recalled"))).to_be_visible()
    expect(agent.message("packed").get_by_text("When does **it** ship?")).to_have_count(0)


def test_a_voice_message_is_recorded_sent_and_played_on_both_sides(people: People) -> None:
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    chat = visitor.chat
    visitor.page.context.grant_permissions(["microphone"])
    chat.button("record").click()
    send = chat.button("send voice")
    expect(send).to_be_focused()
    assert violations(visitor.page) == []
    visitor.page.keyboard.press("Escape")
    expect(send).to_be_hidden()
    expect(chat.composer).to_be_visible()  # thrown away, and the chat is still open
    chat.button("record").click()
    expect(chat.frame.get_by_text("0:02")).to_be_visible()
    send.click()
    for messages, play, pause in (
        (chat.messages, chat.word("play voice"), chat.word("pause voice")),
        (agent.messages, agent.word("play voice"), agent.word("pause voice")),
    ):
        voice = messages.get_by_role("button", name=play)
        expect(voice).to_have_count(1)
        voice.click()
        expect(messages.get_by_role("button", name=pause)).to_be_visible()
        expect(messages.get_by_text("0:01").last).to_be_visible()
        expect(voice).to_be_visible()  # it ends by itself
    assert violations(visitor.page) + violations(agent.page) == []
    expect(agent.row(visitor.name)).to_contain_text("[语音]")


@pytest.mark.parametrize(("levels", "face", "score"), [(3, "good", 3), (2, "bad", 1)])
def test_a_rating_has_as_many_levels_as_the_organization_wants(
    people: People, desk: Desk, levels: int, face: str, score: int
) -> None:
    desk.call("admin", "PATCH", "/v1/settings", {"rating_levels": levels})
    try:
        agent, visitor = people.agent("mei"), people.visitor()
        people.served(visitor, agent)
        chat = visitor.chat
        chat.send("谢谢")
        agent.expect_message("谢谢")
        agent.close(visitor.name)
        expect(chat.frame.get_by_text(chat.word("rating"))).to_be_visible()
        chat.choose(face)
        assert violations(visitor.page) == []
        chat.button("rate").click()
        agent.expect_line(f"{score} / {levels}")
        expect(chat.log).to_contain_text(f"满分 {levels} 分")
    finally:
        desk.call("admin", "PATCH", "/v1/settings", {"rating_levels": 5})


def test_the_visitor_keeps_a_transcript_with_everything_they_saw_and_nothing_else(people: People) -> None:
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    chat = visitor.chat
    for number in range(60):  # more than a page
        chat.send(f"第 {number} 句")
    agent.expect_message("第 59 句")
    agent.button("note mode").click()
    agent.page.get_by_label(agent.word("note"), exact=True).fill("只给同事看")
    agent.page.keyboard.press("Enter")
    agent.expect_line("只给同事看")
    agent.button("answer mode").click()
    agent.button("format").click()
    agent.send("**好的**")
    chat.expect_message("好的")
    visitor.page.reload()  # what is not on the screen is fetched
    expect(chat.log).to_contain_text("好的")
    with visitor.page.expect_download() as download:
        chat.choose_from_menu("transcript")
    name = download.value.suggested_filename
    text = download.value.path().read_text(encoding="utf-8")
    assert name.endswith(".txt")
    assert [f"我：第 {number} 句" in text for number in range(60)] == [True] * 60
    assert "Mei 美美：好的\n" in text
    assert "Mei 美美为您服务" in text
    assert "只给同事看" not in text
