"""Sending messages: a group-commit writer in front of the log.

While one batch is being committed the next one gathers. On PostgreSQL, where a commit costs two processes and a flush,
batches that had company begin some milliseconds apart (decision 0008); a message that comes alone never waits. An entry is
published and its sender is answered only after the batch is committed and flushed, in the order of the log.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import msgspec
import structlog

from frontdesk.auth import Permission, require
from frontdesk.conversations.access_rules import get_readable
from frontdesk.conversations.batch import append_batch
from frontdesk.conversations.cleaning import clean_body
from frontdesk.conversations.entries import Entry, MessageBody
from frontdesk.conversations.frames import EntryFrame, deliver_subject
from frontdesk.conversations.reducer import preview_of
from frontdesk.conversations.sending import NOT_YOURS, Appended, Sending
from frontdesk.conversations.view import entry_for
from frontdesk.core.errors import ErrorKind, FrontdeskError, busy, invalid
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, tracing
from frontdesk.platform.telemetry import counter, gauge, histogram, sizes

BATCH: Final = 256
QUEUE: Final = 8_192
PACE: Final = 0.006
"""Seconds from the beginning of a batch of several messages to that of the next one, where commits are dear."""
Reopen = Callable[[int, int], Awaitable[bool]]
logger = structlog.get_logger("frontdesk.log")
_encode: Final = msgspec.json.Encoder().encode
_appended: Final = counter("messages_appended_total", "Messages committed to the log")
_batches: Final = sizes("append_batch_size", "Messages committed together", largest=BATCH)
_unanswered: Final = gauge("append_waiting_messages", "Messages taken and not yet committed or refused")
_latency: Final = histogram("append_seconds", "From submission to commit of a message")


class Log:
    """The way of every message into its conversation.

    `reopen(organization_id, conversation_id)` is asked when a visitor writes into a closed conversation; True means
    that it is open again and the message is tried once more. What the visitor writes meanwhile waits behind it.
    """

    def __init__(self, platform: Platform, *, reopen: Reopen) -> None:
        self._platform = platform
        self._reopen = reopen
        self._waiting: list[Sending] = []
        self._pace = PACE if platform.database.engine == "postgres" else 0.0
        self._next_at = 0.0
        self._unanswered = 0
        self._idle = asyncio.Event()
        self._flushing: asyncio.Task[None] | None = None
        self._held: dict[tuple[int, int], list[Sending]] = {}
        self._beside: set[asyncio.Task[None]] = set()
        _unanswered.set_function(lambda: self._unanswered)

    async def send(
        self, subject: Subject, conversation_id: int, client_id: str, body: MessageBody, *, origin: str = ""
    ) -> Entry:
        """Append a message and return its entry once committed.

        A repeat with the same client_id returns the same entry and changes nothing. Only bots may add suggestions and
        buttons to a text; they are dropped from anybody else's. Cards are for staff and bots (`forbidden`).
        """
        answer: asyncio.Future[Entry] = asyncio.get_running_loop().create_future()

        def done(outcome: Entry | FrontdeskError) -> None:
            if answer.done():
                return
            if isinstance(outcome, FrontdeskError):
                answer.set_exception(outcome)
            else:
                answer.set_result(outcome)

        self.submit(subject, conversation_id, client_id, body, origin=origin, done=done)
        return await answer

    def submit(
        self,
        subject: Subject,
        conversation_id: int,
        client_id: str,
        body: MessageBody,
        *,
        origin: str,
        done: Callable[[Entry | FrontdeskError], None],
    ) -> None:
        """`send` without a task: `done` is called once, with the entry or the refusal.

        Raises at once an `invalid` or `forbidden` error for a bad message and `busy` when too many are unanswered.
        """
        if self._unanswered >= QUEUE:
            raise busy("conversations.busy", "Too many messages are waiting to be stored.", retry_after=1)
        if subject.kind is SubjectKind.AGENT:
            require(subject, Permission.CONVERSATION_WRITE_OWN)
        if not client_id or len(client_id) > 64 or not client_id.isascii():
            raise invalid("conversations.client-id", "client_id must be 1 to 64 ASCII characters.")
        body = clean_body(subject, body)
        preview, kind = preview_of(body)
        sending = Sending(
            subject,
            conversation_id,
            client_id,
            _encode(body),
            preview,
            kind,
            origin,
            done,
            self._platform.clock.monotonic(),
            span=_follow(subject, conversation_id) if tracing.is_on() else None,
        )
        self._unanswered += 1
        self._idle.clear()
        self._waiting.append(sending)
        self._wake()

    async def drain(self) -> None:
        """Return when everything submitted so far is committed or refused."""
        if self._unanswered:
            await self._idle.wait()

    def _wake(self) -> None:
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush(), name="log-writer")

    async def _flush(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                batch: list[Sending] = []
                taken, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                for sending in taken:
                    self._held.get(_writer(sending), batch).append(sending)
                if batch:
                    self._next_at = self._platform.clock.monotonic() + (self._pace if len(batch) > 1 else 0.0)
                    await self._commit(batch)
        finally:
            self._flushing = None

    async def _gather(self) -> None:
        """Wait until the next batch may begin, or is full."""
        early = self._next_at - self._platform.clock.monotonic()
        if early > 0 and len(self._waiting) < BATCH:
            await asyncio.sleep(early)

    async def _commit(self, batch: list[Sending]) -> None:
        followed = [sending.span for sending in batch if sending.span is not None]
        commits = [span.child("message.commit", batch=len(batch)) for span in followed]

        def settle(outcomes: list[Appended]) -> None:
            for span in commits:
                span.end()
            self._settle(outcomes)

        try:
            await append_batch(self._platform, batch, settle)
        except FrontdeskError as error:
            for span in commits:
                span.end(error=error.code)
            for sending in batch:
                self._answer(sending, error)
        except Exception:
            for span in commits:
                span.end(error="log.batch.failed")
            logger.exception("log.batch.failed", messages=len(batch), **_names(batch[0]))
            if len(batch) == 1:
                self._answer(batch[0], _not_stored())
                return
            for sending in batch:  # one of them is the cause, and must not take the others with it
                await self._commit([sending])

    def _settle(self, outcomes: list[Appended]) -> None:
        now = self._platform.clock.monotonic()
        _batches.observe(len(outcomes))
        for appended in outcomes:
            sending, outcome = appended.sending, appended.outcome
            _latency.observe(now - sending.started)
            if isinstance(outcome, FrontdeskError):
                self._refuse(sending, outcome)
            else:
                _appended.inc()
                self._answer(sending, outcome)
                try:
                    self._publish(appended, outcome)
                except Exception:
                    logger.exception("log.publish.failed", **_names(sending))

    def _answer(self, sending: Sending, outcome: Entry | FrontdeskError) -> None:
        self._unanswered -= 1
        if not self._unanswered:
            self._idle.set()
        try:
            sending.done(outcome)
        except Exception:
            logger.exception("log.answer.failed", **_names(sending))
        if sending.span is not None:
            sending.span.end(error=outcome.code if isinstance(outcome, FrontdeskError) else "")

    def _publish(self, appended: Appended, entry: Entry) -> None:
        sending = appended.sending
        seen = entry_for(self._platform, sending.subject.organization_id, entry, for_visitor=False)
        frame = _encode(EntryFrame(str(sending.conversation_id), seen))
        bus, organization_id = self._platform.bus, sending.subject.organization_id
        span = None if sending.span is None else sending.span.child("message.publish", seq=entry.seq)
        origin = tracing.with_trace(sending.origin, span)
        bus.publish(deliver_subject(organization_id, appended.contact_id), frame, origin=origin)
        if appended.agent_id is not None:
            bus.publish(deliver_subject(organization_id, appended.agent_id), frame, origin=origin)
        for guest in appended.guests:
            bus.publish(deliver_subject(organization_id, int(guest.id)), frame, origin=origin)
        if span is not None:
            span.end()

    def _refuse(self, sending: Sending, refusal: FrontdeskError) -> None:
        if refusal.code == NOT_YOURS and sending.subject.kind is SubjectKind.AGENT:
            self._aside(self._answer_reader(sending, refusal), "log-reader")
            return
        closed = refusal.code == "conversations.closed" and sending.subject.kind is SubjectKind.VISITOR
        if not closed or sending.reopened:
            self._answer(sending, refusal)
            return
        held = self._held.setdefault(_writer(sending), [])
        held.append(sending)
        if len(held) == 1:
            self._aside(self._try_again(sending, refusal), "log-reopen")

    def _aside(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def _answer_reader(self, sending: Sending, refusal: FrontdeskError) -> None:
        """That somebody else has it is for those who may read it; to all others it does not exist."""
        subject, conversation_id = sending.subject, sending.conversation_id
        try:
            await self._platform.database.read(
                subject.organization_id, lambda reader: get_readable(reader, subject, conversation_id)
            )
        except FrontdeskError as unseen:
            refusal = unseen
        except Exception:
            logger.exception("log.reader.failed", **_names(sending))
            refusal = _not_stored()
        self._answer(sending, refusal)

    async def _try_again(self, first: Sending, refusal: FrontdeskError) -> None:
        """Have the conversation opened again, then send what its visitor has written meanwhile, in that order."""
        outcome: FrontdeskError | None
        try:
            reopened = await self._reopen(first.subject.organization_id, first.conversation_id)
            outcome = None if reopened else refusal
        except FrontdeskError as error:
            outcome = error
        except Exception:
            logger.exception("log.reopen.failed", **_names(first))
            outcome = _not_stored()
        held = self._held.pop(_writer(first))
        if outcome is None:
            for sending in held:
                sending.reopened = True
            self._waiting[:0] = held
            self._wake()
            return
        for sending in held:
            self._answer(sending, outcome)


def _follow(subject: Subject, conversation_id: int) -> tracing.Span | None:
    return tracing.begin(
        "message.append",
        organization_id=subject.organization_id,
        conversation_id=conversation_id,
        sender=subject.kind.value,
    )


def _names(sending: Sending) -> dict[str, int | str]:
    """What a log line about a message says of it."""
    names: dict[str, int | str] = {
        "organization_id": sending.subject.organization_id,
        "conversation_id": sending.conversation_id,
    }
    if sending.span is not None:
        names["trace_id"] = sending.span.trace_id
    return names


def _writer(sending: Sending) -> tuple[int, int]:
    return sending.conversation_id, sending.subject.id


def _not_stored() -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "conversations.not-stored",
        "The message could not be stored.",
        hint="It is kept on your side; send it again in a moment.",
        retry_after=2,
    )
