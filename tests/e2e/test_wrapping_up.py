"""A team that wants a wrap-up: set by an administrator, asked for in the dialog, told by name where many are closed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk
from tests.e2e.people import People
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-wrapping-up"), pytest.mark.timeout(240)]


@pytest.fixture
def team(desk: Desk) -> Iterator[str]:
    """The team that mei is in, which wants no wrap-up before and after."""
    mei = desk.agent("mei")["id"]
    teams = desk.call("admin", "GET", "/v1/teams")["items"]
    own = [each for each in teams if mei in {member["agent_id"] for member in each["members"]}]
    yield own[0]["name"]
    desk.call("admin", "PATCH", f"/v1/teams/{own[0]['id']}", {"wrap_up_required": False})


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_dialog_waits_for_the_wrap_up_and_many_without_one_are_refused_by_name(
    people: People, desk: Desk, team: str, language: Language
) -> None:
    chinese = language == "zh-CN"
    ada = people.agent("admin", language, status="busy")
    ada.page.goto(f"{people.url}/console/staff")
    ada.page.get_by_role("tab", name=ada.word("teams")).click()
    ada.page.get_by_role("button", name=team).first.click()
    form = ada.page.get_by_role("dialog")
    form.get_by_role("switch", name=ada.word("wrap-up required")).click()
    assert violations(ada.page) == []
    form.get_by_role("button", name="保存" if chinese else "Save", exact=True).click()
    expect(form).to_be_hidden()

    mei = people.agent("mei", language)
    first, second = people.visitor(language), people.visitor(language)
    people.served(first, mei)
    people.served(second, mei)
    page = mei.page
    mei.inbox.get_by_role("checkbox").first.click()
    bar = page.get_by_role("region", name="已选会话" if chinese else "Chosen conversations")
    bar.get_by_role("button", name="结束" if chinese else "Close", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="处理 1 个" if chinese else "Do it to 1").click()
    expect(dialog.get_by_role("listitem")).to_contain_text(
        "本接待组须填写小结后才能结束会话。"
        if chinese
        else "This team closes no conversation without a wrap-up."
    )
    dialog.get_by_role("button", name="关闭" if chinese else "Close", exact=True).last.click()
    page.keyboard.press("Escape")
    expect(mei.rows).to_have_count(2)

    mei.open(first.name)
    mei.button("close").click()
    dialog = mei.dialog(mei.word("close title", name=first.name))
    submit = dialog.get_by_role("button", name=mei.word("close submit"), exact=True)
    expect(submit).to_be_disabled()
    expect(submit).to_have_accessible_description(mei.word("say what"))
    dialog.get_by_label(mei.word("unsolved"), exact=True).check(force=True)
    expect(submit).to_be_disabled()
    assert violations(page) == []
    dialog.get_by_label("Return 退货", exact=True).check(force=True)
    expect(dialog.get_by_text(mei.word("say what"))).to_have_count(0)
    assert violations(page) == []
    submit.click()
    expect(dialog).to_be_hidden()
    filed = f"{mei.word('wrapped up', category='Service 售后/Return 退货')} · {'未解决' if chinese else 'not solved'}"
    mei.expect_line(filed)
    mei.page.goto(f"{people.url}/console/history")
    hit = page.get_by_role("link", name=first.name).first
    expect(hit).to_contain_text(f"Service 售后/Return 退货 · {mei.word('unsolved')}")
