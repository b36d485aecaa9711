"""From one agent to another: what a transfer does, whether it was asked for or not."""

from typing import Final

from frontdesk.conversations import (
    Assigned,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Sender,
    Transferred,
)
from frontdesk.core.errors import conflict, not_found
from frontdesk.dispatch.assign import require_present
from frontdesk.dispatch.ownership import change_in
from frontdesk.dispatch.recording import record_choice
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import AgentCard, AgentKind, card

HELD: Final = frozenset({ConversationState.ACTIVE, ConversationState.WAITING})


async def require_target(reader: Reader, conversation: Conversation, agent_id: int) -> AgentCard:
    """Whom it can go to: a person who is there and does not have it already."""
    target = await card(reader, conversation.organization_id, agent_id)
    if target.kind is not AgentKind.HUMAN:
        raise not_found("agent")
    if conversation.agent_id == agent_id:
        raise conflict(
            "dispatch.same-agent", "This agent has the conversation already.", hint="Choose somebody else."
        )
    await require_present(reader, conversation.organization_id, agent_id)
    return target


async def pass_on(
    platform: Platform,
    tx: Transaction,
    conversation: Conversation,
    agent_id: int,
    *,
    drafts: list[Draft],
    sender: Sender,
) -> Conversation:
    """Give it to this agent, behind these entries. Raises `dispatch.full` without a free place."""
    target = await require_target(tx, conversation, agent_id)
    team_id = None if conversation.team_id is None else str(conversation.team_id)
    drafts = [
        *drafts,
        Draft(EntryKind.TRANSFERRED, sender, Transferred(conversation.agent, target, None)),
        Draft(EntryKind.ASSIGNED, sender, Assigned(target, team_id, "transfer")),
    ]
    moved = await change_in(platform, tx, conversation.organization_id, conversation.id, drafts, expect=HELD)
    await record_choice(platform, tx, moved, "transfer", agent_id)
    return moved
