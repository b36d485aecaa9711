"""What a page says of its visitor is read by the agent, as what it is: the page's word."""

import pytest
from playwright.sync_api import expect

from tests.e2e.accessible import violations
from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, chat_of, say, tag
from tests.e2e.words import Language

pytestmark = pytest.mark.xdist_group("e2e-attributes")

BOTH = pytest.mark.parametrize("language", ["zh-CN", "en"], ids=["zh", "en"])
BEFORE = """<script>window.Frontdesk = [];
  Frontdesk.push((desk) => desk.set({ plan: "gold", seats: 5, trial: true, cart: "<b>12</b>" }))</script>"""


def words(language: Language, chinese: str, english: str) -> str:
    return english if language == "en" else chinese


@BOTH
def test_the_agent_reads_it_with_the_remark_that_nobody_has_verified_it(
    people: People, site: Site, server: ServerProcess, language: Language
) -> None:
    agent = people.agent("mei", language)
    context, _watch = people.context("visitor", "en")
    page = context.new_page()
    said: list[str] = []
    page.on("request", lambda request: said.append(request.url) if "/attributes" in request.url else None)
    page.goto(site.page(BEFORE + tag(server)))
    page.get_by_role("button", name="Chat with us").click()
    with page.expect_response("**/v1/visitor/attributes") as answer:
        say(page, "Is this seat taken?")
    assert answer.value.ok
    chat_of(page).get_by_role("button", name="Talk to a human").last.click()
    agent.rows.first.click()
    panel = agent.page.get_by_role("region", name=words(language, "页面提供的信息", "From the page"))
    expect(panel).to_contain_text(words(language, "未经核实", "Not verified"))
    for text in ("plan", "gold", "seats", "5", words(language, "是", "Yes"), "<b>12</b>"):
        expect(panel.get_by_text(text, exact=True)).to_be_visible()
    page.evaluate("Frontdesk.set({ plan: 'silver', seats: null })")
    expect(panel.get_by_text("silver", exact=True)).to_be_visible()
    expect(panel.get_by_text("seats", exact=True)).to_have_count(0)
    page.evaluate("Frontdesk.set({ plan: 'silver' })")
    page.wait_for_timeout(300)
    assert len(said) == 2
    assert violations(agent.page) == []


def test_nothing_is_told_before_the_chat_is_opened_or_of_the_next_person(
    people: People, site: Site, server: ServerProcess
) -> None:
    context, _watch = people.context("visitor", "en")
    page = context.new_page()
    said: list[str] = []
    page.on(
        "request",
        lambda request: said.append(str(request.post_data)) if "/attributes" in request.url else None,
    )
    page.goto(site.page(BEFORE + tag(server)))
    expect(page.get_by_role("button", name="Chat with us")).to_be_visible()
    assert said == []
    page.evaluate("Frontdesk.open()")
    page.wait_for_event("request", lambda request: "/attributes" in request.url)
    page.evaluate("Frontdesk.logout()")
    expect(page.get_by_role("button", name="Chat with us")).to_be_visible()
    page.get_by_role("button", name="Chat with us").click()
    say(page, "Somebody else")
    assert len(said) == 1
