"""Waiting ends: after the longest wait of a team, or when it has closed and nobody of it is there any more."""

from collections.abc import Sequence
from typing import Final

import structlog

from frontdesk.conversations import (
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Queued,
    Unqueued,
    get_in,
)
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError
from frontdesk.dispatch.chain import next_step
from frontdesk.dispatch.matching import match_arrival_in
from frontdesk.dispatch.ownership import SYSTEM, change_in
from frontdesk.dispatch.policies.ageing import LONGEST_HEAD_START_S
from frontdesk.dispatch.reach import Why, absence_of, limits_of, on_duty
from frontdesk.dispatch.recording import record_overflow
from frontdesk.dispatch.routing import routing_in
from frontdesk.dispatch.store import queue
from frontdesk.dispatch.types import Cause, ItemState, Onward, Place, QueueItem
from frontdesk.dispatch.unqueueing import unqueue_in
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings

logger = structlog.get_logger("frontdesk.dispatch")

BATCH: Final = 50
_WAITING: Final = frozenset({ConversationState.WAITING})


async def sweep_queues(platform: Platform, organization_ids: Sequence[int]) -> int:
    """Move on everybody in these organizations whose wait is over; returns how many.

    One that fails harms no other. Two processes that do it at once do nothing twice.
    """
    moved = 0
    for organization_id, team_id in await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: queue.all_waiting(reader, organization_ids)
    ):
        settings = await get_settings(platform, organization_id)

        async def find(
            reader: Reader,
            organization_id: int = organization_id,
            team_id: int = team_id,
            settings: Settings = settings,
        ) -> list[int]:
            until, _ = await _over(platform, reader, organization_id, team_id, settings)
            return await queue.waiting_until(reader, organization_id, team_id, until, limit=BATCH)

        for conversation_id in await platform.database.read(organization_id, find):
            moved += await _move_on(platform, organization_id, conversation_id, settings)
    return moved


async def _over(
    platform: Platform, reader: Reader, organization_id: int, team_id: int, settings: Settings
) -> tuple[Millis, Cause]:
    """The wait of those who have waited since this moment, or before it, is over, and why."""
    now = platform.clock.now()
    absence = await absence_of(platform, reader, organization_id, team_id)
    closed = absence is not None and absence.why is Why.CLOSED
    if closed and not await on_duty(reader, organization_id, team_id):
        return now, Cause.CLOSED
    routing = (await routing_in(reader, organization_id, team_id)).routing
    _, longest_s = limits_of(routing, settings)
    return (now - longest_s * 1000 if longest_s else -1), Cause.LATE


async def _move_on(
    platform: Platform, organization_id: int, conversation_id: int, settings: Settings
) -> bool:
    async def work(tx: Transaction) -> bool:
        item = await queue.find(tx, organization_id, conversation_id)
        if item is None or item.state is not ItemState.WAITING or item.callback:
            return False
        until, cause = await _over(platform, tx, organization_id, item.team_id, settings)
        if item.waiting_since > until:
            return False
        conversation = await get_in(tx, organization_id, conversation_id)
        steps = (await routing_in(tx, organization_id, item.team_id)).routing.when_late
        step, told = await next_step(platform, tx, conversation, steps, cause=cause, settings=settings)
        await record_overflow(platform, tx, conversation, item.team_id, told)
        if step.to is Onward.TEAM:
            team_id = int(step.team_id or 0)
            await _to_team(platform, tx, conversation, item, team_id=team_id, settings=settings)
        else:
            await unqueue_in(platform, tx, conversation, SYSTEM, Unqueued(cause, step.to))
        return True

    try:
        return await platform.database.write(organization_id, work)
    except FrontdeskError as error:
        logger.warning("dispatch.overflow.failed", conversation_id=conversation_id, reason=error.code)
        return False


async def _to_team(
    platform: Platform,
    tx: Transaction,
    conversation: Conversation,
    item: QueueItem,
    *,
    team_id: int,
    settings: Settings,
) -> None:
    """Into another queue. What was waited already is a head start there, as far as head starts go."""
    organization_id = conversation.organization_id
    waited_s = (platform.clock.now() - item.waiting_since) // 1000
    place = Place(requested=item.requested, head_start_s=min(waited_s, LONGEST_HEAD_START_S))
    if item.priority:
        place = Place(item.priority, conversation.opened_at, item.requested)
    draft = Draft(EntryKind.QUEUED, SYSTEM, Queued(str(team_id), "overflow"))
    await change_in(platform, tx, organization_id, conversation.id, [draft], expect=_WAITING, place=place)
    holds = await routing_in(tx, organization_id, team_id)
    await match_arrival_in(platform, tx, conversation, holds, settings)
