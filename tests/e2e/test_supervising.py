"""What colleagues say among themselves, and what a leader does in the conversations of others."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People, Visitor

pytestmark = [pytest.mark.xdist_group("e2e-supervising"), pytest.mark.timeout(240)]


@pytest.fixture
def floor(people: People) -> tuple[Visitor, Agent, Agent]:
    """A visitor with an agent, and the administrator who reads along."""
    mei, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, mei)
    visitor.chat.send("灯罩裂了，我要退款")
    mei.expect_message("灯罩裂了，我要退款")
    ada = people.agent("admin", "en", status="busy")
    return visitor, mei, ada


def test_a_note_names_a_colleague_who_opens_it_from_the_bell(floor: tuple[Visitor, Agent, Agent]) -> None:
    visitor, mei, ada = floor
    mei.button("note mode").click()
    note = mei.page.get_by_label(mei.word("note"), exact=True)
    note.press_sequentially("这个金额我能批吗 @Ada")
    expect(mei.page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    assert violations(mei.page) == []
    note.press("Enter")
    note.press_sequentially("请看一下")
    note.press("Enter")
    line = mei.messages.filter(has_text="请看一下")
    expect(line.locator("span", has_text="@Ada").first).to_be_visible()
    bell = ada.page.get_by_role("button", name="1 new mention", exact=True)
    bell.click()
    assert violations(ada.page) == []
    ada.page.get_by_role("link", name="请看一下").click()
    ada.expect_message("请看一下")
    expect(ada.page.get_by_role("button", name="Mentions", exact=True)).to_be_visible()
    visitor.page.reload()
    visitor.chat.expect_message("灯罩裂了，我要退款")
    expect(visitor.chat.log).not_to_contain_text("金额")


def test_a_leader_whispers_joins_leaves_and_takes_over(floor: tuple[Visitor, Agent, Agent]) -> None:
    visitor, mei, ada = floor
    chat = visitor.chat
    ada.view("all").click()
    ada.open(visitor.name)
    ada.button_named("Whisper").click()
    ada.page.get_by_label("Whisper to Mei 美美", exact=True).fill("可以直接退款")
    ada.page.keyboard.press("Enter")
    whisper = mei.expect_message("可以直接退款")
    expect(whisper).to_have_accessible_name("对你的悄悄话，仅同事可见")
    ada.expect_message("可以直接退款")
    assert violations(ada.page) == []
    assert violations(mei.page) == []
    ada.button_named("Join").click()
    expect(chat.log.get_by_text("加入了会话")).to_be_visible()
    ada.send("I am Ada, let me look into it")
    chat.expect_message("I am Ada, let me look into it")
    mei.expect_message("I am Ada, let me look into it")
    mei.send("我也在")
    chat.expect_message("我也在")
    ada.expect_message("我也在")
    ada.button_named("Leave again").click()
    expect(chat.log.get_by_text("离开了会话")).to_be_visible()
    ada.button_named("Take over").click()
    expect(mei.row(visitor.name)).to_have_count(0)
    expect(mei.page.get_by_role("alert").filter(has_text=visitor.name)).to_be_visible()
    ada.send("Your money is on its way")
    chat.expect_message("Your money is on its way")
    expect(chat.log).not_to_contain_text("可以直接退款")


def test_a_leader_gives_what_waits_to_somebody_without_a_free_seat(people: People) -> None:
    people.desk.set_capacity("mei", 1)
    mei, first, second = people.agent("mei"), people.visitor(), people.visitor()
    people.served(first, mei)
    second.chat.ask_for_human()
    expect(second.chat.queue).to_be_visible()
    ada = people.agent("admin", "en", status="busy")
    ada.view("waiting").click()
    ada.open(second.name)
    ada.button_named("Assign to somebody").click()
    dialog = ada.dialog(f"Assign {second.name} to")
    dialog.locator("label").filter(has_text="Mei").click()
    assert violations(ada.page) == []
    dialog.get_by_role("button", name="Assign anyway", exact=True).click()
    expect(dialog).to_be_hidden()
    second.chat.expect_served_by("Mei 美美")
    expect(mei.row(second.name)).to_be_visible()


def test_the_live_view_shows_who_waits_and_who_answers_and_acts_on_both(people: People) -> None:
    people.desk.set_capacity("mei", 1)
    mei, first, second = people.agent("mei", "en"), people.visitor(), people.visitor()
    people.served(first, mei)
    ada = people.agent("admin", "en", status="busy")
    ada.go("live")
    waiting = ada.page.get_by_role("region", name="Waiting", exact=True)
    agents = ada.page.get_by_role("region", name="Agents", exact=True)
    expect(waiting.get_by_text("Nobody is waiting")).to_be_visible()
    second.chat.ask_for_human()
    expect(waiting.get_by_role("link", name=second.name)).to_be_visible()
    expect(waiting.get_by_role("button", name="All teams")).to_contain_text("1")
    row = agents.get_by_role("listitem").filter(has_text="Mei Chen")
    expect(row).to_contain_text("1/1")
    row.get_by_role("button", name="Conversations of Mei Chen 陈美", exact=True).click()
    expect(row.get_by_role("link", name=first.name)).to_be_visible()
    assert violations(ada.page) == []
    mei.page.get_by_role("button", name="Status: Online").click()
    mei.page.get_by_role("menuitem", name="Meal", exact=True).click()
    expect(row).to_contain_text("Away · Meal")
    row.get_by_role("button", name="Change the status of Mei Chen 陈美", exact=True).click()
    ada.page.get_by_role("menuitem", name="Busy", exact=True).click()
    expect(row).to_contain_text("Busy")
    expect(mei.page.get_by_role("button", name="Status: Busy")).to_be_visible()
    waiting.get_by_role("button", name="Assign", exact=True).click()
    dialog = ada.dialog(f"Assign {second.name} to")
    dialog.locator("label").filter(has_text="Mei").click()
    dialog.get_by_role("button", name="Assign anyway", exact=True).click()
    second.chat.expect_served_by("Mei 美美")
    expect(waiting.get_by_text("Nobody is waiting")).to_be_visible()
    expect(row).to_contain_text("2/1")
    ada.page.set_viewport_size({"width": 390, "height": 844})
    assert violations(ada.page) == []
    assert ada.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_invited_colleague_joins_writes_and_is_sent_away_again(people: People) -> None:
    mei, omar, visitor = people.agent("mei"), people.agent("omar", "en"), people.visitor()
    people.served(visitor, mei)
    visitor.chat.send("这盏灯能改成感应开关吗")
    mei.expect_message("这盏灯能改成感应开关吗")
    mei.button_named("邀请同事").click()
    dialog = mei.dialog(f"邀请同事加入与 {visitor.name} 的会话")
    dialog.locator("label").filter(has_text="Omar").click()
    dialog.get_by_label("需要同事帮什么忙？", exact=True).fill("改装你最熟")
    assert violations(mei.page) == []
    dialog.get_by_role("button", name="邀请", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(mei.page.get_by_role("status").filter(has_text="已邀请 Omar 加入会话")).to_be_visible()
    offer = omar.page.get_by_role("listitem").filter(has_text="改装你最熟")
    expect(offer).to_contain_text("invites you to join")
    assert violations(omar.page) == []
    offer.get_by_role("button", name="Accept", exact=True).click()
    expect(mei.page.get_by_role("alert").filter(has_text="Omar 已加入会话")).to_be_visible()
    mei.expect_line("Omar 受 Mei 美美 邀请加入会话")
    omar.open(visitor.name)
    omar.expect_message("这盏灯能改成感应开关吗")
    omar.send("Omar here: yes, I can fit one")
    visitor.chat.expect_message("Omar here: yes, I can fit one")
    mei.expect_message("Omar here: yes, I can fit one")
    visitor.chat.expect_served_by("Mei 美美")
    mei.button_named("邀请同事").click()
    dialog.get_by_role("button", name="移出 Omar", exact=True).click()
    expect(dialog.get_by_role("button", name="移出 Omar", exact=True)).to_have_count(0)
    assert violations(mei.page) == []
    expect(visitor.chat.log.get_by_text("离开了会话")).to_be_visible()
    expect(omar.button_named("Leave again")).to_have_count(0)
