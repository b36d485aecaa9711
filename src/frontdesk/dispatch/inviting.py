"""Inviting a colleague into one's conversation, as a guest who is asked first, and ending that again."""

from typing import Final

from frontdesk.auth import Permission, require
from frontdesk.conversations import MAX_TEXT, Conversation, ConversationState
from frontdesk.core.errors import conflict
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.dispatch.beside import leave_in, was_invited
from frontdesk.dispatch.ownership import moved_on
from frontdesk.dispatch.passing import require_target
from frontdesk.dispatch.requests import end_in, put_in, stands
from frontdesk.dispatch.rights import get_movable, require_agent
from frontdesk.dispatch.store import questions
from frontdesk.dispatch.store.questions import Purpose, Question
from frontdesk.dispatch.types import OfferEnd
from frontdesk.platform import Platform, Transaction

ANSWER_MS: Final = 60_000
"""How long an invited colleague may think about it."""


async def invite(
    platform: Platform, subject: Subject, conversation_id: int, agent_id: int, note: str = ""
) -> Conversation:
    """Ask a colleague to join the conversation that one has. They need no free place: a guest takes none.

    For who has it. Inviting who is asked or in it already changes nothing; another question takes the former back. The
    note is told with it, and kept in the log once they have joined. Raises `dispatch.offline` for who is not there.
    """
    require_agent(subject)
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    note = clean(note, field="note", limit=MAX_TEXT)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id)
        if conversation.state is not ConversationState.ACTIVE:
            raise moved_on()
        await require_target(tx, conversation, agent_id)
        until = platform.clock.now() + ANSWER_MS
        question = Question(
            subject.organization_id, conversation_id, subject.id, agent_id, note, until, Purpose.JOIN
        )
        if agent_id not in conversation.guest_ids and not await stands(tx, question):
            await put_in(platform, tx, conversation, question)
        return conversation

    return await platform.database.write(subject.organization_id, work)


async def dismiss(platform: Platform, subject: Subject, conversation_id: int, agent_id: int) -> Conversation:
    """Take an invitation back, or end the part of who accepted one. For who has the conversation.

    Who is neither asked nor in it changes nothing. A leader who came by their own right stays: `dispatch.not-invited`.
    """
    require_agent(subject)
    require(subject, Permission.CONVERSATION_WRITE_OWN)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id)
        asked = await questions.find(tx, subject.organization_id, conversation_id)
        if asked is not None and (asked.to_agent_id, asked.purpose) == (agent_id, Purpose.JOIN):
            await end_in(platform, tx, asked, OfferEnd.WITHDRAWN)
        if agent_id not in conversation.guest_ids:
            return conversation
        if not await was_invited(tx, conversation, agent_id):
            raise conflict(
                "dispatch.not-invited",
                "This colleague has joined by their own right.",
                hint="Ask them to leave.",
            )
        return await leave_in(platform, tx, subject, conversation, agent_id)

    return await platform.database.write(subject.organization_id, work)
