"""The session of one connection, whatever carries it."""

import asyncio
import secrets
from collections.abc import Mapping
from functools import partial
from typing import Final

import structlog
from msgspec import Raw, Struct
from typing_extensions import override

from frontdesk.access import requests
from frontdesk.access.frames import (
    READY,
    AckFrame,
    BadBodyError,
    CloseCode,
    Hello,
    Limits,
    MalformedError,
    OutgoingText,
    Send,
    Token,
    WelcomedSubject,
    WelcomeFrame,
    decode,
    encode,
)
from frontdesk.access.hub import Hub
from frontdesk.access.outlet import FAREWELL, STALLED, Outlet, State
from frontdesk.access.rate import PASS, TOO_MUCH, Bucket
from frontdesk.access.transport import Transport
from frontdesk.channels import require_admitted
from frontdesk.conversations import (
    MAX_TEXT,
    ConversationFrame,
    ConversationState,
    Entry,
    MessageBody,
    ResetFrame,
    Text,
    entries_for,
    sync,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError, busy, not_found
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import standing
from frontdesk.staff import connected, disconnected

logger = structlog.get_logger("frontdesk.access")
SILENCE: Final = 2.5  # heartbeats
PATIENCE: Final = 20.0  # seconds in which a first sync waits for a database that is away
AGAIN: Final = 0.5  # seconds, up to twice as many: not everybody at once


class Connection(Outlet):
    """One client. Frames come in through `receive`; live frames of the bus through `push`.

    Guarantees: a message is acknowledged after its commit and never before; what the bus brings while the first sync is
    read follows that sync; frames leave in order; what is queued to the client is bounded; every close names a code.
    """

    __slots__ = (
        "_bucket",
        "_expires_at",
        "_heard_at",
        "device",
        "id",
        "name",
        "requests",
        "subject",
        "subjects",
        "unsent",
    )

    def __init__(self, hub: Hub, transport: Transport) -> None:
        super().__init__(hub, transport)
        now = hub.monotonic()
        self.id = str(hub.platform.ids.new())
        self.device = ""
        self.name = ""
        self.subject: Subject | None = None
        self.subjects: tuple[str, ...] = ()
        self.requests = 0
        self.unsent: list[Send] | None = None
        self._heard_at = now
        self._expires_at = 0
        self._bucket = Bucket(hub.platform.config.access.burst, now)
        hub.add(self, now + hub.platform.config.access.hello_timeout)

    def is_of(self, organization_id: int, session_id: int) -> bool:
        subject = self.subject
        return (
            subject is not None
            and subject.organization_id == organization_id
            and subject.session_id == session_id
        )

    # ---- from the client -----------------------------------------------------------------------------------------

    def receive(self, text: str | Raw) -> None:
        """Handle one frame of the client. Never raises on what a client may send."""
        hub, state = self._hub, self._state
        if state is State.CLOSED or state is State.DRAINING:
            return
        now = self._heard_at = hub.monotonic()
        hub.counts.frames_in += 1
        if not self._may_talk(now):
            return
        try:
            frame = decode(text)
        except MalformedError as wrong:
            self.close(CloseCode.MALFORMED, str(wrong))
            return
        except BadBodyError as wrong:
            if state is State.NEW:
                self.close(CloseCode.MALFORMED, "Say hello first.")
            else:
                self.refuse(wrong.refusal, wrong.client_id)
            return
        if type(frame) is Send and self.subject is not None:
            self._send(self.subject, frame, now)
        elif (type(frame) is Hello) is not (state is State.NEW):
            self.close(CloseCode.MALFORMED, "Say hello first, and once.")
        elif type(frame) is Hello:
            self._hello(frame)
        elif self.subject is not None:
            requests.handle(self, self.subject, frame)

    def heard(self) -> bool:
        """The client gave a sign of life that is no frame. It costs as much as one; False when it may not be answered."""
        if self._state is State.CLOSED:
            return False
        self._heard_at = self._hub.monotonic()
        if self._transport.buffered() > self._hub.platform.config.access.write_buffer:
            self.cut()
            return False
        return self._may_talk(self._heard_at)

    def _may_talk(self, now: float) -> bool:
        config = self._hub.platform.config.access
        wait = self._bucket.take(now, config.rate, config.burst)
        if wait == PASS:
            return True
        if wait == TOO_MUCH:
            pause = config.burst / config.rate
            self.close(CloseCode.TOO_FAST, "Too many frames.", retry_after=pause)
        else:
            self.refuse(busy("access.too-fast", "You are sending too fast.", retry_after=round(wait, 3)))
        return False

    def _send(self, subject: Subject, frame: Send, arrived: float) -> None:
        """Hand a message to the log. Texts go straight there; pictures, files and what follows them wait in line."""
        body = frame.body
        if self.unsent is not None or type(body) is not OutgoingText:
            requests.submit_in_line(self, subject, frame)
            return
        conversation_id = parse_id(frame.conversation)
        if conversation_id is None:
            self.refuse(not_found("conversation"), frame.client_id)
        else:
            self.append(subject, conversation_id, frame, Text(body.text, body.format, body.quotes), arrived)

    def append(
        self, subject: Subject, conversation_id: int, frame: Send, body: MessageBody, arrived: float
    ) -> None:
        """Submit a message. When too many wait already, the client is told when to come back and not heard until then:
        refusing is work as well, and would be taken from those whose messages are stored.
        """
        done = partial(self._settled, subject, frame, arrived)
        try:
            self._hub.log.submit(subject, conversation_id, frame.client_id, body, origin=self.id, done=done)
        except FrontdeskError as refusal:
            self.refuse(refusal, frame.client_id)
            if refusal.retry_after is not None:
                self._transport.rest(refusal.retry_after)

    def _settled(
        self, subject: Subject, frame: Send, arrived: float, outcome: Entry | FrontdeskError
    ) -> None:
        """The log has committed or refused a message of this client."""
        if isinstance(outcome, FrontdeskError):
            self.refuse(outcome, frame.client_id)
            return
        hub = self._hub
        entry = outcome
        if type(frame.body) is not OutgoingText:
            visitor = subject.kind is SubjectKind.VISITOR
            (entry,) = entries_for(hub.platform, subject.organization_id, (entry,), for_visitor=visitor)
        ack = AckFrame(frame.client_id, frame.conversation, entry.id, entry.seq, entry.at, entry)
        self.push(encode(ack))
        hub.counts.acknowledged(hub.monotonic() - arrived)

    # ---- its life ------------------------------------------------------------------------------------------------

    def _hello(self, hello: Hello) -> None:
        hub = self._hub
        try:
            subject, expires_at = hub.authenticator.verify_until(hello.token)
        except FrontdeskError as refusal:
            self.close(CloseCode.UNAUTHENTICATED, refusal.message)
            return
        if subject.kind not in {SubjectKind.VISITOR, SubjectKind.AGENT}:
            self.close(CloseCode.NOT_ALLOWED, "Only visitors and agents connect here.")
            return
        self.subject, self.device, self._expires_at = subject, hello.device, expires_at
        self._state, self._backlog = State.SYNCING, []
        hub.sign_in(self, subject)
        config = hub.platform.config
        welcome = WelcomeFrame(
            self.id,
            WelcomedSubject(subject.kind, str(subject.id)),
            hub.platform.clock.now(),
            config.access.heartbeat,
            Limits(MAX_TEXT, config.access.max_frame, config.storage.max_upload),
        )
        self._write(encode(welcome))
        self._schedule(self._deadline(hub.monotonic()))
        hub.tasks.run_once("access-sync", self._sync(subject, requests.heads_of(hello.heads)))

    async def _sync(self, subject: Subject, heads: Mapping[int, int]) -> None:
        """Once everything is subscribed, read the snapshot, send it, then what the bus brought meanwhile."""
        try:
            frames = await self._snapshot(subject, heads)
        except FrontdeskError as refusal:
            if refusal.kind is ErrorKind.FORBIDDEN:
                self.close(CloseCode.NOT_ALLOWED, refusal.message)
                return
            self.close(CloseCode.TRY_LATER, refusal.message, retry_after=refusal.retry_after)
            return
        except Exception:
            logger.exception("access.sync.failed")
            self.close(CloseCode.TRY_LATER, "The server could not bring you up to date.")
            return
        for frame in frames:
            await self._room()
            self._write(encode(frame))
        await self._room()
        self._release()
        self._write(READY)
        if self._state is State.SYNCING:
            self._state = State.LIVE

    async def _snapshot(self, subject: Subject, heads: Mapping[int, int]) -> list[Struct]:
        """The frames of the first sync. A database that is away is asked again: to come back would be dearer for both
        sides, and later.
        """
        hub = self._hub
        patience = hub.monotonic() + PATIENCE
        while True:
            try:
                if subject.is_staff:
                    await connected(hub.platform, subject, self.id)
                    self.name = await hub.welcome_agent(self, subject)
                await hub.platform.bus.subscribed()
                await require_admitted(hub.platform, subject)
                frames: list[Struct] = [*await sync(hub.platform, subject, heads)]
                if subject.is_staff or any(map(_waits, frames)):
                    frames += await standing(hub.platform, subject)
            except FrontdeskError as refusal:
                if refusal.kind is not ErrorKind.UNAVAILABLE or hub.monotonic() > patience:
                    raise
            else:
                return frames
            await asyncio.sleep(AGAIN * (1 + secrets.randbelow(1_000) / 1_000))
            if self._state is State.CLOSED:
                return []

    def renew(self, frame: Token) -> None:
        subject = self.subject
        try:
            fresh, expires_at = self._hub.authenticator.verify_until(frame.token)
        except FrontdeskError as refusal:
            self.close(CloseCode.UNAUTHENTICATED, refusal.message)
            return
        if subject is None or (fresh.organization_id, fresh.kind, fresh.id, fresh.session_id) != (
            subject.organization_id,
            subject.kind,
            subject.id,
            subject.session_id,
        ):
            self.close(CloseCode.UNAUTHENTICATED, "This token is not this session's.")
            return
        self.subject, self._expires_at = fresh, expires_at
        self._schedule(self._deadline(self._hub.monotonic()))

    @override
    def due(self, now: float) -> float | None:
        """Close what has overstayed; the next moment to look again."""
        config = self._hub.platform.config.access
        state = self._state
        if state is State.CLOSED:
            self.abort()
            return None
        if state is State.NEW:
            self.close(CloseCode.SILENT, "No hello came in time.")
        elif self._expires_at <= self._hub.platform.clock.now():
            self.close(CloseCode.UNAUTHENTICATED, "The token has expired.")
        elif self._heard_at + SILENCE * config.heartbeat <= now:
            self.close(CloseCode.SILENT, "Nothing was heard for too long.")
        elif self._stalled_at is not None and self._stalled_at + STALLED <= now:
            self.cut()
        return self._deadline(now)

    def _deadline(self, now: float) -> float:
        if self._state is State.CLOSED:
            return self._closed_at + FAREWELL
        deadline = min(
            self._heard_at + SILENCE * self._hub.platform.config.access.heartbeat,
            now + (self._expires_at - self._hub.platform.clock.now()) / 1000,
        )
        return deadline if self._stalled_at is None else min(deadline, self._stalled_at + STALLED)

    def resume(self, pause: float) -> None:
        """News may have been missed: part, for the client to come back after `pause` seconds and resume by its heads."""
        if self._state in {State.SYNCING, State.LIVE}:
            self._hub.counts.resynced += 1
            self.close(CloseCode.TRY_LATER, "News may have been missed.", retry_after=pause)

    def begin_drain(self) -> None:
        """The server stops: take no more frames; what was taken is still answered."""
        if self._state in {State.SYNCING, State.LIVE}:
            self._state = State.DRAINING

    def lost(self) -> None:
        """The transport has ended."""
        self._end()
        self._hub.remove(self)

    @override
    def _end(self) -> None:
        if self._state is State.CLOSED:
            return
        super()._end()
        self.unsent = None
        if self.subject is not None:
            self._hub.sign_out(self, self.subject)
            if self.subject.is_staff:
                self._hub.tasks.run_once("access-presence", disconnected(self._hub.platform, self.id))


def _waits(frame: Struct) -> bool:
    """Whether a frame of the sync names a conversation that waits in a queue."""
    match frame:
        case ConversationFrame():
            return frame.conversation.state is ConversationState.WAITING
        case ResetFrame():
            return frame.snapshot.state is ConversationState.WAITING
        case _:
            return False
