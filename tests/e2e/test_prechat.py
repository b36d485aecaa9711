"""The form before the chat: filled in once, by keyboard, on bad lines; read by the agent; set by an administrator."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import CHANNEL, Desk, Json
from tests.e2e.people import People, Visitor
from tests.e2e.site import Site, chat_of, identities
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-prechat")

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])
WHY = {
    "kind": "choice",
    "key": "why",
    "label": {"zh-CN": "您想咨询什么？", "en": "What is it about?"},
    "choices": {"zh-CN": ["退货", "定制"], "en": ["Returns", "Custom work"]},
    "required": True,
}
ORDER = {"kind": "text", "key": "order", "label": {"zh-CN": "订单号", "en": "Order number"}}
NAME = {"kind": "name", "required": True}
EMAIL = {"kind": "email"}


class Asking:
    """The demo shop's channel and what it asks."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        items = desk.call("admin", "GET", "/v1/channels")["items"]
        self.path = f"/v1/channels/{next(each['id'] for each in items if each['code'] == CHANNEL)}"

    def ask(self, *lines: Json) -> None:
        self.desk.call("admin", "PATCH", self.path, {"form": lines})


@pytest.fixture
def asking(desk: Desk) -> Generator[Asking]:
    asking = Asking(desk)
    asking.ask(NAME, EMAIL, WHY, ORDER)
    yield asking
    asking.ask()


def words(language: Language, chinese: str, english: str) -> str:
    return english if language == "en" else chinese


def line(visitor: Visitor, chinese: str, english: str) -> Locator:
    return visitor.chat.frame.get_by_label(words(visitor.language, chinese, english))


def start(visitor: Visitor) -> Locator:
    name = words(visitor.language, "开始咨询", "Start the chat")
    return visitor.chat.frame.get_by_role("button", name=name)


@BOTH
def test_the_agent_reads_what_the_visitor_was_asked_before_the_chat(
    people: People, asking: Asking, language: Language
) -> None:
    agent = people.agent("mei", language)
    visitor = people.visitor(language)
    expect(visitor.chat.composer).to_have_count(0)
    line(visitor, "称呼", "Name").fill("Ada Lantern")
    line(visitor, "邮箱", "E-mail").fill("ada@")
    line(visitor, "订单号", "Order number").fill("4711")
    start(visitor).click()
    frame = visitor.chat.frame
    wrong = words(language, "邮箱格式好像不对，请检查一下。", "This e-mail address doesn’t look right.")
    expect(frame.get_by_text(wrong)).to_be_visible()
    expect(frame.get_by_text(words(language, "请填写这一项。", "Please fill this in."))).to_be_visible()
    expect(line(visitor, "邮箱", "E-mail")).to_be_focused()
    line(visitor, "邮箱", "E-mail").fill("ada@example.org")
    line(visitor, "您想咨询什么？", "What is it about?").select_option(words(language, "定制", "Custom work"))
    start(visitor).click()
    visitor.chat.send("hello there")
    visitor.chat.ask_for_human()

    agent.open("Ada Lantern")
    expect(agent.transcript.get_by_text(words(language, "定制", "Custom work"))).to_be_visible()
    expect(agent.transcript.get_by_text("4711")).to_be_visible()
    email = agent.page.get_by_role("textbox", name=words(language, "邮箱", "E-mail"))
    expect(email).to_have_value("ada@example.org")
    assert violations(agent.page) == []

    agent.close("Ada Lantern")
    visitor.chat.button("anew").click()
    expect(line(visitor, "订单号", "Order number")).to_have_value("")
    expect(line(visitor, "称呼", "Name")).to_have_count(0)


def test_what_was_typed_is_there_after_a_reload(people: People, asking: Asking) -> None:
    visitor = people.visitor()
    line(visitor, "称呼", "Name").fill("王小灯")
    line(visitor, "您想咨询什么？", "What is it about?").select_option("退货")
    visitor.page.reload()
    expect(line(visitor, "称呼", "Name")).to_have_value("王小灯")
    expect(line(visitor, "您想咨询什么？", "What is it about?")).to_have_value("退货")


