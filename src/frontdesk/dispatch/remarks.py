"""What is said about a conversation besides its messages: ratings and notes."""

from frontdesk.auth import Permission, require
from frontdesk.conversations import (
    MAX_TEXT,
    Conversation,
    Draft,
    EntryKind,
    Note,
    Rated,
    append_in,
    get_in,
)
from frontdesk.core.errors import forbidden, invalid, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean
from frontdesk.dispatch.ownership import sender_of
from frontdesk.dispatch.rights import get_movable, require_agent, sees
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import get as get_settings


async def rate(platform: Platform, subject: Subject, conversation_id: int, rated: Rated) -> Conversation:
    """The visitor rates. A later rating replaces the earlier one; the same again changes nothing."""
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("dispatch.visitors-only", "Only visitors rate.")
    settings = await get_settings(platform, subject.organization_id)
    if not 1 <= rated.score <= settings.rating_levels:
        raise invalid("dispatch.score", f"score must be between 1 and {settings.rating_levels}.")
    remark = clean(rated.remark, field="remark", limit=500)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id)
        known = conversation.rating
        if known is not None and (known.score, known.remark, known.resolved) == (
            rated.score,
            remark,
            rated.resolved,
        ):
            return conversation
        body = Rated(rated.score, remark, rated.resolved)
        draft = Draft(EntryKind.RATED, await sender_of(tx, subject), body)
        return await append_in(platform, tx, subject.organization_id, conversation_id, [draft])

    return await platform.database.write(subject.organization_id, work)


async def invite_rating(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """The agent asks for a rating, once."""
    require_agent(subject)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id)
        if conversation.rating_invited or conversation.rating is not None:
            return conversation
        draft = Draft(EntryKind.RATING_INVITED, await sender_of(tx, subject))
        return await append_in(platform, tx, subject.organization_id, conversation_id, [draft])

    return await platform.database.write(subject.organization_id, work)


async def add_note(platform: Platform, subject: Subject, conversation_id: int, text: str) -> Conversation:
    """Leave a note that only staff sees. Whoever sees the conversation and may write at all."""
    require_agent(subject)
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    text = clean(text, field="text", limit=MAX_TEXT, required=True)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_in(tx, subject.organization_id, conversation_id)
        if conversation.agent_id != subject.id and not await sees(tx, subject, conversation):
            raise not_found("conversation")
        draft = Draft(EntryKind.NOTE, await sender_of(tx, subject), Note(text))
        return await append_in(platform, tx, subject.organization_id, conversation_id, [draft])

    return await platform.database.write(subject.organization_id, work)
