"""Putting a conversation aside until a time. It keeps its agent and its place, for the visitor may write at any moment.

Nothing runs down meanwhile: the visitor is not warned for being silent, and nobody is alarmed. What the visitor writes, a new
owner or the end wakes it by itself (the log's reducer says so); time does by the watch (`timers.py`).
"""

from typing import Final

from frontdesk.conversations import (
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Snoozed,
    Woken,
    append_in,
)
from frontdesk.core.clock import Millis
from frontdesk.core.errors import invalid
from frontdesk.core.subject import Subject
from frontdesk.dispatch.alarms import end_alarm_in
from frontdesk.dispatch.ownership import SYSTEM, moved_on, sender_of
from frontdesk.dispatch.rights import get_movable, require_agent
from frontdesk.dispatch.store import watches
from frontdesk.platform import Platform, Transaction

LONGEST_MS: Final = 366 * 86_400_000


async def snooze(platform: Platform, subject: Subject, conversation_id: int, until: Millis) -> Conversation:
    """Put one's own conversation aside until then; another time replaces the one before, the same changes nothing.

    Raises an `invalid` error for a time that is over or more than a year away.
    """
    require_agent(subject)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id)
        if conversation.state is not ConversationState.ACTIVE:
            raise moved_on()
        _require_ahead(platform.clock.now(), until)
        if conversation.snoozed_until == until:
            return conversation
        draft = Draft(EntryKind.SNOOZED, await sender_of(tx, subject), Snoozed(until))
        asleep = await append_in(
            platform, tx, subject.organization_id, conversation_id, [draft], before=conversation
        )
        await end_alarm_in(platform, tx, conversation)
        await _watch_anew(platform, tx, asleep)
        return asleep

    return await platform.database.write(subject.organization_id, work)


async def wake(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Take one's own conversation up again before its time. One that is awake stays as it is."""
    require_agent(subject)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id)
        if conversation.snoozed_until is None:
            return conversation
        draft = Draft(EntryKind.WOKEN, await sender_of(tx, subject), Woken("agent"))
        return await _wake_in(platform, tx, conversation, draft)

    return await platform.database.write(subject.organization_id, work)


async def wake_in_time(platform: Platform, tx: Transaction, conversation: Conversation) -> None:
    """Its time has come."""
    await _wake_in(platform, tx, conversation, Draft(EntryKind.WOKEN, SYSTEM, Woken("time")))


def _require_ahead(now: Millis, until: Millis) -> None:
    if not now < until <= now + LONGEST_MS:
        raise invalid(
            "dispatch.snooze-until",
            "Choose a time between now and a year from now.",
            hint="until is in milliseconds since 1970, UTC.",
        )


async def _wake_in(
    platform: Platform, tx: Transaction, conversation: Conversation, draft: Draft
) -> Conversation:
    woken = await append_in(
        platform, tx, conversation.organization_id, conversation.id, [draft], before=conversation
    )
    await _watch_anew(platform, tx, woken)
    return woken


async def _watch_anew(platform: Platform, tx: Transaction, conversation: Conversation) -> None:
    """What was running starts again from now: neither side is blamed for the time between."""
    now = platform.clock.now()
    await watches.restart(tx, conversation.organization_id, now, {conversation.id: None})
