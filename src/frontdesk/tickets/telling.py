"""That something happened to a ticket: who shows it looks again, webhooks are told, and its conversation says it."""

from typing import Literal

from frontdesk.conversations import (
    ChangedFrame,
    Colleague,
    Draft,
    EntryKind,
    Note,
    NotedTicket,
    append_in,
    get_in,
    may_read,
    mention_in,
    publish_frame,
    staff_subject,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.dispatch import colleague_in, sender_of
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.outbox import tell_in
from frontdesk.tickets.ticket_types import Ticket, TicketView


def look_again(platform: Platform, tx: Transaction, organization_id: int) -> None:
    """All staff hear that a ticket changed, and nothing of it: who shows some asks anew, and gets what they may see."""
    frame = ChangedFrame(topic="tickets")
    tx.after_commit(lambda: publish_frame(platform.bus, staff_subject(organization_id), frame))


async def announce(
    platform: Platform, tx: Transaction, organization_id: int, event: str, view: TicketView
) -> None:
    await tell_in(platform, tx, organization_id, event, about=int(view.id), data=view)
    look_again(platform, tx, organization_id)


async def note_in(
    platform: Platform,
    tx: Transaction,
    subject: Subject,
    ticket: Ticket,
    deed: Literal["made", "given", "answered"],
) -> None:
    """Say in the conversation that the ticket comes from what was done. Whoever has the ticket now is told of it, and may
    read the conversation from then on. A conversation whose words were erased stays as it is.
    """
    if ticket.conversation_id is None:
        return
    organization_id = subject.organization_id
    conversation = await get_in(tx, organization_id, ticket.conversation_id)
    if conversation.is_erased:
        return
    told: list[Colleague] = []
    if ticket.assignee_id is not None and (
        ticket.assignee_id != subject.id or not await may_read(tx, subject, conversation)
    ):
        told += await _working_here(tx, organization_id, ticket.assignee_id)
    note = Note(
        f"#{ticket.number} {ticket.title}",
        tuple(told),
        NotedTicket(str(ticket.id), ticket.number, deed),
    )
    draft = Draft(EntryKind.NOTE, await sender_of(tx, subject), note)
    noted = await append_in(platform, tx, organization_id, conversation.id, [draft], before=conversation)
    await mention_in(platform, tx, noted, told, by=subject.id)


async def _working_here(tx: Transaction, organization_id: int, agent_id: int) -> list[Colleague]:
    """Nobody, where the ticket is still with somebody who has left."""
    try:
        return [await colleague_in(tx, organization_id, agent_id)]
    except FrontdeskError as error:
        if error.kind is not ErrorKind.NOT_FOUND:
            raise
        return []
