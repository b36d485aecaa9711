"""What time does to a conversation: its waking, an automatic answer, an alarm, another agent, a warning, the end of a silent one.

Nobody is told when a message is written (that path is hot). Instead every open conversation has one moment at which it
is looked at again, never later than the shortest time after which anything could be due: so each thing happens on time,
at the cost of one look in that span.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import structlog
from msgspec import structs

from frontdesk.conversations import Conversation, ConversationState, Draft, EntryKind, Text, append_in, get_in
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import system_subject
from frontdesk.dispatch.alarms import alarm
from frontdesk.dispatch.ending import close_in
from frontdesk.dispatch.handover import requeue_silent_in
from frontdesk.dispatch.ownership import SYSTEM
from frontdesk.dispatch.snoozing import wake_in_time
from frontdesk.dispatch.store import watches
from frontdesk.dispatch.store.watches import Watch
from frontdesk.dispatch.urgent import agent_is_silent_in
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import Hours, hours_of, open_until

logger = structlog.get_logger("frontdesk.dispatch")

RETRY_MS: Final = 60_000
LATER_MS: Final = 3_600_000
ALARMED_MS: Final = 5_000
"""How often an alarmed conversation is looked at, so that the alarm ends soon after the agent has spoken."""
NEVER: Final = 1 << 62
BATCH: Final = 200


class Step(StrEnum):
    """What is due now."""

    NOTHING = "nothing"
    FORGET = "forget"
    AUTO_REPLY = "auto_reply"
    ALARM = "alarm"
    REASSIGN = "reassign"
    WAKE = "wake"
    WARN = "warn"
    CLOSE = "close"


def next_step(
    conversation: Conversation, watch: Watch, settings: Settings, now: Millis, hours: Hours | None = None
) -> tuple[Step, Watch]:
    """What is due for this conversation, and the watch as it is then, with the next moment to look. Pure.

    `hours`: when its team is open, for the alarm counts no other time; None: always.
    """
    match conversation.state:
        case ConversationState.CLOSED:
            until = (conversation.closed_at or 0) + settings.reopen_window_s * 1000
            return _at(Step.FORGET, watch, until, now)
        case ConversationState.WAITING:
            return Step.NOTHING, _look_at(watch, now + LATER_MS, now)
        case ConversationState.BOT:
            return _at(
                Step.CLOSE, watch, _after(conversation.last_entry_at, settings.bot_silence_close_s), now
            )
        case ConversationState.ACTIVE if conversation.snoozed_until is not None:
            wakes = min(conversation.snoozed_until, _again(settings, now))
            due = now >= conversation.snoozed_until
            return (Step.WAKE, watch) if due else (Step.NOTHING, _look_at(watch, wakes, now))
        case ConversationState.ACTIVE:
            return _active(conversation, watch, settings, now, hours)


async def sweep_watches(platform: Platform, organization_ids: Sequence[int]) -> int:
    """Do everything that is due in these organizations; returns how many conversations were looked at.

    One that fails harms no other. Two processes that do it at once do nothing twice.
    """
    now = platform.clock.now()
    due = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: watches.due(reader, now, organization_ids, limit=BATCH)
    )
    for watch in due:
        settings = await get_settings(platform, watch.organization_id)
        try:
            await _look(platform, watch, settings)
        except FrontdeskError as error:
            logger.warning("dispatch.watch.failed", conversation_id=watch.conversation_id, reason=error.code)
            later = structs.replace(watch, due_at=now + RETRY_MS)
            await platform.database.write(
                watch.organization_id, lambda tx, later=later: watches.save(tx, later)
            )
    return len(due)


async def _look(platform: Platform, known: Watch, settings: Settings) -> None:
    async def work(tx: Transaction) -> None:
        watch = await watches.find(tx, known.organization_id, known.conversation_id)
        if watch is None:
            return
        conversation = await get_in(tx, watch.organization_id, watch.conversation_id)
        hours = await _hours_of(tx, conversation, settings)
        step, after = next_step(conversation, watch, settings, platform.clock.now(), hours)
        match step:
            case Step.FORGET:
                await watches.delete(tx, watch.organization_id, watch.conversation_id)
            case Step.CLOSE:
                system = system_subject(watch.organization_id)
                await close_in(
                    platform, tx, system, conversation, reason="silence", wrap_up_s=settings.wrap_up_s
                )
            case Step.WAKE:
                await wake_in_time(platform, tx, conversation)
            case Step.REASSIGN:
                if not await requeue_silent_in(platform, tx, conversation, settings):
                    later = platform.clock.now() + RETRY_MS
                    await watches.save(tx, structs.replace(after, due_at=later))
            case Step.ALARM:
                await watches.save(tx, after)
                alarm(platform, tx, conversation, after)
                await agent_is_silent_in(platform, tx, conversation, after)
            case Step.AUTO_REPLY | Step.WARN | Step.NOTHING:
                if watch.alarmed_at is not None and after.alarmed_at is None:
                    alarm(platform, tx, conversation, after)
                await watches.save(tx, after)
                await _say(platform, tx, conversation, step, settings)

    await platform.database.write(known.organization_id, work)


async def _hours_of(reader: Reader, conversation: Conversation, settings: Settings) -> Hours | None:
    """Asked for where an alarm may be due: nothing else counts them."""
    alarmed = settings.agent_silence_alarm_s > 0 and conversation.state is ConversationState.ACTIVE
    if not alarmed or conversation.team_id is None:
        return None
    return await hours_of(reader, conversation.organization_id, conversation.team_id)


async def _say(
    platform: Platform, tx: Transaction, conversation: Conversation, step: Step, settings: Settings
) -> None:
    if step is Step.NOTHING:
        return
    words = settings.auto_reply_text if step is Step.AUTO_REPLY else settings.silence_warn_text
    text = words.of(conversation.language)
    if text:
        draft = Draft(EntryKind.MESSAGE, SYSTEM, Text(text))
        await append_in(platform, tx, conversation.organization_id, conversation.id, [draft])


def _active(
    conversation: Conversation, watch: Watch, settings: Settings, now: Millis, hours: Hours | None
) -> tuple[Step, Watch]:
    visitor_at, agent_at = conversation.last_visitor_at or 0, conversation.last_agent_at or 0
    if visitor_at > agent_at:
        since = _unanswered_since(watch, visitor_at, agent_at)
        return _unanswered(watch, settings, now, since, hours)
    watch = structs.replace(watch, unanswered_since=None, replied_at=None, alarmed_at=None)
    silent_since = max(visitor_at, agent_at, watch.since)
    ends = _after(silent_since, settings.silence_close_s)
    if now >= ends:
        return Step.CLOSE, watch
    warns = _after(silent_since, settings.silence_warn_s)
    if warns < ends and (watch.warned_at is None or watch.warned_at < silent_since):
        if now >= warns:
            return Step.WARN, _look_at(
                structs.replace(watch, warned_at=now), min(ends, _again(settings, now)), now
            )
        ends = warns
    return Step.NOTHING, _look_at(watch, min(ends, _again(settings, now)), now)


def _unanswered_since(watch: Watch, visitor_at: Millis, agent_at: Millis) -> Millis:
    """The stretch begins when it is first seen that the visitor spoke last, or when the owner changed."""
    known = watch.unanswered_since
    return max(visitor_at, watch.since) if known is None or known < agent_at else known


def _unanswered(
    watch: Watch, settings: Settings, now: Millis, since: Millis, hours: Hours | None
) -> tuple[Step, Watch]:
    if watch.unanswered_since != since:
        watch = structs.replace(watch, unanswered_since=since, replied_at=None, alarmed_at=None)
    watch = structs.replace(watch, warned_at=None)
    to_do = (
        (_after(since, settings.auto_reply_after_s), watch.replied_at, Step.AUTO_REPLY),
        (_open_after(since, settings.agent_silence_alarm_s, hours), watch.alarmed_at, Step.ALARM),
        (_after(since, settings.agent_silence_reassign_s), None, Step.REASSIGN),
    )
    again = _again(settings, now) if watch.alarmed_at is None else now + ALARMED_MS
    left = sorted((due, step) for due, done_at, step in to_do if done_at is None)
    ready = [step for due, step in left if due <= now]
    if not ready:
        return Step.NOTHING, _look_at(watch, min(left[0][0], again), now)
    # who cannot be given to anybody else still gets an answer, and an alarm
    step = next((one for one in ready if one is not Step.REASSIGN), Step.REASSIGN)
    if step is Step.AUTO_REPLY:
        watch = structs.replace(watch, replied_at=now)
    elif step is Step.ALARM:
        watch = structs.replace(watch, alarmed_at=now)
    coming = min((due for due, one in left if one is not step), default=again)
    return step, _look_at(watch, min(coming, again), now)


def _again(settings: Settings, now: Millis) -> Millis:
    """The latest moment to look again so that nothing that begins from now on is late."""
    spans = (
        settings.auto_reply_after_s,
        settings.agent_silence_alarm_s,
        settings.agent_silence_reassign_s,
        settings.silence_warn_s,
        settings.silence_close_s,
    )
    shortest = min((span for span in spans if span > 0), default=LATER_MS // 1000)
    return now + shortest * 1000


def _after(moment: Millis, seconds: int) -> Millis:
    """`seconds` after a moment; 0 seconds means never."""
    return moment + seconds * 1000 if seconds > 0 else NEVER


def _open_after(moment: Millis, seconds: int, hours: Hours | None) -> Millis:
    """`_after`, in seconds in which the team is open."""
    due = open_until(hours, moment, seconds * 1000) if seconds > 0 else None
    return NEVER if due is None else due


def _at(step: Step, watch: Watch, due: Millis, now: Millis) -> tuple[Step, Watch]:
    if now >= due:
        return step, watch
    return Step.NOTHING, _look_at(watch, min(due, now + LATER_MS), now)


def _look_at(watch: Watch, moment: Millis, now: Millis) -> Watch:
    return structs.replace(watch, due_at=max(moment, now + 1))