def test_a_form_that_was_sent_without_a_network_arrives_once_with_what_was_written_after_it(
    people: People, asking: Asking
) -> None:
    visitor = people.visitor("en")
    with visitor.watch.offline():
        line(visitor, "称呼", "Name").fill("Ada")
        line(visitor, "您想咨询什么？", "What is it about?").select_option("Returns")
        start(visitor).click()
        visitor.chat.send("in the tunnel")
        expect(visitor.chat.frame.get_by_text(visitor.chat.word("offline")).first).to_be_visible()
    visitor.chat.expect_message("in the tunnel")
    expect(visitor.chat.messages.filter(has_text="in the tunnel").get_by_text("Sent")).to_be_visible()
    items = asking.desk.call("admin", "GET", "/v1/conversations?view=all&limit=100")["items"]
    assert [each["contact"]["name"] for each in items] == ["Ada"]


def test_it_is_filled_in_by_keyboard_alone(people: People, asking: Asking) -> None:
    visitor = people.visitor("en")
    keys = visitor.page.keyboard
    line(visitor, "称呼", "Name").focus()
    keys.type("Ada")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.type("4711")
    keys.press("Tab")
    keys.press("Enter")
    expect(visitor.chat.composer).to_be_visible()


@pytest.mark.parametrize(
    ("language", "dark", "phone"),
    [("zh-CN", False, False), ("en", True, True)],
    ids=["zh-light", "en-dark-phone"],
)
def test_the_form_is_accessible_with_and_without_errors(
    people: People, asking: Asking, language: Language, dark: bool, phone: bool
) -> None:
    asking.ask(NAME, EMAIL, WHY, {"kind": "phone"}, ORDER)
    visitor = people.visitor(language, dark=dark, phone=phone)
    expect(start(visitor)).to_be_visible()
    assert violations(visitor.page) == []
    start(visitor).click()
    assert violations(visitor.page) == []


def test_somebody_whom_the_company_has_signed_in_is_not_asked_what_it_has_said(
    people: People, asking: Asking, site: Site
) -> None:
    asking.ask(NAME)
    sign = identities(asking.desk)
    context, _watch = people.context("signed", "en")
    page = context.new_page()
    source, identity = f"{people.url}/widget.js", sign("u-77", name="Ada")
    tag = f'<script async src="{source}" data-channel="{CHANNEL}" data-identity="{identity}"></script>'
    page.goto(site.page(tag))
    page.get_by_role("button", name="Chat with us").click()
    expect(chat_of(page).get_by_role("textbox", name="Your message")).to_be_visible()


@BOTH
def test_an_administrator_sets_it_and_the_next_visitor_meets_it(
    people: People, asking: Asking, language: Language
) -> None:
    asking.ask()
    admin = people.agent("admin", language)
    page = admin.page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=words(language, "渠道", "Channels")).click()
    page.get_by_role("button", name=words(language, "咨询前表单", "Form before the chat")).first.click()
    dialog = page.get_by_role("dialog")
    for chinese, english in (("称呼", "Name"), ("自定义问题（选择回答）", "Question, answered by a choice")):
        dialog.get_by_role("button", name=words(language, "添加一项", "Add a line")).click()
        page.get_by_role("menuitem", name=words(language, chinese, english), exact=True).click()
    choice = dialog.get_by_role(
        "group", name=words(language, "自定义问题（选择回答）", "Question, answered by a choice")
    )
    question, choices = words(language, "问题", "Question"), words(language, "选项", "Choices")
    choice.get_by_role("textbox", name=question).nth(0).fill("哪种灯笼？")
    choice.get_by_role("textbox", name=question).nth(1).fill("Which lantern?")
    choice.get_by_role("textbox", name=choices).nth(0).fill("红\n黄")
    choice.get_by_role("textbox", name=choices).nth(1).fill("Red\nYellow")
    dialog.get_by_role(
        "button", name=words(language, "上移自定义问题（选择回答）", "Move Question, answered by a choice up")
    ).click()
    assert violations(page) == []
    dialog.get_by_role("button", name=words(language, "保存", "Save")).click()
    expect(dialog).to_have_count(0)

    visitor = people.visitor(language)
    lines = visitor.chat.frame.locator("form .field")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text(words(language, "哪种灯笼？", "Which lantern?"))
    line(visitor, "哪种灯笼？", "Which lantern?").select_option(words(language, "黄", "Yellow"))
