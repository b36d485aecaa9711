"""A page of the company's own beside a conversation: set up, told whom it is about, and kept apart, on a second origin."""

import json

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from playwright.sync_api import FrameLocator, Page, expect

from tests.e2e.accessible import violations
from tests.e2e.desk import Desk, Json
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.site import Site
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-panels")

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])
# Shows what it was told, by whom, and how often; and keeps where it stands.
ERP = """<title>Orders</title><main><h1>Orders</h1><output id=told></output><output id=by></output>
<output id=times>0</output></main><script>
  addEventListener("message", ({ origin, data }) => {
    told.textContent = JSON.stringify(data); by.textContent = origin; times.textContent = +times.textContent + 1;
  });
</script>"""
HOSTILE = """<title>Orders</title><main><h1>Orders</h1></main><script>
  for (const one of [parent, top]) {
    for (const type of ["ready", "close", "palette", "context", "logout"])
      one.postMessage({ frontdesk: 1, type, token: "x", open: true }, "*");
    try { one.location = "https://evil.example/"; } catch {}
    try { one.document.title = "taken"; } catch {}
  }
  try { top.open("https://evil.example/", "_top"); } catch {}
  document.querySelector("h1").textContent = "Tried " + document.referrer.length;
</script>"""


@pytest.fixture
def bare(desk: Desk) -> Desk:
    """Without a panel of another test."""
    for each in desk.call("admin", "GET", "/v1/panels")["items"]:
        desk.call("admin", "DELETE", f"/v1/panels/{each['id']}")
    return desk


@pytest.fixture
def panel(bare: Desk, site: Site) -> Json:
    """`Orders` on another origin, and its secret."""
    return bare.call("admin", "POST", "/v1/panels", {"name": "Orders", "url": site.page(ERP, "/customer")})


def words(language: Language, chinese: str, english: str) -> str:
    return english if language == "en" else chinese


def unfold(page: Page) -> FrameLocator:
    """The page of the panel, opened beside the conversation if it is not."""
    summary = page.get_by_role("complementary").get_by_text("Orders", exact=True)
    expect(summary).to_be_visible()
    if not page.get_by_title("Orders", exact=True).count():
        summary.click()
    expect(page.get_by_title("Orders", exact=True)).to_be_visible()
    return page.frame_locator("iframe[title=Orders]").frame_locator("iframe")


def served(people: People, agent: Agent) -> Visitor:
    visitor = people.visitor("en")
    people.served(visitor, agent)
    return visitor


def told(erp: FrameLocator, secret: str) -> Json:
    expect(erp.locator("#told")).not_to_be_empty()
    message = json.loads(erp.locator("#told").inner_text())
    assert (message["frontdesk"], message["type"]) == (1, "context")
    assert set(message) == {"frontdesk", "type", "token"}
    return jwt.decode(message["token"], OctKey.import_key(secret), algorithms=["HS256"]).claims


@BOTH
def test_an_administrator_sets_one_up_and_is_shown_its_secret_once(
    people: People, bare: Desk, site: Site, language: Language
) -> None:
    page = people.agent("admin", language, status="busy").page
    page.goto(f"{people.url}/console/settings")
    page.get_by_role("tab", name=words(language, "外部面板", "Panels")).click()
    assert violations(page) == []
    page.get_by_role("button", name=words(language, "添加面板", "Add a panel")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words(language, "名称", "Name")).fill("Orders")
    address = dialog.get_by_label(words(language, "地址", "Address"))
    save = dialog.get_by_role("button", name=words(language, "保存", "Save"))
    address.fill(site.page(ERP, "/customer"))
    save.click()
    once = page.get_by_role("dialog", name=words(language, "面板密钥", "The panel’s secret"))
    secret = once.locator("pre").inner_text()
    assert len(secret) >= 40
    assert violations(page) == []
    page.keyboard.press("Escape")
    row = page.get_by_role("button").filter(has_text="/customer")
    row.click()
    expect(dialog.get_by_text(secret)).to_have_count(0)
    dialog.get_by_role("button", name=words(language, "更换密钥", "Make a new secret")).click()
    dialog.get_by_role("button", name=words(language, "旧密钥将立即失效", "The former one ends now")).click()
    expect(once).to_be_visible()
    assert once.locator("pre").inner_text() != secret
    page.keyboard.press("Escape")
    row.click()
    dialog.get_by_role("button", name=words(language, "删除", "Delete")).click()
    dialog.get_by_role("button", name=words(language, "确定删除？", "Really delete?")).click()
    expect(row).to_have_count(0)
    assert bare.call("admin", "GET", "/v1/panels")["items"] == []


