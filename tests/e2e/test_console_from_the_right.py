"""The console laid out from the right, in English words: no language of it is written so yet, and one would fit."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.people import Agent, People

pytestmark = [pytest.mark.xdist_group("e2e-console-from-the-right"), pytest.mark.timeout(240)]

FROM_THE_RIGHT = """
if (location.protocol.startsWith("http"))
  localStorage.getItem("frontdesk.language") ?? localStorage.setItem("frontdesk.language", "en-XB");
"""
ARABIC = "أريد فانوسًا أحمر من فضلك"
SCREENS = (
    "", "history", "contacts", "leave-messages", "floor", "quality", "replies", "replies#macros", "knowledge",
    "staff", "staff#teams", "staff#roles", "settings", "webhooks", "audit", "blocks", "account",
)  # fmt: skip
FITS = "(it) => it.scrollWidth <= it.clientWidth"
MIRRORED = "(it) => new DOMMatrix(getComputedStyle(it).transform).a"


def middle(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def direction(place: Locator) -> str:
    return place.evaluate("(it) => getComputedStyle(it).direction")


def within(page: Page, place: Locator) -> bool:
    """Whether all of it is on the screen, from side to side."""
    box, width = place.bounding_box(), page.evaluate("innerWidth")
    assert box is not None
    return box["x"] >= 0 and box["x"] + box["width"] <= width


def bubble(agent: Agent, text: str) -> Locator:
    return agent.messages.get_by_text(text).locator("xpath=ancestor-or-self::*[@dir='auto'][1]")


def test_the_desk_is_mirrored_and_every_text_is_read_from_its_own_side(people: People) -> None:
    mei = people.agent("mei", "en", init_script=FROM_THE_RIGHT)
    visitor, page = people.visitor("en"), mei.page
    people.served(visitor, mei)
    visitor.chat.send(ARABIC)
    mei.expect_message(ARABIC)
    visitor.chat.send("A red lantern, please")
    mei.expect_message("A red lantern, please")
    mei.send("Of course")
    mei.expect_message("Of course")
    root = page.locator("html")
    expect(root).to_have_attribute("dir", "rtl")
    expect(root).to_have_attribute("lang", "en-XB")

    navigation = page.get_by_role("navigation", name=mei.word("nav"))
    person = page.get_by_role("complementary").last
    columns = [middle(each) for each in (navigation, mei.inbox, mei.transcript, person)]
    assert columns == sorted(columns, reverse=True)
    assert middle(bubble(mei, ARABIC)) > middle(bubble(mei, "Of course"))
    assert direction(bubble(mei, ARABIC)) == "rtl"
    assert direction(bubble(mei, "A red lantern, please")) == "ltr"
    assert direction(mei.inbox) == "rtl"
    assert root.evaluate(FITS)
    assert mei.transcript.evaluate(FITS)

    mei.composer.fill(ARABIC)
    expect(mei.composer).to_have_css("unicode-bidi", "plaintext")
    send, attach = mei.button("send"), mei.button("attach")
    assert middle(send) < middle(attach)
    assert send.locator("svg").evaluate(MIRRORED) == -1
    assert violations(page) == []


def test_menus_dialogs_and_notices_open_within_the_page_and_arrows_move_the_way_they_point(
    people: People,
) -> None:
    mei = people.agent("mei", "en", init_script=FROM_THE_RIGHT)
    visitor, page = people.visitor("en"), mei.page
    people.served(visitor, mei)
    mei.button_named("Emoji").click()
    emoji = page.get_by_role("dialog").get_by_role("button")
    expect(emoji.first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(emoji.nth(1)).to_be_focused()
    assert middle(emoji.nth(1)) < middle(emoji.first)
    page.keyboard.press("ArrowRight")
    expect(emoji.first).to_be_focused()
    assert within(page, page.get_by_role("dialog"))
    page.keyboard.press("Escape")
    for keys in ("Shift+C", "t", "Control+k"):
        mei.composer.press("Escape")
        page.locator("body").press(keys)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        assert within(page, dialog)
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    page.get_by_role("navigation", name=mei.word("nav")).get_by_role("button").last.click()
    menu = page.get_by_role("menu")
    expect(menu).to_be_visible()
    assert within(page, menu)
    assert middle(menu) < middle(page.get_by_role("navigation", name=mei.word("nav")))


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_no_screen_is_wider_than_the_page(people: People, phone: bool) -> None:
    admin = people.agent("admin", "en", init_script=FROM_THE_RIGHT, dark=phone)
    page = admin.page
    if phone:
        page.set_viewport_size({"width": 390, "height": 844})
    for screen in SCREENS:
        page.goto(f"{people.url}/console/{screen}")
        expect(page.get_by_role("main").last).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.locator("html").evaluate(FITS), screen
        assert violations(page) == [], screen


def test_another_language_turns_the_page_around_and_an_arabic_message_stays_as_it_is(people: People) -> None:
    mei = people.agent("mei", "en", init_script=FROM_THE_RIGHT)
    visitor, page = people.visitor("en"), mei.page
    people.served(visitor, mei)
    visitor.chat.send(ARABIC)
    mei.expect_message(ARABIC)
    navigation = page.get_by_role("navigation", name=mei.word("nav"))
    assert middle(navigation) > middle(mei.inbox)
    navigation.get_by_role("button").last.click()
    page.get_by_role("menuitem", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert middle(navigation) < middle(mei.inbox)
    assert direction(bubble(mei, ARABIC)) == "rtl"
    page.reload()
    mei.expect_ready()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert middle(navigation) < middle(mei.inbox)


def test_the_heads_of_columns_stand_above_what_is_below_them(people: People) -> None:
    page = people.agent("admin", "en").page
    for language, side in (("en", "left"), ("en-XB", "right")):
        page.evaluate("(language) => localStorage.setItem('frontdesk.language', language)", language)
        page.goto(f"{people.url}/console/contacts")
        page.reload()
        head = page.get_by_role("columnheader", name="Last seen")
        cell = page.get_by_role("row").nth(1).get_by_role("cell").last
        words = """(it, side) => {
            const range = document.createRange();
            range.selectNodeContents(it);
            return range.getBoundingClientRect()[side];
        }"""
        expect(cell).to_be_visible()
        assert abs(head.evaluate(words, side) - cell.evaluate(words, side)) < 2
