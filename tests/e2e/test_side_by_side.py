"""Several colleagues at one conversation: they see each other, are stopped once when one has just answered, and can take a message back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import People
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-contacts"), pytest.mark.timeout(240)]


@pytest.fixture
def _unhurried_again(people: People) -> Iterator[None]:
    yield
    people.desk.call("mei", "PATCH", "/v1/desk/preferences", {"undo_s": 0})


BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])


@BOTH
def test_colleagues_see_who_looks_and_who_has_just_answered_is_read_first(
    people: People, language: Language
) -> None:
    def say(zh: str, en: str) -> str:
        return zh if language == "zh-CN" else en

    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    ada = people.agent("admin", language, status="busy")
    ada.view("all").click()
    ada.open(visitor.name)
    looks = say("也在查看", "also here")
    expect(mei.page.get_by_role("status").filter(has_text=looks)).to_be_visible()
    expect(ada.page.get_by_role("status").filter(has_text=looks)).to_be_visible()
    assert violations(mei.page) == []
    mei.composer.fill("One moment")
    writes = say("正在这里输入", "is writing here")
    expect(ada.page.get_by_role("status").filter(has_text=writes)).to_be_visible()

    listed = people.desk.call("admin", "GET", "/v1/conversations?view=all")["items"]
    one = next(item["id"] for item in listed if item["contact"]["name"] == visitor.name)
    people.desk.call("admin", "POST", f"/v1/conversations/{one}/join")
    ada.page.reload()
    ada.composer.fill("I know this one")
    ada.composer.press("Enter")
    mei.expect_message("I know this one")
    mei.composer.press("Enter")
    told = mei.page.get_by_role("alert").filter(has_text=say("刚刚已回复", "has just answered"))
    expect(told).to_be_visible()
    expect(mei.composer).to_have_value("One moment")
    expect(visitor.chat.message("One moment")).to_have_count(0)
    assert violations(mei.page) == []
    mei.composer.press("Enter")
    expect(mei.composer).to_have_value("")
    visitor.chat.expect_message("One moment")
    ada.page.goto(f"{people.url}/console/contacts")
    expect(mei.page.get_by_role("status").filter(has_text=looks)).to_have_count(0)


@pytest.mark.usefixtures("_unhurried_again")
@BOTH
def test_a_message_is_taken_back_before_it_leaves_and_leaves_by_itself(
    people: People, language: Language
) -> None:
    def say(zh: str, en: str) -> str:
        return zh if language == "zh-CN" else en

    mei, visitor = people.agent("mei", language), people.visitor(language)
    mei.page.goto(f"{people.url}/console/account")
    undo = mei.page.get_by_label(say("撤销发送的时间", "Time to take a message back"))
    undo.select_option("5")
    expect(
        mei.page.get_by_role("heading", name=say("能收到提醒吗？", "Do notifications reach you?"))
    ).to_be_visible()
    assert violations(mei.page) == []
    mei.page.reload()
    expect(undo).to_have_value("5")
    mei.page.goto(f"{people.url}/console/inbox")
    people.served(visitor, mei)
    mei.composer.fill("wrong person")
    mei.composer.press("Enter")
    expect(mei.composer).to_have_value("")
    bar = mei.page.get_by_role("status").filter(has_text="wrong person")
    expect(bar).to_be_visible()
    assert violations(mei.page) == []
    bar.get_by_role("button", name=say("撤销发送", "Take back")).click()
    expect(mei.composer).to_have_value("wrong person")
    expect(bar).to_have_count(0)
    mei.composer.fill("right person")
    mei.composer.press("Enter")
    visitor.chat.expect_message("right person")
    expect(visitor.chat.message("wrong person")).to_have_count(0)


@BOTH
def test_high_contrast_is_chosen_for_a_screen_and_stays(people: People, language: Language) -> None:
    ada = people.agent("admin", language, status="busy")
    page = ada.page
    page.goto(f"{people.url}/console/account")
    page.get_by_label("对比度" if language == "zh-CN" else "Contrast").select_option("more")
    expect(page.locator("html[data-contrast]")).to_have_count(1)
    assert violations(page) == []
    page.reload()
    expect(page.locator("html[data-contrast]")).to_have_count(1)
    page.get_by_label("对比度" if language == "zh-CN" else "Contrast").select_option("auto")
    expect(page.locator("html[data-contrast]")).to_have_count(0)
