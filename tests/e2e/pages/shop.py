"""The demo shop's page with the chat's button in its corner."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.chat import Chat
from tests.e2e.words import WIDGET, Language, say


class ShopPage:
    def __init__(self, page: Page, url: str, language: Language) -> None:
        self.page = page
        self.language: Language = language
        self.url = url
        self._address = f"{url}/demo" if language == "zh-CN" else f"{url}/demo?lang={language}"
        name = say(WIDGET, language, "frame")
        self.chat = Chat(page.get_by_title(name, exact=True).content_frame, language)

    @property
    def button(self) -> Locator:
        """The button, whatever number of unread messages is in its name."""
        return self.page.get_by_role("button", name=say(WIDGET, self.language, "open"))

    def visit(self) -> None:
        self.page.goto(self._address)

    def open_chat(self) -> Chat:
        self.button.click()
        expect(self.chat.log).to_be_visible()
        return self.chat
