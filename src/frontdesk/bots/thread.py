"""What a bot must know of a conversation to go on with it, read from the log."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from frontdesk.bots.matching import language_of
from frontdesk.conversations import (
    AnswerRated,
    Assigned,
    ConversationState,
    Entry,
    EntryKind,
    Text,
    decode_body,
    decode_message,
    entries_page,
    snapshot,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform

_PAGE: Final = 100


def answer_id(entry: Entry) -> str:
    """The client_id of the answer to a message: the same however often it is answered."""
    return f"bot-{entry.id}"


def greeting_id(conversation_id: int) -> str:
    return f"bot-greeting-{conversation_id}"


@dataclass(slots=True)
class Thread:
    """A conversation as far as it has been read. `unknowns` counts questions in a row that had no answer."""

    conversation_id: int
    bot_id: int
    language: str
    head: int = 0
    unknowns: int = 0
    greets: bool = False
    spoken: bool = False
    pending: list[Entry] = field(default_factory=list[Entry])
    answered: set[str] = field(default_factory=set[str])

    def take(self) -> list[Entry]:
        """What is to be answered; it counts as answered from now on."""
        taken = [entry for entry in self.pending if answer_id(entry) not in self.answered]
        self.pending = []
        self.answered.update(map(answer_id, taken))
        return taken

    def follow(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.seq > self.head:
                self.head = entry.seq
                self._apply(entry)

    def _apply(self, entry: Entry) -> None:
        if entry.kind is EntryKind.ASSIGNED:
            # What was said before was for somebody else, or was answered by this bot in an earlier turn.
            self.pending.clear()
            self.unknowns = 0
            self.greets = int(decode_body(entry, Assigned).agent.id) == self.bot_id and not self.spoken
        elif entry.kind is EntryKind.QUEUED:
            self.pending.clear()
        elif entry.kind is EntryKind.MESSAGE and entry.sender.kind is SubjectKind.VISITOR:
            # a rating that nothing was done about is of the past once the visitor goes on
            self.pending = [one for one in self.pending if one.kind is EntryKind.MESSAGE]
            self.pending.append(entry)
            body = decode_message(entry)
            if isinstance(body, Text):
                self.language = language_of(body.text) or self.language
        elif entry.kind is EntryKind.ANSWER_RATED:
            if not decode_body(entry, AnswerRated).helpful:
                self.pending.append(entry)
        elif entry.kind is EntryKind.MESSAGE and entry.sender.id == str(self.bot_id):
            self._said(entry)

    def _said(self, entry: Entry) -> None:
        self.spoken, self.greets = True, False
        if isinstance(entry.client_id, str):
            if entry.client_id in self.answered:
                return  # said just now, and counted then
            self.answered.add(entry.client_id)
        body = decode_message(entry)
        if isinstance(body, Text) and not body.suggestions:
            self.unknowns = self.unknowns + 1 if body.unanswered else 0


async def read_thread(
    platform: Platform, subject: Subject, conversation_id: int, known: Thread | None
) -> Thread | None:
    """The conversation as of now, going on from what is known; None when it is not this bot's."""
    try:
        header = await snapshot(platform, subject, conversation_id)
    except FrontdeskError as error:
        if error.kind is ErrorKind.NOT_FOUND:
            return None
        raise
    mine = header.agent is not None and header.agent.id == str(subject.id)
    if not mine or header.state is not ConversationState.BOT:
        return None
    thread = known or Thread(conversation_id, subject.id, header.language)
    if known is None:
        page = await entries_page(platform, subject, conversation_id, limit=_PAGE)
        thread.follow(page.entries)
    while thread.head < header.head:
        page = await entries_page(platform, subject, conversation_id, after=thread.head, limit=_PAGE)
        if not page.entries:
            break
        thread.follow(page.entries)
    return thread
