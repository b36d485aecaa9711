"""Getting a page that somebody linked to, by a guarded connection.

Each address, also where a redirect leads, is read and its host's address checked before anything is sent. Nobody is told
who wants to know: no cookie, no referrer, no language. What is not HTML is not read.
"""

import asyncio
import ssl
from typing import Final

import httpcore
from msgspec import Struct

from frontdesk import __version__
from frontdesk.core.errors import FrontdeskError
from frontdesk.platform.addresses import Guard
from frontdesk.platform.pinned import Pinned
from frontdesk.previews.links import plain_address
from frontdesk.previews.types import Problem

TIMEOUT: Final = 5.0
LARGEST: Final = 512 * 1024
REDIRECTS: Final = 3
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_ENDS: Final = (b"</head", b"<body")
_HEADERS: Final = {
    "user-agent": f"Frontdesk/{__version__} (link preview)",
    "accept": "text/html",
    "accept-encoding": "identity",
}


class PageError(Exception):
    """Says why there is no page."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Page(Struct, frozen=True):
    """The beginning of a page, up to its visible part; `host` is where it came from."""

    host: str
    body: bytes
    charset: str


class Fetcher:
    """Safe to use for many pages at once; a page takes `timeout` seconds at most, all in all."""

    def __init__(self, guard: Guard, *, timeout: float = TIMEOUT) -> None:
        self._guard = guard
        self._timeout = timeout
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=32,
            max_keepalive_connections=0,
            network_backend=Pinned(guard),
        )

    async def get(self, address: str) -> Page:
        """The page at a plain address. Raises PageError, and nothing else for what the other side does."""
        try:
            async with asyncio.timeout(self._timeout):
                for _ in range(REDIRECTS + 1):
                    found = await self._ask(address)
                    if isinstance(found, Page):
                        return found
                    address = found
        except FrontdeskError as refusal:
            raise PageError(Problem.ADDRESS) from refusal
        except (
            TimeoutError,
            httpcore.NetworkError,
            httpcore.TimeoutException,
            httpcore.ProtocolError,
            OSError,
        ) as error:
            raise PageError(Problem.UNREACHABLE) from error
        raise PageError(Problem.REFUSED)

    async def close(self) -> None:
        await self._pool.aclose()

    async def _ask(self, address: str) -> Page | str:
        """The page, or where it has gone."""
        target = self._guard.target(address)
        url = httpcore.URL(
            scheme=target.scheme.encode(),
            host=target.host.encode(),
            port=target.port,
            target=target.target.encode(),
        )
        fields = {"host": target.authority, **_HEADERS}
        sent = [(name.encode(), value.encode()) for name, value in fields.items()]
        async with self._pool.stream("GET", url, headers=sent) as response:
            headers = {name.lower(): value.decode("utf-8", "replace") for name, value in response.headers}
            if response.status in _MOVED:
                return _moved(headers.get(b"location", ""), address)
            if response.status != 200:
                raise PageError(Problem.REFUSED)
            kind, _, parameters = headers.get(b"content-type", "").partition(";")
            packed = headers.get(b"content-encoding", "identity")
            if kind.strip().lower() != "text/html" or packed.lower() != "identity":
                raise PageError(Problem.NOT_A_PAGE)
            return Page(target.host, await _beginning(response), parameters.partition("charset=")[2])


def _moved(location: str, base: str) -> str:
    address = plain_address(location, base=base)
    if address is None:
        raise PageError(Problem.ADDRESS)
    return address


async def _beginning(response: httpcore.Response) -> bytes:
    """What stands before the visible part of a page, cut where that is long."""
    found, looked_at = bytearray(), 0
    async for chunk in response.aiter_stream():
        found += chunk
        fresh = bytes(found[looked_at:]).lower()
        ends = [looked_at + at for at in map(fresh.find, _ENDS) if at >= 0]
        if ends:
            return bytes(found[: min(*ends, LARGEST)])
        if len(found) >= LARGEST:
            return bytes(found[:LARGEST])
        looked_at = max(0, len(found) - max(map(len, _ENDS)))
    return bytes(found)
