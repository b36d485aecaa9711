"""All that contacts have left and that was made of it, for whoever gives it to them or erases it. Who may was asked by
the caller.
"""

from collections.abc import Sequence

from msgspec import Struct

from frontdesk.conversations import ChangedFrame, publish_frame, staff_subject
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.tickets import store, store_tickets
from frontdesk.tickets.telling import look_again
from frontdesk.tickets.ticket_types import DeedView, Ticket, TicketView
from frontdesk.tickets.ticket_views import deed_view, view_in
from frontdesk.tickets.types import LeaveMessage


class ToldTicket(Struct, frozen=True):
    """A ticket with its whole history, the oldest line first."""

    ticket: TicketView
    history: Sequence[DeedView]


async def of_contacts_in(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], *, after: int = 0, limit: int = 100
) -> Sequence[LeaveMessage]:
    """Their leave-messages with id > `after`, oldest first."""
    return await store.of_contacts(reader, organization_id, contact_ids, after=after, limit=limit)


async def tickets_of_contacts_in(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], *, after: int = 0, limit: int = 100
) -> Sequence[ToldTicket]:
    """The tickets about them with id > `after`, oldest first."""
    found = await store_tickets.of_contacts(reader, organization_id, contact_ids, after=after, limit=limit)
    return [await _told(reader, organization_id, ticket) for ticket in found]


async def remove_of_contacts_in(
    platform: Platform, tx: Transaction, organization_id: int, contact_ids: Sequence[int]
) -> Sequence[int]:
    """Remove their leave-messages and the tickets about them; returns which there were. Staff's lists look again."""
    left = await store.delete_of_contacts(tx, organization_id, contact_ids)
    if left:
        frame = ChangedFrame(topic="leave-messages")
        tx.after_commit(lambda: publish_frame(platform.bus, staff_subject(organization_id), frame))
    tickets = await store_tickets.delete_of_contacts(tx, organization_id, contact_ids)
    if tickets:
        look_again(platform, tx, organization_id)
    return [*left, *tickets]


async def _told(reader: Reader, organization_id: int, ticket: Ticket) -> ToldTicket:
    deeds = await store_tickets.deeds_of(reader, organization_id, ticket.id)
    return ToldTicket(await view_in(reader, organization_id, ticket), [deed_view(deed) for deed in deeds])
