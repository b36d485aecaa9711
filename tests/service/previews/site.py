"""A site on loopback with pages to link to, and a previewer whose operator allows it."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from msgspec import structs

from frontdesk.conversations import Conversation, Draft, EntryKind, Note, Sender, Text
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform
from frontdesk.platform.config import Previews
from frontdesk.previews import LinkPreview, Previewer, preview_link
from tests.kit.receiver import Heard, Receiver, Reply, receiver
from tests.service.test_conversations_log import CONTACT, agent, appended, assigned, opened

HTML = {"content-type": "text/html; charset=utf-8"}
VISITOR = Sender(SubjectKind.VISITOR, str(CONTACT))


def page(head: str) -> Reply:
    return Reply(200, HTML, f"<!doctype html><html><head>{head}</head><body>hello</body></html>".encode())


def moved(to: str, status: int = 302) -> Reply:
    return Reply(status, {"location": to})


@dataclass
class Site:
    """`pages` answers by path; what is not there is 404."""

    platform: Platform
    organization: int
    previewer: Previewer
    server: Receiver
    conversation: Conversation
    pages: dict[str, Reply | Callable[[Heard], Awaitable[Reply]]] = field(
        default_factory=dict[str, Reply | Callable[[Heard], Awaitable[Reply]]]
    )

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server.port}{path}"

    async def said(self, text: str, *, sender: Sender = VISITOR, markdown: bool = False) -> int:
        """The seq of a message with these words."""
        body = Text(text, format="markdown" if markdown else "plain")
        return await self.appended(Draft(EntryKind.MESSAGE, sender, body))

    async def noted(self, text: str) -> int:
        return await self.appended(Draft(EntryKind.NOTE, Sender(SubjectKind.AGENT, "201", "Mei"), Note(text)))

    async def appended(self, draft: Draft) -> int:
        self.conversation = await appended(self.platform, self.organization, self.conversation, draft)
        return self.conversation.head

    async def look(self, link: str, *, seq: int | None = None, who: Subject | None = None) -> LinkPreview:
        """As the agent sees it; a visitor sends the link first unless `seq` says where it stands."""
        where = seq or await self.said(f"看 {link} 。")
        subject = who or agent(self.organization)
        return await preview_link(
            self.platform, self.previewer, subject, self.conversation.id, seq=where, link=link
        )


@asynccontextmanager
async def site_of(
    platform: Platform, organization: int, *, patience: float = 5.0, networks: str = "127.0.0.1/32"
) -> AsyncGenerator[Site]:
    async with receiver() as server:
        previews = Previews(ports=str(server.port), allow_networks=networks)
        allowed = replace(platform, config=structs.replace(platform.config, previews=previews))
        previewer = Previewer(allowed, timeout=patience)
        made = Site(
            allowed, organization, previewer, server, await opened(platform, organization, assigned())
        )

        async def answer(heard: Heard) -> Reply:
            found = made.pages.get(heard.path.partition("?")[0], Reply(404))
            return found if isinstance(found, Reply) else await found(heard)

        server.answering = answer
        try:
            yield made
        finally:
            await previewer.close()
