"""Lists with a name: saved, shared with a team, changed, deleted; and the views of one's teams and of where one was named."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-contacts"), pytest.mark.timeout(240)]

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])


def menu(agent: Agent) -> None:
    """The saved filters, by keyboard."""
    agent.page.keyboard.press("g")
    agent.page.keyboard.press("v")


@BOTH
def test_a_filter_is_saved_shared_found_by_a_colleague_and_deleted(
    people: People, language: Language
) -> None:
    def say(zh: str, en: str) -> str:
        return zh if language == "zh-CN" else en

    mei, visitor, other = people.agent("mei", language), people.visitor(language), people.visitor(language)
    people.served(visitor, mei)
    people.served(other, mei)
    name = say("退款", "Refunds")
    tag = people.desk.call("admin", "POST", "/v1/tags", {"name": name, "color": "red"})["tag"]["id"]
    listed = people.desk.call("admin", "GET", "/v1/conversations?view=all")["items"]
    one = next(item["id"] for item in listed if item["contact"]["name"] == visitor.name)
    people.desk.call("mei", "PUT", f"/v1/conversations/{one}/tags/{tag}")
    page = mei.page
    menu(mei)
    expect(page.get_by_role("menu")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("menuitem", name=say("新建筛选…", "New filter…")).click()
    dialog = mei.dialog(say("新建筛选", "New filter"))
    dialog.get_by_label(say("名称", "Name"), exact=True).fill(name)
    dialog.get_by_label(say("标签", "Tag"), exact=True).select_option(tag)
    dialog.get_by_label(say("谁可以使用", "For whom")).select_option(index=1)
    assert violations(page) == []
    dialog.get_by_role("button", name=say("保存", "Save")).click()
    expect(dialog).to_have_count(0)
    menu(mei)
    page.get_by_role("menuitem", name=name, exact=True).click()
    expect(mei.row(visitor.name)).to_be_visible()
    expect(mei.row(other.name)).to_have_count(0)
    shown = say(f"已保存的筛选：{name}", f"Saved filter: {name}")
    expect(mei.button_named(shown)).to_be_visible()
    assert violations(page) == []
    page.reload()
    expect(mei.row(visitor.name)).to_be_visible()
    expect(mei.row(other.name)).to_have_count(0)

    menu(mei)
    page.get_by_role("menuitem", name=say(f"修改“{name}”…", f"Change “{name}”…")).click()
    dialog = mei.dialog(say("修改筛选", "Change filter"))
    dialog.get_by_role("button", name=say("删除", "Delete"), exact=True).click()
    dialog.get_by_role("button", name=say("确定删除？", "Really delete?")).click()
    expect(mei.row(other.name)).to_be_visible()
    menu(mei)
    expect(page.get_by_role("menuitem", name=name, exact=True)).to_have_count(0)


@BOTH
def test_the_views_of_ones_teams_and_of_where_one_was_named(people: People, language: Language) -> None:
    chinese = language == "zh-CN"
    mei, visitor = people.agent("mei", language), people.visitor(language)
    people.served(visitor, mei)
    listed = people.desk.call("admin", "GET", "/v1/conversations?view=all")["items"]
    one = next(item["id"] for item in listed if item["contact"]["name"] == visitor.name)
    me = people.desk.call("mei", "GET", "/v1/me")["agent"]["id"]
    page = mei.page
    page.keyboard.press("g")
    page.keyboard.press("e")
    expect(mei.row(visitor.name)).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("y")
    expect(page.get_by_role("button", name="@我" if chinese else "@ Me")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(mei.row(visitor.name)).to_have_count(0)
    people.desk.call(
        "admin", "POST", f"/v1/conversations/{one}/notes", {"text": "look here", "mentions": [me]}
    )
    page.reload()
    expect(mei.row(visitor.name)).to_be_visible()
    assert violations(page) == []


@BOTH
def test_an_agent_sees_by_which_of_several_channels_somebody_came_and_finds_them_by_it(
    people: People, language: Language
) -> None:

    def say(zh: str, en: str) -> str:
        return zh if language == "zh-CN" else en

    code = f"outlet-{language.lower()}"
    shop = say("特卖店", "Outlet shop")
    first = people.desk.call("admin", "GET", "/v1/channels")["items"][0]
    body = {"name": shop, "code": code, "team_id": first["team_id"]}
    people.desk.call("admin", "POST", "/v1/channels", body)
    mei, passer_by = people.agent("mei", language), people.visitor(language)
    people.served(passer_by, mei)
    name = people.desk.arrive(code)
    page = mei.page
    page.goto(f"{people.url}/console/inbox?view=all")
    row = mei.row(name)
    expect(row).to_contain_text(shop)
    expect(mei.row(passer_by.name)).not_to_contain_text(shop)
    row.click()
    side = page.get_by_role("complementary", name=say("客户", "Customer"), exact=True)
    where = side.get_by_role("region", name=say("客户所在页面", "Where the customer is"))
    expect(where).to_contain_text(shop)
    assert violations(page) == []
    menu(mei)
    page.get_by_role("menuitem", name=say("新建筛选…", "New filter…")).click()
    dialog = mei.dialog(say("新建筛选", "New filter"))
    dialog.get_by_label(say("名称", "Name"), exact=True).fill(shop)
    dialog.get_by_label(say("渠道", "Channel"), exact=True).select_option(label=shop)
    dialog.get_by_role("button", name=say("保存", "Save")).click()
    expect(dialog).to_have_count(0)
    menu(mei)
    page.get_by_role("menuitem", name=shop, exact=True).click()
    expect(mei.row(passer_by.name)).to_have_count(0)
    expect(mei.row(name)).to_be_visible()
