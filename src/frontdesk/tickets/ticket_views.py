"""Tickets as they are shown: with the name that the contact has now."""

from collections.abc import Sequence

from frontdesk.contacts import names_of_contacts_in
from frontdesk.platform import Reader
from frontdesk.tickets.ticket_types import Deed, DeedView, Ticket, TicketView


async def view_in(reader: Reader, organization_id: int, ticket: Ticket) -> TicketView:
    (view,) = await views_in(reader, organization_id, [ticket])
    return view


async def views_in(reader: Reader, organization_id: int, tickets: Sequence[Ticket]) -> list[TicketView]:
    """In the same order."""
    wanted = {one.contact_id for one in tickets if one.contact_id is not None}
    names = await names_of_contacts_in(reader, organization_id, wanted)
    return [_view(one, names.get(one.contact_id or 0, "")) for one in tickets]


def deed_view(deed: Deed) -> DeedView:
    """A line of the history as staff see it."""
    return DeedView(str(deed.id), str(deed.by), deed.at, deed.kind, deed.before, deed.after)


def _view(ticket: Ticket, contact_name: str) -> TicketView:
    return TicketView(
        id=str(ticket.id),
        number=ticket.number,
        title=ticket.title,
        description=ticket.description,
        state=ticket.state,
        priority=ticket.priority,
        assignee_id=_text(ticket.assignee_id),
        team_id=_text(ticket.team_id),
        due_at=ticket.due_at,
        contact_id=_text(ticket.contact_id),
        contact_name=contact_name,
        conversation_id=_text(ticket.conversation_id),
        leave_message_id=_text(ticket.leave_message_id),
        made_by=str(ticket.made_by),
        made_at=ticket.made_at,
        changed_at=ticket.changed_at,
        version=ticket.version,
    )


def _text(key: int | None) -> str | None:
    return None if key is None else str(key)
