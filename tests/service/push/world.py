"""A desk whose agents are told by push: a push service on loopback, browsers, and a notifier that one can wait for."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from msgspec import structs

from frontdesk.auth import create_visitor_key_in, find_account, get_organization, open_session_in
from frontdesk.conversations import Conversation
from frontdesk.core.clock import ManualClock
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import NOWHERE, Subject
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.config import Push
from frontdesk.push import NewSubscription, Notifier, subscribe
from frontdesk.staff import disconnected
from tests.kit.browser import Browser
from tests.kit.receiver import Heard, Receiver
from tests.service.dispatch_world import World as Office


def on_loopback(platform: Platform, *services: Receiver) -> Platform:
    """The same platform, whose operator allows these push services."""
    ports = ",".join(str(service.port) for service in services)
    allowed = Push(
        contact="mailto:ops@lantern.example", allow_http=True, ports=ports, allow_networks="127.0.0.0/8"
    )
    return replace(platform, config=structs.replace(platform.config, push=allowed))


@dataclass
class Device:
    """A browser that somebody is signed in with."""

    browser: Browser
    subject: Subject
    service: Receiver
    path: str

    @property
    def heard(self) -> list[Heard]:
        """What the push service was asked to bring to it."""
        return [one for one in self.service.heard if one.path == self.path]

    @property
    def told(self) -> list[dict[str, Any]]:
        return [self.browser.read(one) for one in self.service.taken if one.path == self.path]

    @property
    def kinds(self) -> list[str]:
        return [one["kind"] for one in self.told]

    def subscription(
        self, *, words: bool = False, language: Literal["zh-CN", "en"] = "en"
    ) -> NewSubscription:
        keys, endpoint = self.browser.keys(), f"http://127.0.0.1:{self.service.port}{self.path}"
        return NewSubscription(
            endpoint=endpoint, p256dh=keys["p256dh"], auth=keys["auth"], words=words, language=language
        )


class World:
    def __init__(self, platform: Platform, organization: int, clock: ManualClock, service: Receiver) -> None:
        self.platform = on_loopback(platform, service)
        self.organization = organization
        self.clock = clock
        self.service = service
        self.office = Office(self.platform, organization)
        self.notifier = Notifier(self.platform, timeout=5)
        self._devices = 0

    async def device(self, agent: Subject, *, words: bool = False, service: Receiver | None = None) -> Device:
        """The agent signs in with another browser, and switches push on there."""
        device = await self.signed_in(agent, service)
        await subscribe(self.platform, device.subject, device.subscription(words=words))
        return device

    async def signed_in(self, agent: Subject, service: Receiver | None = None) -> Device:
        self._devices += 1
        platform, organization_id = self.platform, agent.organization_id

        async def work(tx: Transaction) -> int:
            account = await find_account(tx, organization_id, agent.id)
            assert account is not None
            organization = await get_organization(tx, organization_id)
            grant = await open_session_in(
                platform, tx, account, organization, refresh_token=new_secret(), origin=NOWHERE
            )
            return grant.session_id

        session_id = await platform.database.write(organization_id, work)
        subject = replace(agent, session_id=session_id)
        return Device(Browser(), subject, service or self.service, f"/push/{self._devices}")

    async def visitor(self, conversation: Conversation, *, channel: int | None = None) -> Device:
        """The browser of the conversation's visitor, who wants to be told there."""
        self._devices += 1
        subject = self.office.visitor_of(conversation)
        channel_id = subject.channel_id if channel is None else channel
        _, key = await self.platform.database.write(
            self.organization,
            lambda tx: create_visitor_key_in(
                self.platform, tx, self.organization, conversation.contact_id, channel_id
            ),
        )
        subject = replace(subject, session_id=key.session_id, channel_id=channel_id)
        device = Device(Browser(), subject, self.service, f"/push/{self._devices}")
        await subscribe(self.platform, subject, device.subscription())
        return device

    async def leave(self, agent: Subject) -> None:
        """The line to the agent's page ends."""
        await disconnected(self.platform, f"socket-{agent.id}")

    async def settle(self, *, after: float = 0) -> None:
        """Let so many seconds pass, then everything that is due be sent."""
        self.clock.advance(seconds=after)
        await self.platform.leases.renew()
        await self.notifier.settle()

    async def count(self, table: str) -> int:
        async def read(reader: Reader) -> int:
            row = await reader.fetch_one(f"select count(*) from {table}")  # noqa: S608 - a test's own word
            return 0 if row is None else row[0]

        return await self.platform.database.read(EVERY_ORGANIZATION, read)
