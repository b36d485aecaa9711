"""Taking a waiting conversation by hand."""

from typing import Final

from frontdesk.auth import Permission, require
from frontdesk.conversations import (
    Assigned,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    get_in,
)
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.subject import Subject
from frontdesk.dispatch.ownership import change_in, moved_on, sender_of
from frontdesk.dispatch.recording import record_choice
from frontdesk.dispatch.rights import require_agent, sees
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import Status, card, load

_WAITING: Final = frozenset({ConversationState.WAITING})


async def take(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Pick a waiting conversation by hand. Repeating it for one's own active conversation changes nothing.

    Raises `dispatch.full` without a free place, `dispatch.offline` while one's status is offline, and a `conflict` when
    somebody else has it by now.
    """
    require_agent(subject)
    require(subject, Permission.CONVERSATION_TAKE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_in(tx, organization_id, conversation_id)
        if conversation.agent_id == subject.id and conversation.state is ConversationState.ACTIVE:
            return conversation
        if not await sees(tx, subject, conversation):
            raise not_found("conversation")
        if conversation.state is not ConversationState.WAITING:
            raise moved_on()
        await require_present(tx, organization_id, subject.id)
        body = Assigned(await card(tx, organization_id, subject.id), _text(conversation.team_id), "manual")
        draft = Draft(EntryKind.ASSIGNED, await sender_of(tx, subject), body)
        taken = await change_in(platform, tx, organization_id, conversation_id, [draft], expect=_WAITING)
        await record_choice(platform, tx, taken, "manual", subject.id)
        return taken

    return await platform.database.write(organization_id, work)


async def require_present(reader: Reader, organization_id: int, agent_id: int) -> None:
    """Raise `dispatch.offline` when this agent is not there to answer."""
    if (await load(reader, organization_id, agent_id)).status is Status.OFFLINE:
        raise conflict(
            "dispatch.offline",
            "This agent is offline.",
            hint="Choose somebody who is there.",
        )


def _text(team_id: int | None) -> str | None:
    return None if team_id is None else str(team_id)
