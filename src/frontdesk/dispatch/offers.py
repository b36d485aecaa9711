"""Offers: a team may let its agents accept or decline. The place is held meanwhile, and the item keeps its turn."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from frontdesk.auth import Permission, require
from frontdesk.conversations import (
    Assigned,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    get_in,
)
from frontdesk.core.errors import FrontdeskError, conflict, not_found
from frontdesk.core.subject import Subject
from frontdesk.dispatch.ownership import (
    SeatUse,
    change_in,
    end_invitation_in,
    end_offer_in,
    queue_changed,
    sender_of,
)
from frontdesk.dispatch.recording import record_choice
from frontdesk.dispatch.requests import accept_in, end_requests_to_in, refuse_in
from frontdesk.dispatch.rights import require_agent, sees
from frontdesk.dispatch.store import invitations, queue, seats
from frontdesk.dispatch.store.invitations import Invitation
from frontdesk.dispatch.types import OfferEnd, QueueItem
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import card, rest_in

if TYPE_CHECKING:
    from frontdesk.core.clock import Millis

ROUND_MS: Final = 60_000
"""How long a conversation is not offered again to an agent who declined it or did not answer."""
MISSED: Final = "missed_offers"
"""The reason of a break that nobody chose; screens have words for it."""
_WAITING: Final = frozenset({ConversationState.WAITING})
_BATCH: Final = 100


async def accept(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Accept an offer, or what a colleague asks one to go on with, or to join. Repeating it changes nothing.

    Raises `dispatch.offer-over` when the offer was withdrawn, has run out, or went to somebody else, and
    `dispatch.full` when several were asked (so that no place was held) and one's places are taken by now.
    """
    require_agent(subject)
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_in(tx, organization_id, conversation_id)
        if conversation.agent_id == subject.id and conversation.state is ConversationState.ACTIVE:
            return conversation
        taken = await accept_in(platform, tx, subject, conversation)
        if taken is not None:
            return taken
        if subject.id in conversation.guest_ids:
            return conversation
        item, _ = await _offered_to(platform, tx, subject, conversation)
        use = SeatUse.RESERVED if item.offered_to == subject.id else SeatUse.FREE
        body = Assigned(await card(tx, organization_id, subject.id), str(item.team_id), "dispatch")
        draft = Draft(EntryKind.ASSIGNED, await sender_of(tx, subject), body)
        taken = await change_in(
            platform, tx, organization_id, conversation_id, [draft], expect=_WAITING, use=use
        )
        await seats.answered(tx, organization_id, subject.id)
        await record_choice(platform, tx, taken, "accepted", subject.id)
        return taken

    return await platform.database.write(organization_id, work)


async def decline(
    platform: Platform, subject: Subject, conversation_id: int, reason: str = ""
) -> Conversation:
    """Decline an offer: the conversation waits on in its old place and is offered to others first.

    What a colleague asked one to take or to join stays with them; the reason is told to them and kept as a note.
    """
    require_agent(subject)
    require(subject, Permission.CONVERSATION_WRITE_OWN)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_in(tx, subject.organization_id, conversation_id)
        if await refuse_in(platform, tx, subject, conversation, reason):
            return conversation
        item, asked = await _offered_to(platform, tx, subject, conversation)
        await seats.answered(tx, subject.organization_id, subject.id)
        if asked is None:
            await _refused(platform, tx, item, OfferEnd.DECLINED)
        else:
            await _not_wanted(platform, tx, item, asked, OfferEnd.DECLINED)
        return conversation

    return await platform.database.write(subject.organization_id, work)


async def expire_offers(platform: Platform, organization_ids: Sequence[int]) -> None:
    """End every offer of these organizations whose time is over. Who did not answer is passed over for a while."""
    now = platform.clock.now()

    async def read(reader: Reader) -> set[int]:
        due = await queue.expired_offers(reader, now, organization_ids, limit=_BATCH)
        asked = await invitations.expired(reader, now, organization_ids, limit=_BATCH)
        return {one.organization_id for one in (*due, *asked)}

    async def expire(tx: Transaction, organization_id: int, settings: Settings) -> None:
        for item in await queue.expired_offers(tx, now, [organization_id], limit=_BATCH):
            await _refused(platform, tx, item, OfferEnd.EXPIRED)
            await _missed(platform, tx, item, settings)
        for one in await invitations.expired(tx, now, [organization_id], limit=_BATCH):
            asked_for = await queue.find(tx, organization_id, one.conversation_id)
            if asked_for is not None:
                await _not_wanted(platform, tx, asked_for, one, OfferEnd.EXPIRED)
            else:
                await end_invitation_in(platform, tx, one, OfferEnd.EXPIRED)

    for organization_id in sorted(await platform.database.read(EVERY_ORGANIZATION, read)):
        settings = await get_settings(platform, organization_id)
        await platform.database.write(
            organization_id,
            lambda tx, organization_id=organization_id, settings=settings: expire(
                tx, organization_id, settings
            ),
        )


async def withdraw_offers_in(
    platform: Platform, tx: Transaction, organization_id: int, agent_id: int
) -> None:
    """Take back what an agent was offered: the agent has gone."""
    for item in await queue.offers_to(tx, organization_id, agent_id):
        await end_offer_in(platform, tx, item, OfferEnd.WITHDRAWN)
    for one in await invitations.of_agent(tx, organization_id, agent_id):
        await end_invitation_in(platform, tx, one, OfferEnd.WITHDRAWN)
    await end_requests_to_in(platform, tx, organization_id, agent_id)


async def _offered_to(
    platform: Platform, tx: Transaction, subject: Subject, conversation: Conversation
) -> tuple[QueueItem, Invitation | None]:
    item = await queue.find(tx, subject.organization_id, conversation.id)
    asked = await invitations.find(tx, subject.organization_id, conversation.id, subject.id)
    now: Millis = platform.clock.now()
    if item is not None and item.offered_to == subject.id and (item.offer_expires_at or 0) > now:
        return item, None
    if item is not None and asked is not None and asked.expires_at > now:
        return item, asked
    if not await sees(tx, subject, conversation):
        raise not_found("conversation")
    raise _over()


async def _refused(platform: Platform, tx: Transaction, item: QueueItem, outcome: OfferEnd) -> None:
    if item.offered_to is None:
        return
    until = platform.clock.now() + ROUND_MS
    await end_offer_in(platform, tx, item, outcome)
    await queue.refuse(tx, item.organization_id, item.conversation_id, item.offered_to, until)


async def _missed(platform: Platform, tx: Transaction, item: QueueItem, settings: Settings) -> None:
    """Who lets one offer after another run out is not there, whatever the status says: a break is made of it."""
    agent_id = item.offered_to
    if agent_id is None:
        return
    missed = await seats.count_missed(tx, item.organization_id, agent_id)
    if 0 < settings.missed_offers_break <= missed:
        await seats.answered(tx, item.organization_id, agent_id)
        await rest_in(platform, tx, item.organization_id, agent_id, MISSED)


async def _not_wanted(
    platform: Platform, tx: Transaction, item: QueueItem, one: Invitation, outcome: OfferEnd
) -> None:
    """Others may be asked now: those who were kept waiting for this one, an owner say."""
    until = platform.clock.now() + ROUND_MS
    await end_invitation_in(platform, tx, one, outcome)
    await queue.refuse(tx, one.organization_id, one.conversation_id, one.agent_id, until)
    queue_changed(platform, tx, item.organization_id, item.team_id)


def _over() -> FrontdeskError:
    return conflict(
        "dispatch.offer-over",
        "This offer is over.",
        hint="It ran out, was withdrawn, or somebody else has the conversation.",
    )
