"""Connections to addresses that somebody else chose.

The name is resolved here, every address that it has is checked, and the connection goes to a checked one: a name that
leads elsewhere a moment later gains nothing. Host, SNI and the certificate's check stay those of the name.
"""

import asyncio
import socket
import ssl
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpcore
from httpcore import SOCKET_OPTION, AnyIOBackend, AsyncNetworkStream
from typing_extensions import override

from frontdesk.platform.addresses import Guard, parse_address

_RESOLVERS: Final = 16


class Pinned(httpcore.AsyncNetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._backend = AnyIOBackend()
        # Threads of its own: names whose servers do not answer must not hold up what else needs a thread.
        self._resolvers = ThreadPoolExecutor(_RESOLVERS, thread_name_prefix="pinned-resolver")

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


def in_words(error: Exception) -> str:
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
