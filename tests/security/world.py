"""Two organizations on one running server, each with a real object of every kind and with its canary in every text.

Everything is made over HTTP and the socket, as clients make it, so that every id and every secret is a real one.
"""

import asyncio
import socket
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import uvicorn
from litestar import Litestar
from typing_extensions import override

from frontdesk.access import RealtimeServer
from frontdesk.app.engines import open_platform
from frontdesk.app.first_steps import set_up_organization
from frontdesk.app.http import build_app
from frontdesk.app.runtime import Runtime, run_services
from frontdesk.app.server import Server
from frontdesk.media import load_address_key
from frontdesk.platform import Platform
from frontdesk.platform.config import (
    Config,
    Database,
    Listen,
    Push,
    Sso,
    Storage,
    Tokens,
    Translation,
    Webhooks,
)
from frontdesk.push import load_push_key
from tests.kit.blind import BlindDatabase
from tests.security.furnishing import furnish
from tests.security.passkey import passkey_of
from tests.security.people import PASSWORD, Organization, Person, sign_in
from tests.security.rows import Rows


@dataclass
class World:
    platform: Platform
    runtime: Runtime
    app: Litestar
    http: httpx.AsyncClient
    url: str
    ours: Organization
    theirs: Organization
    stored: Rows

    async def rows(self, slug: str) -> Mapping[str, Sequence[str]]:
        """Every row of an organization, by table: what must not change when nobody was allowed to change it."""
        return await self.stored.read(slug)

    async def visitor(self, organization: Organization, **more: object) -> Person:
        body = {"channel": organization.ids["channel_code"], "language": "en", **more}
        answer = await self.http.post("/v1/visitor/session", json=body)
        assert answer.is_success, answer.text
        return Person(self.http, answer.json()["token"], answer.json())

    async def agent(self, slug: str, username: str, password: str = PASSWORD) -> Person:
        return await sign_in(self.http, slug, username, password)


@asynccontextmanager
async def world(folder: Path, url: str = "") -> AsyncGenerator[World]:
    """A server with both organizations, on a free port. With the address of a PostgreSQL its statements are blind."""
    config = Config(
        # so that nobody is slowed down for what others have tried
        listen=Listen(trusted_proxies="127.0.0.1"),
        storage=Storage(path=folder),
        database=Database(url=url),
        tokens=Tokens(access_ttl=3600),
        webhooks=Webhooks(ports="9", allow_networks="127.0.0.1/32"),
        sso=Sso(ports="9", allow_networks="127.0.0.1/32"),
        push=Push(ports="9", allow_networks="127.0.0.1/32"),
        translation=Translation(ports="9", allow_networks="127.0.0.1/32"),
    )
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(open_platform(config))
        if url:
            platform = replace(platform, database=BlindDatabase(platform.database))
            await load_address_key(platform)  # they are kept with the database
            await load_push_key(platform)
        channels = {
            slug: (
                await set_up_organization(platform, slug, f"CANARY-{slug} shop", "ada", PASSWORD)
            ).channel_code
            for slug in ("lantern", "crane")
        }
        runtime = await stack.enter_async_context(run_services(platform))
        app = build_app(runtime)
        url = await stack.enter_async_context(_listening(app, runtime))
        http = await stack.enter_async_context(
            httpx.AsyncClient(base_url=url, timeout=30, trust_env=False, cookies=_NoCookies())
        )
        made = {slug: await furnish(stack, http, url, slug, code) for slug, code in channels.items()}
        for organization in made.values():
            mei, owner = (
                int(text)
                for text in (organization.ids["mei"], organization.people["mei"].facts["organization"]["id"])
            )
            organization.ids["passkey_id"] = await passkey_of(platform, owner, mei, organization.canary)
        stored = await Rows.of(platform.database)
        yield World(platform, runtime, app, http, url, made["lantern"], made["crane"], stored)


class _NoCookies(httpx.Cookies):
    """Nobody borrows the refresh cookie of somebody who signed in before."""

    @override
    def extract_cookies(self, response: httpx.Response) -> None:
        """Keep nothing."""


@asynccontextmanager
async def _listening(app: Litestar, runtime: Runtime) -> AsyncGenerator[str]:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(256)
    listener.setblocking(False)
    assert runtime.hub is not None
    config = uvicorn.Config(
        app,
        http="httptools",
        ws=RealtimeServer(runtime.hub, runtime.platform).protocol_class(),
        loop="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    server = Server(config, runtime)
    serving = asyncio.create_task(server.serve([listener]))
    await server.answering.wait()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def fresh_conversation(made: World, organization: Organization) -> tuple[Person, str]:
    """Another visitor of the organization, with a conversation that mei has."""
    visitor = await made.visitor(organization)
    header = await visitor.get("POST", "/v1/visitor/conversations", {"language": "en"})
    conversation = header["conversation"]["id"]
    header = await visitor.get("POST", f"/v1/conversations/{conversation}/human", {})
    async with asyncio.timeout(20):
        while header["conversation"]["state"] != "active":
            header = await visitor.get("GET", f"/v1/conversations/{conversation}")
    return visitor, conversation
