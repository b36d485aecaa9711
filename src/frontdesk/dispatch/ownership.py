"""The one way in which a conversation changes hands: its log, the seats and the queue move in one transaction.

Every use case of dispatch that appends to a log does it through `change_in`, or gives many at once who wait (`giving.py`),
so that in every committed state
- an agent's load is what its active conversations weigh, and load + reserved <= ceiling;
- a conversation is in the queue exactly while it is waiting;
- a watch exists for every open conversation that dispatch has touched (the sweep drops those of closed ones).
"""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import Final

from msgspec.structs import replace

from frontdesk.conversations import (
    Conversation,
    ConversationState,
    Draft,
    OfferEndedFrame,
    Sender,
    TransferFrame,
    append_in,
    deliver_subject,
    get_in,
    publish_frame,
)
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, conflict
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch.alarms import end_alarm_in
from frontdesk.dispatch.entering import enter_in
from frontdesk.dispatch.events import QUEUE_CHANGED, SEAT_CHANGED, QueueChanged, SeatChanged
from frontdesk.dispatch.seat import Seat
from frontdesk.dispatch.store import invitations, questions, queue, seats, waits, watches
from frontdesk.dispatch.store.invitations import Invitation
from frontdesk.dispatch.store.questions import Purpose, Question
from frontdesk.dispatch.store.seats import Places, Taking
from frontdesk.dispatch.types import ItemState, OfferEnd, Place, QueueItem
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import card, load

SYSTEM: Final = Sender(SubjectKind.SYSTEM, "0")
SHORTEST_WAIT_MS: Final = 1_000
"""Whoever was in the queue for less found a free place, and tells nothing about waiting."""
BROUGHT_BACK: Final = 1
"""The priority of one that was transferred to a team, or whose agent is gone; it has a head start besides its age."""


class SeatUse(Enum):
    """How the new owner's place is taken: a free one, the one held by an offer, or one more than there are."""

    FREE = auto()
    RESERVED = auto()
    FORCED = auto()


LAST: Final = Place()


def full() -> FrontdeskError:
    return conflict(
        "dispatch.full",
        "This agent has not enough free places.",
        hint="Close a conversation, raise the capacity, or choose somebody else.",
    )


def kind_full() -> FrontdeskError:
    return conflict(
        "dispatch.kind-full",
        "This agent has as many conversations of this kind as they may have.",
        hint="Close one of these, raise the limit for the kind, or choose somebody else.",
    )


def no_places(seat: Seat | None, weight: int) -> FrontdeskError:
    """Why this agent cannot have it."""
    return kind_full() if seat is not None and seat.has_places(weight) else full()


def moved_on() -> FrontdeskError:
    return conflict(
        "conversations.state",
        "This conversation has moved on.",
        hint="Load the conversation again.",
    )


def holder(conversation: Conversation) -> int | None:
    """The human whose seat this conversation takes now."""
    return conversation.human_agent_id if conversation.state is ConversationState.ACTIVE else None


async def sender_of(reader: Reader, subject: Subject) -> Sender:
    """How a subject signs its entries."""
    if subject.kind in {SubjectKind.AGENT, SubjectKind.BOT}:
        known = await card(reader, subject.organization_id, subject.id)
        return Sender(subject.kind, known.id, known.name)
    return Sender(subject.kind, str(subject.id))


