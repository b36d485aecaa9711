"""People, tokens and an HTTP client for the tests of auth and media."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import httpx
from litestar import Litestar
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from frontdesk.auth import (
    Authenticator,
    Keys,
    SignedIn,
    create_account_in,
    create_visitor_key_in,
    hash_password,
    issue_visitor_token,
    provide_subject,
    sign_in,
)
from frontdesk.core.subject import Role
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.web import ERROR_HANDLERS, secure_headers

PASSWORD = "correct horse battery"
ADDRESS = "203.0.113.7"


@dataclass(frozen=True, slots=True)
class World:
    platform: Platform
    keys: Keys
    authenticator: Authenticator
    organization: int
    ada: int

    async def account(
        self, username: str, role: str = Role.AGENT, password: str | None = PASSWORD, organization: int = 0
    ) -> int:
        hashed = None if password is None else await hash_password(password)

        async def work(tx: Transaction) -> int:
            owner = organization or self.organization
            return await create_account_in(self.platform, tx, owner, username, hashed, role)

        return await self.platform.database.write(organization, work)

    async def sign_in(
        self,
        username: str = "ada",
        password: str = PASSWORD,
        organization: str = "lantern",
        address: str = ADDRESS,
    ) -> SignedIn:
        entered = await sign_in(
            self.platform,
            self.authenticator,
            organization=organization,
            username=username,
            password=password,
            address=address,
        )
        assert isinstance(entered, SignedIn)
        return entered

    async def visitor_token(self, contact_id: int, organization: int = 0) -> str:
        async def work(tx: Transaction) -> str:
            owner = organization or self.organization
            _, key = await create_visitor_key_in(self.platform, tx, owner, contact_id, 5)
            return issue_visitor_token(self.platform, self.keys, key).text

        return await self.platform.database.write(organization, work)

    @asynccontextmanager
    async def client(
        self, routes: Sequence[ControllerRouterHandler], *, max_body: int = 1 << 20
    ) -> AsyncGenerator[httpx.AsyncClient]:
        app = Litestar(
            list(routes),
            dependencies={
                "platform": Provide(lambda: self.platform, sync_to_thread=False),
                "authenticator": Provide(lambda: self.authenticator, sync_to_thread=False),
                "subject": Provide(provide_subject, sync_to_thread=False),
            },
            exception_handlers=ERROR_HANDLERS,
            after_request=secure_headers,
            request_max_body_size=max_body,
            logging_config=None,
            openapi_config=None,
        )
        # httpx and Litestar spell the same ASGI types differently.
        transport = httpx.ASGITransport(cast(Any, app), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as client:
            yield client


async def build(platform: Platform, organization: int) -> World:
    """An organization `lantern` with the administrator `ada`."""
    keys = await Keys.load(platform)
    authenticator = await Authenticator.load(platform, keys)

    hashed = await hash_password(PASSWORD)

    async def work(tx: Transaction) -> int:
        return await create_account_in(platform, tx, organization, "ada", hashed, Role.ADMINISTRATOR)

    ada = await platform.database.write(organization, work)
    return World(platform, keys, authenticator, organization, ada)
