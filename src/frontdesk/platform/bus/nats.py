"""The bus between processes: NATS core. The own process is served by the bus in memory, the others by one connection.

    publish ──┬─→ handlers of this process, at once
              └─→ link ── with what else this turn of the loop published ──→ NATS ──→ the other processes
                    │ ended: another server, or the same one again ── subscriptions in force ──→ on_loss, here and there

A message on the wire is the length of its origin in one byte, the origin, the payload: a NATS header would cost more.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

import structlog

from frontdesk.core.errors import ErrorKind, FrontdeskError, invalid
from frontdesk.platform.bus import Handler, check_subject
from frontdesk.platform.bus.memory import MemoryBus
from frontdesk.platform.bus.nats_link import Link, LinkError
from frontdesk.platform.tasks import end
from frontdesk.platform.telemetry import counter, gauge

logger = structlog.get_logger("frontdesk.bus")

LOST: Final = "bus.lost"  # a process that was away says so: what it published meanwhile reached nobody
GATHER_S: Final = 0.2  # processes come back one after another; their losses are told as one
RETRY_MS: Final = 300
_connected: Final = gauge("bus_connected", "Whether this process has a connection to NATS")
_losses: Final = counter("bus_losses_total", "Times after which messages of others may have been missed")
_dropped: Final = counter("bus_dropped_total", "Messages that could not leave this process")


class NatsBus:
    """Made by `open_nats`. While NATS is away, messages reach this process alone; on return every process is told."""

    def __init__(self, servers: Sequence[str], name: str) -> None:
        self._servers = servers
        self._name = name
        self._local = MemoryBus()
        self._link: Link | None = None
        self._handlers: dict[object, Callable[[], None]] = {}
        self._telling: asyncio.TimerHandle | None = None
        self._local.subscribe(LOST, self._other_was_away)

    # ---- the port ----------------------------------------------------------------------------------------------------

    @property
    def away(self) -> bool:
        return self._link is None

    @property
    def island(self) -> str:
        return ""

    def publish(self, subject: str, payload: bytes, *, origin: str = "") -> None:
        check_subject(subject)  # before it can say anything to the server
        link = self._link
        if link is None:
            _dropped.inc()
        else:
            name = origin.encode()
            message = b"%c%b%b" % (len(name), name, payload)
            if len(message) <= link.largest:
                link.send(subject, message)
            else:
                _dropped.inc()
                logger.error("bus.message.too-large", subject=subject, size=len(message), limit=link.largest)
                link.send(LOST, b"\0")
        self._local.publish(subject, payload, origin=origin)

    def subscribe(self, subject: str, handler: Handler) -> Callable[[], None]:
        stop = self._local.subscribe(subject, handler)
        self._follow(subject)

        def unsubscribe() -> None:
            stop()
            self._follow(subject)

        return unsubscribe

    async def subscribed(self) -> None:
        if self._link is not None:
            await self._link.confirmed()

    def on_loss(self, handler: Callable[[], None]) -> Callable[[], None]:
        key = object()
        self._handlers[key] = handler
        return lambda: self._handlers.pop(key, None) and None

    def tell_loss(self) -> None:
        if self._link is not None:
            self._link.send(LOST, b"\0")
        self._lost()

    # ---- the connection ----------------------------------------------------------------------------------------------

    async def connect(self) -> None:
        """Make the first connection. Raises a `LinkError` that names every server and why not."""
        self._link = await self._any()
        _connected.set(1)

    async def keep(self) -> None:
        """Replace a connection that has ended, for ever."""
        while True:
            if self._link is not None:
                await self._link.ended.wait()
                logger.warning("bus.away", reason=self._link.reason)
                ended, self._link = self._link, None
                _connected.set(0)
                await ended.close()
            link = self._link = await self._again()
            await link.confirmed()
            if not link.ended.is_set():
                logger.warning("bus.back")
                _connected.set(1)
                self.tell_loss()

    async def _again(self) -> Link:
        """The next connection, however long it takes. Why it takes long is logged once for each reason."""
        known = ""
        while True:
            await asyncio.sleep(secrets.randbelow(RETRY_MS) / 1000)
            try:
                return await self._any()
            except LinkError as error:
                if str(error) != known:
                    known = str(error)
                    logger.warning("bus.still-away", reason=known)

    async def close(self) -> None:
        """See off what was published, and part."""
        if self._telling is not None:
            self._telling.cancel()
        link, self._link = self._link, None
        if link is not None:
            try:
                async with asyncio.timeout(1):
                    await link.confirmed()
            except TimeoutError:
                logger.warning("bus.close.timeout")
            await link.close()

    async def _any(self) -> Link:
        """A connection to the first server that answers, tried in an order of chance, with every subscription asked for."""
        servers = list(self._servers)
        secrets.SystemRandom().shuffle(servers)
        reasons: list[str] = []
        for server in servers:
            link = Link(server, self._arrived)
            try:
                await link.open(self._name)
            except LinkError as error:
                reasons.append(f"{_place(server)}: {error}")
                continue
            for subject in self._local.subjects:
                link.follow(subject, wanted=True)
            return link
        raise LinkError("; ".join(sorted(reasons)))

    def _follow(self, subject: str) -> None:
        if self._link is not None:
            self._link.follow(subject, wanted=self._local.has(subject))

    def _arrived(self, subject: str, message: bytes) -> None:
        """Must not raise: nats-py would stop to read."""
        end = message[0] + 1 if message else 1
        try:
            origin = message[1:end].decode()
        except UnicodeDecodeError:
            end = len(message) + 1
            origin = ""
        if end > len(message):
            logger.warning("bus.message.foreign", subject=subject)
            return
        self._local.publish(subject, message[end:], origin=origin)

    # ---- losses ------------------------------------------------------------------------------------------------------

    def _other_was_away(self, _payload: bytes, _origin: str) -> None:
        self._lost()

    def _lost(self) -> None:
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(GATHER_S, self._tell)

    def _tell(self) -> None:
        self._telling = None
        _losses.inc()
        logger.warning("bus.lost")
        for handler in tuple(self._handlers.values()):
            try:
                handler()
            except Exception:
                logger.exception("bus.loss-handler.failed")


@asynccontextmanager
async def open_nats(servers: str, *, name: str, wait: float) -> AsyncGenerator[NatsBus]:
    """A bus on these servers, comma separated. Raises `platform.bus-unreachable` when none answers within `wait` seconds."""
    bus = NatsBus(_parse(servers), name)
    await _first_connection(bus, wait)
    keeping = asyncio.create_task(bus.keep(), name="bus-keep")
    try:
        yield bus
    finally:
        await end(keeping)
        await bus.close()


async def _first_connection(bus: NatsBus, wait: float) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + wait
    while True:
        try:
            await bus.connect()
        except LinkError as error:
            if loop.time() >= deadline:
                raise FrontdeskError(
                    ErrorKind.UNAVAILABLE,
                    "platform.bus-unreachable",
                    f"NATS cannot be reached: {error}.",
                    hint="Start it, or correct bus.servers; bus.wait gives it more time.",
                ) from error
        else:
            return
        await asyncio.sleep(min(0.3, max(0.0, deadline - loop.time())))


def _parse(servers: str) -> list[str]:
    """The addresses in a comma-separated list. Raises an `invalid` error that names the one that is none."""
    found = [server.strip() for server in servers.split(",") if server.strip()]
    for server in found:
        try:
            parts = urlsplit(server)
            right = parts.scheme in {"nats", "tls"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            right = False
        if not right:
            raise invalid(
                "platform.bus-server",
                f"{_place(server)} is not the address of a NATS server.",
                hint="Write nats://host:4222, or tls://host:4222; several are separated by commas.",
            )
    return found


def _place(server: str) -> str:
    """The address without what is secret in it."""
    return server.rpartition("@")[2].rpartition("/")[2]