async def change_in(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    conversation_id: int,
    drafts: Sequence[Draft],
    *,
    expect: frozenset[ConversationState] | None = None,
    use: SeatUse = SeatUse.FREE,
    place: Place = LAST,
    before: Conversation | None = None,
    matched: bool = False,
) -> Conversation:
    """Append the drafts and move seats and queue along. `before`: as it was just read, if it was.

    `matched`: the caller matches the queue it goes into, in this transaction: no dispatcher needs to do that again.

    Raises a `conflict` error, and changes nothing, when the state does not take the drafts (`conversations.state`,
    `conversations.closed`) or the new owner has no free place (`dispatch.full`), or none of its kind (`dispatch.kind-full`).
    """
    if before is None:
        before = await get_in(tx, organization_id, conversation_id)
    after = await append_in(
        platform, tx, organization_id, conversation_id, drafts, expect=expect, before=before
    )
    now = platform.clock.now()
    waited = before.state is ConversationState.WAITING
    item = await queue.find(tx, organization_id, conversation_id) if waited else None
    if item is not None:
        await _leave_queue(platform, tx, item, after, claimed=use is SeatUse.RESERVED)
    await _change_seats(platform, tx, before, after, use=use, at=now)
    if after.state is ConversationState.WAITING and after.team_id is not None:
        kept = item is not None and item.callback
        await enter_in(tx, after, after.team_id, replace(place, callback=place.callback or kept), now)
        queue_changed(platform, tx, organization_id, after.team_id, matched=matched)
    if holder(before) is not None and holder(before) != holder(after):
        await _answer_request(platform, tx, after)
        await end_alarm_in(platform, tx, before)
    if after.is_open:
        bot_id = before.agent_id if before.human_agent_id is None else None
        await watches.restart(tx, organization_id, now, {conversation_id: bot_id or _bot(after)})
    return after


async def ensure_seat(tx: Transaction, organization_id: int, agent_id: int) -> None:
    """Make the agent's seat if there is none, with the capacity that staff says now."""
    agent = await load(tx, organization_id, agent_id)
    await seats.set_places(tx, organization_id, [Places(agent_id, agent.capacity, agent.limits)])


async def end_offer_in(platform: Platform, tx: Transaction, item: QueueItem, outcome: OfferEnd) -> None:
    """Take an offer back: the item waits again in its old place, the agent's place is free again."""
    if item.offered_to is None:
        return
    await queue.end_offer(tx, item.organization_id, item.conversation_id)
    await seats.unreserve(tx, item.organization_id, item)
    _offer_ended(platform, tx, item, outcome)
    seat_changed(platform, tx, item.organization_id, item.offered_to, freed=True)
    queue_changed(platform, tx, item.organization_id, item.team_id)


async def end_invitation_in(platform: Platform, tx: Transaction, one: Invitation, outcome: OfferEnd) -> None:
    """This agent is no longer asked. No place was held, so nothing else changes."""
    await invitations.delete(tx, one)
    subject = deliver_subject(one.organization_id, one.agent_id)
    frame = OfferEndedFrame(str(one.conversation_id), outcome)
    tx.after_commit(lambda: publish_frame(platform.bus, subject, frame))


async def withdraw_too_heavy_in(
    platform: Platform, tx: Transaction, organization_id: int, agent_ids: Iterable[int]
) -> None:
    """These agents have fewer places left: who could not take it any more is not asked.

    A free place brings the questions back.
    """
    for one in await invitations.too_heavy(tx, organization_id, agent_ids):
        await end_invitation_in(platform, tx, one, OfferEnd.WITHDRAWN)


async def transfer_changed(
    platform: Platform, tx: Transaction, request: Question, state: str, reason: str = ""
) -> None:
    """Tell, once committed, who asked how it stands, and who was asked when it is over.

    `state`: asked, accepted, declined, expired or withdrawn.
    """
    organization_id, conversation_id = request.organization_id, str(request.conversation_id)
    to = await card(tx, organization_id, request.to_agent_id)
    told = TransferFrame(conversation_id, to, state, request.expires_at, reason, request.purpose)
    sender = deliver_subject(organization_id, request.from_agent_id)
    tx.after_commit(lambda: publish_frame(platform.bus, sender, told))
    if state != "asked":
        target, ended = (
            deliver_subject(organization_id, request.to_agent_id),
            OfferEndedFrame(conversation_id, state),
        )
        tx.after_commit(lambda: publish_frame(platform.bus, target, ended))


def queue_changed(
    platform: Platform, tx: Transaction, organization_id: int, team_id: int, *, matched: bool = False
) -> None:
    """Tell, once committed, that a team's queue changed; `matched` as `QueueChanged` has it."""
    event = QueueChanged(organization_id, team_id, matched)
    tx.after_commit(lambda: QUEUE_CHANGED.publish(platform.bus, event))


