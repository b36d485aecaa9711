"""Working on a ticket: changing it, and remarking on it. Everything that is done leaves a line in its history."""

from collections.abc import Sequence

from msgspec import UNSET, structs

from frontdesk.auth import Permission, require
from frontdesk.core.errors import conflict
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean, clean_line
from frontdesk.platform import Platform, Transaction
from frontdesk.tickets import store_tickets
from frontdesk.tickets.making import check_owners_in
from frontdesk.tickets.telling import announce, look_again, note_in
from frontdesk.tickets.ticket_reading import get_within_reach
from frontdesk.tickets.ticket_types import (
    MAX_CLIENT_ID,
    MAX_DESCRIPTION,
    MAX_REMARK,
    MAX_TITLE,
    Deed,
    DeedKind,
    DeedView,
    Ticket,
    TicketChanges,
    TicketView,
)
from frontdesk.tickets.ticket_views import deed_view, view_in


async def change_ticket(
    platform: Platform, subject: Subject, ticket_id: int, version: int, changes: TicketChanges
) -> TicketView:
    """Change a ticket that one reaches, and say in its conversation who has it now. What is so already changes nothing.

    `version` is the one that was seen: raises a `conflict` when somebody has changed the ticket since.
    """
    require(subject, Permission.TICKET_HANDLE)
    changes = _clean(changes)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> TicketView:
        known = await get_within_reach(tx, subject, ticket_id)
        wanted = _applied(known, changes)
        if wanted == known:
            return await view_in(tx, organization_id, known)
        if known.version != version:
            raise conflict(
                "tickets.changed-meanwhile",
                "Somebody has changed this ticket since you opened it.",
                hint="Look at it as it is now, and change it again.",
                details={"version": known.version},
            )
        given_anew = wanted.assignee_id != known.assignee_id
        await check_owners_in(
            tx,
            organization_id,
            wanted.assignee_id if given_anew else None,
            wanted.team_id if wanted.team_id != known.team_id else None,
        )
        ticket = structs.replace(wanted, version=known.version + 1, changed_at=platform.clock.now())
        await store_tickets.update(tx, organization_id, ticket)
        for deed in _deeds(platform, subject, known, ticket):
            await store_tickets.insert_deed(tx, organization_id, deed)
        if given_anew and ticket.assignee_id is not None:
            await note_in(platform, tx, subject, ticket, "given")
        view = await view_in(tx, organization_id, ticket)
        await announce(platform, tx, organization_id, "ticket.changed", view)
        return view

    return await platform.database.write(organization_id, work)


async def remark_on_ticket(
    platform: Platform, subject: Subject, ticket_id: int, client_id: str, text: str
) -> DeedView:
    """Write something down in its history, for colleagues alone. A repeat of one's own `client_id` returns the first."""
    require(subject, Permission.TICKET_HANDLE)
    text = clean(text, field="text", limit=MAX_REMARK, required=True)
    client_id = clean_line(client_id, field="client_id", limit=MAX_CLIENT_ID, required=True)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> DeedView:
        ticket = await get_within_reach(tx, subject, ticket_id)
        known = await store_tickets.find_deed_by_client_id(
            tx, organization_id, ticket.id, subject.id, client_id
        )
        if known is not None:
            return deed_view(known)
        deed = Deed(
            platform.ids.new(), ticket.id, subject.id, platform.clock.now(), DeedKind.REMARKED, "", text, client_id
        )  # fmt: skip
        await store_tickets.insert_deed(tx, organization_id, deed)
        look_again(platform, tx, organization_id)
        return deed_view(deed)

    return await platform.database.write(organization_id, work)


def _clean(changes: TicketChanges) -> TicketChanges:
    if changes.title is not UNSET:
        line = clean_line(changes.title, field="title", limit=MAX_TITLE, required=True)
        changes = structs.replace(changes, title=line)
    if changes.description is not UNSET:
        words = clean(changes.description, field="description", limit=MAX_DESCRIPTION)
        changes = structs.replace(changes, description=words)
    return changes


def _applied(ticket: Ticket, changes: TicketChanges) -> Ticket:
    given = {name: value for name, value in structs.asdict(changes).items() if value is not UNSET}
    return structs.replace(ticket, **given)


def _deeds(platform: Platform, subject: Subject, before: Ticket, after: Ticket) -> Sequence[Deed]:
    kinds = {
        DeedKind.TITLE: (before.title, after.title),
        DeedKind.DESCRIPTION: (before.description, after.description),
        DeedKind.STATE: (before.state, after.state),
        DeedKind.PRIORITY: (before.priority, after.priority),
        DeedKind.ASSIGNEE: (before.assignee_id, after.assignee_id),
        DeedKind.TEAM: (before.team_id, after.team_id),
        DeedKind.DUE: (before.due_at, after.due_at),
    }
    return [
        Deed(platform.ids.new(), after.id, subject.id, after.changed_at, kind, _words(was), _words(now))
        for kind, (was, now) in kinds.items()
        if was != now
    ]


def _words(value: str | int | None) -> str:
    return "" if value is None else str(value)
