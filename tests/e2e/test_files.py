"""Pictures and files, both ways."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.people import Agent, People, Visitor

pytestmark = pytest.mark.xdist_group("e2e-talking")


@pytest.fixture
def pair(people: People) -> tuple[Visitor, Agent]:
    """A visitor in the hands of an agent who has them open."""
    agent, visitor = people.agent("mei"), people.visitor()
    people.served(visitor, agent)
    return visitor, agent


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "灯笼 lantern.png"
    Image.new("RGB", (1200, 900), "#b3402a").save(path)
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "发票 invoice 2026.txt"
    path.write_text("发票抬头：灯笼小店\n", encoding="utf-8")
    return path


def test_the_agent_sees_it_small_and_large_when_the_visitor_sends_a_picture(
    pair: tuple[Visitor, Agent], picture: Path
) -> None:
    visitor, agent = pair
    visitor.chat.attach(picture)
    small = agent.button_named(agent.word("open image", name=picture.name))
    expect(small.get_by_role("img")).to_have_js_property("complete", value=True)
    assert 0 < small.get_by_role("img").evaluate("image => image.naturalWidth") < 1200
    small.click()
    large = agent.dialog(picture.name).get_by_role("img", name=picture.name)
    expect(large).to_have_js_property("naturalWidth", 1200)


def test_the_visitor_sees_it_small_and_large_when_the_agent_sends_a_picture(
    pair: tuple[Visitor, Agent], picture: Path
) -> None:
    visitor, agent = pair
    agent.attach(picture)
    chat = visitor.chat
    small = chat.frame.get_by_role("button", name=chat.word("open image", name=picture.name))
    expect(small.get_by_role("img")).to_have_js_property("complete", value=True)
    small.click()
    dialog = chat.frame.get_by_role("dialog", name=chat.word("image", name=picture.name))
    expect(dialog.get_by_role("img")).to_have_js_property("naturalWidth", 1200)
    chat.button("close image").click()
    expect(dialog).to_be_hidden()


def test_the_agent_downloads_it_by_its_name_when_the_visitor_sends_a_file(
    pair: tuple[Visitor, Agent], document: Path
) -> None:
    visitor, agent = pair
    visitor.chat.attach(document)
    with agent.page.expect_download() as download:
        agent.page.get_by_role("link", name=agent.word("download", name=document.name)).click()
    assert download.value.suggested_filename == document.name
    assert download.value.path().read_bytes() == document.read_bytes()


def test_the_visitor_downloads_it_by_its_name_when_the_agent_sends_a_file(
    pair: tuple[Visitor, Agent], document: Path
) -> None:
    visitor, agent = pair
    agent.attach(document)
    link = visitor.chat.frame.get_by_role("link", name=visitor.chat.word("download", name=document.name))
    with visitor.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == document.name
    assert download.value.path().read_bytes() == document.read_bytes()
