"""The live connections of this process: who is here, what they are subscribed to, and how all of them end."""

import asyncio
import secrets
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog
from msgspec import Struct

from frontdesk.access.blocked import show_out
from frontdesk.access.frames import CloseCode, encode
from frontdesk.access.metrics import Counts
from frontdesk.access.news import follow_news
from frontdesk.access.resync import resync
from frontdesk.access.timers import Wheel
from frontdesk.auth import Authenticator, Permission, SessionRevoked
from frontdesk.contacts import BLOCKS_CHANGED, BlocksChanged
from frontdesk.conversations import (
    ChangedFrame,
    Log,
    Membership,
    Receipts,
    deliver_subject,
    look_subject,
    roster_subject,
    staff_subject,
    team_subject,
)
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform, Reader, Topic, tracing
from frontdesk.platform.tasks import Tasks
from frontdesk.staff import AGENT_CHANGED, AgentChanged, card, teams_watched_by

if TYPE_CHECKING:
    from frontdesk.access.connection import Connection

logger = structlog.get_logger("frontdesk.access")
SPREAD_MS: Final = 5_000
_HEARING: Final = frozenset(
    {Permission.CONVERSATION_READ_OWN, Permission.CONVERSATION_READ_ALL, Permission.STAFF_READ}
)


class DeviceConnected(Struct, frozen=True):
    """A device said hello somewhere. An older connection of the same device, in any process, gives way.

    `application`: the session of an application that acts for somebody, else 0. Whatever it calls its devices, they are its own.
    """

    organization_id: int
    principal_id: int
    device: str
    connection: int
    application: int = 0


DEVICE_CONNECTED: Final = Topic("event.access.device-connected", DeviceConnected)


def _application_of(subject: Subject) -> int:
    return subject.session_id if subject.scope else 0


def heard_by(subject: Subject) -> list[str]:
    """What somebody's connection listens to, besides the teams of an agent: what is theirs, and what they may see."""
    organization_id, own = subject.organization_id, deliver_subject(subject.organization_id, subject.id)
    if not subject.is_staff:
        return [own]
    colleagues = None if subject.may(Permission.STAFF_READ) else subject.id
    heard = [staff_subject(organization_id), roster_subject(organization_id, colleagues)]
    return [own, *heard] if subject.may(Permission.CONVERSATION_READ_OWN) else heard


class _Channel:
    """One subject of the bus and who listens to it here. However many listen, the process subscribes once."""

    __slots__ = ("listeners", "stop")

    def __init__(self, platform: Platform, subject: str, first: "Connection") -> None:
        self.listeners: tuple[Connection, ...] = (first,)
        self.stop = platform.bus.subscribe(subject, self.deliver)

    def deliver(self, payload: bytes, origin: str) -> None:
        span = None
        if " " in origin:
            origin, traceparent = tracing.split_origin(origin)
            span = tracing.resume("message.push", traceparent, connections=len(self.listeners))
        for connection in self.listeners:
            if connection.id != origin:
                connection.push(payload)
        if span is not None:
            span.end()


