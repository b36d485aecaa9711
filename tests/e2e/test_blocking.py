"""A leader keeps a visitor out beside the conversation, and lets them in again from the list."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import People

pytestmark = [pytest.mark.xdist_group("e2e-blocking"), pytest.mark.timeout(240)]


def test_a_blocked_visitor_reads_calm_words_until_the_block_is_lifted(people: People) -> None:
    mei, visitor = people.agent("mei", "en"), people.visitor("en")
    people.served(visitor, mei)
    admin = people.agent("admin", "en", status="busy")
    admin.view("all").click()
    admin.open(visitor.name)
    visitor.watch.expect_network_failures()
    admin.page.get_by_role("button", name="Block…").click()
    form = admin.page.get_by_role("dialog")
    form.get_by_role("textbox", name="Reason").fill("Threatened the driver")
    assert violations(admin.page) == []
    form.get_by_role("button", name="Block", exact=True).click()
    expect(admin.page.get_by_text("Blocked, until")).to_be_visible()
    calm = visitor.chat.frame.get_by_text("This chat isn’t available to you right now.")
    expect(calm).to_be_visible()
    visitor.page.reload()
    expect(calm).to_be_visible()
    assert violations(visitor.page) == []

    admin.page.goto(f"{people.url}/console/blocks")
    row = admin.page.get_by_role("listitem").filter(has_text="Threatened the driver")
    expect(row).to_contain_text(visitor.name)
    assert violations(admin.page) == []
    row.get_by_role("button", name="Lift").click()
    row.get_by_role("button", name="Really lift?").click()
    expect(row).to_have_count(0)
    visitor.page.reload()
    visitor.chat.frame.get_by_role("button", name="New conversation").click()
    visitor.chat.send("hello again")
    visitor.chat.expect_message("hello again")
    expect(calm).to_have_count(0)
    refused = [told for told in visitor.watch.wrong if "/v1/visitor/session" in told]
    assert refused == visitor.watch.wrong  # a browser tells in its console that it was refused
    visitor.watch.wrong.clear()


def test_a_network_is_blocked_from_the_list(people: People) -> None:
    admin = people.agent("admin", "zh-CN", status="busy")
    admin.page.goto(f"{people.url}/console/blocks")
    admin.page.get_by_role("button", name="拉黑网段").click()
    form = admin.page.get_by_role("dialog")
    form.get_by_role("textbox", name="IP 地址或网段").fill("198.51.100.0/24")
    form.get_by_role("button", name="拉黑", exact=True).click()
    row = admin.page.get_by_role("listitem").filter(has_text="198.51.100.0/24")
    expect(row).to_contain_text("到期")
    row.get_by_role("button", name="解除").click()
    row.get_by_role("button", name="确定解除？").click()
    expect(row).to_have_count(0)
