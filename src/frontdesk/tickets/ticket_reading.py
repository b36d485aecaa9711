"""Who sees which tickets: one's own (assigned to one, or made by one), and as far as one's role reaches, those of one's
teams, of the colleagues of one's department, or all.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, structs

from frontdesk.auth import Permission, require
from frontdesk.conversations import get_in, may_read, reach_of
from frontdesk.core.errors import not_found
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Reader
from frontdesk.tickets import store_tickets
from frontdesk.tickets.ticket_types import MAX_TITLE, DeedView, Ticket, TicketView, WantedTickets
from frontdesk.tickets.ticket_views import deed_view, view_in, views_in

MOST: Final = 100
_LAST: Final = (1 << 63) - 1


class TicketPage(Struct, frozen=True):
    """`open` counts the open ones that the asking agent has, whatever the page shows."""

    items: Sequence[TicketView]
    cursor: str | None
    open: int


class OpenedTicket(Struct, frozen=True):
    """A ticket, and whether the asking agent may read the conversation that it comes from."""

    ticket: TicketView
    conversation_readable: bool


async def get_within_reach(reader: Reader, subject: Subject, ticket_id: int) -> Ticket:
    """Raises `not_found` for what does not exist and for what the subject does not reach."""
    reach = await reach_of(reader, subject)
    ticket = await store_tickets.find(reader, subject.organization_id, reach, ticket_id)
    if ticket is None:
        raise not_found("ticket")
    return ticket


async def list_tickets(
    platform: Platform,
    subject: Subject,
    wanted: WantedTickets,
    *,
    cursor: str | None = None,
    limit: int = 50,
) -> TicketPage:
    """The newest first. `wanted.text`: words of title or description, or the number."""
    require(subject, Permission.TICKET_HANDLE)
    before, size = parse_cursor(cursor), min(max(limit, 1), MOST)
    wanted = structs.replace(wanted, text=clean_line(wanted.text, field="search text", limit=MAX_TITLE))
    organization_id = subject.organization_id

    async def read(reader: Reader) -> TicketPage:
        found = await store_tickets.find_page(
            reader,
            organization_id,
            await reach_of(reader, subject),
            wanted,
            before=_LAST if before is None else before,
            limit=size + 1,
        )
        page = page_of(found, limit=size, key=lambda ticket: ticket.id)
        return TicketPage(
            await views_in(reader, organization_id, page.items),
            page.cursor,
            await store_tickets.count_open_of(reader, organization_id, subject.id),
        )

    return await platform.database.read(organization_id, read)


async def get_ticket(platform: Platform, subject: Subject, ticket_id: int) -> OpenedTicket:
    require(subject, Permission.TICKET_HANDLE)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> OpenedTicket:
        ticket = await get_within_reach(reader, subject, ticket_id)
        readable = False
        if ticket.conversation_id is not None:
            conversation = await get_in(reader, organization_id, ticket.conversation_id)
            readable = await may_read(reader, subject, conversation)
        return OpenedTicket(await view_in(reader, organization_id, ticket), readable)

    return await platform.database.read(organization_id, read)


async def history_of_ticket(
    platform: Platform, subject: Subject, ticket_id: int, *, cursor: str | None = None, limit: int = 50
) -> Page[DeedView]:
    """Who did what with it, the newest first."""
    require(subject, Permission.TICKET_HANDLE)
    before, size = parse_cursor(cursor), min(max(limit, 1), MOST)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Page[DeedView]:
        ticket = await get_within_reach(reader, subject, ticket_id)
        found = await store_tickets.find_deeds(
            reader, organization_id, ticket.id, before=_LAST if before is None else before, limit=size + 1
        )
        page = page_of(found, limit=size, key=lambda deed: deed.id)
        return Page([deed_view(deed) for deed in page.items], page.cursor)

    return await platform.database.read(organization_id, read)
