"""Making a ticket: from a conversation, from a leave-message, or from what somebody said on the telephone."""

from msgspec import Struct, structs

from frontdesk.auth import Permission, require
from frontdesk.conversations import get_in, get_readable, may_read
from frontdesk.core.errors import conflict, forbidden, invalid, not_found
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.core.text import clean, clean_line
from frontdesk.dispatch import colleague_in
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import find_team
from frontdesk.tickets import store, store_tickets
from frontdesk.tickets.leave_messages import handle_in
from frontdesk.tickets.telling import announce, note_in
from frontdesk.tickets.ticket_types import (
    MAX_CLIENT_ID,
    MAX_DESCRIPTION,
    MAX_TITLE,
    Deed,
    DeedKind,
    NewTicket,
    Ticket,
    TicketState,
    TicketView,
)
from frontdesk.tickets.ticket_views import view_in
from frontdesk.tickets.types import LeaveMessage, LeaveMessageState, TicketLink


class _From(Struct, frozen=True):
    contact_id: int | None = None
    conversation_id: int | None = None
    left: LeaveMessage | None = None


async def make_ticket(platform: Platform, subject: Subject, new: NewTicket) -> TicketView:
    """Make a ticket; a repeat of one's own `client_id` returns the first.

    Its conversation says so in a note, and whoever is given it is told. A leave-message that becomes a ticket is handled.
    Raises `not_found` for a conversation that one may not read, and for who is no enabled colleague; a `conflict` for a
    leave-message that has become a ticket already.
    """
    _check(subject, new)
    organization_id = subject.organization_id
    client_id = clean_line(new.client_id, field="client_id", limit=MAX_CLIENT_ID, required=True)
    line = clean_line(new.title, field="title", limit=MAX_TITLE, required=True)
    description = clean(new.description, field="description", limit=MAX_DESCRIPTION)

    async def work(tx: Transaction) -> TicketView:
        known = await store_tickets.find_by_client_id(tx, organization_id, subject.id, client_id)
        if known is not None:
            return await view_in(tx, organization_id, known)
        came = await _whence_in(tx, subject, new)
        await check_owners_in(tx, organization_id, new.assignee_id, new.team_id)
        now = platform.clock.now()
        ticket = Ticket(
            id=platform.ids.new(),
            number=await store_tickets.next_number(tx, organization_id),
            client_id=client_id,
            title=line,
            description=description,
            state=TicketState.OPEN,
            priority=new.priority,
            assignee_id=new.assignee_id,
            team_id=new.team_id,
            due_at=new.due_at,
            contact_id=came.contact_id,
            conversation_id=came.conversation_id,
            leave_message_id=None if came.left is None else came.left.id,
            made_by=subject.id,
            made_at=now,
            changed_at=now,
            version=1,
        )
        await _keep_in(platform, tx, subject, ticket)
        if came.left is not None:
            linked = structs.replace(came.left, ticket=TicketLink(str(ticket.id), ticket.number))
            await handle_in(platform, tx, subject, linked, LeaveMessageState.HANDLED, was=came.left)
        await note_in(platform, tx, subject, ticket, "made")
        view = await view_in(tx, organization_id, ticket)
        await announce(platform, tx, organization_id, "ticket.created", view)
        return view

    return await platform.database.write(organization_id, work)


async def check_owners_in(
    reader: Reader, organization_id: int, assignee_id: int | None, team_id: int | None
) -> None:
    """Raises `not_found` for who is no enabled colleague, and for what is not a team any more."""
    if assignee_id is not None:
        await colleague_in(reader, organization_id, assignee_id)
    if team_id is not None:
        await find_team(reader, organization_id, team_id)


def _check(subject: Subject, new: NewTicket) -> None:
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("tickets.agents-only", "Only agents make tickets.")
    require(subject, Permission.TICKET_HANDLE)
    if new.leave_message_id is not None:
        require(subject, Permission.LEAVE_MESSAGE_HANDLE)
        if new.conversation_id is not None:
            raise invalid(
                "tickets.two-origins",
                "A ticket comes from a conversation or from a leave-message, not from both.",
                hint="Name one of them.",
                details={"field": "leave_message_id"},
            )


async def _whence_in(tx: Transaction, subject: Subject, new: NewTicket) -> _From:
    if new.conversation_id is not None:
        conversation = await get_readable(tx, subject, new.conversation_id)
        return _From(conversation.contact_id, conversation.id)
    if new.leave_message_id is None:
        return _From()
    left = await store.find(tx, subject.organization_id, new.leave_message_id)
    if left is None:
        raise not_found("message")
    if left.ticket is not None:
        raise conflict(
            "tickets.made-already",
            f"This message has become ticket #{left.ticket.number} already.",
            hint="Work on that one.",
            details={"ticket_id": left.ticket.id, "number": left.ticket.number},
        )
    return _From(left.contact_id, await _conversation_of(tx, subject, left), left)


async def _conversation_of(tx: Transaction, subject: Subject, left: LeaveMessage) -> int | None:
    """What was left in a conversation is linked to it by whoever may read that: a ticket lets others read it, too."""
    if left.conversation_id is None:
        return None
    conversation = await get_in(tx, subject.organization_id, left.conversation_id)
    return conversation.id if await may_read(tx, subject, conversation) else None


async def _keep_in(platform: Platform, tx: Transaction, subject: Subject, ticket: Ticket) -> None:
    await store_tickets.insert(tx, subject.organization_id, ticket)
    made = Deed(platform.ids.new(), ticket.id, subject.id, ticket.made_at, DeedKind.MADE)
    await store_tickets.insert_deed(tx, subject.organization_id, made)
