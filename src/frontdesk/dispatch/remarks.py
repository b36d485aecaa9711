"""What is said about a conversation besides its messages: ratings and notes."""

from typing import Final

from msgspec import UNSET

from frontdesk.auth import Permission, require
from frontdesk.conversations import (
    MAX_TEXT,
    Conversation,
    Draft,
    EntryKind,
    Note,
    Rated,
    Rating,
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

USUAL_LEVELS: Final = 5


async def rate(platform: Platform, subject: Subject, conversation_id: int, rated: Rated) -> Conversation:
    """The visitor rates. A later rating replaces the earlier one; the same again changes nothing.

    How many levels there are is the organization's setting, and is kept with the score: 2 of 2 is not 2 of 5.
    """
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("dispatch.visitors-only", "Only visitors rate.")
    settings = await get_settings(platform, subject.organization_id)
    levels = settings.rating_levels
    if not 1 <= rated.score <= levels:
        raise invalid("dispatch.score", f"score must be between 1 and {levels}.")
    body = Rated(
        rated.score,
        clean(rated.remark, field="remark", limit=500),
        rated.resolved,
        UNSET if levels == USUAL_LEVELS else levels,
    )

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id)
        if conversation.rating == Rating(body.score, body.remark, body.resolved, body.levels):
            return conversation
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
