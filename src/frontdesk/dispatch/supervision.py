"""What whoever watches over others does in their conversations. Reach decides: one's department, one's teams, or all."""

from typing import Final

from frontdesk.conversations import (
    MAX_TEXT,
    Colleague,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Whisper,
    append_in,
)
from frontdesk.core.errors import conflict
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.dispatch.ownership import moved_on, sender_of
from frontdesk.dispatch.rights import get_supervised
from frontdesk.platform import Platform, Transaction

_ACTIVE: Final = frozenset({ConversationState.ACTIVE})


async def whisper(platform: Platform, subject: Subject, conversation_id: int, text: str) -> Conversation:
    """Say something to the agent who has the conversation; the visitor never learns of it.

    Raises a `conflict` while no person has it, and `dispatch.yours` to the agent who has it: a note is for that.
    """
    text = clean(text, field="text", limit=MAX_TEXT, required=True)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_supervised(tx, subject, conversation_id)
        owner = conversation.agent
        if conversation.state is not ConversationState.ACTIVE or owner is None:
            raise moved_on()
        if conversation.agent_id == subject.id:
            raise conflict("dispatch.yours", "This conversation is yours.", hint="Leave a note instead.")
        body = Whisper(text, Colleague(owner.id, owner.name))
        draft = Draft(EntryKind.WHISPER, await sender_of(tx, subject), body)
        return await append_in(
            platform, tx, subject.organization_id, conversation_id, [draft], expect=_ACTIVE
        )

    return await platform.database.write(subject.organization_id, work)
