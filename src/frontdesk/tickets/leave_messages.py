"""Leaving a message when nobody is there, and handling it later."""

from typing import Final

import msgspec

from frontdesk.auth import Permission, require
from frontdesk.contacts import clean_email, clean_phone, introduce_in
from frontdesk.conversations import ChangedFrame, get_readable, publish_frame, staff_subject
from frontdesk.core.errors import busy, forbidden, invalid, not_found
from frontdesk.core.paging import page_of, parse_cursor
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean, clean_line
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.platform.outbox import tell_in
from frontdesk.tickets import store
from frontdesk.tickets.types import (
    MAX_CLIENT_ID,
    MAX_NAME,
    MAX_PER_DAY,
    MAX_REMARK,
    MAX_TEXT,
    LeaveMessage,
    LeaveMessagePage,
    LeaveMessageState,
    LeaveMessageView,
    NewLeaveMessage,
)

_DAY_MS: Final = 86_400_000
_MAX_PAGE: Final = 100


async def leave(platform: Platform, subject: Subject, new: NewLeaveMessage) -> int:
    """Keep a visitor's message and tell the staff; returns its id. A repeat of `client_id` returns the first one's id.

    What the visitor says of themselves goes into their contact where nothing was known.
    """
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("tickets.visitors-only", "Only visitors leave messages.")
    draft = _draft(platform, subject, new)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> int:
        known = await store.find_by_client_id(tx, organization_id, subject.id, draft.client_id)
        if known is not None:
            return known.id
        if (
            await store.count_since(tx, organization_id, subject.id, draft.created_at - _DAY_MS)
            >= MAX_PER_DAY
        ):
            raise busy(
                "tickets.too-many",
                "You have left many messages today. We will read them all.",
                retry_after=3600,
            )
        if draft.conversation_id is not None:
            await get_readable(tx, subject, draft.conversation_id)
        await introduce_in(
            platform, tx, organization_id, subject.id, name=draft.name, email=draft.email, phone=draft.phone
        )
        await store.insert(tx, organization_id, draft)
        await _announce(platform, tx, organization_id, "leave_message.created", draft)
        return draft.id

    return await platform.database.write(organization_id, work)


async def list_leave_messages(
    platform: Platform,
    subject: Subject,
    *,
    state: LeaveMessageState | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> LeaveMessagePage:
    """Newest first, with the count of all open ones."""
    require(subject, Permission.LEAVE_MESSAGE_HANDLE)
    before, size = parse_cursor(cursor), min(max(limit, 1), _MAX_PAGE)

    async def work(reader: Reader) -> LeaveMessagePage:
        rows = await store.find_page(
            reader, subject.organization_id, state=state, before=before, limit=size + 1
        )
        page = page_of(rows, limit=size, key=lambda message: message.id)
        return LeaveMessagePage(
            page.items, page.cursor, await store.count_open(reader, subject.organization_id)
        )

    return await platform.database.read(subject.organization_id, work)


async def handle(
    platform: Platform, subject: Subject, message_id: int, state: LeaveMessageState, remark: str | None = None
) -> LeaveMessage:
    """Mark a message as handled or open again, with a remark (None: as it was).

    Who handled it first stays on record while it is handled; opening it again clears that.
    """
    require(subject, Permission.LEAVE_MESSAGE_HANDLE)
    note = None if remark is None else clean(remark, field="remark", limit=MAX_REMARK)

    async def work(tx: Transaction) -> LeaveMessage:
        known = await store.find(tx, subject.organization_id, message_id)
        if known is None:
            raise not_found("message")
        message = known if note is None else msgspec.structs.replace(known, remark=note)
        return await handle_in(platform, tx, subject, message, state, was=known)

    return await platform.database.write(subject.organization_id, work)


async def handle_in(
    platform: Platform,
    tx: Transaction,
    subject: Subject,
    message: LeaveMessage,
    state: LeaveMessageState,
    *,
    was: LeaveMessage,
) -> LeaveMessage:
    """Keep a message in this state, and tell it when it is not as it `was`."""
    if state is not message.state:
        done = state is LeaveMessageState.HANDLED
        message = msgspec.structs.replace(
            message,
            state=state,
            handled_by=subject.id if done else None,
            handled_at=platform.clock.now() if done else None,
        )
    if message != was:
        await store.update(tx, subject.organization_id, message)
        await _announce(platform, tx, subject.organization_id, "leave_message.changed", message)
    return message


def leave_message_view(message: LeaveMessage) -> LeaveMessageView:
    """The message as staff see it."""
    return LeaveMessageView(
        id=str(message.id),
        name=message.name,
        phone=message.phone,
        email=message.email,
        text=message.text,
        state=message.state,
        created_at=message.created_at,
        contact_id=str(message.contact_id),
        conversation_id=None if message.conversation_id is None else str(message.conversation_id),
        handled_by=None if message.handled_by is None else str(message.handled_by),
        handled_at=message.handled_at,
        remark=message.remark,
        ticket=message.ticket,
    )


def _draft(platform: Platform, subject: Subject, new: NewLeaveMessage) -> LeaveMessage:
    phone, email = clean_phone(new.phone), clean_email(new.email)
    if not phone and not email:
        raise invalid(
            "tickets.no-way-back",
            "We could not answer you: neither a telephone number nor an e-mail address is given.",
            hint="Give one of them.",
            details={"field": "phone"},
        )
    return LeaveMessage(
        id=platform.ids.new(),
        contact_id=subject.id,
        channel_id=subject.channel_id,
        conversation_id=new.conversation_id,
        client_id=clean_line(new.client_id, field="client_id", limit=MAX_CLIENT_ID, required=True),
        name=clean_line(new.name, field="name", limit=MAX_NAME, required=True),
        phone=phone,
        email=email,
        text=clean(new.text, field="text", limit=MAX_TEXT, required=True),
        state=LeaveMessageState.OPEN,
        created_at=platform.clock.now(),
        handled_by=None,
        handled_at=None,
        remark="",
        ticket=None,
    )


async def _announce(
    platform: Platform, tx: Transaction, organization_id: int, event: str, message: LeaveMessage
) -> None:
    view = leave_message_view(message)
    await tell_in(platform, tx, organization_id, event, about=message.id, data=view)
    frame = ChangedFrame(topic="leave-messages")
    tx.after_commit(lambda: publish_frame(platform.bus, staff_subject(organization_id), frame))
