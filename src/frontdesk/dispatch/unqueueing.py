"""Out of the queue without a human: back to the bot that had the conversation last, where there is one."""

from typing import Final

from frontdesk.conversations import (
    Assigned,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Sender,
    Unqueued,
)
from frontdesk.dispatch.ownership import SYSTEM, change_in
from frontdesk.dispatch.store import watches
from frontdesk.platform import Platform, Transaction
from frontdesk.staff import AgentKind, cards, load

_WAITING: Final = frozenset({ConversationState.WAITING})


async def unqueue_in(
    platform: Platform, tx: Transaction, conversation: Conversation, sender: Sender, body: Unqueued
) -> Conversation:
    """Out of the queue, for the reason that the body tells."""
    drafts = [Draft(EntryKind.UNQUEUED, sender, body), *await back_to_bot(tx, conversation)]
    return await change_in(
        platform, tx, conversation.organization_id, conversation.id, drafts, expect=_WAITING
    )


async def back_to_bot(tx: Transaction, conversation: Conversation) -> list[Draft]:
    """The entry that gives a conversation to the bot that had it last; nothing when none had, or it is gone."""
    watch = await watches.find(tx, conversation.organization_id, conversation.id)
    if watch is None or watch.bot_id is None:
        return []
    known = await cards(tx, conversation.organization_id, [watch.bot_id])
    bot = known.get(watch.bot_id)
    if bot is None or bot.kind is not AgentKind.BOT:
        return []
    if not (await load(tx, conversation.organization_id, watch.bot_id)).enabled:
        return []
    team = None if conversation.team_id is None else str(conversation.team_id)
    return [Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(bot, team, "bot"))]
