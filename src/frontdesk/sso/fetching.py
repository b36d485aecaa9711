"""Asking a provider, by a guarded connection: JSON back, within a bound of time and size, and no redirect followed."""

import asyncio
import ssl
from base64 import b64encode
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote_plus, urlencode

import httpcore

from frontdesk import __version__
from frontdesk.core.errors import FrontdeskError
from frontdesk.platform.addresses import Guard
from frontdesk.platform.pinned import Pinned, in_words

TIMEOUT: Final = 10.0
LARGEST: Final = 256 * 1024
_USER_AGENT: Final = f"Frontdesk/{__version__} (sign-in)"


class FetchError(Exception):
    """Says why there is no answer, for the log."""


class Fetcher:
    """Safe to use for many requests at once."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(), max_connections=32, network_backend=Pinned(guard)
        )

    async def get(self, url: str, *, bearer: str = "") -> bytes:
        return await self._ask("GET", url, {"authorization": f"Bearer {bearer}"} if bearer else {}, b"")

    async def post(self, url: str, form: Mapping[str, str], *, basic: tuple[str, str] | None = None) -> bytes:
        """Send a form, proving who we are in the head where `basic` is given (RFC 6749, 2.3.1)."""
        headers = {"content-type": "application/x-www-form-urlencoded"}
        if basic is not None:
            proof = ":".join(map(quote_plus, basic)).encode()
            headers["authorization"] = f"Basic {b64encode(proof).decode()}"
        return await self._ask("POST", url, headers, urlencode(form).encode())

    async def close(self) -> None:
        await self._pool.aclose()

    async def _ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> bytes:
        try:
            async with asyncio.timeout(TIMEOUT):
                return await self._exchange(method, url, headers, body)
        except TimeoutError as error:
            raise FetchError(f"no complete answer within {TIMEOUT:g} seconds") from error
        except FrontdeskError as refusal:
            raise FetchError(refusal.message) from refusal
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
            raise FetchError(in_words(error)) from error

    async def _exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> bytes:
        target = self._guard.target(url)
        address = httpcore.URL(
            scheme=target.scheme.encode(),
            host=target.host.encode(),
            port=target.port,
            target=target.target.encode(),
        )
        fields = {
            "host": target.authority,
            "user-agent": _USER_AGENT,
            "accept": "application/json",
            "accept-encoding": "identity",
            **({"content-length": str(len(body))} if method == "POST" else {}),
            **headers,
        }
        sent = [(name.encode(), value.encode()) for name, value in fields.items()]
        async with self._pool.stream(method, address, headers=sent, content=body or None) as response:
            if response.status != 200:
                raise FetchError(f"status {response.status}")
            found = b""
            async for chunk in response.aiter_stream():
                found += chunk
                if len(found) > LARGEST:
                    raise FetchError("an answer that is too long")
            return found
