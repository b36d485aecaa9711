"""What is known of a customer: the organization's own fields, edited beside the conversation, by two at once."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-contacts"), pytest.mark.timeout(240)]

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])
WORDS: dict[str, tuple[str, str]] = {
    "fields": ("客户字段", "Contact fields"),
    "add": ("添加字段", "Add field"),
    "label": ("名称", "Label"),
    "kind": ("类型", "Kind"),
    "choices": ("选项", "Choices"),
    "save": ("保存", "Save"),
    "archived": ("已归档", "Archived"),
    "facts": ("客户资料", "About the customer"),
    "company": ("公司", "Company"),
    "email": ("邮箱", "E-mail"),
    "changes": ("修改记录", "Changes"),
    "again": ("继续编辑", "Edit again"),
    "meanwhile": ("刚刚有同事修改了这一项", "Somebody else has just changed this"),
    "no address": ("这不是有效的邮箱地址", "This is not an e-mail address"),
}


def word(language: Language, key: str) -> str:
    return WORDS[key][0 if language == "zh-CN" else 1]


def facts(agent: Agent) -> Locator:
    return agent.page.get_by_role("region", name=word(agent.language, "facts"), exact=True)


@BOTH
def test_a_field_is_added_filled_in_beside_the_conversation_and_archived(
    people: People, language: Language
) -> None:
    def say(key: str) -> str:
        return word(language, key)

    label = {"zh-CN": "会员等级", "en": "Member level"}[language]
    ada = people.agent("admin", language, status="busy")
    ada.page.goto(f"{people.url}/console/settings")
    ada.page.get_by_role("tab", name=say("fields")).click()
    ada.button_named(say("add")).click()
    dialog = ada.dialog(say("add"))
    dialog.get_by_label(say("label"), exact=True).fill(label)
    dialog.get_by_label(say("kind")).select_option("choice")
    dialog.get_by_label(say("choices")).fill("金卡\n银卡")
    assert violations(ada.page) == []
    dialog.get_by_role("button", name=say("save")).click()
    expect(ada.page.get_by_role("button", name=label).first).to_be_visible()
    assert violations(ada.page) == []

    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    place = facts(mei).get_by_label(label, exact=True)
    place.select_option("金卡")
    company = facts(mei).get_by_label(say("company"), exact=True)
    company.fill("灯笼 & Söhne")
    company.press("Enter")
    mei.page.get_by_text(say("changes"), exact=True).click()
    told = mei.page.get_by_role("group").filter(has_text=say("changes"))
    expect(told).to_contain_text("灯笼 & Söhne")
    expect(told).to_contain_text("金卡")
    assert violations(mei.page) == []
    mei.page.reload()
    expect(company).to_have_value("灯笼 & Söhne")
    expect(place).to_have_value("金卡")

    row = ada.page.get_by_role("listitem").filter(has_text=label)
    row.get_by_role("button").first.click()
    dialog = ada.page.get_by_role("dialog")
    dialog.get_by_label(say("archived")).check(force=True)
    dialog.get_by_role("button", name=say("save")).click()
    expect(place).to_have_count(0)
    expect(company).to_be_visible()


@BOTH
def test_of_two_who_edit_the_same_the_second_is_told_and_keeps_the_words(
    people: People, language: Language
) -> None:
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    ada = people.agent("admin", language, status="busy")
    ada.view("all").click()
    ada.open(visitor.name)
    hers, his = (facts(each).get_by_label(word(language, "company"), exact=True) for each in (mei, ada))
    his.fill("Second")
    hers.fill("First")
    hers.press("Enter")
    expect(hers).to_have_value("First")
    expect(his).to_have_value("Second")
    his.press("Enter")
    refused = ada.page.get_by_role("alert").filter(has_text="Second")
    expect(refused).to_contain_text(word(language, "meanwhile"))
    expect(his).to_have_value("First")
    assert violations(ada.page) == []
    refused.get_by_role("button", name=word(language, "again")).click()
    expect(his).to_be_focused()
    expect(his).to_have_value("Second")
    his.press("Enter")
    expect(hers).to_have_value("Second")
    email = facts(ada).get_by_label(word(language, "email"), exact=True)
    email.fill("nobody")
    email.press("Enter")
    expect(ada.page.get_by_role("alert").filter(has_text="nobody")).to_contain_text(
        word(language, "no address")
    )
    expect(email).to_have_value("")
    assert [told for told in ada.watch.wrong if "/v1/contacts/" not in told] == []
    ada.watch.wrong.clear()


@BOTH
def test_customers_and_conversations_are_tagged_beside_the_conversation_and_found_by_it(
    people: People, language: Language
) -> None:
    chinese = language == "zh-CN"
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    ada = people.agent("admin", language, status="busy")
    ada.view("all").click()
    ada.open(visitor.name)
    page, name = ada.page, {"zh-CN": "大客户", "en": "Wholesale"}[language]

    def off(tags: Locator) -> Locator:
        return tags.get_by_role("button", name=name)

    add = "客户标签：添加标签" if chinese else "Tags of the customer: add a tag"
    ada.button_named(add).click()
    page.get_by_role("textbox", name=add, exact=True).fill(name)
    assert violations(page) == []
    page.keyboard.press("Enter")
    own = page.get_by_role("list", name="客户标签" if chinese else "Tags of the customer", exact=True)
    expect(off(own)).to_be_visible()
    add = "会话标签：添加标签" if chinese else "Tags of the conversation: add a tag"
    ada.button_named(add).click()
    page.get_by_role("textbox", name=add, exact=True).fill(name[1:])
    page.keyboard.press("Enter")
    told = page.get_by_role("list", name="会话标签" if chinese else "Tags of the conversation", exact=True)
    expect(off(told)).to_be_visible()
    page.get_by_text("访问轨迹" if chinese else "Visited pages", exact=True).click()
    assert violations(page) == []
    page.reload()
    expect(off(own)).to_be_visible()
    expect(off(told)).to_be_visible()
    hers = mei.page.get_by_role("list", name="客户标签" if chinese else "Tags of the customer", exact=True)
    expect(off(hers)).to_be_visible()
    off(own).click()
    expect(off(own)).to_have_count(0)
    expect(off(hers)).to_have_count(0)
    mei.close(visitor.name)
    page.goto(f"{people.url}/console/history")
    expect(page.get_by_role("link", name=visitor.name)).to_be_visible()
    page.get_by_role("combobox", name="标签" if chinese else "Tag", exact=True).click()
    page.get_by_role("option", name=name).click()
    expect(page.get_by_role("link", name=visitor.name)).to_be_visible()
    expect(page.locator("a:has(time)")).to_have_count(1)
    assert violations(page) == []


@BOTH
def test_everybody_is_listed_found_opened_and_exported(people: People, language: Language) -> None:
    chinese = language == "zh-CN"
    visitor = people.visitor(language)
    listed = people.desk.call("admin", "GET", "/v1/contacts?limit=1")["items"][0]["contact"]["id"]
    name = "=2+2 \u0645\u0631\u062d\u0628\u0627 " + "长" * 60
    people.desk.call(
        "admin", "PATCH", f"/v1/contacts/{listed}", {"name": name, "company": f"Söhne {language}"}
    )
    people.desk.call("admin", "PUT", f"/v1/contacts/{listed}/care", {"owner_id": None, "vip": 4})
    ada = people.agent("admin", language, status="busy")
    page = ada.page
    page.keyboard.press("g")
    page.keyboard.press("n")
    table = page.get_by_role("table", name="客户" if chinese else "Contacts", exact=True)
    rows = table.get_by_role("link")
    expect(rows.nth(1)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("searchbox").fill(f"SÖHNE {language.upper()}")
    expect(rows).to_have_count(1)
    page.get_by_label("VIP 等级" if chinese else "VIP", exact=True).select_option("5")
    expect(rows).to_have_count(0)
    page.get_by_label("VIP 等级" if chinese else "VIP", exact=True).select_option("4")
    expect(rows).to_have_count(1)
    columns = "显示列" if chinese else "Columns"
    ada.button_named(columns).click()
    phone = page.get_by_label("电话" if chinese else "Phone", exact=True)
    expect(phone).to_be_visible()
    if phone.is_checked():  # the visit in the other language has hidden it, if it was in the same house
        phone.click()  # shown a moment later, which `uncheck` does not wait for
    expect(phone).not_to_be_checked()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.reload()
    expect(rows).to_have_count(1)
    expect(table.get_by_role("columnheader", name="电话" if chinese else "Phone")).to_have_count(0)
    with page.expect_download() as fetched:
        ada.button_named("导出 CSV" if chinese else "Export as CSV").click()
    lines = fetched.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert f",'{name}," in lines[1]
    rows.first.click()
    expect(page.get_by_role("complementary").get_by_label("公司" if chinese else "Company")).to_have_value(
        f"Söhne {language}"
    )
    assert violations(page) == []
    assert visitor.name
