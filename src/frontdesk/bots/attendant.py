"""One bot at work, through the same surface as a human's client: frames in, messages out.

Frames only wake it up: what is to be answered is read from the log (`pending`), so that a lost frame, a crash or a
second process can neither lose a question nor answer it twice.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from itertools import islice
from typing import Final

import msgspec
import structlog
from msgspec import Struct

from frontdesk.bots import replies
from frontdesk.bots.answering import answer
from frontdesk.bots.handover import Trigger, heard
from frontdesk.bots.knowledge import knowledge_of
from frontdesk.bots.matching import language_of, warm_up
from frontdesk.bots.store import bases as rows
from frontdesk.bots.thread import Thread, answer_id, greeting_id, read_thread
from frontdesk.bots.types import BotSettings, Outcome
from frontdesk.conversations import (
    Entry,
    EntryKind,
    Image,
    Log,
    Text,
    bots_of_in,
    decode_message,
    deliver_subject,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import Absence, Why, request_human
from frontdesk.platform import Platform
from frontdesk.platform.telemetry import counter

logger = structlog.get_logger("frontdesk.bots")

_QUEUE: Final = 2_000
_AT_ONCE: Final = 64
_KEPT: Final = 5_000
_TRIES: Final = 3
_answers: Final = counter("bot_answers_total", "What built-in bots said", ("outcome",))


class _Woken(Struct, tag_field="t", tag="entry"):
    """As much of a frame as wakes a bot up; so are the next two."""

    conversation: str
    entry: Entry


class _Given(Struct, tag_field="t", tag="reset"):
    conversation: str


class _Gone(Struct, tag_field="t", tag="gone"):
    conversation: str


_decode: Final = msgspec.json.Decoder(_Woken | _Given | _Gone).decode


class Attendant:
    """Answers the visitors of one bot in the conversations that are `mine`, this process's share of them.

    Shares may overlap or leave a gap for a moment while processes come and go: an answer is stored once however many
    give it, and what nobody answered is found by `look_again`. `run` may be cancelled or crash at any moment and be
    started again.
    """

    def __init__(
        self, platform: Platform, log: Log, organization_id: int, bot_id: int, *, mine: Callable[[int], bool]
    ) -> None:
        self._mine = mine
        self._learned = False
        self._platform = platform
        self._log = log
        self._organization_id = organization_id
        self._subject = Subject(organization_id=organization_id, kind=SubjectKind.BOT, id=bot_id)
        self._bot: BotSettings | None = None
        self._changes = 0
        self._woken: OrderedDict[int, bool] = OrderedDict()  # conversation -> forget what is remembered of it
        self._wake = asyncio.Event()
        self._everything = True
        self._threads: OrderedDict[int, Thread] = OrderedDict()

    async def run(self) -> None:
        """Answer what was missed, then whatever comes."""
        subject = deliver_subject(self._organization_id, self._subject.id)
        unsubscribe = self._platform.bus.subscribe(subject, self._hear)
        self._everything = True
        self._threads.clear()
        try:
            await self._platform.bus.subscribed()
            while True:
                if self._everything:
                    await self._find_missed()
                self._wake.clear()
                woken = dict(islice(self._woken.items(), _AT_ONCE))
                for key in woken:
                    del self._woken[key]
                if woken:
                    await asyncio.gather(*(self._attend(key, anew=anew) for key, anew in woken.items()))
                elif not self._everything:
                    await self._wake.wait()
        finally:
            unsubscribe()

    def look_again(self) -> None:
        """Look for questions whose frames were lost."""
        self._everything = True
        self._wake.set()

    def settings_changed(self) -> None:
        """Read the settings anew before the next answer."""
        self._changes += 1
        self._bot = None

    def _hear(self, payload: bytes, _origin: str) -> None:
        try:
            frame = _decode(payload)
        except msgspec.ValidationError:
            return  # receipts, typing and whatever else is no concern of a bot
        if isinstance(frame, _Woken) and frame.entry.sender.kind is SubjectKind.BOT:
            return
        conversation_id = int(frame.conversation)
        if not self._mine(conversation_id):
            return
        if isinstance(frame, _Gone):
            self._threads.pop(conversation_id, None)
            return
        if len(self._woken) >= _QUEUE:
            self._everything = True  # too much to remember: the log knows
        else:
            anew = isinstance(frame, _Given) or frame.entry.kind is not EntryKind.MESSAGE
            self._woken[conversation_id] = self._woken.get(conversation_id, False) or anew
        self._wake.set()

    async def _find_missed(self) -> None:
        self._everything = False
        mine = await self._platform.database.read(
            self._organization_id, lambda reader: bots_of_in(reader, self._organization_id, self._subject.id)
        )
        for conversation in mine:
            thread = self._threads.get(conversation.id)
            if self._mine(conversation.id) and (thread is None or thread.head < conversation.head):
                self._woken.setdefault(conversation.id, False)

    async def _attend(self, conversation_id: int, *, anew: bool) -> None:
        """Answer what is pending in a conversation, in order. Never raises: one conversation must not stop others."""
        try:
            if anew:
                self._threads.pop(conversation_id, None)
            thread = await self._read(conversation_id)
            if thread is None:
                return
            if thread.greets:
                await self._greet(thread)
            for entry in thread.take():
                await self._reply(thread, entry)
            await self._learn()
        except Exception as error:
            self._threads.pop(conversation_id, None)
            if isinstance(error, FrontdeskError) and error.kind is ErrorKind.CONFLICT:
                return  # the conversation has moved on: somebody else has it, or it is closed
            logger.exception("bots.conversation.failed", conversation_id=conversation_id)

    async def _read(self, conversation_id: int) -> Thread | None:
        known = self._threads.pop(conversation_id, None)
        thread = await read_thread(self._platform, self._subject, conversation_id, known)
        if thread is not None:
            self._threads[conversation_id] = thread
            while len(self._threads) > _KEPT:
                self._threads.popitem(last=False)
        return thread

    async def _greet(self, thread: Thread) -> None:
        """Say hello where the channel did not."""
        bot = await self._settings()
        text = bot.greeting.of(thread.language)
        if text:
            await self._send(thread, greeting_id(thread.conversation_id), Text(text))
        thread.greets = False

    async def _learn(self) -> None:
        """Learn what is known with the first conversation, which is before its first question."""
        if self._learned:
            return
        self._learned = True
        await asyncio.to_thread(warm_up)
        bot = await self._settings()
        if bot.knowledge_base_id is not None:
            await knowledge_of(self._platform, bot.organization_id, bot.knowledge_base_id)

    async def _reply(self, thread: Thread, entry: Entry) -> None:
        for attempt in range(_TRIES):
            try:
                message = await self._message(thread, entry)
            except FrontdeskError as error:
                if error.kind is ErrorKind.CONFLICT or error.retry_after is None or attempt + 1 == _TRIES:
                    raise
                await asyncio.sleep(error.retry_after)
                continue
            if message is not None:
                await self._send(thread, answer_id(entry), message)
            return

    async def _message(self, thread: Thread, entry: Entry) -> Text | None:
        """What to say to a message or to a rating; None when there is nothing to say, or a human is on the way."""
        bot = await self._settings()
        if entry.kind is EntryKind.ANSWER_RATED:
            return await self._ask_human(thread, Trigger.RATING) if bot.handover.rating else None
        body = decode_message(entry)
        if isinstance(body, Text):
            return await self._answer(thread, bot, body.text)
        if body is None:
            return None
        if isinstance(body, Image) and bot.handover.image:
            return await self._ask_human(thread, Trigger.IMAGE)
        return replies.cannot_see(thread.language)

    async def _answer(self, thread: Thread, bot: BotSettings, text: str) -> Text | None:
        thread.language = language_of(text) or thread.language
        rules = bot.handover
        trigger = heard(rules, text)
        if trigger is not None:
            return await self._ask_human(thread, trigger)
        try:
            found = await answer(self._platform, bot, text, thread.language)
        except Exception:
            logger.exception("bots.answer.failed", conversation_id=thread.conversation_id)
            return replies.failed(thread.language)
        _answers.labels(found.outcome).inc()
        if found.outcome is Outcome.HUMAN:
            return await self._ask_human(thread, Trigger.ANSWER)
        thread.unknowns = 0 if found.outcome is Outcome.ANSWER else thread.unknowns
        if found.outcome is not Outcome.UNKNOWN:
            return replies.message_of(found, offer_human=False)
        thread.unknowns += 1
        if 0 < rules.unknown_after <= thread.unknowns:
            return await self._ask_human(thread, Trigger.UNKNOWN)
        return replies.message_of(found, offer_human=0 < rules.offer_after <= thread.unknowns)

    async def _ask_human(self, thread: Thread, trigger: Trigger) -> Text | None:
        try:
            asked = await request_human(self._platform, self._subject, thread.conversation_id, trigger)
        except FrontdeskError as error:
            if error.code != "dispatch.no-team":
                raise
            return replies.nobody_here(thread.language, Absence(Why.NOBODY))
        _answers.labels(Outcome.HUMAN).inc()
        return None if asked.absence is None else replies.nobody_here(thread.language, asked.absence)

    async def _send(self, thread: Thread, client_id: str, message: Text) -> None:
        await self._log.send(self._subject, thread.conversation_id, client_id, message)

    async def _settings(self) -> BotSettings:
        if self._bot is None:
            changes = self._changes
            found = await self._platform.database.read(
                self._organization_id,
                lambda reader: rows.find_bot(reader, self._organization_id, self._subject.id),
            )
            bot = found or BotSettings(id=self._subject.id, organization_id=self._organization_id)
            if changes != self._changes:  # somebody changed them while they were read
                return await self._settings()
            self._bot = bot
        return self._bot
