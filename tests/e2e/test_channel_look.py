"""An administrator dresses the chat while looking at it; the next page that is opened has it."""

from collections.abc import Generator

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.people import Agent, People
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, chat_of
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-look")

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])


def words(language: Language, chinese: str, english: str) -> str:
    return english if language == "en" else chinese


@pytest.fixture
def dressed(desk: Desk) -> Generator[Desk]:
    """The channel as it was, afterwards."""
    items = desk.call("admin", "GET", "/v1/channels")["items"]
    channel = next(each for each in items if each["code"] == CHANNEL)
    yield desk
    kept = {name: channel[name] for name in ("widget", "color", "title", "greeting")}
    desk.call("admin", "PATCH", f"/v1/channels/{channel['id']}", kept)


def edit(people: People, admin: Agent) -> Locator:
    page, language = admin.page, admin.language
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=words(language, "渠道", "Channels")).click()
    page.get_by_role("button").filter(has_text=CHANNEL).first.click()
    return page.get_by_role("dialog")


def preview_of(dialog: Locator, language: Language) -> FrameLocator:
    return dialog.get_by_title(words(language, "预览", "Preview")).content_frame


def tag(url: str) -> str:
    return f'<script async src="{url}/widget.js?channel={CHANNEL}" data-channel="{CHANNEL}"></script>'


@BOTH
def test_what_is_typed_is_seen_in_the_chat_itself_and_counts_once_it_is_saved(
    people: People, dressed: Desk, site: Site, context: BrowserContext, language: Language
) -> None:
    admin = people.agent("admin", language)
    dialog = edit(people, admin)
    preview = preview_of(dialog, language)
    chat = preview.frame_locator("iframe")
    dialog.get_by_role("tab", name=words(language, "文字", "Words")).click()
    dialog.get_by_label(words(language, "聊天窗口标题", "Title of the chat")).fill("Lantern desk")
    dialog.get_by_label(words(language, "欢迎语", "Greeting")).fill("Hello 灯")
    expect(chat.get_by_role("heading", name="Lantern desk")).to_be_visible()
    expect(chat.get_by_text("Hello 灯")).to_be_visible()
    dialog.get_by_label(words(language, "按钮上方的问候", "Sentence above the button")).fill("Ask us 问我")
    dialog.get_by_text(words(language, "收起", "Closed"), exact=True).click()
    expect(preview.get_by_text("Ask us 问我")).to_be_visible()
    dialog.get_by_role("tab", name=words(language, "外观", "Look")).click()
    dialog.get_by_text(words(language, "左下角", "Left"), exact=True).click()
    box = preview.get_by_role("button").last
    expect(box).to_be_visible()
    assert violations(admin.page) == []
    dialog.get_by_role("button", name=words(language, "保存", "Save")).click()
    expect(dialog).to_have_count(0)

    page = context.new_page()
    page.goto(
        site.page(
            f'<h1>Shop</h1><script>document.documentElement.lang = "{language}"</script>' + tag(people.url)
        )
    )
    expect(page.get_by_text("Ask us 问我")).to_be_visible()
    assert left_of(page) < 100


def left_of(page: Page) -> float:
    place = page.locator("frontdesk-widget").get_by_role("button").first.bounding_box()
    assert place is not None
    return place["x"]


@BOTH
def test_a_color_that_could_not_be_read_is_mended_and_that_is_told(
    people: People, dressed: Desk, language: Language
) -> None:
    admin = people.agent("admin", language)
    dialog = edit(people, admin)
    dialog.get_by_role("tab", name=words(language, "外观", "Look")).click()
    color = dialog.get_by_label(words(language, "主题色", "Color"))
    color.fill("#ffd400")
    expect(dialog.get_by_text(words(language, "黑色，对比度", "black, with a contrast of"))).to_be_visible()
    expect(
        dialog.get_by_text(words(language, "以保证清晰可读", "so that it can be read")).first
    ).to_be_visible()
    chat = preview_of(dialog, language).frame_locator("iframe")
    ink = chat.locator(".header").evaluate("(it) => getComputedStyle(it).color")
    assert ink == "rgb(0, 0, 0)"


