"""Who may move a conversation. What a subject may not see looks exactly like what does not exist."""

from frontdesk.auth import Permission, require
from frontdesk.conversations import Conversation, ConversationState, get_in, get_readable, reaches
from frontdesk.core.errors import FrontdeskError, forbidden, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Reader
from frontdesk.staff import teams_of


async def get_movable(
    reader: Reader,
    subject: Subject,
    conversation_id: int,
    beyond_own: Permission | None = None,
    *,
    own: Permission = Permission.CONVERSATION_WRITE_OWN,
) -> Conversation:
    """The conversation, when it is the subject's own (as its visitor, its agent or its bot) or the system asks.

    An agent needs the permission `own` for what is its own; others' conversations that it can see it may touch with the
    permission `beyond_own`. Raises `not_found` for what the subject cannot see and `forbidden` for what it can only see.
    """
    if subject.kind is SubjectKind.AGENT and (beyond_own is None or not subject.may(beyond_own)):
        require(subject, own)
    conversation = await get_in(reader, subject.organization_id, conversation_id)
    if subject.kind is SubjectKind.SYSTEM:
        return conversation
    if subject.kind is SubjectKind.VISITOR:
        if conversation.contact_id != subject.id:
            raise not_found("conversation")
        return conversation
    if conversation.agent_id == subject.id:
        if subject.kind is SubjectKind.AGENT:
            require(subject, own)
        return conversation
    if subject.kind is SubjectKind.BOT:
        raise not_found("conversation")
    if not await sees(reader, subject, conversation):
        raise not_found("conversation")
    if beyond_own is None:
        raise forbidden(
            "dispatch.not-yours",
            "This conversation is not yours.",
            hint="Ask the agent who has it, or a leader.",
        )
    require(subject, beyond_own)
    return conversation


async def get_supervised(reader: Reader, subject: Subject, conversation_id: int) -> Conversation:
    """The conversation, when the subject watches over whoever has it.

    Raises `not_found` for what the subject cannot see, and `forbidden` for what it may only read: with the permission,
    what counts is the reach of its role.
    """
    require_agent(subject)
    conversation = await get_in(reader, subject.organization_id, conversation_id)
    if not await sees(reader, subject, conversation):
        raise not_found("conversation")
    require(subject, Permission.CONVERSATION_SUPERVISE)
    if not await reaches(reader, subject, conversation):
        raise forbidden(
            "dispatch.out-of-reach",
            "You may read this conversation, but its agent and its team are not in your charge.",
            hint="Ask a leader of that team.",
        )
    return conversation


async def sees(reader: Reader, subject: Subject, conversation: Conversation) -> bool:
    """Whether an agent sees it: readable by the rules of conversations, or waiting for one of the agent's teams."""
    if subject.kind is SubjectKind.AGENT and not subject.may(Permission.CONVERSATION_READ_OWN):
        return False
    if conversation.state is ConversationState.WAITING and conversation.team_id is not None:
        teams = await teams_of(reader, subject.organization_id, subject.id)
        if any(team.id == conversation.team_id for team in teams):
            return True
    try:
        await get_readable(reader, subject, conversation.id)
    except FrontdeskError:
        return False
    return True


def require_agent(subject: Subject) -> None:
    """Raise `forbidden` for everybody but people who work here."""
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("dispatch.agents-only", "Only agents can do this.")
