"""Macros: made once, run with a key, from the palette or on a phone; and what is told when one stops half-way."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import Agent, People
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-macros"), pytest.mark.timeout(240)]

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])


@pytest.fixture(autouse=True)
def none_yet(desk: Desk) -> None:
    """No macro of an earlier test."""
    for macro in desk.call("mei", "GET", "/v1/desk/macros")["items"]:
        desk.call("mei", "DELETE", f"/v1/desk/macros/{macro['id']}")


class Words:
    def __init__(self, language: Language) -> None:
        self._chinese = language == "zh-CN"

    def __call__(self, zh: str, en: str) -> str:
        return zh if self._chinese else en


def add_step(dialog: Locator, kind: str) -> Locator:
    """A new step of this kind, and where it is told what it needs."""
    dialog.get_by_role("button", name="添加步骤").or_(dialog.get_by_role("button", name="Add a step")).click()
    dialog.page.get_by_role("menuitem", name=kind).click()
    return dialog.get_by_role("group").filter(has_text=kind).last


def in_front_of(page: Page, title: str) -> Locator:
    dialog = page.get_by_role("dialog", name=title)
    expect(dialog).to_be_visible()
    return dialog


@BOTH
def test_a_macro_is_made_run_by_key_and_ends_the_conversation(people: People, language: Language) -> None:
    say = Words(language)
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    page, name = mei.page, say("退款完成", "Refund done")
    text = say("{contact.name}，退款已办好。", "Dear {contact.name}, your refund is on its way.")
    call = people.desk.call
    title = f"{name} reply"
    call("admin", "POST", "/v1/quick-replies", {"title": title, "text": text, "personal": False})
    tag = call("admin", "POST", "/v1/tags", {"name": f"{name} tag", "color": "red"})["tag"]["id"]
    call("admin", "PUT", "/v1/wrap-up-categories", {"items": ["订单/退款"]})

    page.keyboard.press("m")
    dialog = in_front_of(page, say("执行宏", "Run a macro"))
    expect(dialog.get_by_text(say("还没有宏", "No macros yet"))).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("link", name=say("管理宏", "Manage macros")).click()
    page.get_by_role("button", name=say("新建宏", "Add macro")).click()
    form = in_front_of(page, say("新建宏", "Add macro"))
    form.get_by_label(say("名称", "Name"), exact=True).fill(name)
    close = say("结束会话", "Close the conversation")
    add_step(form, close)
    add_step(form, say("发送快捷回复", "Send a saved reply")).get_by_role("combobox").select_option(
        label=title
    )
    add_step(form, say("给会话打标签", "Tag the conversation")).get_by_role("combobox").select_option(tag)
    add_step(form, say("填写小结", "Wrap up")).get_by_role("combobox").select_option("订单/退款")
    expect(form.get_by_role("listitem").last).to_contain_text(close)
    form.get_by_label(say("谁可以使用", "For whom")).select_option(index=1)
    assert violations(page) == []
    form.get_by_role("button", name=say("保存", "Save")).click()
    expect(form).to_have_count(0)
    expect(page.get_by_role("button", name=name)).to_be_visible()
    assert violations(page) == []

    mei.go("inbox")
    mei.open(visitor.name)
    page.keyboard.press("m")
    dialog = in_front_of(page, say("执行宏", "Run a macro"))
    expect(dialog.get_by_role("option", name=name)).to_have_attribute("aria-selected", "true")
    expect(dialog.get_by_role("listitem").last).to_have_text(close)
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(say(f"“{name}”：已完成 4 步", f"“{name}”: 4 steps done"))).to_be_visible()
    mei.expect_message(text.replace("{contact.name}", visitor.name))
    mei.expect_line(mei.word("wrapped up", category="订单/退款"))
    visitor.chat.expect_message(text.replace("{contact.name}", visitor.name))
    closed = call("admin", "GET", "/v1/conversations?view=closed&limit=1")["items"][0]
    assert closed["wrap_up"]["category"] == "订单/退款"
    assert call("admin", "GET", f"/v1/conversations/{closed['id']}/tags")["tags"] == [tag]


@BOTH
def test_a_macro_that_stops_says_what_was_done_and_what_was_not(people: People, language: Language) -> None:
    say = Words(language)
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    page, name = mei.page, say("回电", "Call back")
    call = people.desk.call
    body = {"title": name, "text": "{contact.phone}?", "personal": True}
    reply = call("mei", "POST", "/v1/quick-replies", body)["quick_reply"]["id"]
    steps = [{"do": "note", "text": "call them"}, {"do": "reply", "reply_id": reply}, {"do": "close"}]
    call("mei", "POST", "/v1/desk/macros", {"name": name, "steps": steps})
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog")
    palette.get_by_role("combobox").fill(name)
    # searching every conversation for the same words is offered, too, and sooner
    palette.get_by_role("option").filter(has_text=name).filter(has_text=say("宏", "Macros")).click()
    dialog = in_front_of(page, say("执行宏", "Run a macro"))
    expect(dialog.get_by_role("option", name=name)).to_have_attribute("aria-selected", "true")
    dialog.get_by_role("button", name=say("执行", "Run"), exact=True).click()
    stopped = say(f"“{name}”停在第 2 步，共 3 步", f"“{name}” stopped at step 2 of 3")
    expect(dialog.get_by_text(stopped)).to_be_visible()
    taken = [
        row.get_by_role("img").get_attribute("aria-label") for row in dialog.get_by_role("listitem").all()
    ]
    assert taken == [
        say("已完成", "Done"),
        say("未成功", "Refused"),
        say("未执行", "Not tried"),
    ]
    expect(dialog.get_by_role("listitem").nth(1)).to_contain_text(say("不清楚", "is not known"))
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(mei.transcript.get_by_text("call them")).to_be_visible()
    expect(mei.composer).to_be_enabled()


def test_on_a_phone_a_macro_is_in_the_menu(people: People) -> None:
    visitor, mei = people.visitor("en"), people.agent("mei", "en")
    people.served(visitor, mei)
    steps = [{"do": "note", "text": "on the move"}]
    people.desk.call("mei", "POST", "/v1/desk/macros", {"name": "Note it", "steps": steps})
    mei.page.set_viewport_size({"width": 390, "height": 844})
    run_from_menu(mei)
    expect(mei.transcript.get_by_text("on the move")).to_be_visible()


def run_from_menu(agent: Agent) -> None:
    page = agent.page
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Run a macro").click()
    dialog = in_front_of(page, "Run a macro")
    dialog.get_by_role("option", name="Note it").click()
    assert violations(page) == []
    dialog.get_by_role("button", name="Run", exact=True).click()
    expect(dialog).to_have_count(0)
