"""One agent at two desks: what is written and marked on one is on the other."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import People

pytestmark = pytest.mark.xdist_group("e2e-devices")


def test_drafts_and_marks_follow_an_agent_to_other_devices_and_end_when_the_message_is_sent(
    people: People,
) -> None:
    laptop, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, laptop)
    phone = people.agent("mei")
    laptop.composer.fill("琥珀色的还有三只，")
    expect(phone.row(visitor.name)).to_contain_text("琥珀色的还有三只")
    phone.open(visitor.name)
    expect(phone.composer).to_have_value("琥珀色的还有三只，")
    expect(visitor.chat.frame.get_by_text("琥珀色的还有三只")).to_have_count(0)

    # written on without a network: kept on the device over a reload, and told when the line is back
    with phone.watch.offline():
        phone.composer.fill("琥珀色的还有三只，今天能发")
    phone.page.reload()
    expect(phone.composer).to_have_value("琥珀色的还有三只，今天能发")
    expect(laptop.composer).to_have_value("琥珀色的还有三只，今天能发")

    laptop.composer.press("Enter")
    visitor.chat.expect_message("琥珀色的还有三只，今天能发")
    expect(phone.composer).to_have_value("")
    phone.page.reload()
    phone.expect_message("琥珀色的还有三只，今天能发")
    expect(phone.composer).to_have_value("")

    for key, mark in (("p", "pinned"), ("i", "important")):
        laptop.composer.press("Escape")
        laptop.page.keyboard.press(key)
        expect(phone.row(visitor.name).get_by_role("img", name=phone.word(mark), exact=True)).to_be_visible()
    phone.button("pin").click()
    expect(laptop.row(visitor.name).get_by_role("img", name=laptop.word("pinned"))).to_have_count(0)


MANIFEST = """async () => {
  const link = document.querySelector("link[rel=manifest]");
  const answer = await fetch(link.href);
  const manifest = await answer.json();
  const sizes = manifest.icons.map(async ({ src, sizes }) => {
    const image = new Image();
    image.src = new URL(src, link.href);
    await image.decode();
    return sizes === "any" || sizes === `${image.naturalWidth}x${image.naturalHeight}`;
  });
  return {
    type: answer.headers.get("content-type"),
    display: manifest.display,
    start: new URL(manifest.start_url, link.href).href,
    icons: await Promise.all(sizes),
  };
}"""


def test_the_console_says_of_itself_what_installing_it_needs(people: People) -> None:
    agent = people.agent("mei")
    assert agent.page.evaluate(MANIFEST) == {
        "type": "application/manifest+json",
        "display": "standalone",
        "start": f"{people.url}/console/",
        "icons": [True, True, True, True],
    }
