"""Sending one request to an address that somebody else chose, by a guarded connection.

No redirect is followed, no proxy asked, no cookie kept, nothing unpacked.
"""

import asyncio
import ssl
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import Final

import httpcore
from msgspec import Struct

from frontdesk import __version__
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError
from frontdesk.platform.addresses import Guard
from frontdesk.platform.pinned import Pinned, in_words

TIMEOUT: Final = 10.0
KEPT: Final = 1_000  # characters of an answer
_READ: Final = 16 * 1024  # bytes of an answer; a longer one is cut off with its connection
_KEEP_ALIVE: Final = 2.0
LONGEST_WAIT: Final[Millis] = 86_400_000  # what a receiver may ask for


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
    """Posts within `timeout` seconds, all in all. Safe to use for many requests at once.

    Of an answer so many bytes are `read`, and so many characters `kept`.
    To whoever is called it says what it is for, by the name of the guard's section.
    """

    def __init__(
        self, guard: Guard, *, timeout: float = TIMEOUT, read: int = _READ, kept: int = KEPT
    ) -> None:
        self._guard = guard
        self._user_agent = f"Frontdesk/{__version__} ({guard.section})"
        self._timeout = timeout
        self._read = read
        self._kept = kept
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=None,
            max_keepalive_connections=64,
            keepalive_expiry=_KEEP_ALIVE,
            network_backend=Pinned(guard),
        )

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a body, JSON unless the headers say otherwise. Never raises for what the other side does or fails to do."""
        answer = _Answering()
        try:
            async with asyncio.timeout(self._timeout):
                await self._post(url, headers, body, answer)
        except TimeoutError:
            answer.error = f"No complete answer within {self._timeout:g} seconds."
        except FrontdeskError as refusal:
            answer.error = refusal.message
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
            answer.error = in_words(error)
        return answer.done(self._kept)

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
            "user-agent": self._user_agent,
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
                if len(answer.body) >= self._read:
                    return


class _Answering:
    """An answer as far as it has come: a status that was received counts, also when the rest never comes."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.retry_after = ""
        self.body = b""
        self.error = ""

    def done(self, kept: int) -> Answer:
        text = self.body.decode("utf-8", "replace").replace("\x00", "")[:kept]
        return Answer(self.status, text, "" if self.status is not None else self.error, self.retry_after)


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")


def parse_retry_after(value: str, now: Millis) -> Millis | None:
    """The pause that a `Retry-After` asks for: seconds or a date; None for anything else. At most a day."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:9]) * 1_000, LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return min(max(0, round(moment.timestamp() * 1000) - now), LONGEST_WAIT)
