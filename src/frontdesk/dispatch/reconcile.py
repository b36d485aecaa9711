"""The slow proof that nothing was missed: what dispatch keeps is computed again from the conversations, and repaired.

Every repair is a fault, counted by kind: in a healthy installation the counters stay at zero.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import structlog
from msgspec import Struct

from frontdesk.auth import find_organizations
from frontdesk.conversations import ConversationState, View, get_in, list_conversations, places_taken_in
from frontdesk.core.channels import ChannelKind
from frontdesk.core.subject import system_subject
from frontdesk.dispatch.entering import enter_in
from frontdesk.dispatch.matching import match_in
from frontdesk.dispatch.ownership import end_invitation_in, queue_changed, seat_changed
from frontdesk.dispatch.presence import follow_agent_in
from frontdesk.dispatch.seat import Seat
from frontdesk.dispatch.store import invitations, queue, seats, watches
from frontdesk.dispatch.types import OfferEnd, Place, QueueItem
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.platform.telemetry import counter
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import UNLIMITED, Agent, Status, load_all

logger = structlog.get_logger("frontdesk.dispatch")
_faults: Final = counter("dispatch_faults_total", "What the reconciler had to repair", ("kind",))


class Fault(StrEnum):
    LOAD = "load"
    QUEUE_MISSING = "queue_missing"
    QUEUE_STALE = "queue_stale"
    MATCH_MISSED = "match_missed"


class Activity:
    """Whether the event-driven dispatcher has anything to do: work that it is about to do was not missed."""

    def __init__(self) -> None:
        self.heard = 0
        self.working = 0


async def reconcile(
    platform: Platform,
    organization_ids: Iterable[int] | None = None,
    *,
    activity: Activity | None = None,
    count: bool = True,
) -> list[Fault]:
    """Check and repair these organizations, or all; returns the faults.

    `count` False: when a process takes over, which is when being behind is no fault.
    """
    if organization_ids is None:
        organization_ids = await platform.database.read(EVERY_ORGANIZATION, find_organizations)
    faults: list[Fault] = []
    for organization_id in sorted(organization_ids):
        faults += await _seats(platform, organization_id)
        faults += await _queue(platform, organization_id)
        faults += await _matches(platform, organization_id, activity or Activity())
    for fault in faults if count else ():
        _faults.labels(kind=fault).inc()
        logger.error("dispatch.fault", kind=fault)
    return faults


async def _seats(platform: Platform, organization_id: int) -> list[Fault]:
    async def differing(reader: Reader) -> list[Agent]:
        people = [one for one in await load_all(reader, organization_id) if one.capacity < UNLIMITED]
        return [one for one in people if _is_behind(one, *await _seat_of(reader, one))]

    faults: list[Fault] = []
    settings = await get_settings(platform, organization_id)
    for agent in await platform.database.read(organization_id, differing):
        faults += await platform.database.write(
            organization_id, lambda tx, agent=agent: _seat(platform, tx, agent, settings)
        )
    return faults


class _Should(Struct, frozen=True):
    """What a seat should say, by the conversations and the offers."""

    load: int
    reserved: int
    taken: Mapping[str, int]

    def is_said_by(self, seat: Seat) -> bool:
        return (seat.load, seat.reserved, seat.taken) == (self.load, self.reserved, self.taken)


async def _seat_of(reader: Reader, agent: Agent) -> tuple[Seat | None, _Should]:
    active = await places_taken_in(reader, agent.organization_id, agent.id)
    offers = await queue.offers_to(reader, agent.organization_id, agent.id)
    taken = {
        kind.value: active.get(kind, 0) + sum(item.weight for item in offers if item.kind == kind)
        for kind in ChannelKind
    }
    should = _Should(sum(active.values()), sum(item.weight for item in offers), taken)
    return await seats.find(reader, agent.organization_id, agent.id), should


async def _seat(platform: Platform, tx: Transaction, agent: Agent, settings: Settings) -> list[Fault]:
    organization_id, agent_id = agent.organization_id, agent.id
    before, should = await _seat_of(tx, agent)
    wrong = before is not None and not should.is_said_by(before)
    if before is None or wrong:
        await follow_agent_in(platform, tx, organization_id, agent_id, settings)
        await seats.repair(
            tx, organization_id, agent_id, load=should.load, reserved=should.reserved, taken=should.taken
        )
        seat_changed(platform, tx, organization_id, agent_id, freed=True)
    else:
        await follow_agent_in(platform, tx, organization_id, agent_id, settings)
    return [Fault.LOAD] if wrong else []


def _is_behind(agent: Agent, seat: Seat | None, should: _Should) -> bool:
    if seat is None or (seat.capacity, seat.limits) != (agent.capacity, agent.limits):
        return True
    if not should.is_said_by(seat):
        return True
    if agent.status is Status.OFFLINE:
        return seat.reserved > 0 or (seat.load > 0 and seat.reassign_at is None)
    return seat.reassign_at is not None


async def _queue(platform: Platform, organization_id: int) -> list[Fault]:
    known = await platform.database.read(
        organization_id, lambda reader: queue.every_item(reader, organization_id)
    )
    items = {item.conversation_id: item for item in known}
    waiting, unwatched = await _open(platform, organization_id)
    faults: list[Fault] = []
    for conversation_id in sorted(waiting ^ set(items)):
        item = items.get(conversation_id)
        faults += await platform.database.write(
            organization_id,
            lambda tx, one=conversation_id, item=item: _item(platform, tx, organization_id, one, item),
        )
    now = platform.clock.now()
    if unwatched:

        async def watch(tx: Transaction) -> None:
            for conversation_id, bot_id in unwatched.items():
                await watches.add_missing(tx, organization_id, conversation_id, now, bot_id)

        await platform.database.write(organization_id, watch)
    return faults


async def _open(platform: Platform, organization_id: int) -> tuple[set[int], dict[int, int | None]]:
    """The waiting conversations, and those that are not watched yet with the bot they are with."""
    waiting: set[int] = set()
    bots: dict[int, int | None] = {}
    cursor: str | None = None
    subject = system_subject(organization_id)
    while True:
        page = await list_conversations(platform, subject, View.ALL, cursor=cursor, limit=100)
        for header in page.items:
            conversation_id = int(header.id)
            if header.state is ConversationState.WAITING:
                waiting.add(conversation_id)
            is_bots = header.state is ConversationState.BOT and header.agent is not None
            bots[conversation_id] = int(header.agent.id) if is_bots and header.agent is not None else None
        cursor = page.cursor
        if cursor is None:
            break
    watched = await platform.database.read(
        organization_id, lambda reader: watches.all_of(reader, organization_id)
    )
    return waiting, {one: bot for one, bot in bots.items() if one not in watched}


async def _item(
    platform: Platform, tx: Transaction, organization_id: int, conversation_id: int, seen: QueueItem | None
) -> list[Fault]:
    conversation = await get_in(tx, organization_id, conversation_id)
    item = await queue.find(tx, organization_id, conversation_id)
    is_waiting = conversation.state is ConversationState.WAITING and conversation.team_id is not None
    if item is not None and not is_waiting:
        if item.offered_to is not None:
            await seats.unreserve(tx, organization_id, item)
        for one in await invitations.of_conversations(tx, organization_id, conversation_id):
            await end_invitation_in(platform, tx, one, OfferEnd.WITHDRAWN)
        await queue.delete(tx, organization_id, conversation_id)
        queue_changed(platform, tx, organization_id, item.team_id)
        return [Fault.QUEUE_STALE]
    if item is None and is_waiting and conversation.team_id is not None:
        since = conversation.waiting_since or platform.clock.now()
        await enter_in(tx, conversation, conversation.team_id, Place(), since)
        queue_changed(platform, tx, organization_id, conversation.team_id)
        return [Fault.QUEUE_MISSING]
    return []


async def _matches(platform: Platform, organization_id: int, activity: Activity) -> list[Fault]:
    settings = await get_settings(platform, organization_id)
    faults: list[Fault] = []
    for team_id in await platform.database.read(
        organization_id, lambda reader: queue.teams_waiting(reader, organization_id)
    ):
        if not activity.working:
            heard = activity.heard
            matched = await platform.database.write(
                organization_id,
                lambda tx, team_id=team_id: match_in(platform, tx, organization_id, team_id, settings),
            )
            # Placing makes the dispatcher hear that places were taken; more means that somebody else's news was on its way.
            if matched.placed:
                await platform.bus.subscribed()  # by the time that it returns, news on the way has come
            if matched.placed and activity.heard - heard <= 1:
                faults.append(Fault.MATCH_MISSED)
    return faults
