"""Asking a colleague to go on with one's conversation, or to join. It stays one's own meanwhile; the server keeps the time."""

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
from frontdesk.dispatch.beside import join_in
from frontdesk.dispatch.ownership import (
    ensure_seat,
    moved_on,
    no_places,
    sender_of,
    transfer_changed,
)
from frontdesk.dispatch.passing import pass_on, require_target
from frontdesk.dispatch.rights import get_movable, require_agent
from frontdesk.dispatch.store import questions, seats
from frontdesk.dispatch.store.questions import Purpose, Question
from frontdesk.dispatch.types import OfferEnd
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction
from frontdesk.staff import card

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
    """Ask this agent to go on with it. Asking the same again changes nothing; another question takes this one back.

    Raises `dispatch.offline` or `dispatch.full` for who could not take it now. No place is held: it is asked for again
    when they accept.
    """
    organization_id = conversation.organization_id
    await require_target(tx, conversation, agent_id)
    expires_at = platform.clock.now() + seconds * 1000
    question = Question(organization_id, conversation.id, subject.id, agent_id, note, expires_at)
    if await stands(tx, question):
        return conversation
    await ensure_seat(tx, organization_id, agent_id)
    seat = await seats.find(tx, organization_id, agent_id)
    if seat is None or not seat.may_take(conversation.kind, conversation.weight):
        raise no_places(seat, conversation.weight)
    await put_in(platform, tx, conversation, question)
    return conversation


async def stands(reader: Reader, question: Question) -> bool:
    """Whether this agent is being asked the same already."""
    known = await questions.find(reader, question.organization_id, question.conversation_id)
    return known is not None and (known.to_agent_id, known.purpose) == (
        question.to_agent_id,
        question.purpose,
    )


async def put_in(platform: Platform, tx: Transaction, conversation: Conversation, question: Question) -> None:
    """Ask. What was asked about this conversation before is taken back."""
    known = await questions.find(tx, question.organization_id, question.conversation_id)
    if known is not None:
        await end_in(platform, tx, known, OfferEnd.WITHDRAWN)
    await questions.insert(tx, question)
    frame = await offer_of(tx, question, conversation)
    target = deliver_subject(question.organization_id, question.to_agent_id)
    tx.after_commit(lambda: publish_frame(platform.bus, target, frame))
    await transfer_changed(platform, tx, question, "asked")


async def accept_in(
    platform: Platform, tx: Transaction, subject: Subject, conversation: Conversation
) -> Conversation | None:
    """The asked agent goes on with it, or joins, with the note; None when nobody asks them (any more).

    Raises `dispatch.full` when their places have been taken meanwhile: the question stays.
    """
    request = await _asked(platform, tx, subject, conversation)
    if request is None:
        return None
    organization_id = conversation.organization_id
    giver = Subject(organization_id, subject.kind, request.from_agent_id)
    sender = await sender_of(tx, giver)
    drafts = [Draft(EntryKind.NOTE, sender, Note(request.note))] if request.note else []
    if request.purpose is Purpose.TRANSFER:
        return await pass_on(platform, tx, conversation, subject.id, drafts=drafts, sender=sender)
    await end_in(platform, tx, request, OfferEnd.ACCEPTED)
    if drafts:
        conversation = await append_in(platform, tx, organization_id, conversation.id, drafts)
    return await join_in(platform, tx, subject, conversation, invited_by=request.from_agent_id)


async def refuse_in(
    platform: Platform, tx: Transaction, subject: Subject, conversation: Conversation, reason: str
) -> bool:
    """The asked agent says no: it stays with who asked, who is told. A reason is kept as a note. False: nobody asks."""
    request = await _asked(platform, tx, subject, conversation)
    if request is None:
        return False
    reason = clean(reason, field="reason", limit=MAX_TEXT)
    await end_in(platform, tx, request, OfferEnd.DECLINED, reason)
    if reason:
        draft = Draft(EntryKind.NOTE, await sender_of(tx, subject), Note(reason))
        await append_in(platform, tx, conversation.organization_id, conversation.id, [draft])
    return True


async def withdraw(platform: Platform, subject: Subject, conversation_id: int) -> Conversation:
    """Take one's question back whether somebody goes on with it. Where nobody is asked it changes nothing."""
    require_agent(subject)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(
            tx,
            subject,
            conversation_id,
            Permission.CONVERSATION_CLOSE_ANY,
            own=Permission.CONVERSATION_TRANSFER,
        )
        request = await questions.find(tx, subject.organization_id, conversation_id)
        if request is not None and request.purpose is Purpose.TRANSFER:
            await end_in(platform, tx, request, OfferEnd.WITHDRAWN)
        return conversation

    return await platform.database.write(subject.organization_id, work)


async def end_requests_to_in(
    platform: Platform, tx: Transaction, organization_id: int, agent_id: int
) -> None:
    """Whoever asked this agent is told that nobody will answer: the agent has gone."""
    for request in await questions.to_agent(tx, organization_id, agent_id):
        await end_in(platform, tx, request, OfferEnd.EXPIRED)


async def expire_requests(platform: Platform, organization_ids: Sequence[int]) -> None:
    """End every question of these organizations that nobody answered in time: the conversations stay where they are."""
    now = platform.clock.now()

    async def read(reader: Reader) -> set[int]:
        due = await questions.expired(reader, now, organization_ids, limit=_BATCH)
        return {one.organization_id for one in due}

    async def expire(tx: Transaction, organization_id: int) -> None:
        for request in await questions.expired(tx, now, [organization_id], limit=_BATCH):
            await end_in(platform, tx, request, OfferEnd.EXPIRED)

    for organization_id in sorted(await platform.database.read(EVERY_ORGANIZATION, read)):
        await platform.database.write(
            organization_id, lambda tx, organization_id=organization_id: expire(tx, organization_id)
        )


async def offer_of(reader: Reader, request: Question, conversation: Conversation) -> OfferFrame:
    """The question as the asked agent gets it."""
    by = await card(reader, request.organization_id, request.from_agent_id)
    return OfferFrame(snapshot_of(conversation), request.expires_at, request.purpose, by, request.note)


async def _asked(
    platform: Platform, tx: Transaction, subject: Subject, conversation: Conversation
) -> Question | None:
    request = await questions.find(tx, conversation.organization_id, conversation.id)
    if request is None or request.to_agent_id != subject.id or request.expires_at <= platform.clock.now():
        return None
    if conversation.state is not ConversationState.ACTIVE:
        raise moved_on()
    return request


async def end_in(
    platform: Platform, tx: Transaction, request: Question, outcome: OfferEnd, reason: str = ""
) -> None:
    """It is over: both are told how it ended."""
    await questions.delete(tx, request.organization_id, request.conversation_id)
    await transfer_changed(platform, tx, request, outcome, reason)
