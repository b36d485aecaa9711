"""The visitor says of a bot's answer whether it helped."""

from frontdesk.conversations import store, store_kinds
from frontdesk.conversations.access_rules import get_readable
from frontdesk.conversations.append import append_in
from frontdesk.conversations.decoding import decode_body
from frontdesk.conversations.entries import (
    AnswerRated,
    Draft,
    EntryKind,
    Sender,
)
from frontdesk.conversations.rows import Conversation
from frontdesk.core.errors import forbidden, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader, Transaction


async def rate_answer(
    platform: Platform, subject: Subject, conversation_id: int, seq: int, *, helpful: bool
) -> Conversation:
    """Rate one message of a bot. A later rating of the same message replaces it; the same again changes nothing.

    Raises `not_found` for what is no message of a bot in a conversation of one's own.
    """
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("conversations.visitors-only", "Only visitors rate answers.")
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_readable(tx, subject, conversation_id)
        entry = await store.entry_at(tx, organization_id, conversation_id, seq)
        if entry is None or entry.kind is not EntryKind.MESSAGE or entry.sender.kind is not SubjectKind.BOT:
            raise not_found("message")
        body = AnswerRated(seq, helpful)
        if await _last_word(tx, conversation, seq) == body:
            return conversation
        draft = Draft(EntryKind.ANSWER_RATED, Sender(subject.kind, str(subject.id)), body)
        return await append_in(platform, tx, organization_id, conversation_id, [draft])

    return await platform.database.write(organization_id, work)


async def _last_word(reader: Reader, conversation: Conversation, seq: int) -> AnswerRated | None:
    rated = await store_kinds.entries_of_kind(
        reader, conversation.organization_id, conversation.id, EntryKind.ANSWER_RATED, after=seq
    )
    bodies = (decode_body(entry, AnswerRated) for entry in reversed(rated))
    return next((body for body in bodies if body.seq == seq), None)
