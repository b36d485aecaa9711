"""What an agent is told by sound and on the desktop: as they chose it, by one page, and not of what they look at."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk, Json
from tests.e2e.pages.console import Console
from tests.e2e.people import Agent, People
from tests.e2e.pushing import HIDE
from tests.e2e.words import LANGUAGES, Language

pytestmark = [pytest.mark.xdist_group("e2e-told"), pytest.mark.timeout(240)]

SPY = """
window.tones = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) {
  window.tones.push(Math.round(this.frequency.value));
  return start.apply(this, when);
};
window.shown = [];
window.Notification = class {
  static permission = "granted";
  constructor(title, { body }) {
    window.shown.push([title, body]);
    setTimeout(() => this.onshow?.());
  }
  close() {}
};
"""
MESSAGE, CONVERSATION, MENTION = [784], [659, 880], [988, 988]
WAITING, ALARM, ANSWER = [523, 659, 784], [880, 622, 880, 622], [880, 659]
WORDS = {
    "zh-CN": {
        "sound": "声音", "play": "播放", "played": "已播放", "on": "开启", "off": "已关闭。", "desktop": "桌面通知", "show": "发一条试试",
        "shown": "浏览器已显示通知", "sample": "这是一条测试通知", "menu": "我的账号", "alarm": "过久未回复", "hear": "播放：过久未回复",
        "volume": "音量",
    },
    "en": {
        "sound": "Sound", "play": "Play", "played": "It has played", "on": "Switch on", "off": "Switched off.",
        "desktop": "Desktop notifications", "show": "Show one", "shown": "The browser has shown it", "sample": "This is a test",
        "menu": "Your account", "alarm": "Too long without an answer", "hear": "Play: Too long without an answer",
        "volume": "Volume",
    },
}  # fmt: skip


def agent_of(people: People, who: str, language: Language = "en", *, status: str = "online") -> Agent:
    """An agent at a page that has been touched: browsers are silent before."""
    agent = people.agent(who, language, status=status, init_script=SPY, dark=language == "en")
    touch(agent.page)
    return agent


def touch(page: Page) -> None:
    page.get_by_role("main").click(position={"x": 2, "y": 2})
    page.evaluate("window.tones.length = 0")


def expect_tones(page: Page, *tunes: list[int]) -> None:
    """These have been played since the last time, and nothing else."""
    wanted = [tone for tune in tunes for tone in tune]
    page.wait_for_function("count => window.tones.length >= count", arg=len(wanted))
    assert page.evaluate("window.tones.splice(0)") == wanted


def choose(agent: Agent, kind: str, way: str) -> None:
    agent.page.get_by_role("combobox", name=kind, exact=True).select_option(label=way)


def open_account(people: People, page: Page) -> None:
    page.goto(f"{people.url}/console/account")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.fixture
def team(desk: Desk) -> Iterator[Json]:
    """The team that mei is in, as it is before and after."""
    mei = desk.agent("mei")["id"]
    teams = desk.call("admin", "GET", "/v1/teams")["items"]
    own = next(each for each in teams if mei in {member["agent_id"] for member in each["members"]})
    yield own
    desk.call("admin", "PATCH", f"/v1/teams/{own['id']}", {"policy": own["policy"]})
    desk.call("admin", "PUT", f"/v1/teams/{own['id']}/service-level", {})
    desk.call("admin", "PATCH", "/v1/settings", {"agent_silence_alarm_s": None, "transfer_answer_s": 0})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_account_screen_tries_sound_and_desktop_notification_and_says_what_became_of_it(
    people: People, language: Language
) -> None:
    mei, words = agent_of(people, "mei", language), WORDS[language]
    open_account(people, mei.page)

    def row(name: str) -> Locator:
        line = mei.page.get_by_role("listitem")
        return line.filter(has=mei.page.locator("strong").get_by_text(words[name], exact=True))

    row("sound").get_by_role("button", name=words["play"]).click()
    expect(row("sound").get_by_role("status")).to_contain_text(words["played"])
    expect_tones(mei.page, CONVERSATION)
    row("desktop").get_by_role("button", name=words["show"]).click()
    expect(row("desktop").get_by_role("status")).to_contain_text(words["shown"])
    assert [title for title, _ in mei.page.evaluate("window.shown")] == [words["sample"]]

    choose(mei, words["alarm"], {"zh-CN": "响到查看为止", "en": "Sound until seen"}[language])
    mei.page.get_by_role("button", name=words["hear"]).click()
    expect_tones(mei.page, ALARM)
    slider = mei.page.get_by_role("slider", name=words["volume"])
    slider.press("End")
    assert violations(mei.page) == []

    mei.page.get_by_role("button", name=re.compile(words["menu"])).click()
    mei.page.get_by_role("menuitem", name=words["sound"], exact=True).click()
    mei.page.keyboard.press("Escape")
    expect(row("sound").get_by_role("status")).to_have_text(words["off"])
    mei.page.reload()
    expect(row("sound").get_by_role("status")).to_have_text(words["off"])
    expect(mei.page.get_by_role("combobox", name=words["alarm"], exact=True)).to_have_value("repeated")
    expect(mei.page.get_by_role("button", name=words["hear"])).to_be_disabled()
    row("sound").get_by_role("button", name=words["on"]).click()
    expect(slider).to_have_attribute("aria-valuenow", "100")
    expect_tones(mei.page, CONVERSATION)


def test_news_is_silent_shown_or_heard_as_the_agent_chose_for_its_kind(people: People) -> None:
    mei, visitor = agent_of(people, "mei"), people.visitor("en")
    visitor.chat.ask_for_human()
    expect_tones(mei.page, CONVERSATION)
    open_account(people, mei.page)
    choose(mei, "Message in your conversation", "Notification only")
    touch(mei.page)
    mei.page.evaluate(HIDE, arg=True)
    visitor.chat.send("Shown and not heard")
    mei.page.wait_for_function("() => window.shown.length === 1")
    assert mei.page.evaluate("window.shown.splice(0)") == [[visitor.name, "Shown and not heard"]]
    choose(mei, "Message in your conversation", "Nothing")
    visitor.chat.send("Neither")
    other = people.visitor("en")
    other.chat.ask_for_human()
    expect_tones(mei.page, CONVERSATION)
    assert [title for title, _ in mei.page.evaluate("window.shown")] == [f"New conversation: {other.name}"]


def test_of_two_pages_one_is_heard_and_none_about_what_the_other_shows(people: People) -> None:
    mei = agent_of(people, "mei")
    first, second = people.visitor("en"), people.visitor("en")
    for each in (first, second):
        each.chat.ask_for_human()
        expect_tones(mei.page, CONVERSATION)
    other = mei.page.context.new_page()
    other.goto(f"{people.url}/console/inbox")
    other.get_by_role("link").filter(has_text=first.name).click()
    tab = Console(other, people.url, "en")
    expect(tab.thread(first.name)).to_be_visible()
    second.chat.send("Heard in one of them")
    expect_tones(mei.page, MESSAGE)
    first.chat.send("Somebody looks at this one, in the other page")
    tab.expect_message("Somebody looks at this one")
    second.chat.send("Heard again")
    expect_tones(mei.page, MESSAGE)
    assert other.evaluate("window.tones") == []

    mei.page.close()
    second.chat.send("The other page is heard now")
    expect_tones(other, MESSAGE)


def test_a_whisper_and_the_answer_to_a_request_are_heard(people: People, desk: Desk, team: Json) -> None:
    del team  # only for what it restores
    desk.call("admin", "PATCH", "/v1/settings", {"transfer_answer_s": 120})
    mei, omar, visitor = agent_of(people, "mei"), people.agent("omar", "en"), people.visitor("en")
    visitor.chat.ask_for_human()
    expect_tones(mei.page, CONVERSATION)
    conversation = desk.call("mei", "GET", "/v1/conversations?view=mine")["items"][0]["id"]
    desk.call("admin", "POST", f"/v1/conversations/{conversation}/whispers", {"text": "Offer the refund"})
    expect_tones(mei.page, MENTION)
    mei.open(visitor.name)
    mei.transfer(visitor.name, "Omar Haddad")
    mei.page.goto(f"{people.url}/console/history")
    touch(mei.page)
    omar.page.get_by_role("button", name="Decline").click()
    expect_tones(mei.page, ANSWER)


def test_who_comes_into_a_queue_that_is_picked_by_hand_is_heard_by_who_is_online(
    people: People, desk: Desk, team: Json
) -> None:
    desk.call("admin", "PATCH", f"/v1/teams/{team['id']}", {"policy": "manual"})
    mei, visitor, other = agent_of(people, "mei"), people.visitor("en"), people.visitor("en")
    visitor.chat.ask_for_human()
    expect_tones(mei.page, WAITING)
    desk.set_status("mei", "busy")
    expect(mei.page.get_by_role("button", name="Your status: Busy")).to_be_visible()
    other.chat.ask_for_human()
    expect(mei.view("waiting")).to_have_text(re.compile(r"2$"))
    assert mei.page.evaluate("window.tones") == []


def test_a_silent_agent_and_a_broken_promise_are_heard_by_the_agent_and_by_who_leads(
    people: People, desk: Desk, team: Json
) -> None:
    desk.call("admin", "PATCH", "/v1/settings", {"agent_silence_alarm_s": 2})
    mei, ada, visitor = (
        agent_of(people, "mei"),
        agent_of(people, "admin", status="busy"),
        people.visitor("en"),
    )
    omar = agent_of(people, "omar", status="busy")
    visitor.chat.ask_for_human()
    expect_tones(mei.page, CONVERSATION)
    ada.page.evaluate(HIDE, arg=True)
    visitor.chat.send("Is anybody there?")
    for page, tunes in ((mei.page, [MESSAGE, ALARM]), (ada.page, [ALARM])):
        expect_tones(page, *tunes)
    assert len(ada.page.evaluate("window.shown.splice(0)")) == 1
    desk.call("admin", "PUT", f"/v1/teams/{team['id']}/service-level", {"first_reply_s": 1})
    for page in (mei.page, ada.page):
        expect_tones(page, ALARM)
    ada.page.wait_for_function("() => window.shown.length === 1")
    assert ada.page.evaluate("window.shown") == [[f"{visitor.name}: late", "First reply · Mei 美美"]]
    assert omar.page.evaluate("window.tones") == []
