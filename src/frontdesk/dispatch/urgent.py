"""What presses is written down once, when it begins: a silent agent, a promise that runs out, one that is broken.

Frames tell who is connected; from these rows others are told (push), and in the same transaction programs (webhooks).
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from frontdesk.conversations import Conversation, get_in
from frontdesk.core.clock import Millis
from frontdesk.dispatch.service_levels.types import Clock, Standing
from frontdesk.dispatch.store import service_levels, urgencies, watches
from frontdesk.dispatch.store.urgencies import Urgency, Urgent
from frontdesk.dispatch.store.watches import Watch
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.platform.outbox import tell_in

_EVENT: Final[Mapping[Urgent, str]] = {
    Urgent.SILENT: "agent.silent",
    Urgent.WARNED: "service_level.warned",
    Urgent.BREACHED: "service_level.breached",
}
_OF_STANDING: Final = {Standing.WARNED: Urgent.WARNED, Standing.BREACHED: Urgent.BREACHED}


class About(Struct, frozen=True):
    """The conversation, as webhooks name it."""

    id: str
    channel_id: str
    contact_id: str


class Silent(Struct, frozen=True):
    """The data of `agent.silent`."""

    conversation: About
    team_id: str | None
    agent_id: str | None
    since: Millis


class Owed(Struct, frozen=True):
    """The data of `service_level.warned` and `service_level.breached`."""

    conversation: About
    team_id: str | None
    agent_id: str | None
    measure: str
    since: Millis
    due_at: Millis


async def agent_is_silent_in(
    platform: Platform, tx: Transaction, conversation: Conversation, watch: Watch
) -> None:
    """The alarm of this stretch begins."""
    now = platform.clock.now()
    await _note(
        platform,
        tx,
        Urgency(
            id=platform.ids.new(),
            organization_id=conversation.organization_id,
            conversation_id=conversation.id,
            team_id=conversation.team_id,
            agent_id=conversation.human_agent_id,
            what=Urgent.SILENT,
            since=watch.unanswered_since or now,
            at=now,
        ),
    )


async def promises_press_in(platform: Platform, tx: Transaction, before: Clock, after: Clock) -> None:
    """Of what is counted, something is warned now or broken that was not so before."""
    known = {(one.measure, one.since, one.standing) for one in before.counts}
    for one in after.due:
        what = _OF_STANDING.get(one.standing)
        if what is None or (one.measure, one.since, one.standing) in known:
            continue
        urgency = Urgency(
            id=platform.ids.new(),
            organization_id=after.organization_id,
            conversation_id=after.conversation_id,
            team_id=after.team_id,
            agent_id=after.agent_id,
            what=what,
            measure=one.measure,
            since=one.since,
            due_at=one.due_at,
            at=platform.clock.now(),
        )
        await _note(platform, tx, urgency)


async def is_urgent_in(reader: Reader, organization_id: int, conversation_id: int, what: Urgent) -> bool:
    """Whether it still is so."""
    if what is Urgent.SILENT:
        watch = await watches.find(reader, organization_id, conversation_id)
        return watch is not None and watch.alarmed_at is not None
    clocks = await service_levels.clocks(reader, organization_id, [conversation_id])
    clock = clocks.get(conversation_id)
    return clock is not None and any(_OF_STANDING.get(one.standing) is what for one in clock.due)


async def _note(platform: Platform, tx: Transaction, urgency: Urgency) -> None:
    if not await urgencies.add(tx, urgency):
        return
    conversation = await get_in(tx, urgency.organization_id, urgency.conversation_id)
    about = About(str(conversation.id), str(conversation.channel_id), str(conversation.contact_id))
    team_id = None if urgency.team_id is None else str(urgency.team_id)
    agent_id = None if urgency.agent_id is None else str(urgency.agent_id)
    data: Silent | Owed = Silent(about, team_id, agent_id, urgency.since)
    if urgency.due_at is not None:
        data = Owed(about, team_id, agent_id, urgency.measure, urgency.since, urgency.due_at)
    await tell_in(
        platform, tx, urgency.organization_id, _EVENT[urgency.what], about=conversation.id, data=data
    )
