"""The chat in other people's pages: hostile, plain and sandboxed ones, and on devices that several people use."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.conftest import ARGUMENTS, find_browser
from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, chat_of, identities, say, tag

pytestmark = pytest.mark.xdist_group("e2e-embedding")

HOSTILE = """
<style>
  * { all: unset; display: none !important; transform: scale(.1) !important; color: lime !important }
  html, body, h1, p { display: block !important; transform: none !important }
</style>
<script nonce="n">
  Object.prototype.channel = "evil"; Object.prototype.color = "#00ff00"; Object.prototype.target = "#x";
  Array.prototype.toJSON = () => "broken"; String.prototype.toJSON = () => "broken";
</script>
"""


def test_a_hostile_page_with_a_strict_policy_neither_hides_nor_breaks_the_chat(
    site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    policy = f"default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; frame-src {server.url}"
    body = (
        HOSTILE.replace("<style>", '<style nonce="n">')
        + "<h1>Shop</h1>"
        + tag(server, 'data-text="Help" data-greeting="Say hello"')
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(site.page(body, Content_Security_Policy=policy))
    button = page.get_by_role("button", name="Help")
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] == 56
    expect(page.get_by_role("button", name="Say hello")).to_be_visible()
    button.click()
    expect(page.get_by_role("button", name="Say hello")).to_have_count(0)
    say(page, "How much is shipping?")
    assert [text for text in wrong if "favicon" not in text] == []


def test_a_page_learns_that_somebody_wrote_and_strangers_learn_nothing(
    site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    """Another frame in the page may say what it likes; a page that names another as its own hears nothing."""
    site.page("<script>parent.postMessage({frontdesk:1,type:'unread',count:66},'*')</script>", "/child")
    page = context.new_page()
    listen = """<script>window.Frontdesk = []; window.heard = [];
      Frontdesk.push(f => { for (const e of ['ready','open','close','unread','message'])
        f.on(e, v => heard.push([e, v])); });</script>"""
    page.goto(site.page(listen + tag(server) + '<iframe src="/child"></iframe>'))
    page.evaluate("Frontdesk.open()")
    say(page, "How much is shipping?")
    page.wait_for_function("heard.some(([e]) => e === 'message')")
    heard = page.evaluate("heard")
    assert {"ready", "open", "message"} <= {event for event, _ in heard}
    assert "shipping" not in json.dumps(heard).lower()
    assert not any(event == "unread" and value == 66 for event, value in heard)

    frame = f"{server.url}/widget/chat.html?channel={CHANNEL}&language=en&parent=https://shop.example"
    spy = "<script>window.all = []; addEventListener('message', e => all.push(e.data))</script>"
    page.goto(site.page(f'{spy}<iframe title="Chat with us" src="{frame}"></iframe>', "/spy"))
    expect(chat_of(page).get_by_role("log")).to_be_visible()
    assert page.evaluate("all") == []


def test_a_single_page_application_may_take_the_chat_away_and_put_it_back(
    site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(site.page(tag(server) + '<main id="place" style="height:500px"></main>'))
    page.get_by_role("button", name="Chat with us").click()
    say(page, "first")
    page.evaluate("history.pushState({}, '', '/route'); Frontdesk.destroy(); Frontdesk.destroy()")
    expect(page.locator("frontdesk-widget")).to_have_count(0)
    for _ in range(2):
        page.evaluate(f"Frontdesk.boot({{channel: '{CHANNEL}', target: '#place'}})")
    expect(page.locator("iframe")).to_have_count(1)
    expect(chat_of(page).get_by_role("article").filter(has_text="first")).to_have_count(1)
    page.evaluate(f"document.body = document.createElement('body'); Frontdesk.boot({{channel: '{CHANNEL}'}})")
    page.evaluate("document.body = document.createElement('body')")
    expect(chat_of(page).get_by_role("article").filter(has_text="first")).to_have_count(1)


def test_a_sandboxed_page_without_an_origin_opens_the_chat_in_a_window(
    site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    site.page(tag(server), "/inner")
    page = context.new_page()
    rights = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    page.goto(site.page(f'<iframe title="boxed" sandbox="{rights}" src="/inner" height=400></iframe>'))
    with context.expect_page() as opened:
        page.get_by_title("boxed").content_frame.get_by_role("button", name="Chat with us").click()
    expect(opened.value.get_by_role("log")).to_be_visible()


def test_a_visitor_is_recognised_where_frames_of_other_sites_may_store_nothing(
    site: Site, server: ServerProcess, browser: Browser, tmp_path: Path
) -> None:
    preferences = tmp_path / "Default" / "Preferences"
    preferences.parent.mkdir()
    preferences.write_text(
        json.dumps({"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}})
    )
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=find_browser(), args=ARGUMENTS, locale="en"
    )
    try:
        page = context.new_page()
        page.goto(site.page(tag(server)))
        page.get_by_role("button", name="Chat with us").click()
        say(page, "remember me")
        page.reload()
        expect(chat_of(page).get_by_role("article").filter(has_text="remember me")).to_have_count(1)
    finally:
        context.close()


def test_people_who_share_a_device_see_nothing_of_each_other(
    site: Site, server: ServerProcess, desk: Desk, context: BrowserContext
) -> None:
    sign = identities(desk)
    amy, bob = sign("amy"), sign("bob")
    page = context.new_page()
    page.goto(site.near.page(tag(server, f'data-identity="{amy}"')))
    page.get_by_role("button", name="Chat with us").click()
    say(page, "a secret of Amy's")
    page.evaluate("bob => Frontdesk.identify(bob)", bob)
    articles = chat_of(page).get_by_role("article")
    expect(articles.filter(has_text="secret of Amy")).to_have_count(0)
    say(page, "Bob was here")
    page.evaluate("Frontdesk.logout()")
    page.evaluate("Frontdesk.open()")
    expect(chat_of(page).get_by_role("log")).to_be_visible()
    expect(articles.filter(has_text="Bob")).to_have_count(0)
    frame = next(each for each in page.frames if "chat.html" in each.url)
    # Amy's outbox and nobody's; Bob's went with him
    assert frame.evaluate("indexedDB.databases().then(all => all.length)") <= 2
    page.goto(site.page(tag(server, f'data-identity="{amy}"'), "/back"))
    page.evaluate("Frontdesk.open()")
    expect(articles.filter(has_text="secret of Amy")).to_have_count(1)
    expect(articles.filter(has_text="Bob")).to_have_count(0)


def test_only_the_server_counts_as_an_answer_behind_a_captive_portal(
    site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    """Every call is answered with 200 and the portal's page, until somebody has paid."""
    page = context.new_page()
    page.goto(site.page(tag(server)))
    portal = "<html><title>Airport Wi-Fi</title>Please sign in</html>"
    context.route("**/v1/**", lambda route: route.fulfill(status=200, content_type="text/html", body=portal))
    page.get_by_role("button", name="Chat with us").click()
    composer = chat_of(page).get_by_role("textbox").first
    composer.fill("from the airport")
    composer.press("Enter")
    expect(chat_of(page).get_by_role("status").filter(has_text="onnect").first).to_be_visible()
    context.unroute("**/v1/**")
    expect(chat_of(page).get_by_role("article").filter(has_text="from the airport")).to_have_count(1)
    page.reload()
    expect(chat_of(page).get_by_role("article").filter(has_text="from the airport")).to_have_count(1)
