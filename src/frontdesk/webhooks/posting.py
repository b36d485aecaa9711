"""Sending one request to an address that somebody else chose.

The name is resolved here, every address that it has is checked, and the connection goes to a checked one: a name that
leads elsewhere a moment later gains nothing. Host, SNI and the certificate's check stay those of the name. No redirect
is followed, no proxy asked, no cookie kept, nothing unpacked.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpcore
from httpcore import SOCKET_OPTION, AnyIOBackend, AsyncNetworkStream
from msgspec import Struct
from typing_extensions import override

from frontdesk import __version__
from frontdesk.core.errors import FrontdeskError
from frontdesk.webhooks.addresses import Guard, parse_address

TIMEOUT: Final = 10.0
KEPT: Final = 1_000  # characters of an answer
_READ: Final = 16 * 1024  # bytes of an answer; a longer one is cut off with its connection
_KEEP_ALIVE: Final = 2.0
_RESOLVERS: Final = 16
_USER_AGENT: Final = f"Frontdesk/{__version__} (webhooks)"


class Answer(Struct, frozen=True):
    """What came back. `status` is None when nothing did; then `error` says why, in a person's words."""

    status: int | None
    text: str = ""
    error: str = ""
    retry_after: str = ""

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Poster:
    """Posts within `timeout` seconds, all in all. Safe to use for many requests at once."""

    def __init__(self, guard: Guard, *, timeout: float = TIMEOUT) -> None:
        self._guard = guard
        self._timeout = timeout
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=None,
            max_keepalive_connections=64,
            keepalive_expiry=_KEEP_ALIVE,
            network_backend=_Pinned(guard),
        )

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a JSON body. Never raises for what the other side does or fails to do."""
        answer = _Answering()
        try:
            async with asyncio.timeout(self._timeout):
                await self._post(url, headers, body, answer)
        except TimeoutError:
            answer.error = f"No complete answer within {self._timeout:g} seconds."
        except FrontdeskError as refusal:
            answer.error = refusal.message
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
            answer.error = _in_words(error)
        return answer.done()

    async def close(self) -> None:
        await self._pool.aclose()

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes, answer: "_Answering") -> None:
        target = self._guard.target(url)
        address = httpcore.URL(
            scheme=target.scheme.encode(),
            host=target.host.encode(),
            port=target.port,
            target=target.target.encode(),
        )
        fields = {
            "host": target.authority,
            "content-type": "application/json",
            "content-length": str(len(body)),
            "user-agent": _USER_AGENT,
            "accept": "*/*",
            **headers,
        }
        async with self._pool.stream(
            "POST", address, headers=[(k.encode(), v.encode()) for k, v in fields.items()], content=body
        ) as response:
            answer.status = response.status
            answer.retry_after = _header(response.headers, b"retry-after")
            async for chunk in response.aiter_stream():
                answer.body += chunk
                if len(answer.body) >= _READ:
                    return


class _Answering:
    """An answer as far as it has come: a status that was received counts, also when the rest never comes."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.retry_after = ""
        self.body = b""
        self.error = ""

    def done(self) -> Answer:
        text = self.body[:_READ].decode("utf-8", "replace").replace("\x00", "")[:KEPT]
        return Answer(self.status, text, "" if self.status is not None else self.error, self.retry_after)


class _Pinned(httpcore.AsyncNetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._backend = AnyIOBackend()
        # Threads of its own: names whose servers do not answer must not hold up what else needs a thread.
        self._resolvers = ThreadPoolExecutor(_RESOLVERS, thread_name_prefix="webhook-resolver")

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        address = await self._resolve(host, port)
        return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)

    async def _resolve(self, host: str, port: int) -> str:
        """The first address of a name. Raises when any of them is not allowed: a mixture is no accident."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._resolvers, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        addresses = [parse_address(str(entry[4][0])) for entry in found]
        for address in addresses:
            self._guard.check(address)
        return str(addresses[0])


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")


def _in_words(error: Exception) -> str:
    """Why there was no answer, without the addresses that the system puts into its messages."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"The certificate is not good: {cause.verify_message}."
        if isinstance(cause, ssl.SSLError):
            return "The encrypted connection could not be set up."
        if isinstance(cause, socket.gaierror):
            return "The name could not be resolved."
        if isinstance(cause, ConnectionRefusedError):
            return "The connection was refused."
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore.ProtocolError):
        return "The answer was not HTTP."
    return "The connection could not be opened, or broke off."
