"""What is said about a conversation besides its messages: ratings and notes."""

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET

from frontdesk.auth import Permission, require
from frontdesk.conversations import (
    MAX_TEXT,
    Colleague,
    Conversation,
    Draft,
    EntryKind,
    Note,
    Rated,
    Rating,
    append_in,
    get_in,
    mention_in,
)
from frontdesk.core.errors import forbidden, invalid, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean
from frontdesk.dispatch.ownership import sender_of
from frontdesk.dispatch.rights import get_movable, require_agent, sees
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.settings import get as get_settings
from frontdesk.staff import AgentKind, load

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


async def add_note(
    platform: Platform, subject: Subject, conversation_id: int, text: str, mentions: Sequence[int] = ()
) -> Conversation:
    """Leave a note that only staff sees. Whoever sees the conversation and may write at all.

    Colleagues who are named in it are told, and may read the conversation from then on; naming oneself tells nobody.
    Raises `not_found` for a mention that is no enabled colleague.
    """
    require_agent(subject)
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    text = clean(text, field="text", limit=MAX_TEXT, required=True)
    named = [one for one in dict.fromkeys(mentions) if one != subject.id]

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_in(tx, subject.organization_id, conversation_id)
        if conversation.agent_id != subject.id and not await sees(tx, subject, conversation):
            raise not_found("conversation")
        colleagues = [await colleague_in(tx, subject.organization_id, one) for one in named]
        draft = Draft(EntryKind.NOTE, await sender_of(tx, subject), Note(text, tuple(colleagues)))
        noted = await append_in(platform, tx, subject.organization_id, conversation_id, [draft])
        await mention_in(platform, tx, noted, colleagues)
        return noted

    return await platform.database.write(subject.organization_id, work)


async def colleague_in(reader: Reader, organization_id: int, agent_id: int) -> Colleague:
    """Somebody who works here now. Raises `not_found` for bots, for who is disabled and for other ids."""
    agent = await load(reader, organization_id, agent_id)
    if agent.kind is not AgentKind.HUMAN or not agent.enabled:
        raise not_found("agent")
    return Colleague(str(agent.id), agent.name or agent.nickname)
