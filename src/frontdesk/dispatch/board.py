"""What people see of the queue: positions for visitors, counts for teams, loads for staff. A view that can be rebuilt.

Only what changed is sent: a visitor hears of a new position, a team of a new count, staff of an agent's new state.
"""

from math import ceil
from typing import Final

import structlog
from msgspec import Struct

from frontdesk.auth import Permission
from frontdesk.conversations import (
    AgentFrame,
    AgentState,
    OfferFrame,
    QueueFrame,
    TransferFrame,
    WaitingFrame,
    deliver_subject,
    get_in,
    open_of_contact_in,
    publish_frame,
    roster_subject,
    snapshot_of,
    team_subject,
)
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch.alarms import frame_of
from frontdesk.dispatch.pace import Pace
from frontdesk.dispatch.requests import offer_of
from frontdesk.dispatch.seat import Seat
from frontdesk.dispatch.service_levels.telling import due_for
from frontdesk.dispatch.store import invitations, line, questions, queue, seats, watches
from frontdesk.dispatch.types import QueuePosition
from frontdesk.dispatch.waiting import pace_of_team, position_of, stand
from frontdesk.platform import Platform, Reader
from frontdesk.staff import (
    Agent,
    Policy,
    agent_view,
    card,
    is_picked_by_hand,
    load,
    load_all,
    teams_watched_by,
)

logger = structlog.get_logger("frontdesk.dispatch")

MOST: Final = 10_000
ESTIMATES_MS: Final = 30_000
Team = tuple[int, int]
_Seen = tuple[int, bool, int | None, int | None]


class _Told(Struct, frozen=True):
    """When a queue was told of last, and what each of its conversations was told."""

    at: Millis
    seen: dict[int, _Seen]


class Board:
    """Remembers what it told, so that it tells only news. After a restart everybody is told once.

    A change of a queue is only noted; `tell` passes over each changed queue once, however often it has changed since.
    What that costs is one message for each visitor who sees something else than before.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._changed: set[Team] = set()
        self._told: dict[Team, _Told] = {}
        self._counts: dict[Team, tuple[int, Millis | None]] = {}

    def changed(self, organization_id: int, team_id: int) -> None:
        """This team's queue is not what it was."""
        self._changed.add((organization_id, team_id))

    async def tell(self) -> None:
        """Tell the waiting visitors of changed queues their new places, and staff the new counts.

        Estimates move with time alone: those of the other queues are looked at again every half minute.
        """
        old = self._platform.clock.now() - ESTIMATES_MS
        self._changed |= {team for team, told in self._told.items() if told.at <= old}
        for team in sorted(self._changed):
            self._changed.discard(team)  # what changes from here on is told the next time
            try:
                await self._tell(*team)
            except FrontdeskError as error:
                self._changed.add(team)
                logger.warning("dispatch.board.failed", organization_id=team[0], reason=error.code)

    async def _tell(self, organization_id: int, team_id: int) -> None:
        key, bus = (organization_id, team_id), self._platform.bus

        async def read(reader: Reader) -> tuple[list[line.InLine], Pace | None, WaitingFrame | None]:
            items = await line.whole(reader, organization_id, team_id, limit=MOST)
            pace = await pace_of_team(self._platform, reader, organization_id, team_id) if items else None
            count = (len(items), min((item.waiting_since for item in items), default=None))
            if self._counts.get(key, (0, None)) == count:
                return items, pace, None
            by_hand = bool(items) and await is_picked_by_hand(reader, organization_id, team_id)
            return items, pace, WaitingFrame(str(team_id), *count, by_hand=by_hand)

        items, pace, waiting = await self._platform.database.read(organization_id, read)
        before = self._told.pop(key, None)
        told: dict[int, _Seen] = {}
        for position, item in enumerate(items, start=1):
            place = stand(position, pace, callback=item.callback)
            told[item.conversation_id] = seen = _seen(place)
            if before is None or before.seen.get(item.conversation_id) != seen:
                publish_frame(
                    bus,
                    deliver_subject(organization_id, item.contact_id),
                    _frame_of(item.conversation_id, team_id, place),
                )
        if items:
            self._told[key] = _Told(self._platform.clock.now(), told)
        if waiting is not None:
            self._counts[key] = (waiting.count, waiting.oldest)
            publish_frame(bus, team_subject(organization_id, team_id), waiting)

    def forget(self, organization_id: int) -> None:
        """Another process tells this organization's news from now on."""
        self._changed = {team for team in self._changed if team[0] != organization_id}
        for told in (self._told, self._counts):
            for team in [team for team in told if team[0] == organization_id]:
                del told[team]

    async def show_agents(self, organization_id: int, agent_ids: set[int]) -> None:
        """Tell who may see colleagues, and these agents themselves, how they are now."""

        async def read(reader: Reader) -> list[AgentFrame]:
            return [await _agent_frame(reader, organization_id, agent_id) for agent_id in sorted(agent_ids)]

        for frame in await self._platform.database.read(organization_id, read):
            for whom in (None, int(frame.agent.id)):
                publish_frame(self._platform.bus, roster_subject(organization_id, whom), frame)


