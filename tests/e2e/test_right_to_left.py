"""The chat in Arabic: written from the right, on a desktop and on a phone, with everything on its side."""

from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, tag
from tests.service.media_files import picture

pytestmark = pytest.mark.xdist_group("e2e-right-to-left")

CHAT = "تواصل معنا"
HUMAN = "التحدث إلى موظف"
DEVICES = pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])


def chat_in(page: Page) -> FrameLocator:
    return page.get_by_title(CHAT).content_frame


def opened(people: People, site: Site, server: ServerProcess, *, phone: bool, dark: bool = False) -> Page:
    context, _watch = people.context("visitor", "en", phone=phone, dark=dark)
    page = context.new_page()
    page.goto(
        site.page(
            '<title>متجر</title><meta name="viewport" content="width=device-width">'
            + tag(server, "data-language=ar-EG")
        )
    )
    page.get_by_role("button", name=CHAT).click()
    expect(chat_in(page).get_by_role("log")).to_be_visible()
    return page


def write(page: Page, text: str) -> Locator:
    composer = chat_in(page).get_by_role("textbox", name="رسالتك")
    composer.fill(text)
    composer.press("Enter")
    message = chat_in(page).get_by_role("article").filter(has_text=text).first
    expect(message).to_be_visible()
    return message


def middle(place: Locator) -> float:
    """Measured where it is drawn: a message is drawn anew when it is acknowledged."""
    return place.evaluate(
        "(it) => { const { left, right } = it.getBoundingClientRect(); return (left + right) / 2; }"
    )


@DEVICES
def test_everything_stands_on_the_side_where_arabic_has_it(
    people: People, site: Site, server: ServerProcess, phone: bool
) -> None:
    page = opened(people, site, server, phone=phone, dark=phone)
    chat = chat_in(page)
    root = chat.locator("html")
    expect(root).to_have_attribute("dir", "rtl")
    expect(root).to_have_attribute("lang", "ar")
    own = write(page, "كم تستغرق مدة التوصيل؟").locator(".bubble")
    theirs = chat.locator(".message.theirs .bubble").first
    expect(theirs).to_be_visible()
    assert middle(own) < middle(theirs)
    close, title = chat.get_by_role("button", name="إغلاق المحادثة"), chat.get_by_role("heading").first
    assert middle(close) < middle(title)
    assert middle(chat.get_by_role("button", name="إرسال")) < middle(
        chat.get_by_role("button", name="إرفاق ملفات")
    )
    fits = "(it) => it.scrollWidth <= it.clientWidth"
    assert root.evaluate(fits)
    assert chat.get_by_role("log").evaluate(fits)
    chat.get_by_role("button", name="خيارات أخرى").click()
    menu = chat.get_by_role("menu").bounding_box()
    frame = page.get_by_title(CHAT).bounding_box()
    assert menu is not None
    assert frame is not None
    assert frame["x"] <= menu["x"]
    assert menu["x"] + menu["width"] <= frame["x"] + frame["width"]
    assert violations(page) == []


def test_an_agents_answer_is_counted_on_the_button_in_arabic(
    people: People, site: Site, server: ServerProcess
) -> None:
    agent = people.agent("mei", "en")
    page = opened(people, site, server, phone=False)
    write(page, "أحتاج إلى مساعدة")
    chat_in(page).get_by_role("button", name=HUMAN).last.click()
    agent.rows.first.click()
    expect(chat_in(page).get_by_text("معك الآن").first).to_be_visible()
    page.get_by_role("button", name="إغلاق", exact=True).click()
    agent.send("one")
    expect(page.get_by_role("button", name="تواصل معنا، رسالة واحدة غير مقروءة")).to_be_visible()
    agent.send("two")
    button = page.get_by_role("button", name="تواصل معنا، رسالتان غير مقروءتين")
    expect(button).to_be_visible()
    assert middle(button.locator(".badge")) < middle(button)


def test_a_card_is_read_from_the_right_and_its_picture_fills_it(
    people: People, site: Site, server: ServerProcess, tmp_path: Path
) -> None:
    lantern = tmp_path / "lantern.png"
    lantern.write_bytes(picture("PNG", (320, 200)))
    agent = people.agent("mei", "en")
    page = opened(people, site, server, phone=True, dark=True)
    write(page, "أريد فانوسًا")
    chat_in(page).get_by_role("button", name=HUMAN).last.click()
    agent.rows.first.click()
    agent.page.get_by_role("button", name="Send a card").click()
    dialog = agent.page.get_by_role("dialog", name="Send a card")
    dialog.get_by_role("textbox", name="Title").fill("فانوس أحمر")
    with agent.page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Add a picture").click()
    chooser.value.set_files(lantern)
    dialog.get_by_role("button", name="Add a button").click()
    dialog.get_by_role("textbox", name="Label").fill("أريد واحدًا")
    dialog.get_by_role("textbox", name="What the visitor says by it").fill("واحدًا من فضلك")
    dialog.get_by_role("button", name="Send card", exact=True).click()
    card = chat_in(page).locator(".bubble.card")
    reply = card.get_by_role("button", name="أريد واحدًا")
    reply.click()
    expect(reply).to_be_disabled()
    assert middle(reply.locator("svg")) < middle(reply)
    sides = "(it) => { const { left, right } = it.getBoundingClientRect(); return [left, right]; }"
    outer, inner = card.evaluate(sides), card.get_by_role("img").first.evaluate(sides)
    assert [round(side) for side in inner] == [round(outer[0]) + 1, round(outer[1]) - 1]
    agent.expect_message("واحدًا من فضلك")
    assert violations(page) == []


def test_arrows_move_the_way_they_point(people: People, site: Site, server: ServerProcess) -> None:
    page = opened(people, site, server, phone=False)
    chat = chat_in(page)
    chat.get_by_role("button", name="إدراج رمز تعبيري").click()
    emoji = chat.get_by_role("dialog").get_by_role("button")
    expect(emoji.first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(emoji.nth(1)).to_be_focused()
    assert middle(emoji.nth(1)) < middle(emoji.first)
    page.keyboard.press("ArrowRight")
    expect(emoji.first).to_be_focused()


def test_words_beside_the_icon_and_above_the_button_are_written_from_the_right(
    people: People, site: Site, server: ServerProcess
) -> None:
    context, _watch = people.context("visitor", "en")
    page = context.new_page()
    more = 'data-language="ar" data-text="مساعدة" data-greeting="هل نساعدك؟"'
    page.goto(site.page(tag(server, more)))
    button = page.get_by_role("button", name="مساعدة")
    assert middle(button.locator(".words")) < middle(button)
    greeting = page.get_by_role("button", name="هل نساعدك؟")
    expect(greeting).to_be_visible()
    assert middle(page.get_by_role("button", name="إغلاق")) < middle(greeting)


def test_only_the_spoken_language_is_loaded(people: People, site: Site, server: ServerProcess) -> None:
    context, _watch = people.context("visitor", "en")
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(site.page(tag(server, 'data-language="ar"')))
    page.get_by_role("button", name=CHAT).click()
    expect(chat_in(page).get_by_role("log")).to_be_visible()
    names = [url.rpartition("/")[2] for url in loaded if "/assets/" in url]
    assert any(name.startswith("ar-") for name in names)
    assert not any(name.startswith(("en-", "zh-CN-")) for name in names)