def test_a_dark_chat_is_dark_on_a_light_desk_and_the_page_may_still_say_otherwise(
    dressed: Desk, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    items = dressed.call("admin", "GET", "/v1/channels")["items"]
    channel = next(each for each in items if each["code"] == CHANNEL)
    widget = {**channel["widget"], "theme": "dark", "language": "zh-CN"}
    dressed.call("admin", "PATCH", f"/v1/channels/{channel['id']}", {"widget": widget})
    page = context.new_page()
    page.goto(site.page(tag(server.url)))
    page.get_by_role("button", name="联系客服").click()
    frame = page.get_by_title("联系客服").content_frame
    expect(frame.get_by_role("log")).to_be_visible()
    assert (
        frame.locator(".chat").evaluate("(it) => getComputedStyle(it).backgroundColor") == "rgb(22, 24, 29)"
    )
    other = context.new_page()
    other.goto(
        site.page(
            tag(server.url).replace("data-channel", 'data-theme="light" data-language="en" data-channel'),
            "/2",
        )
    )
    other.get_by_role("button", name="Chat with us").click()
    light = chat_of(other).locator(".chat").evaluate("(it) => getComputedStyle(it).backgroundColor")
    assert light == "rgb(255, 255, 255)"


def test_the_preview_makes_no_visitor_and_no_conversation(people: People, dressed: Desk) -> None:
    before = dressed.call("admin", "GET", "/v1/contacts?limit=1")["items"]
    admin = people.agent("admin", "en")
    chat = preview_of(edit(people, admin), "en").frame_locator("iframe")
    composer = chat.get_by_role("textbox", name="Your message")
    composer.fill("only here")
    composer.press("Enter")
    expect(chat.get_by_text("only here")).to_be_visible()
    assert dressed.call("admin", "GET", "/v1/contacts?limit=1")["items"] == before


@BOTH
def test_the_chat_is_a_page_of_its_own_by_a_link_and_by_a_code_to_print(
    people: People, context: BrowserContext, language: Language
) -> None:
    admin = people.agent("admin", language)
    page = admin.page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=words(language, "渠道", "Channels")).click()
    row = page.get_by_role("listitem").filter(has_text=CHANNEL)
    row.get_by_role("button", name=words(language, "链接与二维码", "Link and QR code")).click()
    dialog = page.get_by_role("dialog")
    code = dialog.get_by_role("img", name=words(language, "链接的二维码", "QR code of the link"))
    expect(code).to_be_visible()
    assert code.evaluate("(it) => it.decode().then(() => it.naturalWidth)") > 0
    assert violations(page) == []
    with page.expect_download() as download:
        dialog.get_by_role("link", name=words(language, "下载二维码", "Download QR code")).click()
    assert download.value.suggested_filename == f"{CHANNEL}.svg"
    address = dialog.get_by_role("textbox", name=words(language, "链接", "Link")).input_value()
    visitor = context.new_page()
    visitor.goto(address)
    composer = visitor.get_by_role("textbox").first
    composer.fill("from the shop door")
    composer.press("Enter")
    expect(visitor.get_by_role("article").filter(has_text="from the shop door")).to_have_count(1)


def test_a_picture_of_the_channels_own_stands_in_the_button_until_the_chat_is_open(
    dressed: Desk, site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    site.pages["/icon.svg"] = (drawing, {"content-type": "image/svg+xml"})
    page = context.new_page()
    page.goto(
        site.page(tag(server.url).replace("data-channel", f'data-icon="{site.url}/icon.svg" data-channel'))
    )
    button = page.get_by_role("button", name="Chat with us")
    picture = button.locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("(it) => it.decode().then(() => it.naturalWidth)") > 0
    button.click()
    expect(picture).to_be_hidden()