def _frame_of(conversation_id: int, team_id: int, place: QueuePosition) -> QueueFrame:
    return QueueFrame(
        str(conversation_id),
        place.position,
        place.ahead,
        place.estimate,
        str(team_id),
        place.soonest,
        place.latest,
        place.callback,
    )


def _seen(place: QueuePosition) -> _Seen:
    """What of a place a visitor can tell apart: the position, and the whole minutes around the wait."""
    if place.soonest is None or place.latest is None:
        return place.position, place.callback, None, None
    return place.position, place.callback, place.soonest // 60, ceil(place.latest / 60)


async def standing(platform: Platform, subject: Subject) -> list[Struct]:
    """The frames of dispatch that a client needs when it connects: its place in the queue, or its open offers, its
    teams' counts and everybody's state.
    """

    async def read(reader: Reader) -> list[Struct]:
        if subject.kind is SubjectKind.VISITOR:
            return await _visitor_stands(platform, reader, subject)
        if subject.kind is SubjectKind.AGENT:
            return await _agent_stands(reader, subject)
        return []

    return await platform.database.read(subject.organization_id, read)


async def _visitor_stands(platform: Platform, reader: Reader, subject: Subject) -> list[Struct]:
    organization_id = subject.organization_id
    conversation = await open_of_contact_in(reader, organization_id, subject.id, subject.channel_id)
    item = None if conversation is None else await queue.find(reader, organization_id, conversation.id)
    if item is None:
        return []
    place = await position_of(platform, reader, item)
    return [_frame_of(item.conversation_id, item.team_id, place)]


async def _agent_stands(reader: Reader, subject: Subject) -> list[Struct]:
    frames = await _work(reader, subject) if subject.may(Permission.CONVERSATION_READ_OWN) else []
    organization_id = subject.organization_id
    everybody = subject.may(Permission.STAFF_READ)
    loads = await seats.all_of(reader, organization_id)
    for agent in await load_all(reader, organization_id):
        if everybody or agent.id == subject.id:
            frames.append(_frame(agent, loads.get(agent.id)))
    return frames


async def _work(reader: Reader, subject: Subject) -> list[Struct]:
    """What waits for this agent, and for the teams that it follows."""
    organization_id = subject.organization_id
    frames: list[Struct] = []
    for item in await queue.offers_to(reader, organization_id, subject.id):
        conversation = await get_in(reader, organization_id, item.conversation_id)
        frames.append(OfferFrame(snapshot_of(conversation), item.offer_expires_at or 0, "dispatch"))
    for one in await invitations.of_agent(reader, organization_id, subject.id):
        conversation = await get_in(reader, organization_id, one.conversation_id)
        frames.append(OfferFrame(snapshot_of(conversation), one.expires_at, "broadcast"))
    frames += await _transfers(reader, organization_id, subject.id)
    frames += await _alarms(reader, subject)
    counts = await line.count_waiting(reader, organization_id)
    teams = await teams_watched_by(reader, subject)
    frames += await due_for(reader, subject, {team.id for team in teams})
    for team in teams:
        count, oldest = counts.get(team.id, (0, None))
        by_hand = count > 0 and team.policy is Policy.MANUAL
        frames.append(WaitingFrame(str(team.id), count, oldest, by_hand=by_hand))
    return frames


async def _transfers(reader: Reader, organization_id: int, agent_id: int) -> list[Struct]:
    """What this agent has been asked to go on with, and whom it has asked."""
    frames: list[Struct] = []
    for request in await questions.to_agent(reader, organization_id, agent_id):
        conversation = await get_in(reader, organization_id, request.conversation_id)
        frames.append(await offer_of(reader, request, conversation))
    for request in await questions.from_agent(reader, organization_id, agent_id):
        to = await card(reader, organization_id, request.to_agent_id)
        frames.append(
            TransferFrame(
                str(request.conversation_id), to, "asked", request.expires_at, purpose=request.purpose
            )
        )
    return frames


async def _alarms(reader: Reader, subject: Subject) -> list[Struct]:
    """Who waits for the word of this agent, or of the agents of the teams that it follows."""
    organization_id = subject.organization_id
    teams = {team.id for team in await teams_watched_by(reader, subject)}
    frames: list[Struct] = []
    for watch in await watches.alarmed(reader, organization_id):
        conversation = await get_in(reader, organization_id, watch.conversation_id)
        if conversation.human_agent_id == subject.id or conversation.team_id in teams:
            frames.append(frame_of(conversation, watch))
    return frames


async def _agent_frame(reader: Reader, organization_id: int, agent_id: int) -> AgentFrame:
    seat = await seats.find(reader, organization_id, agent_id)
    return _frame(await load(reader, organization_id, agent_id), seat)


def _frame(agent: Agent, seat: Seat | None) -> AgentFrame:
    view, load_now = agent_view(agent), 0 if seat is None else seat.load
    state = AgentState(
        view.id,
        view.nickname,
        view.avatar_url,
        view.kind,
        view.status,
        load_now,
        view.capacity,
        view.status_since,
        view.reason,
        None if seat is None else seat.wraps_until,
    )
    return AgentFrame(state)
