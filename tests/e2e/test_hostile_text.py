"""Whatever anybody writes anywhere is text: nothing of it runs, nothing of it calls out, and all of it can be read.

Each screen is opened twice: as it is served, and with the content security policy taken away, so that the policy is
not what keeps a mistake from being seen.
"""

import re
from collections.abc import Generator, Iterable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from frontdesk.core.text import clean_line
from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.hostile import Shop, Trap, chunks, plain
from tests.e2e.people import People
from tests.e2e.server import ServerProcess

pytestmark = [pytest.mark.xdist_group("e2e-hostile"), pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def shop(server: ServerProcess, back_office: Desk) -> Generator[Shop]:
    made = Shop(server.url, back_office)
    made.arrange()
    yield made
    made.http.close()


class Watched:
    """The browsers of one test, each with its trap."""

    def __init__(self, browser: Browser, shop: Shop, *, policy: bool) -> None:
        self.people = People(browser, shop.url, shop.desk)
        self._shop = shop
        self._policy = policy
        self.traps: list[Trap] = []

    def console(self, who: str = "admin") -> Page:
        context, _ = self.people.context(who, "en")
        self.traps.append(Trap(context, self._shop.url, policy=self._policy))
        credentials = {"organization": "demo", "username": who, "password": "frontdesk-demo"}
        answer = context.request.post(f"{self._shop.url}/v1/auth/sign-in", data=credentials)
        assert answer.ok, answer.text()
        return context.new_page()

    def chat(self, visitor: str) -> Page:
        """The widget of a visitor, filling a page of its own."""
        context, _ = self.people.context(visitor, "en")
        self.traps.append(Trap(context, self._shop.url, policy=self._policy))
        key = self._shop.visitors[visitor]["visitor_key"]
        context.add_init_script(f"localStorage.setItem('frontdesk.visitor.{CHANNEL}', '{key}')")
        page = context.new_page()
        page.goto(f"{self._shop.url}/widget/chat.html?channel={CHANNEL}&language=en")
        return page


@pytest.fixture(params=[True, False], ids=["with-policy", "without-policy"])
def watched(request: pytest.FixtureRequest, browser: Browser, shop: Shop) -> Generator[Watched]:
    found = Watched(browser, shop, policy=request.param)
    yield found
    sprung = [what for trap in found.traps for what in trap.sprung]
    found.people.go_home()
    assert not sprung, "hostile text was not only shown:\n" + "\n".join(sprung[:20])


def assert_shown(texts: Iterable[str], shown: str) -> None:
    """Every one of the texts can be read, letter for letter."""
    screen = plain(shown)
    missing = [text for text in texts if plain(text) not in screen]
    assert not missing, f"{len(missing)} are not shown as they are: {missing[:10]}"


def read_upwards(page: Page, scroller: Locator, lines: Locator) -> str:
    """What a log says, taken in screen by screen up to its beginning."""
    expect(lines.first).to_be_visible()
    still, before = 0, -1
    while still < 6:
        scroller.evaluate("e => { e.scrollTop = -e.scrollHeight; }")
        page.wait_for_timeout(100)
        now = lines.count()
        still = still + 1 if now == before else 0
        before = now
    return scroller.inner_text()


def read_everything(page: Page) -> str:
    """What a screen says when all of it has been asked for."""
    more = page.get_by_role("button", name="Show more")
    quiet = 0
    while quiet < 5:
        quiet = 0 if more.is_visible() else quiet + 1
        if not quiet and more.is_enabled():
            more.click()
        page.wait_for_timeout(100)
    return page.get_by_role("main").inner_text()


def expect_shown(page: Page, place: Locator, text: str) -> None:
    """The text comes to stand there, letter for letter."""
    wanted = plain(text)
    for _ in range(150):
        if wanted in plain(place.inner_text()):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{text!r} is not shown, but {place.inner_text()[:2_000]!r}")


def test_conversations_in_the_console(watched: Watched, shop: Shop) -> None:
    page = watched.console()
    wanted = {"files": shop.file_names, "handed over": shop.fitting(50)}
    for name, identity in shop.conversations.items():
        page.goto(f"{shop.url}/console/history?open=%22{identity}%22")
        log = page.get_by_role("region", name="Messages", exact=True)
        told = plain(read_upwards(page, log, log.locator("article, p")))
        shown = [text for text in wanted.get(name, shop.texts) if plain(text) in told]
        assert len(shown) >= 20, (
            f"only {len(shown)} texts are shown as they are"
        )  # the page holds the newest part


@pytest.mark.parametrize("name", ["talk", "files", "handed over", "bot"])
def test_a_conversation_in_the_widget(watched: Watched, shop: Shop, name: str) -> None:
    page = watched.chat(name)
    log = page.get_by_role("log", name="Messages")
    expect(log).to_be_visible()
    told = read_upwards(page, page.locator(".list"), log.locator("article, p"))
    wanted = {"files": shop.file_names, "handed over": shop.fitting(50)}
    assert_shown(wanted.get(name, shop.texts), told)


def test_words_with_marks_in_the_widget(watched: Watched, shop: Shop) -> None:
    """Marks are drawn, so that not every letter is left; addresses are those that may be opened."""
    page = watched.chat("marked")
    log = page.get_by_role("log", name="Messages")
    expect(log.locator("strong").last).to_be_visible()
    told = plain(read_upwards(page, page.locator(".list"), log.locator("article, p")))
    shown = [text for text in shop.texts if plain(text) in told]
    assert len(shown) > len(shop.texts) * 0.8
    hrefs = log.locator("a").evaluate_all("links => links.map((link) => link.protocol)")
    assert set(hrefs) <= {"http:", "https:", "mailto:"}
    for link in log.locator("a").all()[:40]:
        expect(link).to_have_attribute("rel", re.compile("noopener"))


def test_cards_in_the_widget(watched: Watched, shop: Shop) -> None:
    """Every part of a card is text, its links open pages of the web, and a reply says what it says."""
    page = watched.chat("cards")
    log = page.get_by_role("log", name="Messages")
    expect(log.locator("b").last).to_be_visible()
    told = read_upwards(page, page.locator(".list"), log.locator("article, p"))
    texts = [clean_line(text, field="title", limit=80) for text in shop.fitting(80)]
    assert_shown(texts, told)
    hrefs = log.locator("a.chip").evaluate_all("links => links.map((link) => link.protocol)")
    assert set(hrefs) == {"https:"}
    for link in log.locator("a.chip").all():
        expect(link).to_have_attribute("rel", re.compile("noopener noreferrer"))
        expect(link).to_have_attribute("target", "_blank")
    log.get_by_role("button").filter(has_text=texts[-1]).last.click()
    expect_shown(page, log.locator("article.own").last, texts[-1])


def test_the_look_of_the_widget(watched: Watched, shop: Shop) -> None:
    """A visitor who has not said anything: greeting and questions that are often asked."""
    page = watched.chat("leaver 0")
    for text in (shop.look["greeting"]["en"], *shop.look["hot_questions"]["en"]):
        expect_shown(page, page.locator(".list"), text)


def test_the_screens_of_the_console(watched: Watched, shop: Shop) -> None:
    page = watched.console()
    page.goto(f"{shop.url}/console/knowledge")
    page.get_by_role("combobox", name="Knowledge base").click()
    page.get_by_role("option").filter(has_text=shop.texts[0]).click()
    expect(page.get_by_text(f"{shop.texts[-1]} {len(shop.texts) - 1}", exact=True)).to_be_visible()
    assert_shown([f"{text} {number}" for number, text in enumerate(shop.texts)], read_everything(page))
    # By the navigation, not anew: a change while a page still connects is not what this is about.
    page.get_by_role("link", name="Team & agents").click()
    path = f"/v1/agents/{shop.desk.agent('lin')['id']}"
    for text in shop.fitting(50)[::2]:
        shop.desk.call("admin", "PATCH", path, {"name": text, "nickname": text})
        expect_shown(page, page.get_by_role("main"), text)
    shop.desk.call("admin", "PATCH", path, {"name": "Lin Yue 林月", "nickname": "Lin 林月"})
    page.get_by_role("tab", name="Teams").click()
    assert_shown(shop.fitting(50), read_everything(page))
    page.goto(f"{shop.url}/console/replies")
    expect_shown(page, page.get_by_role("main"), shop.texts[0])
    assert_shown(shop.texts, read_everything(page))
    page.goto(f"{shop.url}/console/leave-messages")
    expect_shown(page, page.get_by_role("main"), shop.texts[0])
    assert_shown(shop.texts, read_everything(page))
    for text in shop.texts[::9]:
        page.get_by_role("link").filter(has_text=text).last.click()
        expect_shown(page, page.get_by_role("article").first, text)
    page.goto(f"{shop.url}/console/history?q=pwned")
    expect(page.locator("mark").first).to_be_visible()
    page.goto(f"{shop.url}/console/settings")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def served(watched: Watched, shop: Shop, name: str) -> Page:
    """Mei's console with a visitor's conversation in front of her."""
    page = watched.console("mei")
    page.goto(f"{shop.url}/console/inbox")
    expect(page.get_by_role("region", name="Conversations", exact=True)).to_be_visible()
    page.goto(f"{shop.url}/console/inbox/{shop.begin(name, human='mei')}")
    expect(page.get_by_role("region", name="Messages", exact=True)).to_be_visible()
    return page


def test_names_that_change_while_one_looks(watched: Watched, shop: Shop) -> None:
    page = served(watched, shop, "renamed")
    path = f"/v1/contacts/{shop.visitors['renamed']['contact']['id']}"
    shop.desk.call("mei", "PATCH", path, {"name": "Somebody"})
    for name in chunks(shop.texts, 80):
        shop.desk.call("mei", "PATCH", path, {"name": name})
        expect_shown(page, page.get_by_role("region", name="Conversations", exact=True), name)
    expect_shown(page, page.get_by_role("main"), list(chunks(shop.texts, 80))[-1])


def test_pages_that_a_visitor_was_on(watched: Watched, shop: Shop) -> None:
    page = served(watched, shop, "surfer")
    path = f"/v1/contacts/{shop.visitors['surfer']['contact']['id']}"
    remarks, addresses = list(chunks(shop.texts, 1_000)), list(chunks(shop.texts, 1_900))
    details = page.get_by_role("complementary").last
    for number, title in enumerate(chunks(shop.texts, 300)):
        address = addresses[number % len(addresses)]
        referrer = f"https://x.example/#{address}"
        shop.arrive(
            "surfer", page={"url": f"https://x.example/?{address}", "title": title, "referrer": referrer}
        )
        shop.desk.call("mei", "PATCH", path, {"remark": remarks[number % len(remarks)]})
        page.reload()
        expect_shown(page, details, title)
        protocols = details.locator("a[href]").evaluate_all("all => all.map(each => each.protocol)")
        assert set(protocols) == {"https:"}
    for address in ("javascript:pwned()", "data:text/html,<script>pwned()</script>", " javascript:pwned()"):
        shop.arrive("surfer", page={"url": address, "title": address, "referrer": address})
        page.reload()
        expect(details).to_be_visible()
        assert page.locator("a[href^='javascript' i], a[href^='data' i]").count() == 0


def test_what_the_dialogs_and_the_composer_offer(watched: Watched, shop: Shop) -> None:
    page = served(watched, shop, "undecided")
    page.get_by_role("button", name="Transfer", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Teams").click()
    expect(dialog.get_by_text(shop.texts[0], exact=True).first).to_be_visible()
    assert_shown(shop.fitting(50), dialog.inner_text())
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(dialog.get_by_role("radio").nth(3)).to_be_attached()  # three ask whether it is solved
    assert_shown(shop.categories, dialog.inner_text())
    page.keyboard.press("Escape")
    page.get_by_label("Message", exact=True).fill("/")
    offered = page.get_by_role("listbox")
    expect(offered.get_by_role("option").first).to_be_visible()
    known = [plain(text) for text in shop.texts]
    assert sum(text in plain(offered.inner_text()) for text in known) > 3


def test_names_of_roles_in_their_list_and_in_the_audit_log(watched: Watched, shop: Shop) -> None:
    page = watched.console()
    page.goto(f"{shop.url}/console/staff")
    page.get_by_role("tab", name="Roles").click()
    expect_shown(page, page.get_by_role("main"), shop.names[0])
    assert_shown(shop.names, page.get_by_role("main").inner_text())
    assert_fits(page)
    page.get_by_role("button").filter(has_text=shop.names[-2]).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_fits(page)
    page.goto(f"{shop.url}/console/audit")
    expect(page.get_by_role("list").first).to_be_visible()
    assert_shown(shop.names, read_everything(page))
    assert_fits(page)


def test_names_of_applications_where_people_are_asked(watched: Watched, shop: Shop) -> None:
    page = watched.console()
    for name in shop.names:
        page.goto(shop.application(name))
        asks = page.get_by_role("definition")
        expect(asks.first).to_be_visible()
        assert plain(asks.first.inner_text()) == plain(name)
        expect(asks.last).to_have_text("app.example")
        assert_fits(page)


def assert_fits(page: Page) -> None:
    """Nothing pushes the page wider than the window."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{wide} pixels too wide"
