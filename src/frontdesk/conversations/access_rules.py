"""Who may read a conversation. What a subject may not read looks exactly like what does not exist."""

from frontdesk.auth import Permission
from frontdesk.conversations import store
from frontdesk.conversations.rows import Conversation
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Reader
from frontdesk.staff import teams_of


async def get_readable(reader: Reader, subject: Subject, conversation_id: int) -> Conversation:
    """The conversation. Raises a `not_found` error when it does not exist or the subject may not read it."""
    conversation = await store.get(reader, subject.organization_id, conversation_id)
    if not await may_read(reader, subject, conversation):
        raise not_found("conversation")
    return conversation


async def may_read(reader: Reader, subject: Subject, conversation: Conversation) -> bool:
    """Visitors read their own. Agents read what they have or had, what their teams have, and the past of contacts whom
    they are serving now; `conversation.read_all` reads everything of the organization.
    """
    if subject.organization_id != conversation.organization_id:
        return False
    if subject.kind is SubjectKind.VISITOR:
        return conversation.contact_id == subject.id
    if conversation.agent_id == subject.id or subject.may(Permission.CONVERSATION_READ_ALL):
        return True
    organization_id = subject.organization_id
    if await store.is_participant(reader, organization_id, conversation.id, subject.id):
        return True
    if subject.may(Permission.CONVERSATION_READ_TEAM) and conversation.team_id is not None:
        teams = await teams_of(reader, organization_id, subject.id)
        if any(team.id == conversation.team_id for team in teams):
            return True
    return await may_read_past(reader, subject, conversation.contact_id)


async def may_read_past(reader: Reader, subject: Subject, contact_id: int) -> bool:
    """Whether an agent may read every conversation of a contact, whoever had it."""
    if subject.may(Permission.CONVERSATION_READ_ALL):
        return True
    return await store.serves_contact(reader, subject.organization_id, contact_id, subject.id)
