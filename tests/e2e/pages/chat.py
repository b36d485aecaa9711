"""The chat inside the widget's frame."""

import re
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, expect

from tests.e2e.words import WIDGET, Language, say


class Chat:
    def __init__(self, frame: FrameLocator, language: Language) -> None:
        self.frame = frame
        self.language: Language = language

    def word(self, key: str, **values: object) -> str:
        return say(WIDGET, self.language, key, **values)

    @property
    def log(self) -> Locator:
        return self.frame.get_by_role("log", name=self.word("log"))

    @property
    def messages(self) -> Locator:
        return self.log.get_by_role("article")

    @property
    def composer(self) -> Locator:
        return self.frame.get_by_role("textbox", name=self.word("composer"), exact=True)

    @property
    def queue(self) -> Locator:
        return self.frame.get_by_role("region", name=self.word("queue"))

    def button(self, key: str) -> Locator:
        return self.frame.get_by_role("button", name=self.word(key), exact=True)

    def message(self, text: str) -> Locator:
        return self.messages.filter(has_text=text)

    def write(self, text: str) -> None:
        """As keys that have not been sent yet."""
        self.composer.press_sequentially(text)

    def send(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def attach(self, *files: Path) -> None:
        with self.frame.owner.page.expect_file_chooser() as chooser:
            self.button("attach").click()
        chooser.value.set_files(files)
        self.button("send").click()

    def ask_for_human(self) -> None:
        """By the button beside the composer, which is the last of those offered."""
        self.button("human").last.click()

    def expect_message(self, text: str, *, count: int = 1) -> Locator:
        found = self.message(text)
        expect(found).to_have_count(count)
        return found

    def expect_served_by(self, name: str) -> None:
        expect(self.log.get_by_text(self.word("served by", name=name)).last).to_be_visible()

    def expect_mark(self, key: str) -> None:
        """How far the last message of the visitor's own has come, which alone is marked; others may stand below it."""
        expect(self.messages.get_by_text(self.word(key))).to_be_visible()

    def numbered(self, prefix: str) -> list[int]:
        """The numbers of the messages that read `prefix 1`, `prefix 2`, …, in the order on the screen."""
        texts = "\n".join(self.messages.all_inner_texts())
        return [int(number) for number in re.findall(rf"^{re.escape(prefix)} (\d+)$", texts, re.MULTILINE)]

    def recall(self, text: str) -> None:
        message = self.message(text)
        message.hover()
        message.get_by_role("button", name=self.word("message menu")).click()
        self.frame.get_by_role("menuitem", name=self.word("recall")).click()

    def choose(self, key: str) -> None:
        """A radio button by its label, which is what there is to be seen of it."""
        inside = self.frame.owner.page.get_by_role("radio", name=self.word(key), exact=True)
        self.frame.locator("label").filter(has=inside).click()
        expect(self.frame.get_by_role("radio", name=self.word(key), exact=True)).to_be_checked()

    def choose_from_menu(self, key: str) -> None:
        self.button("more").click()
        self.frame.get_by_role("menuitem", name=self.word(key), exact=True).click()
