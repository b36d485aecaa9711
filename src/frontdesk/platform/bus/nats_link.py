"""One connection to one NATS server, from connecting to its end. It is never mended: a new one takes its place.

nats-py can reconnect by itself, and we do not let it: it would send what was published while it was away, which readers
have resynced past, and after some errors of the server it stays closed. A new client has no past.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from nats import errors
from nats.aio.client import Client
from typing_extensions import override

from frontdesk.platform.tasks import end

if TYPE_CHECKING:
    from nats.aio.msg import Msg
    from nats.aio.subscription import Subscription

CONNECT_S: Final = 3.0
HEARTBEAT_S: Final = 2.0
ANSWER_S: Final = 5  # a server that has not answered for so long is as good as gone
HELD: Final = 16 * 1024 * 1024  # bytes that wait here for a server that takes nothing
_PENDING: Final = 1024 * 1024  # of which nats-py may hold so many before it waits for its socket
_FAILURES: Final = (OSError, TimeoutError, errors.Error)


class LinkError(Exception):
    """The connection could not be made."""


class _Client(Client):
    """Delivers a message where it is read. nats-py's own way has a queue and a task for each subscription: it costs
    twice the time, loses the order between subjects, and drops messages where TCP would slow the server down.
    """

    def __init__(self, deliver: Callable[[str, bytes], None]) -> None:
        super().__init__()
        self._deliver = deliver
        self._unused: asyncio.Future[Msg] = asyncio.get_running_loop().create_future()
        self._no_queue: asyncio.Queue[Msg] = asyncio.Queue()

    async def hear(self, subject: str) -> "Subscription":
        """With a future, nothing is started for the subscription. Neither that nor a queue is ever reached."""
        subscription = await self.subscribe(subject, future=self._unused)  # pyright: ignore[reportUnknownMemberType]  its future has no type
        subscription._pending_queue = self._no_queue  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  its own is 2.6 KiB
        return subscription

    @override
    def _build_message(  # pyright: ignore[reportIncompatibleMethodOverride]  None says that there is nothing more to do
        self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: dict[str, str] | None
    ) -> None:
        self._deliver(subject.decode(), data)

    def forget(self) -> None:
        """Drop what the socket has not taken: a server that reads nothing would hold up the end."""
        self._pending = []
        self._pending_data_size = 0


class Link:
    """Carries messages while it lasts. Nothing here waits or raises after `open`; `ended` is set once, then `close` it."""

    def __init__(self, server: str, deliver: Callable[[str, bytes], None]) -> None:
        self.ended = asyncio.Event()
        self.reason = "closed"
        self._server = server
        self._client = _Client(deliver)
        self._subscriptions: dict[str, Subscription] = {}
        self._changed: dict[str, bool] = {}
        self._handing = asyncio.Lock()
        self._out: list[tuple[str, bytes]] = []
        self._held = 0
        self._wake = asyncio.Event()
        self._asking: list[asyncio.Future[None]] = []
        self._asked = asyncio.Event()
        self._tasks: tuple[asyncio.Task[None], ...] = ()

    async def open(self, name: str) -> None:
        """Connect. Raises a `LinkError` that says why it cannot."""
        try:
            async with asyncio.timeout(CONNECT_S):
                await self._client.connect(
                    [self._server],
                    name=name,
                    no_echo=True,
                    allow_reconnect=False,
                    max_reconnect_attempts=1,
                    reconnect_time_wait=0,
                    pending_size=_PENDING,
                    skip_subject_validation=True,  # the port has checked
                    error_cb=self._failed,
                    closed_cb=self._closed,
                )
        except _FAILURES as error:
            if isinstance(error, TimeoutError):
                self.reason = f"no answer within {CONNECT_S:.0f} s"
            elif not isinstance(error, errors.NoServersError):  # whose reason came to `_failed`
                self.reason = _text(error)
            await self.close()
            raise LinkError(self.reason) from error
        self._tasks = (
            asyncio.create_task(self._write(), name="bus-write"),
            asyncio.create_task(self._watch(), name="bus-watch"),
        )

    @property
    def largest(self) -> int:
        """Bytes of the largest message that the server takes."""
        return self._client.max_payload

    def follow(self, subject: str, *, wanted: bool) -> None:
        """Hear this subject from soon on, or no more."""
        self._changed[subject] = wanted
        self._wake.set()

    def send(self, subject: str, message: bytes) -> None:
        """Queue a message. What is queued in one turn of the loop leaves together. A server that takes none is left."""
        self._held += len(message)
        if self._held > HELD:
            self._end("it takes nothing any more")
            return
        self._out.append((subject, message))
        self._wake.set()

    async def confirmed(self) -> None:
        """Return once the server has dealt with everything that was handed over before, or the link has ended."""
        if self.ended.is_set():
            return
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asking.append(answer)
        self._asked.set()
        await answer

    async def close(self) -> None:
        """Let go. What is still queued is dropped."""
        self._end(self.reason)
        self._client.forget()
        await end(*self._tasks)
        with suppress(*_FAILURES):
            async with asyncio.timeout(1):
                await self._client.close()

    def _end(self, reason: str) -> None:
        if not self.ended.is_set():
            self.reason = reason
            self.ended.set()
        self._answer(self._asking)

    def _answer(self, asking: list[asyncio.Future[None]]) -> None:
        for answer in asking:
            if not answer.done():
                answer.set_result(None)
        self._asking = [answer for answer in self._asking if not answer.done()]

    async def _write(self) -> None:
        try:
            while not self.ended.is_set():  # nats-py swallows a cancellation while it waits for its socket
                await self._wake.wait()
                self._wake.clear()
                await self._hand_over()
        except _FAILURES as error:
            self._end(_text(error))

    async def _watch(self) -> None:
        """Ask the server for a sign of life now and then, and at once when somebody waits for one."""
        try:
            while not self.ended.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(HEARTBEAT_S):
                        await self._asked.wait()
                self._asked.clear()
                asking = list(self._asking)  # who asks from here on is answered by the next round
                await self._hand_over()
                await self._client.rtt(ANSWER_S)
                if (
                    asking
                ):  # nats-py's question may overtake what it still holds; a second one comes behind it
                    await self._client.rtt(ANSWER_S)
                    self._answer(asking)
        except _FAILURES as error:
            self._end(_text(error))

    async def _hand_over(self) -> None:
        """Everything to the client: subscriptions first, then messages in their order."""
        async with self._handing:
            while self._changed:
                subject, wanted = self._changed.popitem()
                known = self._subscriptions.pop(subject, None)
                if known is not None and not wanted:
                    await known.unsubscribe()
                elif wanted:
                    self._subscriptions[subject] = known or await self._client.hear(subject)
            out, self._out, self._held = self._out, [], 0
            for subject, message in out:
                if self.ended.is_set():
                    return
                await self._client.publish(subject, message)

    async def _failed(self, error: Exception) -> None:
        self.reason = _text(error)

    async def _closed(self) -> None:
        self._end(self.reason)


def _text(error: Exception) -> str:
    return str(error).removeprefix("nats: ") or type(error).__name__
