"""Many conversations at once: chosen by key, by click and all together; done with progress, told honestly, taken back."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import CHANNEL, Desk, Json
from tests.e2e.people import Agent, People
from tests.e2e.server import ServerProcess
from tests.e2e.words import Language

pytestmark = [pytest.mark.xdist_group("e2e-bulk"), pytest.mark.timeout(400)]

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[ServerProcess]:
    """A server that believes a crowd to come from many addresses."""
    trusting = {"FRONTDESK_LISTEN__TRUSTED_PROXIES": "127.0.0.1"}
    server = ServerProcess(tmp_path_factory.mktemp("bulk") / "data", trusting)
    server.start()
    yield server
    server.stop()


def crowd(people: People, count: int) -> list[str]:
    """So many visitors who talk with mei; their conversations."""
    desk = people.desk
    desk.set_capacity("mei", count)
    with httpx.Client(base_url=people.url, timeout=60) as http:

        def arrive(number: int) -> str:
            headers = {"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"}

            def post(path: str, body: Json) -> Json:
                answer = http.post(path, json=body, headers=headers)
                assert answer.is_success, answer.text
                return answer.json()

            session = post("/v1/visitor/session", {"channel": CHANNEL, "language": "en"})
            headers["Authorization"] = f"Bearer {session['token']}"
            opened = post("/v1/visitor/conversations", {"language": "en"})["conversation"]["id"]
            post(f"/v1/conversations/{opened}/human", {})
            return opened

        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(arrive, range(count)))


def bar(agent: Agent) -> Locator:
    return agent.page.get_by_role(
        "region", name="已选会话" if agent.language == "zh-CN" else "Chosen conversations"
    )


@BOTH
def test_two_hundred_are_tagged_taken_back_and_closed(people: People, language: Language) -> None:
    chinese = language == "zh-CN"
    mei = people.agent("mei", language)
    ids = crowd(people, 200 if language == "en" else 30)
    count = len(ids)
    page, call = mei.page, people.desk.call
    expect(mei.view("mine")).to_contain_text(str(count))
    tag = call("admin", "POST", "/v1/tags", {"name": f"bulk {language}", "color": "red"})["tag"]["id"]
    call("mei", "PUT", f"/v1/conversations/{ids[0]}/tags/{tag}")
    page.keyboard.press("Shift+x")
    expect(bar(mei)).to_contain_text(f"已选 {count} 个" if chinese else f"{count} chosen")
    assert violations(page) == []
    bar(mei).get_by_role("button", name="打标签" if chinese else "Tag", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").select_option(tag)
    assert violations(page) == []
    dialog.get_by_role("button", name=f"处理 {count} 个" if chinese else f"Do it to {count}").click()
    done = f"已完成 {count} / {count}" if chinese else f"{count} of {count} done"
    expect(dialog.get_by_text(done, exact=True)).to_be_visible(timeout=60_000)
    assert violations(page) == []
    undo = f"撤销（{count - 1}）" if chinese else f"Undo ({count - 1})"
    assert call("admin", "GET", f"/v1/conversations/{ids[-1]}/tags")["tags"] == [tag]
    dialog.get_by_role("button", name=undo).click()
    done = f"已完成 {count - 1} / {count - 1}" if chinese else f"{count - 1} of {count - 1} done"
    expect(dialog.get_by_text(done, exact=True)).to_be_visible(timeout=60_000)
    assert call("admin", "GET", f"/v1/conversations/{ids[-1]}/tags")["tags"] == []
    assert call("admin", "GET", f"/v1/conversations/{ids[0]}/tags")["tags"] == [tag], "it had it before"
    dialog.get_by_role("button", name="关闭" if chinese else "Close", exact=True).last.click()
    expect(bar(mei)).to_have_count(0)

    page.keyboard.press("Shift+x")
    bar(mei).get_by_role("button", name="结束" if chinese else "Close", exact=True).click()
    # One goes away in the meantime: closing it again is no failure.
    call("mei", "POST", f"/v1/conversations/{ids[1]}/close", {})
    dialog.get_by_role("button", name=f"处理 {count} 个" if chinese else f"Do it to {count}").click()
    done = f"已完成 {count} / {count}" if chinese else f"{count} of {count} done"
    expect(dialog.get_by_text(done, exact=True)).to_be_visible(timeout=60_000)
    dialog.get_by_role("button", name="关闭" if chinese else "Close", exact=True).last.click()
    expect(mei.rows).to_have_count(0)
    assert call("admin", "GET", "/v1/conversations?view=all&limit=1")["items"] == []


def test_many_are_snoozed_until_tomorrow_and_undo_wakes_them(people: People) -> None:
    mei = people.agent("mei", "en")
    crowd(people, 3)
    expect(mei.view("mine")).to_contain_text("3")
    mei.page.keyboard.press("Shift+x")
    bar(mei).get_by_role("button", name="Snooze", exact=True).click()
    dialog = mei.page.get_by_role("dialog")
    tomorrow = dialog.get_by_role("option", name="Tomorrow")
    dialog.get_by_role("combobox").select_option(label=tomorrow.text_content())
    assert violations(mei.page) == []
    dialog.get_by_role("button", name="Do it to 3").click()
    expect(dialog.get_by_text("3 of 3 done", exact=True)).to_be_visible()
    expect(mei.rows).to_have_count(0)
    dialog.get_by_role("button", name="Undo (3)").click()
    expect(mei.rows).to_have_count(3)


@BOTH
def test_what_is_refused_is_told_by_name_and_stays_chosen(people: People, language: Language) -> None:
    chinese = language == "zh-CN"
    mei = people.agent("mei", language)
    crowd(people, 4)
    call = people.desk.call
    people.agent("omar", language, status="busy")
    people.desk.set_capacity("omar", 2)
    page = mei.page
    expect(mei.rows).to_have_count(4)
    boxes = mei.inbox.get_by_role("checkbox")
    boxes.first.click()
    boxes.last.click(modifiers=["Shift"])
    expect(bar(mei)).to_contain_text("已选 4 个" if chinese else "4 chosen")
    bar(mei).get_by_role("button", name="指派" if chinese else "Assign", exact=True).click()
    dialog = page.get_by_role("dialog")
    omar = next(each for each in call("admin", "GET", "/v1/agents")["items"] if each["username"] == "omar")
    dialog.get_by_role("combobox").select_option(f"agent {omar['id']}")
    dialog.get_by_role("button", name="处理 4 个" if chinese else "Do it to 4").click()
    expect(dialog.get_by_text("已完成 2 / 4" if chinese else "2 of 4 done", exact=True)).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    assert violations(page) == []
    dialog.get_by_role("button", name="关闭" if chinese else "Close", exact=True).last.click()
    expect(bar(mei)).to_contain_text("已选 2 个" if chinese else "2 chosen")
    page.keyboard.press("Escape")
    expect(bar(mei)).to_have_count(0)
    expect(mei.rows).to_have_count(2)


def test_on_a_phone_a_tap_on_a_face_chooses(people: People, desk: Desk) -> None:
    mei = people.agent("mei", "en")
    mei.page.set_viewport_size({"width": 390, "height": 844})
    crowd(people, 3)
    expect(mei.rows).to_have_count(3)
    mei.inbox.get_by_role("checkbox").nth(1).click()
    expect(bar(mei)).to_contain_text("1 chosen")
    bar(mei).get_by_role("button", name="All 3 shown").click()
    bar(mei).get_by_role("button", name="Flag", exact=True).click()
    assert violations(mei.page) == []
    dialog = mei.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Do it to 3").click()
    expect(dialog.get_by_text("3 of 3 done", exact=True)).to_be_visible()
    assert len(desk.call("mei", "GET", "/v1/desk")["marks"]) == 3
    dialog.get_by_role("button", name="Undo (3)").click()
    expect(dialog.get_by_role("button", name="Undo (3)")).to_be_visible()
    dialog.get_by_role("button", name="Close", exact=True).last.click()
