"""What entries of the log do to what is counted, and what time makes of it. Pure."""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from frontdesk.conversations import Assigned, Entry, EntryKind, Queued, decode_body
from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind
from frontdesk.dispatch.service_levels.types import (
    Clock,
    Count,
    Ended,
    Measure,
    Promised,
    Promises,
    Result,
    Standing,
)
from frontdesk.staff import AgentKind, Hours, open_between, open_until

_REPLIES: Final = (Measure.FIRST_REPLY, Measure.NEXT_REPLY)
_ALL: Final = tuple(Measure)
OpenHours = Mapping[int, Hours | None]
"""By team; one that is missing is open always."""


def advance(clock: Clock, entry: Entry) -> tuple[Clock, list[Ended]]:
    """What is counted after the next entry, and what is over with it."""
    clock = replace(clock, seq=entry.seq)
    match entry.kind:
        case EntryKind.QUEUED:
            team_id = int(decode_body(entry, Queued).team_id)
            return _waits(replace(clock, team_id=team_id, agent_id=None), entry.at), []
        case EntryKind.ASSIGNED:
            return _assigned(clock, decode_body(entry, Assigned), entry.at)
        case EntryKind.UNQUEUED:
            return _end(clock, _ALL, entry.at, kept=False)
        case EntryKind.MESSAGE:
            return _said(clock, entry)
        case EntryKind.CLOSED:
            unanswered, given_up = _end(clock, _REPLIES, entry.at, kept=False)
            closed, resolved = _end(unanswered, _ALL, entry.at, kept=True)
            return closed, given_up + resolved
        case _:
            return clock, []


def reckon(clock: Clock, promises: Promises, hours: OpenHours, now: Millis) -> Clock:
    """The clock with its moments, as what is promised and when the team is open say now."""
    promised = None if clock.team_id is None else promises.get(clock.team_id)
    open_hours = None if clock.team_id is None else hours.get(clock.team_id)
    counts = tuple(_reckoned(count, promised, open_hours, now) for count in clock.counts)
    coming = [moment for count in counts for moment in _turns(count) if moment > now]
    return replace(clock, counts=counts, look_at=min(coming, default=None))


def judge(conversation_id: int, ended: Ended, promises: Promises, hours: OpenHours) -> Result | None:
    """Whether the promise was kept; None where there was none, or it was given up in time."""
    promised = promises.get(ended.team_id)
    seconds = None if promised is None else promised.level.of(ended.measure)
    if promised is None or seconds is None or ended.at < promised.began_at:
        return None
    open_hours = hours.get(ended.team_id)
    due_at = open_until(open_hours, ended.since, seconds * 1000)
    if due_at is None or (not ended.kept and ended.at <= due_at):
        return None
    return Result(
        conversation_id,
        ended.team_id,
        ended.agent_id,
        ended.measure,
        ended.since,
        due_at,
        ended.at,
        open_between(open_hours, ended.since, ended.at),
        met=ended.at <= due_at,
    )


def _waits(clock: Clock, at: Millis) -> Clock:
    """It comes to people, or back to the queue."""
    if not clock.counts:
        clock = replace(clock, counts=(Count(Measure.RESOLUTION, at), Count(Measure.FIRST_REPLY, at)))
    elif clock.replied and not _counts(clock, Measure.NEXT_REPLY):
        clock = replace(clock, counts=(*clock.counts, Count(Measure.NEXT_REPLY, at)))
    return clock


def _assigned(clock: Clock, assigned: Assigned, at: Millis) -> tuple[Clock, list[Ended]]:
    if assigned.agent.kind is AgentKind.BOT:
        return _end(clock, _ALL, at, kept=False)
    team_id = clock.team_id if assigned.team_id is None else int(assigned.team_id)
    clock = replace(clock, team_id=team_id, agent_id=int(assigned.agent.id))
    return (clock if clock.counts else _waits(clock, at)), []


def _said(clock: Clock, entry: Entry) -> tuple[Clock, list[Ended]]:
    if entry.sender.kind is SubjectKind.AGENT:
        answered, ended = _end(clock, _REPLIES, entry.at, kept=True)
        return (replace(answered, replied=True) if answered.counts else answered), ended
    asks = entry.sender.kind is SubjectKind.VISITOR and clock.replied and clock.counts
    if asks and not _counts(clock, Measure.NEXT_REPLY):
        clock = replace(clock, counts=(*clock.counts, Count(Measure.NEXT_REPLY, entry.at)))
    return clock, []


def _end(clock: Clock, measures: tuple[Measure, ...], at: Millis, *, kept: bool) -> tuple[Clock, list[Ended]]:
    over = [count for count in clock.counts if count.measure in measures]
    left = tuple(count for count in clock.counts if count.measure not in measures)
    after = replace(clock, counts=left, replied=clock.replied and bool(left))
    if clock.team_id is None:
        return after, []
    ended = [
        Ended(count.measure, count.since, at, clock.team_id, clock.agent_id, kept=kept) for count in over
    ]
    return after, ended


def _counts(clock: Clock, measure: Measure) -> bool:
    return any(count.measure is measure for count in clock.counts)


def _turns(count: Count) -> tuple[Millis, ...]:
    """When it is warned, and the first moment at which it is too late."""
    if count.warns_at is None or count.due_at is None:
        return ()
    return count.warns_at, count.due_at + 1


def _reckoned(count: Count, promised: Promised | None, hours: Hours | None, now: Millis) -> Count:
    bare = Count(count.measure, count.since)
    seconds = None if promised is None else promised.level.of(count.measure)
    if promised is None or seconds is None:
        return bare
    due_at = open_until(hours, count.since, seconds * 1000)
    warns_at = open_until(hours, count.since, seconds * 10 * promised.level.warn_percent)
    if due_at is None or warns_at is None:
        return bare
    standing = Standing.RUNNING
    if now >= warns_at:
        standing = Standing.WARNED
    if now > due_at:
        standing = Standing.BREACHED
    return replace(bare, warns_at=warns_at, due_at=due_at, standing=standing)
