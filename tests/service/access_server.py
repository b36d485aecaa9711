"""A real server on a free port, and everything to make people for it."""

import asyncio
import dataclasses
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import uvicorn
import uvloop
from litestar import Litestar, Request
from litestar.di import Provide
from typing_extensions import override
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from frontdesk.access import Hub, RealtimeServer
from frontdesk.access.routes import DESCRIPTION, ROUTES
from frontdesk.app.engines import open_platform
from frontdesk.auth import Authenticator, Keys, create_organization, provide_subject
from frontdesk.auth.tokens import issue
from frontdesk.conversations import (
    SYSTEM,
    Assigned,
    Conversation,
    Draft,
    EntryKind,
    Log,
    Membership,
    Receipts,
    append_in,
    open_in,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.config import Access, Config, Storage
from frontdesk.platform.tasks import Tasks
from frontdesk.platform.web import ERROR_HANDLERS
from frontdesk.staff import AgentCard, card
from tests.service.access_clients import PATIENCE, Client, Frame, SocketClient, StreamClient, until

CHANNEL = 31


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        await self._hub.drain()
        await super().shutdown(sockets)


@dataclasses.dataclass
class Realtime:
    """The running server and everything to make people for it."""

    platform: Platform
    organization: int
    keys: Keys
    hub: Hub
    log: Log
    receipts: Receipts
    port: int
    server: uvicorn.Server
    clients: list[Client] = dataclasses.field(default_factory=list[Client])

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.port}"

    def visitor(self, contact: int | None = None, *, organization: int | None = None) -> Subject:
        ids = self.platform.ids
        return Subject(
            organization_id=organization or self.organization,
            kind=SubjectKind.VISITOR,
            id=contact or ids.new(),
            session_id=ids.new(),
            channel_id=CHANNEL,
        )

    def token(self, subject: Subject, *, ttl: int = 3600) -> str:
        return issue(self.keys, subject, now=self.platform.clock.now(), ttl=ttl).text

    async def conversation(self, visitor: Subject, agent: Subject | None = None) -> Conversation:
        """An open conversation of this visitor; active with the agent when there is one."""

        async def work(tx: Transaction) -> Conversation:
            made = await open_in(
                self.platform,
                tx,
                organization_id=visitor.organization_id,
                channel_id=CHANNEL,
                contact_id=visitor.id,
                contact_name="Visitor 7F3K",
                language="en",
                page=None,
            )
            if agent is None:
                return made
            shown = await card(tx, agent.organization_id, agent.id)
            return await self.assign_in(tx, made, shown)

        return await self.platform.database.write(EVERY_ORGANIZATION, work)

    async def assign_in(self, tx: Transaction, conversation: Conversation, shown: AgentCard) -> Conversation:
        draft = Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(shown, None, "dispatch"))
        organization_id = conversation.organization_id
        return await append_in(self.platform, tx, organization_id, conversation.id, [draft])

    async def stored(self, conversation: Conversation) -> list[tuple[int, str | None, str]]:
        """(seq, client_id, body) of the conversation's messages, straight from the table."""

        async def read(reader: Reader) -> list[tuple[int, str | None, str]]:
            rows = await reader.fetch(
                "select seq, client_id, body from entry where conversation_id = $1 and kind = 'message' order by seq",
                conversation.id,
            )
            return [(seq, client_id, body) for seq, client_id, body in rows]

        return await self.platform.database.read(EVERY_ORGANIZATION, read)

    # ---- clients -------------------------------------------------------------------------------------------------

    async def socket(self, *, origin: str | None = None, path: str = "/v1/realtime") -> SocketClient:
        """A socket that has not said hello."""
        opened = await connect(
            f"ws://{self.authority}{path}",
            origin=None if origin is None else Origin(origin),
            subprotocols=[Subprotocol("frontdesk.v1")],
            max_size=None,
            max_queue=None,
            ping_interval=None,
            proxy=None,
        )
        client = SocketClient(opened)
        self.clients.append(client)
        return client

    def stream(self, subject: Subject, *, token: str | None = None) -> StreamClient:
        http = httpx.AsyncClient(base_url=f"http://{self.authority}", timeout=PATIENCE, trust_env=False)
        client = StreamClient(http, token or self.token(subject))
        self.clients.append(client)
        return client

    async def greet(
        self,
        client: Client,
        subject: Subject,
        *,
        heads: Mapping[str, int] | None = None,
        device: str | None = None,
        token: str | None = None,
    ) -> None:
        hello = {
            "t": "hello",
            "token": token or self.token(subject),
            "device": device or str(self.platform.ids.new()),
            "heads": heads or {},
        }
        await client.send(hello)

    async def client(self, subject: Subject, transport: str) -> Client:
        """A client that has not said hello."""
        return await self.socket() if transport == "websocket" else self.stream(subject)

    async def join(
        self,
        subject: Subject,
        transport: str = "websocket",
        *,
        device: str | None = None,
        token: str | None = None,
    ) -> Client:
        """A client that is welcomed and ready."""
        client = await self.client(subject, transport)
        await self.greet(client, subject, device=device, token=token)
        await until(client, "ready")
        return client


def text(conversation: Conversation, words: str, client_id: str) -> Frame:
    """A `send` frame."""
    body = {"type": "text", "text": words}
    return {"t": "send", "client_id": client_id, "conversation": str(conversation.id), "body": body}


async def _never(_organization_id: int, _conversation_id: int) -> bool:
    return False


@asynccontextmanager
async def serving(platform: Platform, organization: int, access: Access) -> AsyncGenerator[Realtime]:
    """A server on a free port, drained and stopped at the end."""
    platform = dataclasses.replace(platform, config=msgspec.structs.replace(platform.config, access=access))
    keys = await Keys.load(platform)
    authenticator = await Authenticator.load(platform, keys)
    log, receipts, tasks = Log(platform, reopen=_never), Receipts(platform), Tasks()
    hub = Hub(platform, log, authenticator, Membership(platform), receipts)
    receipts.start(tasks)
    hub.start(tasks)

    def subject(request: Request[Any, Any, Any]) -> Subject:
        return provide_subject(request, authenticator)

    app = Litestar(
        [*ROUTES, *DESCRIPTION],
        dependencies={
            "hub": Provide(lambda: hub, sync_to_thread=False),
            "subject": Provide(subject, sync_to_thread=False),
        },
        exception_handlers=ERROR_HANDLERS,
        openapi_config=None,
    )
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(256)
    listener.setblocking(False)
    config = uvicorn.Config(
        app,
        http="httptools",
        ws=RealtimeServer(hub, platform).protocol_class(),
        loop="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config, hub)
    serving_task = asyncio.create_task(server.serve([listener]))
    realtime = Realtime(platform, organization, keys, hub, log, receipts, listener.getsockname()[1], server)
    try:
        yield realtime
    finally:
        for client in realtime.clients:
            await client.leave()
        server.should_exit = True
        await serving_task
        await tasks.stop()
        await log.drain()


def play(folder: Path, scenario: Callable[[Realtime], Awaitable[None]], access: Access | None = None) -> None:
    """Run a scenario against a server of its own, on the loop that the product runs on."""

    async def main() -> None:
        clock = ManualClock()
        async with open_platform(Config(storage=Storage(path=folder / "data")), clock) as platform:
            organization = await create_organization(platform, "lantern", "Lantern Shop")
            async with serving(platform, organization.id, access or Access()) as realtime:
                await scenario(realtime)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
