"""Takes the pictures of the documentation from a running demo, in both languages, by day and by night.

    frontdesk up --port 8080                                       # on fresh data, in another terminal
    PYTHONPATH=. .venv/bin/python scripts/pictures.py              # or with the demo's address behind it

It plays the people of the demo shop: whatever conversation is open there is closed first.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.e2e.conftest import ARGUMENTS, find_browser
from tests.e2e.desk import Desk
from tests.e2e.people import Agent, People, Visitor
from tests.e2e.words import Language

IMAGES = Path(__file__).parents[1] / "docs" / "images"
LARGEST = 300_000
MEI = "Mei 美美"


def keep(page: Page, name: str) -> None:
    """A screenshot that is small enough for a README."""
    page.mouse.move(700, 5)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    with Image.open(path) as taken:
        taken.convert("RGB").save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST:
        raise RuntimeError(f"{path.name} has {size} bytes, at most {LARGEST}")
    print(f"{path.name}: {size // 1000} kB")


class Story:
    """Four customers at once, as a morning in the shop has them."""

    def __init__(self, people: People, desk: Desk, folder: Path) -> None:
        self.people = people
        self.desk = desk
        self.folder = folder
        self.mei = people.agent("mei")

    def customer(self, name: str, language: Language, question: str, answer: str) -> Visitor:
        """Somebody who has asked the bot, then for a person, and is known by name."""
        visitor = self.people.visitor(language)
        visitor.chat.send(question)
        visitor.chat.expect_message(answer)
        visitor.chat.ask_for_human()
        visitor.chat.expect_served_by(MEI)
        self.rename(visitor, name)
        return visitor

    def rename(self, visitor: Visitor, name: str) -> None:
        listed = self.desk.call("admin", "GET", "/v1/conversations?view=all&limit=100")["items"]
        contact = next(each["contact"]["id"] for each in listed if each["contact"]["name"] == visitor.name)
        facts = {"name": name, "phone": "+86 138 0013 8000", "remark": "老顾客 · returning customer"}
        self.desk.call("admin", "PATCH", f"/v1/contacts/{contact}", facts)
        visitor.name = name

    def talk(self, visitor: Visitor, lines: list[tuple[str, str]]) -> None:
        """`V` is the visitor, `H` the agent; each waits until the other has read."""
        self.mei.open(visitor.name)
        for who, text in lines:
            if who == "V":
                visitor.chat.send(text)
                self.mei.expect_message(text)
            else:
                self.mei.send(text)
                visitor.chat.expect_message(text)

    def photo(self, visitor: Visitor) -> Path:
        """A lantern, as it stands in the shop."""
        path = self.folder / "lantern.png"
        card = visitor.page.get_by_role("article").nth(1)
        card.screenshot(path=path)
        with Image.open(path) as whole:
            whole.crop((2, 2, whole.width - 2, whole.height * 3 // 5)).save(path)
        return path


def pictures_of_talk(story: Story) -> tuple[Visitor, Visitor]:
    people, mei = story.people, story.mei
    chen = story.customer("陈先生", "zh-CN", "可以定制灯笼吗？", "10 只起订")
    story.talk(
        chen,
        [("V", "婚礼用，60 只，想印“百年好合”"), ("H", "恭喜恭喜！60 只可以打 9 折，效果图明天中午前发您。")],
    )
    kim = story.customer("Daniel Kim", "en", "Do you ship internationally?", "Yes: Hong Kong")
    story.talk(
        kim, [("V", "40 lanterns to Vancouver, please"), ("H", "With pleasure. Express takes six days.")]
    )
    emily = story.customer("Emily Carter", "en", "What if my item arrived damaged?", "Send a photo")
    story.talk(
        emily,
        [
            ("V", "The bamboo frame came with a crack 😟"),
            ("H", "I am sorry for the trouble. Could you send me a photo?"),
        ],
    )
    emily.chat.attach(story.photo(emily))
    expect(mei.button_named("查看图片 lantern.png").get_by_role("img")).to_be_visible()
    story.talk(
        emily,
        [
            ("V", "Order LT20261120-0417"),
            ("H", "Thank you! A replacement leaves today, and you can keep this one."),
        ],
    )
    emily.chat.expect_message("A replacement leaves today")
    wang = story.customer("王小雨", "zh-CN", "多久能送到？", "江浙沪")
    story.talk(
        wang, [("V", "订单 LT20261121-0193，到哪儿了？"), ("H", "查到了，今早到杭州中转，明天中午前送到。")]
    )
    chen.chat.send("图案可以用我们自己的吗？")
    kim.chat.send("Do you have them in indigo, too?")
    mei.open(emily.name)
    emily.chat.write("That is so kind, thank you! One more thing")
    expect(mei.transcript.get_by_text("One more thing")).to_be_visible()
    keep(mei.page, "console")
    night = people.agent("mei", "en", dark=True)
    night.open(emily.name)
    emily.chat.write("…")
    expect(night.transcript.get_by_text("One more thing…")).to_be_visible()
    keep(night.page, "console-dark")
    emily.chat.composer.fill("")
    return emily, wang


def pictures_of_widget(story: Story, wang: Visitor) -> None:
    keep(wang.page, "widget")
    phone = story.people.visitor("en", phone=True, dark=True)
    phone.chat.send("How long does delivery take?")
    phone.chat.expect_message("Orders leave within 24 hours")
    keep(phone.page, "widget-phone-dark")


def picture_of_history(agent: Agent) -> None:
    agent.go("history")
    agent.page.get_by_role("searchbox", name=agent.word("search")).fill("灯笼")
    history = agent.page.get_by_role("region", name=agent.word("history"))
    hit = history.get_by_role("link").filter(has=agent.page.locator("mark")).first
    hit.click()
    expect(agent.messages.first).to_be_visible()
    keep(agent.page, "history")


def picture_of_leave_messages(story: Story) -> None:
    story.desk.set_status("mei", "offline")
    chat = story.people.visitor("zh-CN").chat
    chat.choose_from_menu("leave message")
    form = chat.frame.get_by_role("region", name=chat.word("leave message"))
    form.get_by_label(chat.word("leave name")).fill("李女士")
    form.get_by_label(chat.word("leave phone")).fill("138 0013 8000")
    form.get_by_label(chat.word("leave text")).fill("想给茶馆订 20 只月白灯，请明早给我回电话，谢谢！")
    form.get_by_role("button", name=chat.word("leave send")).click()
    expect(form.get_by_text(chat.word("leave done", name="李女士"))).to_be_visible()
    omar = story.people.agent("omar", "en", status="offline")
    omar.go("leave-messages")
    omar.page.get_by_role("link").filter(has_text="李女士").first.click()
    expect(omar.page.get_by_role("article", name="Message from 李女士")).to_be_visible()
    keep(omar.page, "leave-messages")


def picture_of_knowledge(people: People) -> None:
    admin = people.agent("admin", "en", status="offline")
    admin.page.get_by_role("link", name="Knowledge base").click()
    admin.page.get_by_label("Search questions and answers").fill("shipping")
    expect(admin.page.get_by_text("How much is shipping?").first).to_be_visible()
    keep(admin.page, "knowledge")


def main(url: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        desk = Desk(url)
        desk.clear()
        people = People(browser, url, desk)
        story = Story(people, desk, Path(folder))
        _, wang = pictures_of_talk(story)
        pictures_of_widget(story, wang)
        picture_of_history(story.mei)
        picture_of_leave_messages(story)
        picture_of_knowledge(people)
        people.go_home()
        desk.clear()
        desk.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8080")