@BOTH
def test_it_is_told_whom_each_conversation_is_with_and_loads_nothing_before_it_is_opened(
    people: People, desk: Desk, panel: Json, site: Site, language: Language
) -> None:
    agent = people.agent("mei", language)
    asked: list[str] = []
    agent.page.on("request", lambda request: asked.append(request.url))
    first = served(people, agent)
    expect(agent.page.get_by_role("complementary").get_by_text("Orders", exact=True)).to_be_visible()
    assert not any(url.startswith(site.url) for url in asked)
    erp = unfold(agent.page)
    claims = told(erp, panel["secret"])
    conversation = desk.call("mei", "GET", f"/v1/conversations/{claims['conversation']}")["conversation"]
    assert conversation["contact"] == {**conversation["contact"], "name": first.name, "id": claims["contact"]}
    assert claims["aud"] == site.url
    assert claims["external_id"] is None
    expect(erp.locator("#by")).to_have_text(people.url)
    # the page between the two is a frame and nothing else
    whole_pages = ("landmark-one-main", "page-has-heading-one")
    assert [line for line in violations(agent.page) if not line.startswith(whole_pages)] == []
    second = served(people, agent)
    assert second.name != first.name
    erp = unfold(agent.page)
    expect(erp.locator("#times")).to_have_text("1")
    assert told(erp, panel["secret"])["contact"] != claims["contact"]
    assert not any("ey" in url.rpartition("/")[2] and site.url in url for url in asked), (
        "no token in an address"
    )


def test_a_token_that_is_about_to_end_is_followed_by_another(people: People, panel: Json) -> None:
    agent = people.agent("mei", "en")
    agent.page.clock.install()
    served(people, agent)
    erp = unfold(agent.page)
    first = told(erp, panel["secret"])
    agent.page.clock.run_for(245_000)
    expect(erp.locator("#times")).to_have_text("2")
    second = told(erp, panel["secret"])
    assert first["jti"] != second["jti"]
    assert first["contact"] == second["contact"]


@pytest.mark.usefixtures("panel")
def test_a_hostile_page_moves_nothing_and_hears_nothing_but_its_token(people: People, site: Site) -> None:
    site.page(HOSTILE, "/customer")
    agent = people.agent("mei", "en")
    visitor = served(people, agent)
    erp = unfold(agent.page)
    expect(erp.get_by_role("heading")).to_have_text("Tried 0")
    agent.page.wait_for_timeout(500)
    assert agent.page.url.startswith(people.url)
    assert "taken" not in agent.page.title()
    agent.send("still here")
    expect(visitor.chat.message("still here")).to_have_count(1)
    assert len(agent.page.context.pages) == 1
    refused = [line for line in agent.watch.wrong if "navigat" in line]
    assert refused == agent.watch.wrong
    agent.watch.wrong.clear()


@pytest.mark.usefixtures("panel")
def test_a_page_that_leads_elsewhere_is_not_shown_and_is_told_nothing(people: People, site: Site) -> None:
    there = Site()
    there.url = there.url.replace("localhost", "127.0.0.1")
    other = there.page(ERP, "/elsewhere")
    site.page(
        f'<title>Orders</title><main><h1>Orders</h1></main><script>location = "{other}"</script>', "/customer"
    )
    agent = people.agent("mei", "en")
    served(people, agent)
    unfold(agent.page)
    agent.page.wait_for_timeout(1_500)
    assert other not in [frame.url for frame in agent.page.frames]
    agent.watch.wrong.clear()
    there.close()


@pytest.mark.usefixtures("panel")
def test_who_has_opened_a_panel_finds_it_open_at_the_next_customer_and_after_a_reload(people: People) -> None:
    agent = people.agent("mei", "en")
    served(people, agent)
    unfold(agent.page)
    agent.page.reload()
    expect(agent.page.get_by_title("Orders", exact=True)).to_be_visible()
    agent.page.get_by_role("complementary").get_by_text("Orders", exact=True).click()
    expect(agent.page.get_by_title("Orders", exact=True)).to_have_count(0)
    agent.page.reload()
    expect(agent.page.get_by_role("complementary").get_by_text("Orders", exact=True)).to_be_visible()
    expect(agent.page.get_by_title("Orders", exact=True)).to_have_count(0)
