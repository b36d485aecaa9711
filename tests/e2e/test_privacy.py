"""A contact is exported and erased in the browser; who looks on sees it, and the channel says what it forgets."""

import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import People

pytestmark = [pytest.mark.xdist_group("e2e-privacy"), pytest.mark.timeout(180)]


def test_a_contact_is_exported_then_erased_and_screens_that_are_open_see_it(people: People) -> None:
    mei, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, mei)
    visitor.chat.send("我的电话是 13900001111")
    mei.expect_message("我的电话是 13900001111")
    ada = people.agent("admin", "en", status="busy")
    ada.view("all").click()
    ada.open(visitor.name)
    privacy = ada.page.get_by_role("region", name="Privacy")
    with ada.page.expect_download() as fetched:
        privacy.get_by_role("button", name="Export everything").click()
    with zipfile.ZipFile(fetched.value.path()) as archive:
        pages = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".html"))
    assert "13900001111" in pages.decode()

    expect(mei.page.get_by_role("region", name="隐私")).to_have_count(0)
    privacy.get_by_role("button", name="Erase this contact…").click()
    dialog = ada.page.get_by_role("dialog")
    expect(dialog).to_contain_text("This cannot be undone")
    assert violations(ada.page) == []
    visitor.watch.expect_network_failures()  # who is erased is out
    dialog.get_by_role("button", name="Erase for good").click()
    expect(privacy).to_contain_text("This contact has been erased.")
    expect(mei.page.get_by_text("13900001111")).to_have_count(0)
    expect(ada.page.get_by_text("13900001111")).to_have_count(0)
    for screen in (ada.page, mei.page):
        expect(screen.get_by_text(visitor.name)).to_have_count(0)
    expect(mei.page.get_by_role("complementary")).to_contain_text("该客户的数据已删除。")
    assert violations(ada.page) == []
    for somebody in (mei, ada):  # they asked for a contact that is gone, and that is all that went wrong
        assert [told for told in somebody.watch.wrong if "/v1/contacts/" not in told] == []
        somebody.watch.wrong.clear()


def test_a_channel_says_what_it_forgets(people: People) -> None:
    ada = people.agent("admin", "en", status="busy")
    page = ada.page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name="Channels").click()
    page.get_by_role("button", name="Pages and sign-in").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Keep conversations for (days after their end)").fill("90")
    dialog.get_by_role("button", name="Change").click()
    expect(dialog).to_contain_text("Nothing is due at the next run.")
    assert violations(page) == []
