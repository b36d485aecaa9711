"""Two records of one person: suggested, compared side by side, made one for good, while both chats go on."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import People, Visitor
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-contacts"), pytest.mark.timeout(240)]

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])


def contact_of(people: People, name: str) -> str:
    found = people.desk.call("admin", "GET", f"/v1/contacts?q={name.rsplit(maxsplit=1)[-1]}")["items"]
    return str(found[0]["contact"]["id"])


@BOTH
def test_who_has_the_same_address_is_suggested_compared_and_made_one(
    people: People, language: Language
) -> None:
    chinese = language == "zh-CN"

    def say(zh: str, en: str) -> str:
        return zh if chinese else en

    mei = people.agent("mei", language)
    phone, laptop = people.visitor(language), people.visitor(language)
    people.served(phone, mei)
    people.served(laptop, mei)
    first, second = contact_of(people, phone.name), contact_of(people, laptop.name)
    facts = {"email": f"zhou-{language}@example.com", "company": "灯笼 & Söhne", "remark": "Likes tea"}
    people.desk.call("admin", "PATCH", f"/v1/contacts/{first}", facts)
    facts = {"email": f"ZHOU-{language}@example.com", "company": "Lantern Ltd.", "remark": "Since 2019"}
    people.desk.call("admin", "PATCH", f"/v1/contacts/{second}", facts)

    ada = people.agent("admin", language, status="busy")
    page = ada.page
    ada.view("all").click()
    ada.open(phone.name)
    same = page.get_by_role("region", name=say("是同一位客户吗？", "The same person?"))
    expect(same).to_contain_text(laptop.name)
    assert violations(page) == []
    same.get_by_role("button", name=say("对比", "Compare")).click()
    dialog = ada.dialog(say("合并两位客户", "Merge two contacts"))
    expect(dialog).to_contain_text(say("合并后无法撤销", "This cannot be undone"))
    assert violations(page) == []
    choose = say("{}：以谁的为准？", "{}: whose stands?")
    company = dialog.get_by_role("group", name=choose.format(say("公司", "Company")))
    company.get_by_role("radio", name="Lantern Ltd.").check()
    remark = dialog.get_by_role("group", name=choose.format(say("备注", "Remark")))
    remark.get_by_role("radio", name=say("两条备注都保留", "Keep both remarks")).check()
    dialog.get_by_role("button", name=say("确认合并", "Merge for good")).click()
    expect(dialog).to_have_count(0)

    about = page.get_by_role("region", name=say("客户资料", "About the customer"), exact=True)
    expect(about.get_by_label(say("公司", "Company"), exact=True)).to_have_value("Lantern Ltd.")
    expect(about.get_by_label(say("备注", "Remark"), exact=True)).to_have_value("Likes tea\nSince 2019")
    expect(same).not_to_contain_text(laptop.name)
    merged = people.desk.call("admin", "GET", f"/v1/contacts/{second}")["contact"]
    assert merged["id"] == first
    listed = people.desk.call("admin", "GET", f"/v1/contacts/{second}/conversations")["items"]
    assert len(listed) == 2
    assert violations(page) == []
    goes_on(phone, laptop, say("我还在", "still here"))


def goes_on(phone: Visitor, laptop: Visitor, words: str) -> None:
    """Nothing was disturbed in either browser, and neither sees what was written in the other."""
    phone.chat.send(f"{words} 1")
    laptop.chat.send(f"{words} 2")
    expect(phone.chat.message(f"{words} 1")).to_be_visible()
    expect(laptop.chat.message(f"{words} 2")).to_be_visible()
    expect(phone.chat.message(f"{words} 2")).to_have_count(0)
    for each in (phone, laptop):
        each.page.reload()
    expect(laptop.chat.message(f"{words} 2")).to_be_visible()
    expect(laptop.chat.message(f"{words} 1")).to_have_count(0)


@BOTH
def test_by_keyboard_somebody_is_found_and_kept_instead_and_who_may_not_is_not_asked(
    people: People, language: Language
) -> None:
    chinese = language == "zh-CN"
    one, two = people.visitor(language), people.visitor(language)
    mei = people.agent("mei", language)
    people.served(one, mei)
    first, second = contact_of(people, one.name), contact_of(people, two.name)
    people.desk.call("admin", "PATCH", f"/v1/contacts/{second}", {"name": f"Łukasz {language}"})
    expect(mei.page.get_by_role("button", name="合并" if chinese else "Merge")).to_have_count(0)

    ada = people.agent("admin", language, status="busy")
    page = ada.page
    ada.view("all").click()
    ada.open(one.name)
    start = "与另一位客户合并…" if chinese else "Merge with another contact…"
    expect(ada.button_named(start)).to_be_visible()
    page.keyboard.press("Shift+M")
    dialog = ada.dialog("合并两位客户" if chinese else "Merge two contacts")
    dialog.get_by_role("searchbox").fill(f"łukasz {language}")
    expect(dialog.get_by_role("button", name=f"Łukasz {language}")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="改为保留另一位" if chinese else "Keep the other one").click()
    dialog.get_by_role("button", name="确认合并" if chinese else "Merge for good").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("heading", name=f"Łukasz {language}").last).to_be_visible()
    assert people.desk.call("admin", "GET", f"/v1/contacts/{first}")["contact"]["id"] == second
