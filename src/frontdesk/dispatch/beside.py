"""Guests: colleagues beside the agent who has a conversation. They write, take no seat, and are out when it moves on."""

from typing import Final

from msgspec import UNSET

from frontdesk.conversations import (
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Joined,
    Left,
    append_in,
    decode_body,
    entries_of_kind_in,
)
from frontdesk.core.subject import Subject
from frontdesk.dispatch.ownership import sender_of
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import card

_ACTIVE: Final = frozenset({ConversationState.ACTIVE})


async def join_in(
    platform: Platform,
    tx: Transaction,
    subject: Subject,
    conversation: Conversation,
    *,
    invited_by: int | None = None,
) -> Conversation:
    """In, if not in already."""
    if subject.id == conversation.agent_id or subject.id in conversation.guest_ids:
        return conversation
    host = UNSET if invited_by is None else await card(tx, subject.organization_id, invited_by)
    body = Joined(await card(tx, subject.organization_id, subject.id), host)
    draft = Draft(EntryKind.JOINED, await sender_of(tx, subject), body)
    return await append_in(platform, tx, subject.organization_id, conversation.id, [draft], expect=_ACTIVE)


async def leave_in(
    platform: Platform, tx: Transaction, subject: Subject, conversation: Conversation, guest_id: int
) -> Conversation:
    """Out, by the word of this subject, who is that guest or whoever ends its part."""
    draft = Draft(
        EntryKind.LEFT, await sender_of(tx, subject), Left(await card(tx, subject.organization_id, guest_id))
    )
    return await append_in(platform, tx, subject.organization_id, conversation.id, [draft], expect=_ACTIVE)


async def was_invited(reader: Reader, conversation: Conversation, guest_id: int) -> bool:
    """Whether this guest came because the agent asked for it."""
    joined = await entries_of_kind_in(reader, conversation.organization_id, conversation.id, EntryKind.JOINED)
    bodies = [decode_body(entry, Joined) for entry in joined]
    latest = [body for body in bodies if body.agent.id == str(guest_id)][-1:]
    return any(body.invited_by is not UNSET for body in latest)
