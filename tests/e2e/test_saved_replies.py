"""Saved replies with files and a card: made beside their preview, chosen by “/”, sent as one, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.people import People
from tests.e2e.words import Language
from tests.service.media_files import picture

pytestmark = [pytest.mark.xdist_group("e2e-saved-replies"), pytest.mark.timeout(240)]
BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])


class Words:
    """What the screen says, in one of the two languages."""

    def __init__(self, language: Language) -> None:
        self._chinese = language == "zh-CN"

    def __call__(self, chinese: str, english: str) -> str:
        return chinese if self._chinese else english


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    lantern, prices = tmp_path / "lantern.png", tmp_path / "prices.txt"
    lantern.write_bytes(picture("PNG", (320, 200)))
    prices.write_text("Lantern: 12\n")
    return {"lantern": lantern, "prices": prices}


@pytest.fixture(autouse=True)
def _without_replies(people: People) -> Iterator[None]:
    """What a test has saved is gone after it."""
    call = people.desk.call
    before = {each["id"] for each in call("mei", "GET", "/v1/quick-replies")["items"]}
    yield
    for each in call("mei", "GET", "/v1/quick-replies")["items"]:
        if each["id"] not in before:
            call("mei" if each["personal"] else "admin", "DELETE", f"/v1/quick-replies/{each['id']}")


def choose_file(page: Page, button: Locator, *files: Path) -> None:
    with page.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files(files)


@BOTH
def test_a_reply_with_files_and_a_card_is_made_chosen_and_sent(
    people: People, language: Language, files: dict[str, Path]
) -> None:
    say = Words(language)
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    page, title = mei.page, say("灯笼报价", "Lantern offer")

    page.goto(f"{people.url}/console/replies")
    page.get_by_role("button", name=say("新建快捷回复", "Add quick reply")).click()
    form = page.get_by_role("dialog")
    save = form.get_by_role("button", name=say("保存", "Save"))
    form.get_by_role("textbox", name=say("标题", "Title"), exact=True).fill(title)
    expect(save).to_be_disabled()
    attach = form.get_by_role("button", name=say("添加文件", "Attach files"))
    choose_file(page, attach, files["prices"], files["lantern"])
    expect(form.get_by_role("listitem")).to_have_count(2)
    expect(save).to_be_enabled()
    form.get_by_role("button", name=say("添加卡片", "Add a card")).click()
    card = form.get_by_role("group", name=say("卡片", "Card"))
    save.click()
    expect(card.get_by_text(say("请填写卡片标题。", "A card needs a title."))).to_be_visible()
    card.get_by_role("textbox", name=say("标题", "Title")).fill("The red lantern")
    choose_file(page, card.get_by_role("button", name=say("添加图片", "Add a picture")), files["lantern"])
    preview = card.get_by_role("region", name=say("访客看到的样子", "How the visitor sees it"))
    expect(preview.get_by_text("The red lantern")).to_be_visible()
    text = form.get_by_role("textbox", name=say("内容", "Text"), exact=True).first
    text.fill(say("{contact.name}，这是报价。", "Dear {contact.name}, here is our offer."))
    assert violations(page) == []
    save.click()
    expect(form).to_have_count(0)
    row = page.get_by_role("button", name=title)
    expect(row.get_by_role("img", name=say("2 个文件", "2 files"))).to_be_visible()
    assert violations(page) == []

    row.click()
    expect(form.get_by_role("listitem")).to_have_count(2)
    expect(preview.get_by_text("The red lantern")).to_be_visible()
    form.get_by_role("button", name=say("取消", "Cancel")).click()
    mei.go("inbox")
    mei.open(visitor.name)
    mei.composer.fill("/" + title)
    option = page.get_by_role("option", name=title)
    expect(option.get_by_role("img", name=say("卡片", "Card"))).to_be_visible()
    assert violations(page) == []
    mei.composer.press("Enter")
    words = say(f"{visitor.name}，这是报价。", f"Dear {visitor.name}, here is our offer.")
    expect(mei.composer).to_have_value(words)
    chosen = page.get_by_role("region", name=say("随回复发送的卡片", "Card that is sent with the answer"))
    expect(chosen.get_by_text("The red lantern")).to_be_visible()
    tray = mei.thread(visitor.name).get_by_role("listitem").filter(has_text="prices.txt")
    expect(tray).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name=say("移除 lantern.png", "Remove lantern.png")).click()
    mei.composer.press("Enter")

    chat = visitor.chat
    expect(chat.message("prices.txt").first).to_be_visible()
    chat.expect_message(words)
    expect(chat.message("The red lantern").first.get_by_role("img")).to_be_visible()
    expect(chat.frame.get_by_role("button", name=chat.word("open image", name="lantern.png"))).to_have_count(
        1
    )
    expect(mei.composer).to_have_value("")
    expect(chosen).to_have_count(0)
    expect(tray).to_have_count(0)


@BOTH
def test_what_was_sent_by_a_reply_stays_when_the_reply_is_deleted(
    people: People, language: Language, files: dict[str, Path]
) -> None:
    say = Words(language)
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    page = mei.page
    page.goto(f"{people.url}/console/replies")
    page.get_by_role("button", name=say("新建快捷回复", "Add quick reply")).click()
    form = page.get_by_role("dialog")
    form.get_by_role("textbox", name=say("标题", "Title"), exact=True).fill("prices")
    choose_file(page, form.get_by_role("button", name=say("添加文件", "Attach files")), files["prices"])
    form.get_by_role("button", name=say("保存", "Save")).click()
    mei.go("inbox")
    mei.open(visitor.name)
    mei.composer.fill("/prices")
    expect(page.get_by_role("option", name="prices")).to_be_visible()
    mei.composer.press("Enter")
    mei.composer.press("Enter")
    sent = visitor.chat.message("prices.txt").first
    expect(sent).to_be_visible()
    call = people.desk.call
    for each in call("mei", "GET", "/v1/quick-replies")["items"]:
        if each["title"] == "prices":
            call("mei", "DELETE", f"/v1/quick-replies/{each['id']}")
    with visitor.page.expect_download() as download:
        sent.get_by_role("link").click()
    assert download.value.path().read_text() == "Lantern: 12\n"


@BOTH
def test_a_reply_that_is_taken_back_comes_back_with_its_files_and_its_card(
    people: People, language: Language, files: dict[str, Path]
) -> None:
    say = Words(language)
    people.desk.call("mei", "PATCH", "/v1/desk/preferences", {"undo_s": 10})
    try:
        mei, visitor = people.agent("mei", language), people.visitor(language)
        people.served(visitor, mei)
        body = {"title": "both", "text": "", "card": {"title": "The red lantern"}}
        people.desk.call("mei", "POST", "/v1/quick-replies", body)
        page = mei.page
        mei.composer.fill("/both")
        expect(page.get_by_role("option", name="both")).to_be_visible()
        mei.composer.press("Enter")
        chosen = page.get_by_role("region", name=say("随回复发送的卡片", "Card that is sent with the answer"))
        expect(chosen).to_be_visible()
        with page.expect_file_chooser() as chooser:
            mei.button("attach").click()
        chooser.value.set_files(files["prices"])
        expect(mei.button("send")).to_be_enabled()
        mei.button("send").click()
        expect(chosen).to_have_count(0)
        page.get_by_role("button", name=say("撤销发送", "Take back")).click()
        expect(chosen).to_be_visible()
        expect(page.get_by_role("button", name=say("移除 prices.txt", "Remove prices.txt"))).to_be_visible()
        mei.button("send").click()
        page.get_by_role("button", name=say("撤销发送", "Take back")).wait_for()
        expect(visitor.chat.message("The red lantern")).to_have_count(0)
    finally:
        people.desk.call("mei", "PATCH", "/v1/desk/preferences", {"undo_s": 0})
