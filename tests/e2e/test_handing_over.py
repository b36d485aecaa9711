"""Transfers with a note, closing with a wrap-up, and what the visitor thought of it."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-handing-over")

MEI = "Mei 美美"


@pytest.fixture
def pair(people: People) -> tuple[Visitor, Agent]:
    """A visitor in the hands of an agent who has them open, and has been told what it is about."""
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    visitor.chat.send("灯罩裂了一条缝")
    agent.expect_message("灯罩裂了一条缝")
    return visitor, agent


def test_the_other_agent_goes_on_with_all_that_was_said_when_it_is_transferred_to_them(
    people: People, pair: tuple[Visitor, Agent]
) -> None:
    visitor, mei = pair
    omar = people.agent("omar", "en")
    mei.transfer(visitor.name, "Omar Haddad", note="熟客，请优先处理")
    visitor.chat.expect_served_by("Omar")
    expect(mei.row(visitor.name)).to_have_count(0)
    omar.open(visitor.name)
    omar.expect_message("灯罩裂了一条缝")
    note = omar.messages.filter(has_text="熟客，请优先处理")
    expect(note).to_have_accessible_name(omar.word("note"))
    omar.send("Omar here, I will send a new shade")
    visitor.chat.expect_message("Omar here, I will send a new shade")
    expect(visitor.chat.log).not_to_contain_text("熟客")
    expect(visitor.chat.log.get_by_text(visitor.chat.word("transferred", name=MEI))).to_be_visible()


def test_somebody_of_the_team_goes_on_when_it_is_transferred_to_a_team(
    people: People, pair: tuple[Visitor, Agent]
) -> None:
    visitor, mei = pair
    lin = people.agent("lin")
    mei.transfer(visitor.name, "Orders 订单", note="想改成定制款", tab="teams")
    visitor.chat.expect_served_by("Lin 林月")
    lin.open(visitor.name)
    lin.expect_message("想改成定制款")
    lin.send("您好，我来帮您改单")
    visitor.chat.expect_message("您好，我来帮您改单")
    expect(mei.row(visitor.name)).to_have_count(0)


def test_somebody_of_the_department_goes_on_though_they_are_in_another_team(
    people: People, pair: tuple[Visitor, Agent]
) -> None:
    visitor, mei = pair
    lin, omar = people.agent("lin"), people.agent("omar", "en")
    desk = people.desk
    finance = desk.call("admin", "POST", "/v1/departments", {"name": "Finance 财务"})["department"]["id"]
    her = desk.agent("lin")
    try:
        desk.call("admin", "PATCH", f"/v1/agents/{her['id']}", {"department_id": finance})
        mei.transfer(visitor.name, "Finance 财务", note="退款超过我的权限", tab="departments")
        visitor.chat.expect_served_by("Lin 林月")
        lin.open(visitor.name)
        lin.expect_message("退款超过我的权限")
        lin.expect_line("转接到部门“Finance 财务”")
        assert violations(lin.page) == []
        expect(omar.row(visitor.name)).to_have_count(0)
    finally:
        desk.call("admin", "PATCH", f"/v1/agents/{her['id']}", {"department_id": her["department_id"]})
        desk.call("admin", "DELETE", f"/v1/departments/{finance}")


def test_the_visitor_waits_in_the_teams_queue_when_nobody_of_it_has_a_seat(
    people: People, pair: tuple[Visitor, Agent]
) -> None:
    visitor, mei = pair
    lin = people.agent("lin", status="busy")
    mei.transfer(visitor.name, "Orders 订单", tab="teams")
    expect(visitor.chat.queue).to_be_visible()
    lin.view("waiting").click()
    lin.open(visitor.name)
    lin.button("take").first.click()
    visitor.chat.expect_served_by("Lin 林月")


def test_the_wrap_up_is_kept_and_the_visitor_rates_when_the_agent_closes(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    agent.close(visitor.name, category="Return 退货", remark="寄新灯罩")
    agent.expect_line(agent.word("wrapped up", category="Service 售后/Return 退货"))
    expect(agent.page.get_by_text(agent.word("closed"))).to_be_visible()
    chat = visitor.chat
    expect(chat.frame.get_by_text(chat.word("ended"))).to_be_visible()
    expect(chat.log).not_to_contain_text("寄新灯罩")
    expect(chat.frame.get_by_role("heading", name=chat.word("rating"))).to_be_visible()
    chat.choose("stars")
    chat.choose("solved")
    chat.frame.get_by_label(chat.word("rating remark")).fill("很耐心")
    chat.button("rate").click()
    expect(chat.log.get_by_text(chat.word("rated"))).to_be_visible()
    expect(chat.frame.get_by_role("heading", name=chat.word("rating"))).to_be_hidden()
    agent.expect_line(agent.word("rated"))
    agent.expect_line("很耐心")


def test_the_visitor_rates_in_the_middle_when_the_agent_asks_for_it(pair: tuple[Visitor, Agent]) -> None:
    visitor, agent = pair
    agent.button("invite").click()
    chat = visitor.chat
    chat.choose("stars")
    chat.button("rate").click()
    agent.expect_line(agent.word("rated"))
    visitor.chat.send("对了，还有一件事")
    agent.expect_message("对了，还有一件事")


def test_the_agent_sees_it_and_the_visitor_begins_anew_when_the_visitor_ends_the_conversation(
    pair: tuple[Visitor, Agent],
) -> None:
    visitor, agent = pair
    chat = visitor.chat
    chat.choose_from_menu("end")
    expect(chat.frame.get_by_text(chat.word("ended"))).to_be_visible()
    expect(agent.page.get_by_text(agent.word("closed"))).to_be_visible()
    chat.button("anew").click()
    chat.send("运费怎么算？")
    chat.expect_message("单笔满 99 元包邮")


def test_a_colleague_is_asked_and_it_stays_until_they_accept(
    people: People, pair: tuple[Visitor, Agent]
) -> None:
    visitor, mei = pair
    omar = people.agent("omar", "en")
    people.desk.call("admin", "PATCH", "/v1/settings", {"transfer_answer_s": 120})
    try:
        mei.transfer(visitor.name, "Omar Haddad", note="熟客，请优先处理")
        expect(mei.page.get_by_role("status").filter(has_text="已请 Omar 接手此会话")).to_be_visible()
        offer = omar.page.get_by_role("listitem").filter(has_text="熟客，请优先处理")
        offer.get_by_label("Why not? (optional)").fill("in a meeting")
        offer.get_by_role("button", name="Decline", exact=True).click()
        expect(mei.page.get_by_role("alert").filter(has_text="in a meeting")).to_be_visible()
        mei.expect_message("in a meeting")
        assert violations(mei.page) == []
        visitor.chat.expect_served_by(MEI)
        mei.transfer(visitor.name, "Omar Haddad")
        omar.page.reload()
        omar.button_named("Accept").click()
        visitor.chat.expect_served_by("Omar")
        expect(mei.row(visitor.name)).to_have_count(0)
    finally:
        people.desk.call("admin", "PATCH", "/v1/settings", {"transfer_answer_s": 0})


@pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])
def test_who_accepts_has_the_conversation_open_though_news_of_it_comes_before_the_answer(
    people: People, pair: tuple[Visitor, Agent], language: Language
) -> None:
    visitor, mei = pair
    omar = people.agent("omar", language)
    accept, offers = (
        ("Accept", "New conversation for you") if language == "en" else ("接入", "有新会话等你接入")
    )

    def late(route: Route) -> None:
        answer = route.fetch()
        expect(omar.page.get_by_role("region", name=offers)).to_have_count(0)
        route.fulfill(response=answer)

    people.desk.call("admin", "PATCH", "/v1/settings", {"transfer_answer_s": 120})
    try:
        mei.transfer(visitor.name, "Omar Haddad")
        omar.page.route("**/accept", late)
        omar.button_named(accept).click()
        expect(omar.row(visitor.name)).to_have_attribute("aria-current", "page")
        omar.send("Now with me")
        visitor.chat.expect_message("Now with me")
        assert violations(omar.page) == []
    finally:
        people.desk.call("admin", "PATCH", "/v1/settings", {"transfer_answer_s": 0})