class Hub:
    """Holds what all connections share, so that a connection itself stays small."""

    def __init__(
        self,
        platform: Platform,
        log: Log,
        authenticator: Authenticator,
        membership: Membership,
        receipts: Receipts,
    ) -> None:
        self.platform = platform
        self.log = log
        self.authenticator = authenticator
        self.membership = membership
        self.receipts = receipts
        self.monotonic = platform.clock.monotonic
        self.counts = Counts()
        self.wheel = Wheel(self.monotonic)
        self.tasks = Tasks()
        self.draining = False
        self._connections: dict[str, Connection] = {}
        self._principals: dict[int, tuple[Connection, ...]] = {}
        self._channels: dict[str, _Channel] = {}
        self._drained: asyncio.Task[None] | None = None
        self._empty = asyncio.Event()
        self._stops = [
            authenticator.on_revoked(self._session_revoked),
            BLOCKS_CHANGED.subscribe(platform.bus, self._blocks_changed),
            DEVICE_CONNECTED.subscribe(platform.bus, self._device_connected),
            AGENT_CHANGED.subscribe(platform.bus, self._agent_changed),
            authenticator.grants.on_change(self._grants_changed),
            *follow_news(platform.bus, self._tell_staff),
            platform.bus.on_loss(self._lost),
        ]

    def start(self, tasks: Tasks) -> None:
        """Begin to watch deadlines. `tasks` owns the background work of connections from now on."""
        self.tasks = tasks
        self.wheel.start()

    # ---- who is here ---------------------------------------------------------------------------------------------

    @property
    def connections(self) -> Sequence["Connection"]:
        return tuple(self._connections.values())

    def find(self, connection: str) -> "Connection | None":
        return self._connections.get(connection)

    def of_principal(self, principal_id: int) -> Sequence["Connection"]:
        """The signed-in connections of a visitor or an agent."""
        return self._principals.get(principal_id, ())

    def add(self, connection: "Connection", deadline: float) -> None:
        self._connections[connection.id] = connection
        self._empty.clear()
        self.wheel.schedule(connection, deadline)

    def remove(self, connection: "Connection") -> None:
        """The transport of this connection is gone."""
        self._connections.pop(connection.id, None)
        if not self._connections:
            self._empty.set()

    def sign_in(self, connection: "Connection", subject: Subject) -> None:
        """Index a connection under its principal, subscribe it to what is the principal's, and let it replace its
        predecessor on the same device.
        """
        key = (connection.transport.name, subject.kind.value)
        self.counts.connections[key] = self.counts.connections.get(key, 0) + 1
        self._principals[subject.id] = (*self._principals.get(subject.id, ()), connection)
        self.listen(connection, heard_by(subject))
        event = DeviceConnected(
            subject.organization_id,
            subject.id,
            connection.device,
            int(connection.id),
            _application_of(subject),
        )
        DEVICE_CONNECTED.publish(self.platform.bus, event)

    def sign_out(self, connection: "Connection", subject: Subject) -> None:
        key = (connection.transport.name, subject.kind.value)
        self.counts.connections[key] -= 1
        left = tuple(each for each in self._principals.get(subject.id, ()) if each is not connection)
        if left:
            self._principals[subject.id] = left
        else:
            self._principals.pop(subject.id, None)
        self.unlisten(connection, connection.subjects)

    # ---- what they listen to -------------------------------------------------------------------------------------

    def listen(self, connection: "Connection", subjects: Iterable[str]) -> None:
        for subject in subjects:
            if subject in connection.subjects:
                continue
            connection.subjects = (*connection.subjects, subject)
            channel = self._channels.get(subject)
            if channel is None:
                self._channels[subject] = _Channel(self.platform, subject, connection)
            else:
                channel.listeners = (*channel.listeners, connection)

    def unlisten(self, connection: "Connection", subjects: Iterable[str]) -> None:
        gone = tuple(subjects)
        connection.subjects = tuple(subject for subject in connection.subjects if subject not in gone)
        for subject in gone:
            channel = self._channels[subject]
            channel.listeners = tuple(each for each in channel.listeners if each is not connection)
            if not channel.listeners:
                channel.stop()
                del self._channels[subject]

    async def welcome_agent(self, connection: "Connection", subject: Subject) -> str:
        """Subscribe the connection to the agent's teams and return the name that visitors see."""
        await self.follow(connection)

        async def read(reader: Reader) -> str:
            return (await card(reader, subject.organization_id, subject.id)).name

        return await self.platform.database.read(subject.organization_id, read)

    async def follow(self, connection: "Connection") -> None:
        """Make an agent's connection listen to exactly what its subject may hear now. Another one of the same agent may
        hear more or less: an application has its scopes.
        """
        subject = connection.subject
        if subject is None:
            return

        async def read(reader: Reader) -> list[str]:
            if not subject.may(Permission.CONVERSATION_READ_OWN):
                return []
            teams = await teams_watched_by(reader, subject)
            return [team_subject(subject.organization_id, team.id) for team in teams]

        teams = await self.platform.database.read(subject.organization_id, read)
        if connection in self.of_principal(subject.id):  # else it has parted meanwhile
            wanted = [*heard_by(subject), *teams]
            if subject.may(Permission.CONVERSATION_READ_OWN):  # and where it looks, with colleagues
                prefix = look_subject(subject.organization_id, 0).removesuffix("0")
                wanted += [each for each in connection.subjects if each.startswith(prefix)]
            self.unlisten(connection, [each for each in connection.subjects if each not in wanted])
            self.listen(connection, wanted)

    # ---- news ----------------------------------------------------------------------------------------------------

    def _session_revoked(self, event: SessionRevoked) -> None:
        for connection in self.of_principal(event.principal_id):
            if connection.is_of(event.organization_id, event.session_id):
                connection.close(CloseCode.UNAUTHENTICATED, "This session was ended.")

    def _blocks_changed(self, event: BlocksChanged) -> None:
        """Some of the visitors here may not be here any more."""
        self.tasks.run_once("access-blocks", show_out(self, event.organization_id))

    def _grants_changed(self, organization_id: int, agent_id: int | None) -> None:
        """What is asked from now on is asked with what holds now, and the screens ask anew what they may show. Whoever may
        do less than before has to begin anew: what stands on their screen was chosen by what they might see then.
        """
        for connection in self.connections if agent_id is None else self.of_principal(agent_id):
            before = connection.subject
            if before is None or before.organization_id != organization_id:
                continue
            subject = connection.subject = self.authenticator.grants.now(before)
            if before.permissions - subject.permissions:
                connection.close(
                    CloseCode.UNAUTHENTICATED, "This account may do less than before: begin anew."
                )
            elif (subject.permissions - before.permissions) & _HEARING:
                self.tasks.run_once("access-teams", self.follow(connection))
        self._tell_staff(organization_id, "roles")

    def _device_connected(self, event: DeviceConnected) -> None:
        for connection in self.of_principal(event.principal_id):
            same = connection.device == event.device and int(connection.id) < event.connection
            if same and connection.subject and _application_of(connection.subject) == event.application:
                connection.close(CloseCode.REPLACED, "This device has connected again.")

    def _tell_staff(self, organization_id: int, topic: str, about: int | None = None) -> None:
        channel = self._channels.get(staff_subject(organization_id))
        if channel is not None:
            channel.deliver(encode(ChangedFrame(topic, None if about is None else str(about))), "")

    def _agent_changed(self, event: AgentChanged) -> None:
        for connection in self.of_principal(event.agent_id):
            if connection.subject is not None and connection.subject.organization_id == event.organization_id:
                self.tasks.run_once("access-teams", self.follow(connection))

    def _lost(self) -> None:
        """Whoever is here now may have missed something; who comes from now on reads it at the sync."""
        self.tasks.run_forever("access-resync", partial(resync, self, self.connections))

    # ---- the end -------------------------------------------------------------------------------------------------

    async def drain(self) -> None:
        """Take no more frames, acknowledge what was taken, tell everybody to come back, and see them off.

        Returns within `access.drain` seconds, when every transport is closed. A repeat waits for the first.
        """
        if self._drained is None:
            self._drained = asyncio.create_task(self._drain(), name="access-drain")
        await asyncio.shield(self._drained)

    async def _drain(self) -> None:
        self.draining = True
        for connection in self.connections:
            connection.begin_drain()
        try:
            async with asyncio.timeout(self.platform.config.access.drain):
                await self.log.drain()
                self._dismiss()
                if self._connections:
                    await self._empty.wait()
        except TimeoutError:
            logger.warning("access.drain.timeout", left=len(self._connections))
            self._dismiss()
        for connection in self.connections:
            connection.abort()
        for stop in self._stops:
            stop()
        self.wheel.stop()

    def _dismiss(self) -> None:
        for connection in self.connections:
            pause = 0.1 + secrets.randbelow(SPREAD_MS) / 1000
            connection.close(CloseCode.RESTARTING, "The server restarts.", retry_after=pause)
