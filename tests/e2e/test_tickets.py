"""Tickets: what a conversation leaves to be done, who does it, and what became of it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-tickets"), pytest.mark.timeout(300)]

LANGUAGES = pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])


def asked(people: People, language: Language) -> tuple[Visitor, Agent]:
    """A visitor with a conversation, open in front of an agent."""
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    visitor.chat.send("灯罩裂了 the shade is cracked")
    mei.expect_message("灯罩裂了 the shade is cracked")
    return visitor, mei


def pick(agent: Agent, box: Locator, option: str) -> None:
    box.click()
    agent.page.get_by_role("listbox").get_by_role("option", name=option, exact=True).click()


def made(agent: Agent) -> int:
    """The number in the notice that a ticket was made."""
    notice = agent.page.get_by_role("alert").filter(has_text="#")
    found = re.search(r"#(\d+)", notice.inner_text())
    assert found is not None
    return int(found.group(1))


def detail(agent: Agent, number: int) -> Locator:
    return agent.page.get_by_role("article", name=agent.word("ticket", number=number), exact=True)


@LANGUAGES
def test_a_ticket_of_a_conversation_is_given_on_worked_on_and_solved(
    people: People, language: Language
) -> None:
    visitor, mei = asked(people, language)
    omar = people.agent("omar", language, status="busy")
    mei.transcript.click()
    mei.page.keyboard.press("Shift+T")
    form = mei.dialog(mei.word("make ticket"))
    expect(form.get_by_label(mei.word("ticket title"))).to_have_value("灯罩裂了 the shade is cracked")
    assert violations(mei.page) == []
    form.get_by_label(mei.word("ticket description")).fill("寄一个新灯罩")
    pick(mei, form.get_by_role("combobox", name=mei.word("ticket assignee")), "Omar Haddad")
    pick(mei, form.get_by_role("combobox", name=mei.word("ticket priority")), mei.word("ticket urgent"))
    form.get_by_label(mei.word("ticket due")).fill("2020-01-02T03:04")
    form.get_by_role("button", name=mei.word("make ticket"), exact=True).click()
    expect(form).to_be_hidden()
    number = made(mei)
    line = mei.transcript.get_by_role("link", name=f"#{number} 灯罩裂了")
    expect(line).to_be_visible()
    assert violations(mei.page) == []
    expect(visitor.chat.log).not_to_contain_text("#")

    omar.go("tickets")
    omar.page.get_by_role("link").filter(has_text=f"#{number}").click()
    hers = detail(omar, number)
    expect(hers.get_by_text(omar.word("ticket overdue"))).to_be_visible()
    expect(hers.get_by_role("textbox", name=omar.word("ticket description"))).to_have_value("寄一个新灯罩")
    assert violations(omar.page) == []
    hers.get_by_label(omar.word("ticket remark"), exact=True).fill("已下单，明天寄出")
    hers.get_by_role("button", name=omar.word("ticket remark send")).click()
    expect(hers.get_by_role("listitem").filter(has_text="已下单，明天寄出")).to_be_visible()
    pick(omar, hers.get_by_role("combobox", name=omar.word("ticket state")), omar.word("ticket waiting"))
    expect(hers.get_by_role("listitem").filter(has_text=omar.word("ticket waiting"))).to_be_visible()

    line.click()  # mei, who made it, follows it as it changes
    same = detail(mei, number)
    expect(same.get_by_role("combobox", name=mei.word("ticket state"))).to_have_value(
        mei.word("ticket waiting")
    )
    visitor.chat.send("照片在这里 here is the photo")
    expect(hers.get_by_role("combobox", name=omar.word("ticket state"))).to_have_value(
        omar.word("ticket open")
    )
    expect(hers.get_by_role("listitem").filter(has_text=omar.word("ticket answered"))).to_be_visible()
    expect(omar.page.get_by_text(omar.word("ticket open again", name=visitor.name)).first).to_be_visible()
    count = omar.page.get_by_role("navigation", name=omar.word("nav")).get_by_role(
        "link", name=omar.word("tickets")
    )
    expect(count).to_contain_text("1")
    hers.get_by_role("button", name=omar.word("ticket solve"), exact=True).click()
    expect(count).not_to_contain_text("1")
    expect(same.get_by_role("button", name=mei.word("ticket reopen"))).to_be_visible()
    expect(omar.page.get_by_role("listitem").filter(has_text=f"#{number}")).to_have_count(0)
    expect(same.get_by_text(mei.word("ticket overdue"))).to_have_count(0)

    # Omar was never in the conversation; the ticket lets him read it.
    hers.get_by_role("link", name=omar.word("ticket conversation")).click()
    omar.expect_message("灯罩裂了 the shade is cracked")


@LANGUAGES
def test_tickets_are_found_and_edited_where_they_stand(people: People, language: Language) -> None:
    mei = people.agent("mei", language, status="busy")
    mei.go("tickets")
    for subject in (f"Invoice {language} 发票", "Spare bulbs 备用灯泡"):
        mei.button("new ticket").click()
        form = mei.dialog(mei.word("make ticket"))
        form.get_by_label(mei.word("ticket title")).fill(subject)
        form.get_by_role("button", name=mei.word("make ticket"), exact=True).click()
        expect(form).to_be_hidden()
    rows = mei.page.get_by_role("region", name=mei.word("tickets")).get_by_role("listitem")
    expect(rows.filter(has_text="备用灯泡")).not_to_have_count(0)
    mei.page.get_by_label(mei.word("ticket search")).fill(language)
    expect(rows.filter(has_text="备用灯泡")).to_have_count(0)
    rows.filter(has_text="发票").first.get_by_role("link").click()
    article = mei.page.get_by_role("article")
    article.get_by_role("button", name=mei.word("ticket take")).click()
    pick(mei, mei.page.get_by_role("combobox", name=mei.word("ticket whose")), mei.word("ticket mine"))
    expect(rows.filter(has_text="发票")).to_have_count(1)
    words = article.get_by_role("textbox", name=mei.word("ticket title"))
    words.fill("this is taken back")
    words.press("Escape")
    expect(words).to_have_value(f"Invoice {language} 发票")
    words.fill(f"发票 {language} paid")
    words.press("Enter")
    expect(rows.filter(has_text=f"发票 {language} paid")).to_have_count(1)
    mei.page.reload()
    expect(rows.filter(has_text=f"发票 {language} paid")).to_have_count(1)
    expect(words).to_have_value(f"发票 {language} paid")
    assert violations(mei.page) == []


def test_who_changes_what_somebody_has_just_changed_is_told_and_keeps_their_words(people: People) -> None:
    mei = people.agent("mei", "en", status="busy")
    desk = people.desk
    body = {"client_id": "e2e-conflict", "title": "Two at once", "description": "as it was"}
    ticket = desk.call("mei", "POST", "/v1/tickets", body)["ticket"]
    mei.page.goto(f"{people.url}/console/tickets?open=%22{ticket['id']}%22")
    words = detail(mei, ticket["number"]).get_by_role("textbox", name=mei.word("ticket description"))
    expect(words).to_have_value("as it was")
    with mei.watch.network_failures():
        mei.page.route("**/v1/tickets/*", lambda route: route.abort() if route.request.method == "GET" else route.continue_())  # fmt: skip
        desk.call("admin", "PATCH", f"/v1/tickets/{ticket['id']}", {"version": 1, "description": "by admin"})
        words.fill("by mei")
        words.blur()
        expect(mei.page.get_by_text(mei.word("ticket changed"))).to_be_visible()
        expect(words).to_have_value("by mei")
        mei.page.unroute("**/v1/tickets/*")
    desk.call("admin", "PATCH", f"/v1/tickets/{ticket['id']}", {"version": 2, "priority": "high"})
    expect(detail(mei, ticket["number"]).get_by_role("listitem").filter(has_text="by admin")).to_be_visible()
    words.focus()
    words.blur()
    expect(detail(mei, ticket["number"]).get_by_role("listitem").filter(has_text="by mei")).to_be_visible()
    assert [told for told in mei.watch.wrong if "409" not in told] == []
    mei.watch.wrong.clear()


@LANGUAGES
def test_a_leave_message_becomes_a_ticket(people: People, language: Language) -> None:
    chat = people.visitor(language).chat
    chat.ask_for_human()
    form = chat.frame.get_by_role("region", name=chat.word("leave message"))
    form.get_by_label(chat.word("leave name")).fill(f"Ada {language}")
    form.get_by_label(chat.word("leave text")).fill("想订二十只灯笼 twenty lanterns")
    form.get_by_label(chat.word("leave phone")).fill("13800138000")
    form.get_by_role("button", name=chat.word("leave send")).click()
    expect(form.get_by_text(chat.word("leave done", name=f"Ada {language}"))).to_be_visible()

    mei = people.agent("mei", language, status="busy")
    mei.go("leave-messages")
    mei.page.get_by_role("link").filter(has_text=f"Ada {language}").first.click()
    mei.button("make ticket").click()
    dialog = mei.dialog(mei.word("make ticket"))
    expect(dialog.get_by_label(mei.word("ticket description"))).to_have_value(re.compile("13800138000"))
    dialog.get_by_role("button", name=mei.word("make ticket"), exact=True).click()
    expect(dialog).to_be_hidden()
    number = made(mei)
    expect(mei.page.get_by_role("listitem").filter(has_text=f"Ada {language}")).to_have_count(0)
    mei.page.get_by_text(mei.word("handled view"), exact=True).click()
    mei.page.get_by_role("link").filter(has_text=f"Ada {language}").first.click()
    mei.page.get_by_role("link", name=mei.word("ticket", number=number)).click()
    expect(detail(mei, number).get_by_role("link", name=f"Ada {language}")).to_be_visible()
    assert violations(mei.page) == []
