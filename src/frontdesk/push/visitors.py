"""What visitors are told: that somebody has come to them, and that they were answered."""

from typing import Final

from frontdesk.contacts import is_blocked_in
from frontdesk.conversations import (
    Assigned,
    Conversation,
    ConversationState,
    Entry,
    EntryKind,
    Line,
    decode_body,
    entry_at_in,
    get_in,
)
from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import Reader
from frontdesk.push.types import DAY, HOUR, Delivery, Kind, News
from frontdesk.staff import AgentKind

_CAME: Final = frozenset({"dispatch", "returning", "manual"})
"""Why somebody was assigned to who waited; who changes hands is not told."""
_ANSWERS: Final = frozenset({SubjectKind.AGENT, SubjectKind.BOT})


async def news_for_visitor(reader: Reader, line: Line, entry: Entry) -> News | None:
    """What an entry is news of to the visitor whose conversation it is in."""
    kind = _kind(entry)
    if kind is None:
        return None
    conversation = await get_in(reader, line.organization_id, line.conversation_id)
    return News(
        organization_id=line.organization_id,
        principal_kind=SubjectKind.VISITOR,
        principal_id=conversation.contact_id,
        channel_id=conversation.channel_id,
        kind=kind,
        event=f"entry.{line.entry_id}.{conversation.contact_id}",
        conversation_id=line.conversation_id,
        seq=line.seq,
        ends_at=line.at + (DAY if kind is Kind.MESSAGE else HOUR),
    )


async def is_news_to_visitor(
    reader: Reader, delivery: Delivery, conversation: Conversation, now: Millis
) -> bool:
    """Not seen, not taken back, not answered, and to somebody who may come in."""
    organization_id, contact_id = delivery.organization_id, delivery.principal_id
    if conversation.contact_id != contact_id or conversation.is_erased:
        return False
    if await is_blocked_in(reader, organization_id, contact_id, now):
        return False
    last, seq = conversation.last_message, delivery.seq
    spoke = last is not None and last.seq > seq
    if delivery.kind is Kind.ASSIGNED:
        arrived = conversation.state is ConversationState.ACTIVE and not spoke
        return arrived and seq > conversation.read.visitor
    if last is None or last.sender.kind is SubjectKind.VISITOR:
        return False
    entry = await entry_at_in(reader, organization_id, conversation.id, max(seq, last.seq))
    return entry is not None and entry.recalled is not True and entry.seq > conversation.read.visitor


def who_answered(conversation: Conversation, kind: Kind) -> str:
    """By the name that visitors see."""
    last, agent = conversation.last_message, conversation.agent
    if kind is Kind.MESSAGE and last is not None and last.sender.kind in _ANSWERS:
        return last.sender.name
    return "" if agent is None else agent.name


def _kind(entry: Entry) -> Kind | None:
    if entry.kind is EntryKind.MESSAGE:
        return Kind.MESSAGE if entry.sender.kind in _ANSWERS else None
    if entry.kind is EntryKind.ASSIGNED:
        body = decode_body(entry, Assigned)
        return Kind.ASSIGNED if body.agent.kind is AgentKind.HUMAN and body.reason in _CAME else None
    return None
