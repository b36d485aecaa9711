"""Who may read a conversation. What a subject may not read looks exactly like what does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.auth import Permission
from frontdesk.contacts import parts_of_in
from frontdesk.conversations import store, store_mentions
from frontdesk.conversations.rows import Conversation
from frontdesk.core.errors import not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Reader
from frontdesk.staff import colleagues_of, teams_of


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose conversations staff may read: everybody's, or those that one of `agents` has or had or `teams` have."""

    everything: bool
    agents: Sequence[int]
    teams: Sequence[int]


async def reach_of(reader: Reader, subject: Subject) -> Reach:
    """How far the subject's role reaches now, without the past of contacts whom it is serving."""
    if subject.may(Permission.CONVERSATION_READ_ALL):
        return Reach(everything=True, agents=(subject.id,), teams=())
    organization_id = subject.organization_id
    agents: Sequence[int] = (subject.id,)
    teams: Sequence[int] = ()
    if subject.may(Permission.CONVERSATION_READ_TEAM):
        teams = [team.id for team in await teams_of(reader, organization_id, subject.id)]
    if subject.may(Permission.CONVERSATION_READ_DEPARTMENT):
        agents = await colleagues_of(reader, organization_id, subject.id)
    return Reach(everything=False, agents=agents, teams=teams)


async def get_readable(reader: Reader, subject: Subject, conversation_id: int) -> Conversation:
    """The conversation. Raises a `not_found` error when it does not exist or the subject may not read it."""
    conversation = await store.get(reader, subject.organization_id, conversation_id)
    if not await may_read(reader, subject, conversation):
        raise not_found("conversation")
    return conversation


async def may_read(reader: Reader, subject: Subject, conversation: Conversation) -> bool:
    """Visitors read their own. Agents read what they have or had, as far as their role reaches what their teams have and
    what colleagues of their department have or had, what they joined, where a colleague named them in a note,
    and the past of contacts whom they are serving now.
    """
    if subject.organization_id != conversation.organization_id:
        return False
    if subject.kind is SubjectKind.VISITOR:
        return conversation.contact_id == subject.id
    if subject.kind is SubjectKind.AGENT and not subject.may(Permission.CONVERSATION_READ_OWN):
        return False
    if conversation.agent_id == subject.id or subject.may(Permission.CONVERSATION_READ_ALL):
        return True
    reach = await reach_of(reader, subject)
    if conversation.agent_id in reach.agents or conversation.team_id in reach.teams:
        return True
    if await store.took_part(reader, subject.organization_id, conversation.id, reach.agents):
        return True
    organization_id = subject.organization_id
    if await store.was_guest(reader, organization_id, conversation.id, subject.id) or (
        await store_mentions.was_mentioned(reader, organization_id, conversation.id, subject.id)
    ):
        return True
    return await may_read_past(reader, subject, conversation.contact_id)


async def reaches(reader: Reader, subject: Subject, conversation: Conversation) -> bool:
    """Whether the subject's role reaches whose conversation it is now, which is more than being allowed to read it."""
    if subject.organization_id != conversation.organization_id:
        return False
    reach = await reach_of(reader, subject)
    return reach.everything or conversation.agent_id in reach.agents or conversation.team_id in reach.teams


async def may_read_past(reader: Reader, subject: Subject, contact_id: int) -> bool:
    """Whether an agent may read every conversation of a contact, whoever had it and under whichever id."""
    if subject.may(Permission.CONVERSATION_READ_ALL):
        return True
    parts = await parts_of_in(reader, subject.organization_id, contact_id)
    return await store.serves_contact(reader, subject.organization_id, parts, subject.id)
