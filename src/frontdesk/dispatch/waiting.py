"""Asking for a human, leaving the queue, and where one stands in it."""

from typing import Final

from msgspec import Struct

from frontdesk.contacts import is_blocked_in
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
from frontdesk.core.errors import conflict, forbidden
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch.chain import next_step
from frontdesk.dispatch.entering import code_of, facts_of
from frontdesk.dispatch.matching import match_arrival_in
from frontdesk.dispatch.ownership import change_in, sender_of
from frontdesk.dispatch.pace import WINDOWS_MS, Pace, estimate, pace_of
from frontdesk.dispatch.reach import Absence, Why, absence_of, is_full
from frontdesk.dispatch.recording import record_overflow
from frontdesk.dispatch.rights import get_movable
from frontdesk.dispatch.routing import routing_in
from frontdesk.dispatch.store import line, queue, waits
from frontdesk.dispatch.types import Cause, Onward, Place, QueueItem, QueuePosition
from frontdesk.dispatch.unqueueing import unqueue_in
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import Status, is_anybody

_BOT: Final = frozenset({ConversationState.BOT})
_ONLINE: Final = frozenset({Status.ONLINE})


class Requested(Struct, frozen=True):
    """What became of asking for a human. With an `absence` nothing was changed."""

    conversation: Conversation
    queue: QueuePosition | None = None
    absence: Absence | None = None


async def request_human(
    platform: Platform,
    subject: Subject,
    conversation_id: int,
    reason: str = "visitor",
    *,
    team_id: int | None = None,
) -> Requested:
    """Bring a conversation to a human: at once when one is free, else through the queue.

    For the visitor, the conversation's bot, and the system. `team_id` is for a conversation that has no team yet.
    Repeating it changes nothing and tells the current position. Outside of the team's hours, when nobody of it is on duty,
    or when its queue is full and its chain leads to no other team, nothing is changed and the answer says why.
    """
    if subject.kind is SubjectKind.AGENT:
        raise forbidden(
            "dispatch.visitors-only", "Agents transfer conversations; they do not ask for a human."
        )
    settings = await get_settings(platform, subject.organization_id)

    async def work(tx: Transaction) -> Requested:
        conversation = await get_movable(tx, subject, conversation_id)
        if conversation.state is ConversationState.BOT:
            if await is_blocked_in(
                tx, subject.organization_id, conversation.contact_id, platform.clock.now()
            ):
                return Requested(conversation, absence=Absence(Why.NOBODY))  # nobody is there for them
            return await request_human_in(
                platform, tx, subject, conversation, reason=reason, team_id=team_id, settings=settings
            )
        if conversation.state is ConversationState.CLOSED:
            raise conflict(
                "conversations.closed", "This conversation is closed.", hint="Start a new conversation."
            )
        return await standing_in(platform, tx, conversation)

    return await platform.database.write(subject.organization_id, work)


async def request_human_in(
    platform: Platform,
    tx: Transaction,
    subject: Subject,
    conversation: Conversation,
    *,
    reason: str,
    team_id: int | None,
    settings: Settings,
) -> Requested:
    """`request_human`, in the caller's transaction, for a conversation in the bot's care of somebody who is not blocked."""
    organization_id = conversation.organization_id
    facts = await facts_of(tx, conversation)
    code = await code_of(tx, organization_id, facts)
    requested = None if code is None else code.agent_id
    team = (None if code is None else code.team_id) or conversation.team_id or team_id
    if team is None:
        raise conflict(
            "dispatch.no-team",
            "This conversation belongs to no team.",
            hint="Give its channel a team in the settings.",
        )
    absence = await absence_of(platform, tx, organization_id, team)
    if absence is not None:
        return Requested(conversation, absence=absence)
    holds = await routing_in(tx, organization_id, team)
    if await is_full(tx, organization_id, holds, settings):
        steps = holds.routing.when_full
        step, told = await next_step(platform, tx, conversation, steps, cause=Cause.FULL, settings=settings)
        if step.to is not Onward.TEAM:
            return Requested(conversation, absence=Absence(Why.FULL, instead=step.to))
        await record_overflow(platform, tx, conversation, team, told)
        team, reason = int(step.team_id or 0), "overflow"
        holds = await routing_in(tx, organization_id, team)
    draft = Draft(EntryKind.QUEUED, await sender_of(tx, subject), Queued(str(team), reason))
    place = Place(requested=requested, facts=facts, routing=holds.routing)
    waiting = await change_in(
        platform,
        tx,
        organization_id,
        conversation.id,
        [draft],
        expect=_BOT,
        place=place,
        before=conversation,
        matched=True,
    )
    item = await match_arrival_in(platform, tx, waiting, holds, settings)
    if item is None:
        return Requested(await get_in(tx, organization_id, conversation.id))
    return Requested(waiting, await position_of(platform, tx, item))


async def leave_queue(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Stop waiting and go back to the bot. Repeating it, or leaving no queue, changes nothing."""

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(tx, subject, conversation_id)
        if conversation.state is not ConversationState.WAITING:
            return conversation
        return await unqueue_in(platform, tx, conversation, await sender_of(tx, subject), Unqueued("visitor"))

    return await platform.database.write(subject.organization_id, work)


async def count_waiting(reader: Reader, organization_id: int) -> dict[int, tuple[int, Millis]]:
    """By team: how many wait, and since when the oldest. Teams where nobody waits are left out."""
    return await line.count_waiting(reader, organization_id)


async def position_of(platform: Platform, reader: Reader, item: QueueItem) -> QueuePosition:
    """Where this item stands in its team's queue."""
    ahead = await line.ahead_of(reader, item)
    pace = await pace_of_team(platform, reader, item.organization_id, item.team_id)
    return stand(ahead + 1, pace, callback=item.callback)


async def pace_of_team(platform: Platform, reader: Reader, organization_id: int, team_id: int) -> Pace | None:
    """How fast this team serves its queue; None when too few were served of late, or nobody of it is online now."""
    if not await is_anybody(reader, organization_id, team_id, _ONLINE):
        return None
    now = platform.clock.now()
    lately = await waits.of_team(reader, organization_id, team_id, now - WINDOWS_MS[0])
    pace = pace_of(lately, now)
    if pace is None:  # too few of late: look back further
        pace = pace_of(await waits.of_team(reader, organization_id, team_id, now - WINDOWS_MS[-1]), now)
    return pace


def stand(position: int, pace: Pace | None, *, callback: bool = False) -> QueuePosition:
    """A position with what is known of its wait."""
    wait = estimate(position, pace)
    if wait is None:
        return QueuePosition(position, position - 1, None, callback=callback)
    return QueuePosition(position, position - 1, wait.likely, wait.soonest, wait.latest, callback)


async def standing_in(platform: Platform, tx: Transaction, conversation: Conversation) -> Requested:
    """The conversation with its place, if it waits."""
    item = await queue.find(tx, conversation.organization_id, conversation.id)
    position = None if item is None else await position_of(platform, tx, item)
    return Requested(conversation, position)
