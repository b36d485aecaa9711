"""The agents' console."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.words import CONSOLE, Language, say


def choose(dialog: Locator, name: str) -> None:
    """A radio button by its label, which is what there is to be seen of it."""
    dialog.locator("label").filter(has=dialog.page.get_by_role("radio", name=name)).last.click()
    expect(dialog.get_by_role("radio", name=name)).to_be_checked()


class Console:
    def __init__(self, page: Page, url: str, language: Language) -> None:
        self.page = page
        self.language: Language = language
        self._address = f"{url}/console/"

    def word(self, key: str, **values: object) -> str:
        return say(CONSOLE, self.language, key, **values)

    def visit(self) -> None:
        self.page.goto(self._address)

    def expect_ready(self) -> None:
        """The desk is open and everything it missed has arrived."""
        expect(self.inbox).to_be_visible()

    # The list of conversations

    @property
    def inbox(self) -> Locator:
        return self.page.get_by_role("region", name=self.word("list"), exact=True)

    @property
    def rows(self) -> Locator:
        return self.inbox.get_by_role("link")

    def row(self, visitor: str) -> Locator:
        return self.rows.filter(has_text=visitor)

    def view(self, key: str) -> Locator:
        """A view's button; its name may end in a count."""
        return self.inbox.get_by_role("button", name=re.compile(rf"^{re.escape(self.word(key))}\s*\d*$"))

    def open(self, visitor: str) -> None:
        self.row(visitor).click()
        expect(self.thread(visitor)).to_be_visible()

    def go(self, key: str) -> None:
        """To another screen by the navigation."""
        navigation = self.page.get_by_role("navigation", name=self.word("nav"))
        navigation.get_by_role("link", name=self.word(key)).click()

    # One conversation

    def thread(self, visitor: str) -> Locator:
        return self.page.get_by_role("article", name=self.word("thread", name=visitor), exact=True)

    @property
    def transcript(self) -> Locator:
        return self.page.get_by_role("region", name=self.word("log"), exact=True)

    @property
    def messages(self) -> Locator:
        return self.transcript.get_by_role("article")

    def message(self, text: str) -> Locator:
        return self.messages.filter(has_text=text)

    def expect_message(self, text: str, *, count: int = 1) -> Locator:
        found = self.message(text)
        expect(found).to_have_count(count)
        return found

    def expect_line(self, text: str) -> None:
        """A line that tells what happened to the conversation."""
        expect(self.transcript.get_by_text(text).first).to_be_visible()

    def expect_mark(self, text: str, key: str) -> None:
        expect(self.message(text).get_by_text(self.word(key), exact=True)).to_have_count(1)

    def numbered(self, prefix: str) -> list[int]:
        """The numbers of the messages that read `prefix 1`, `prefix 2`, …, in the order on the screen."""
        texts = "\n".join(self.messages.all_inner_texts())
        return [int(number) for number in re.findall(rf"^{re.escape(prefix)} (\d+)$", texts, re.MULTILINE)]

    @property
    def composer(self) -> Locator:
        return self.page.get_by_label(self.word("composer"), exact=True)

    def button(self, key: str) -> Locator:
        return self.button_named(self.word(key))

    def button_named(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def send(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def attach(self, *files: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.button("attach").click()
        chooser.value.set_files(files)
        expect(self.button("send")).to_be_enabled()
        self.button("send").click()

    def recall(self, text: str) -> None:
        message = self.message(text)
        message.hover()
        message.get_by_role("button", name=self.word("recall"), exact=True).click()

    def dialog(self, title: str) -> Locator:
        return self.page.get_by_role("dialog", name=title)

    def transfer(self, visitor: str, target: str, *, note: str = "", tab: str = "") -> None:
        self.button("transfer").click()
        dialog = self.dialog(self.word("transfer title", name=visitor))
        if tab:
            dialog.get_by_role("tab", name=self.word(tab)).click()
        choose(dialog, target)
        if note:
            dialog.get_by_label(self.word("transfer note")).fill(note)
        dialog.get_by_role("button", name=self.word("transfer"), exact=True).click()
        expect(dialog).to_be_hidden()

    def close(self, visitor: str, *, category: str = "", remark: str = "") -> None:
        self.button("close").click()
        dialog = self.dialog(self.word("close title", name=visitor))
        if category:
            choose(dialog, category)
        if remark:
            dialog.get_by_label(self.word("remark"), exact=True).fill(remark)
        dialog.get_by_role("button", name=self.word("close submit"), exact=True).click()
        expect(dialog).to_be_hidden()