def seat_changed(
    platform: Platform, tx: Transaction, organization_id: int, agent_id: int, *, freed: bool
) -> None:
    """Tell, once committed, that an agent's load changed."""
    tx.after_commit(lambda: SEAT_CHANGED.publish(platform.bus, SeatChanged(organization_id, agent_id, freed)))


async def _answer_request(platform: Platform, tx: Transaction, after: Conversation) -> None:
    """It has moved or ended: a question whether somebody would take it is over."""
    request = await questions.find(tx, after.organization_id, after.id)
    if request is None:
        return
    await questions.delete(tx, after.organization_id, after.id)
    given = request.purpose is Purpose.TRANSFER and holder(after) == request.to_agent_id
    outcome = OfferEnd.ACCEPTED if given else OfferEnd.WITHDRAWN
    await transfer_changed(platform, tx, request, outcome)


def _bot(conversation: Conversation) -> int | None:
    return conversation.agent_id if conversation.human_agent_id is None else None


async def _leave_queue(
    platform: Platform, tx: Transaction, item: QueueItem, after: Conversation, *, claimed: bool
) -> None:
    """Out of the queue: taken, left, closed, or put into another one. An open offer ends with it."""
    if item.state is ItemState.OFFERED and item.offered_to is not None:
        taken = claimed and holder(after) == item.offered_to
        if not taken:
            await seats.unreserve(tx, item.organization_id, item)
            seat_changed(platform, tx, item.organization_id, item.offered_to, freed=True)
        _offer_ended(platform, tx, item, OfferEnd.ACCEPTED if taken else OfferEnd.WITHDRAWN)
    for one in await invitations.of_conversations(tx, item.organization_id, item.conversation_id):
        outcome = OfferEnd.ACCEPTED if holder(after) == one.agent_id else OfferEnd.WITHDRAWN
        await end_invitation_in(platform, tx, one, outcome)
    await queue.delete(tx, item.organization_id, item.conversation_id)
    now = platform.clock.now()
    if now - item.waiting_since >= SHORTEST_WAIT_MS:
        await waits.insert(
            tx,
            item.organization_id,
            item.team_id,
            [(platform.ids.new(), item.waiting_since)],
            ended_at=now,
            served=holder(after) is not None,
        )
    queue_changed(platform, tx, item.organization_id, item.team_id)


async def _change_seats(
    platform: Platform,
    tx: Transaction,
    before: Conversation,
    after: Conversation,
    *,
    use: SeatUse,
    at: Millis,
) -> None:
    organization_id, old, new = after.organization_id, holder(before), holder(after)
    if old == new:
        return
    if old is not None:
        await seats.release(tx, organization_id, Taking(old, at, before.weight, before.kind))
        seat_changed(platform, tx, organization_id, old, freed=True)
    if new is not None:
        await _take_places(tx, organization_id, Taking(new, at, after.weight, after.kind), use=use)
        await withdraw_too_heavy_in(platform, tx, organization_id, [new])
        seat_changed(platform, tx, organization_id, new, freed=False)


async def _take_places(tx: Transaction, organization_id: int, taking: Taking, *, use: SeatUse) -> None:
    if use is SeatUse.RESERVED:
        if not await seats.claim(tx, organization_id, taking.agent_id, taking.weight):
            raise full()
        return
    await ensure_seat(tx, organization_id, taking.agent_id)
    if await seats.occupy(tx, organization_id, taking):
        return
    if use is SeatUse.FORCED:
        await seats.squeeze_in(tx, organization_id, taking)
        return
    raise no_places(await seats.find(tx, organization_id, taking.agent_id), taking.weight)


def _offer_ended(platform: Platform, tx: Transaction, item: QueueItem, outcome: OfferEnd) -> None:
    if item.offered_to is None:
        return
    subject = deliver_subject(item.organization_id, item.offered_to)
    frame = OfferEndedFrame(str(item.conversation_id), outcome)
    tx.after_commit(lambda: publish_frame(platform.bus, subject, frame))
