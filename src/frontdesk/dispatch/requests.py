"""Asking a colleague to go on with one's conversation. It stays where it is until they accept; the server keeps the time."""

from collections.abc import Sequence
from typing import Final

from frontdesk.auth import Permission
from frontdesk.conversations import (
    MAX_TEXT,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Note,
    OfferFrame,
    append_in,
    deliver_subject,
    publish_frame,
    snapshot_of,
)
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.dispatch.ownership import (
    ensure_seat,
    full,
    moved_on,
    sender_of,
    transfer_changed,
)
from frontdesk.dispatch.passing import pass_on, require_target
from frontdesk.dispatch.rights import get_movable, require_agent
from frontdesk.dispatch.store import seats, transfer_requests
from frontdesk.dispatch.store.transfer_requests import TransferRequest
from frontdesk.dispatch.types import OfferEnd
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.staff import card

REASON: Final = "transfer"
_BATCH: Final = 100


async def ask_in(
    platform: Platform,
    tx: Transaction,
    subject: Subject,
    conversation: Conversation,
    agent_id: int,
    *,
    note: str,
    seconds: int,
) -> Conversation:
    """Ask this agent. Asking the same one again changes nothing; asking another takes the former question back.

    Raises `dispatch.offline` or `dispatch.full` for who could not take it now. No place is held: it is asked for again
    when they accept.
    """
    organization_id = conversation.organization_id
    await require_target(tx, conversation, agent_id)
    known = await transfer_requests.find(tx, organization_id, conversation.id)
    if known is not None and known.to_agent_id == agent_id:
        return conversation
    await ensure_seat(tx, organization_id, agent_id)
    seat = await seats.find(tx, organization_id, agent_id)
    if seat is None or seat.load + seat.reserved + conversation.weight > seat.capacity:
        raise full()
    if known is not None:
        await _end(platform, tx, known, OfferEnd.WITHDRAWN)
    expires_at = platform.clock.now() + seconds * 1000
    request = TransferRequest(organization_id, conversation.id, subject.id, agent_id, note, expires_at)
    await transfer_requests.insert(tx, request)
    frame = await offer_of(tx, request, conversation)
    target = deliver_subject(organization_id, agent_id)
    tx.after_commit(lambda: publish_frame(platform.bus, target, frame))
    await transfer_changed(platform, tx, request, "asked")
    return conversation


async def accept_in(
    platform: Platform, tx: Transaction, subject: Subject, conversation: Conversation
) -> Conversation | None:
    """The asked agent goes on with it, with the note; None when nobody asks them (any more).

    Raises `dispatch.full` when their places have been taken meanwhile: the question stays.
    """
    request = await _asked(platform, tx, subject, conversation)
    if request is None:
        return None
    organization_id = conversation.organization_id
    giver = Subject(organization_id, subject.kind, request.from_agent_id)
    sender = await sender_of(tx, giver)
    drafts = [Draft(EntryKind.NOTE, sender, Note(request.note))] if request.note else []
    return await pass_on(platform, tx, conversation, subject.id, drafts=drafts, sender=sender)


async def refuse_in(
    platform: Platform, tx: Transaction, subject: Subject, conversation: Conversation, reason: str
) -> bool:
    """The asked agent says no: it stays with who asked, who is told. A reason is kept as a note. False: nobody asks."""
    request = await _asked(platform, tx, subject, conversation)
    if request is None:
        return False
    reason = clean(reason, field="reason", limit=MAX_TEXT)
    await _end(platform, tx, request, OfferEnd.DECLINED, reason)
    if reason:
        draft = Draft(EntryKind.NOTE, await sender_of(tx, subject), Note(reason))
        await append_in(platform, tx, conversation.organization_id, conversation.id, [draft])
    return True


async def withdraw(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Take one's question back. Where nobody is asked it changes nothing."""
    require_agent(subject)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(
            tx,
            subject,
            conversation_id,
            Permission.CONVERSATION_CLOSE_ANY,
            own=Permission.CONVERSATION_TRANSFER,
        )
        request = await transfer_requests.find(tx, subject.organization_id, conversation_id)
        if request is not None:
            await _end(platform, tx, request, OfferEnd.WITHDRAWN)
        return conversation

    return await platform.database.write(subject.organization_id, work)


async def end_requests_to_in(
    platform: Platform, tx: Transaction, organization_id: int, agent_id: int
) -> None:
    """Whoever asked this agent is told that nobody will answer: the agent has gone."""
    for request in await transfer_requests.to_agent(tx, organization_id, agent_id):
        await _end(platform, tx, request, OfferEnd.EXPIRED)


async def expire_requests(platform: Platform, organization_ids: Sequence[int]) -> None:
    """End every question of these organizations that nobody answered in time: the conversations stay where they are."""
    now = platform.clock.now()

    async def read(reader: Reader) -> set[int]:
        due = await transfer_requests.expired(reader, now, organization_ids, limit=_BATCH)
        return {one.organization_id for one in due}

    async def expire(tx: Transaction, organization_id: int) -> None:
        for request in await transfer_requests.expired(tx, now, [organization_id], limit=_BATCH):
            await _end(platform, tx, request, OfferEnd.EXPIRED)

    for organization_id in sorted(await platform.database.read(EVERY_ORGANIZATION, read)):
        await platform.database.write(
            organization_id, lambda tx, organization_id=organization_id: expire(tx, organization_id)
        )


async def offer_of(reader: Reader, request: TransferRequest, conversation: Conversation) -> OfferFrame:
    """The question as the asked agent gets it."""
    by = await card(reader, request.organization_id, request.from_agent_id)
    return OfferFrame(snapshot_of(conversation), request.expires_at, REASON, by, request.note)


async def _asked(
    platform: Platform, tx: Transaction, subject: Subject, conversation: Conversation
) -> TransferRequest | None:
    request = await transfer_requests.find(tx, conversation.organization_id, conversation.id)
    if request is None or request.to_agent_id != subject.id or request.expires_at <= platform.clock.now():
        return None
    if conversation.state is not ConversationState.ACTIVE:
        raise moved_on()
    return request


async def _end(
    platform: Platform, tx: Transaction, request: TransferRequest, outcome: OfferEnd, reason: str = ""
) -> None:
    await transfer_requests.delete(tx, request.organization_id, request.conversation_id)
    await transfer_changed(platform, tx, request, outcome, reason)
