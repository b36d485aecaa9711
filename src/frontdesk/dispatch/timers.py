"""What time does to a conversation: an automatic answer, a warning, the end of a silent one.

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
from frontdesk.dispatch.ending import close_in
from frontdesk.dispatch.ownership import SYSTEM
from frontdesk.dispatch.store import watches
from frontdesk.dispatch.store.watches import Watch
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Transaction
from frontdesk.settings import LocalizedText, Settings
from frontdesk.settings import get as get_settings

logger = structlog.get_logger("frontdesk.dispatch")

RETRY_MS: Final = 60_000
LATER_MS: Final = 3_600_000
BATCH: Final = 200
WARNING: Final = LocalizedText(
    zh_cn="您已有一段时间没有回复了。如果没有其他问题，会话稍后将自动结束。",
    en="We have not heard from you for a while. If there is nothing else, this conversation will end soon.",
)


class Step(StrEnum):
    """What is due now."""

    NOTHING = "nothing"
    FORGET = "forget"
    AUTO_REPLY = "auto_reply"
    WARN = "warn"
    CLOSE = "close"


def next_step(
    conversation: Conversation, watch: Watch, settings: Settings, now: Millis
) -> tuple[Step, Watch]:
    """What is due for this conversation, and the watch as it is then, with the next moment to look. Pure."""
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
        case ConversationState.ACTIVE:
            return _active(conversation, watch, settings, now)


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
        step, after = next_step(conversation, watch, settings, platform.clock.now())
        match step:
            case Step.FORGET:
                await watches.delete(tx, watch.organization_id, watch.conversation_id)
            case Step.CLOSE:
                system = system_subject(watch.organization_id)
                await close_in(platform, tx, system, conversation, reason="silence")
            case Step.AUTO_REPLY | Step.WARN | Step.NOTHING:
                await watches.save(tx, after)
                await _say(platform, tx, conversation, step, settings)

    await platform.database.write(known.organization_id, work)


async def _say(
    platform: Platform, tx: Transaction, conversation: Conversation, step: Step, settings: Settings
) -> None:
    if step is Step.NOTHING:
        return
    words = settings.auto_reply_text if step is Step.AUTO_REPLY else WARNING
    text = words.of(conversation.language)
    if text:
        draft = Draft(EntryKind.MESSAGE, SYSTEM, Text(text))
        await append_in(platform, tx, conversation.organization_id, conversation.id, [draft])


def _active(conversation: Conversation, watch: Watch, settings: Settings, now: Millis) -> tuple[Step, Watch]:
    visitor_at, agent_at = conversation.last_visitor_at or 0, conversation.last_agent_at or 0
    if visitor_at > agent_at:
        return _unanswered(watch, settings, now, visitor_at, agent_at)
    watch = structs.replace(watch, unanswered_since=None, replied_at=None)
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


def _unanswered(
    watch: Watch, settings: Settings, now: Millis, visitor_at: Millis, agent_at: Millis
) -> tuple[Step, Watch]:
    """The visitor spoke last. The stretch begins when that is first seen, or when the owner changed."""
    since = watch.unanswered_since
    if since is None or since < agent_at:
        since = max(visitor_at, watch.since)
        watch = structs.replace(watch, unanswered_since=since, replied_at=None)
    watch = structs.replace(watch, warned_at=None)
    due = _after(since, settings.auto_reply_after_s)
    if watch.replied_at is not None:
        return Step.NOTHING, _look_at(watch, _again(settings, now), now)
    if now >= due:
        return Step.AUTO_REPLY, _look_at(structs.replace(watch, replied_at=now), _again(settings, now), now)
    return Step.NOTHING, _look_at(watch, min(due, _again(settings, now)), now)


def _again(settings: Settings, now: Millis) -> Millis:
    """The latest moment to look again so that nothing that begins from now on is late."""
    spans = (settings.auto_reply_after_s, settings.silence_warn_s, settings.silence_close_s)
    shortest = min((span for span in spans if span > 0), default=LATER_MS // 1000)
    return now + shortest * 1000


def _after(moment: Millis, seconds: int) -> Millis:
    """`seconds` after a moment; 0 seconds means never."""
    return moment + seconds * 1000 if seconds > 0 else 1 << 62


def _at(step: Step, watch: Watch, due: Millis, now: Millis) -> tuple[Step, Watch]:
    if now >= due:
        return step, watch
    return Step.NOTHING, _look_at(watch, min(due, now + LATER_MS), now)


def _look_at(watch: Watch, moment: Millis, now: Millis) -> Watch:
    return structs.replace(watch, due_at=max(moment, now + 1))
