"""An organization with webhooks, real receivers on loopback, and a relay that one can wait for."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from msgspec import structs

from frontdesk.conversations import Conversation, Draft, EntryKind, Log, Note, Sender, Text
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader
from frontdesk.platform.config import Webhooks
from frontdesk.webhooks import (
    Delivery,
    DeliveryState,
    EventType,
    NewWebhook,
    Relay,
    Secret,
    Webhook,
    create_webhook,
    list_deliveries,
)
from tests.kit.receiver import Receiver
from tests.service.test_conversations_log import agent, appended, opened

HOUR = 3_600.0
EVERYTHING = tuple(EventType)
STAFF = Sender(SubjectKind.AGENT, "201", "Mei")


def on_loopback(platform: Platform, *receivers: Receiver) -> Platform:
    """The same platform, whose operator allows webhooks to these receivers."""
    ports = ",".join(str(receiver.port) for receiver in receivers)
    allowed = Webhooks(allow_http=True, ports=ports, allow_networks="127.0.0.0/8")
    return replace(platform, config=structs.replace(platform.config, webhooks=allowed))


@dataclass
class World:
    platform: Platform
    clock: ManualClock
    organization: int
    relay: Relay
    secrets: dict[int, Secret] = field(default_factory=dict[int, Secret])

    @property
    def admin(self) -> Subject:
        return agent(self.organization, 999, Role.ADMINISTRATOR)

    async def listen(
        self, receiver: Receiver, *events: EventType, path: str = "", organization: int | None = None
    ) -> Webhook:
        """A webhook for these events, or for all."""
        new = NewWebhook(url=receiver.url + path, events=events or EVERYTHING)
        who = self.admin if organization is None else agent(organization, 999, Role.ADMINISTRATOR)
        webhook, secret = await create_webhook(self.platform, who, new)
        self.secrets[webhook.id] = secret
        return webhook

    async def open(self, *drafts: Draft, contact: int = 101) -> Conversation:
        return await opened(self.platform, self.organization, *drafts, contact=contact)

    async def note(self, conversation: Conversation, *texts: str) -> None:
        """Something small that happens in a conversation, once for each text."""
        drafts = [Draft(EntryKind.NOTE, STAFF, Note(text)) for text in texts]
        await appended(self.platform, self.organization, conversation, *drafts)

    async def say(self, conversation: Conversation, text: str, client_id: str = "c-1") -> None:
        async def never(_organization: int, _conversation: int) -> bool:
            return False

        log = Log(self.platform, reopen=never)
        visitor = Subject(self.organization, SubjectKind.VISITOR, conversation.contact_id)
        await log.send(visitor, conversation.id, client_id, Text(text))
        await log.drain()

    async def settle(self, *, after: float = 0) -> None:
        """Let so many seconds pass, then everything that is due be sent."""
        await self.wait(after)
        await self.relay.settle()

    async def wait(self, seconds: float) -> None:
        """Let time pass, as a process does that lives: it keeps its right to make ids."""
        self.clock.advance(seconds=seconds)
        await self.platform.leases.renew()

    async def deliveries(self, webhook: Webhook, state: DeliveryState | None = None) -> list[Delivery]:
        """Oldest first."""
        who = agent(webhook.organization_id, 999, Role.ADMINISTRATOR)
        page = await list_deliveries(self.platform, who, webhook.id, state=state, limit=100)
        return list(reversed(page.items))

    async def count(self, table: str) -> int:
        async def read(reader: Reader) -> int:
            row = await reader.fetch_one(f"select count(*) from {table}")  # noqa: S608 - a test's own word
            return 0 if row is None else row[0]

        return await self.platform.database.read(EVERY_ORGANIZATION, read)


@asynccontextmanager
async def world_of(
    platform: Platform, clock: ManualClock, organization: int, *receivers: Receiver, patience: float = 5.0
) -> AsyncGenerator[World]:
    allowed = on_loopback(platform, *receivers)
    yield World(allowed, clock, organization, Relay(allowed, timeout=patience))


def seqs(heard: list[Any], conversation: Conversation) -> list[int]:
    """The places in the log that were told of a conversation, in the order of telling."""
    return [
        one.json["data"]["entry"]["seq"]
        for one in heard
        if one.json["data"]["conversation"]["id"] == str(conversation.id)
    ]
