"""Typing previews: over the bus only, never stored. The agent sees the visitor's words, the visitor sees that somebody writes."""

from typing import Final

from frontdesk.auth import Permission, require
from frontdesk.conversations.entries import Sender
from frontdesk.conversations.frames import TypingFrame, deliver_subject, publish_frame
from frontdesk.conversations.membership import Membership, takes_part
from frontdesk.conversations.state import ConversationState
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform

LONGEST: Final = 500
SOMETHING: Final = "…"


async def typing(
    platform: Platform,
    membership: Membership,
    subject: Subject,
    conversation_id: int,
    text: str,
    *,
    name: str = "",
) -> None:
    """Show the other side that this subject is writing. Raises `not_found` when it takes no part in the conversation."""
    if subject.kind is SubjectKind.AGENT:
        require(subject, Permission.CONVERSATION_WRITE_OWN)
    routed = await membership.find(subject.organization_id, conversation_id)
    if not takes_part(subject, routed):
        raise not_found("conversation")
    if routed.state is ConversationState.CLOSED:
        return
    visitor = subject.kind is SubjectKind.VISITOR
    others = routed.guests if visitor else (routed.contact_id,)
    if visitor and routed.agent_id is not None:
        others = (routed.agent_id, *others)
    shown = text[:LONGEST] if visitor else SOMETHING if text else ""
    frame = TypingFrame(str(conversation_id), Sender(subject.kind, str(subject.id), name), shown)
    for other in others:
        publish_frame(platform.bus, deliver_subject(subject.organization_id, other), frame)
