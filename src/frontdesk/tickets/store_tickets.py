"""The only file that knows the tables of tickets."""

from collections.abc import Collection, Sequence
from typing import Final

from frontdesk.conversations import Reach
from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.platform.database import Row
from frontdesk.tickets.ticket_types import (
    NOBODY,
    Deed,
    DeedKind,
    Priority,
    Ticket,
    TicketState,
    WantedTickets,
)

_SELECT: Final = (
    "select id, number, client_id, title, description, state, priority, assignee_id, team_id, due_at, contact_id,"
    " conversation_id, leave_message_id, made_by, made_at, changed_at, version from ticket"
)
_DEEDS: Final = "select id, ticket_id, by_id, at, kind, before_it, after_it, client_id from ticket_deed"
# Whose state nobody has changed since this moment.
_SAME_SINCE: Final = (
    " and not exists (select 1 from ticket_deed d where d.organization_id = $1 and d.ticket_id = ticket.id"
    " and d.kind = 'state' and d.at >= $4)"
)
# Whose: everybody's, or assigned to or made by one of these agents, or of one of these teams.
_REACHED: Final = " and ($2 or assignee_id = any($3) or made_by = any($3) or team_id = any($4))"


def _ticket(row: Row) -> Ticket:
    return Ticket(
        row[0], row[1], row[2], row[3], row[4], TicketState(row[5]), Priority(row[6]), row[7], row[8], row[9], row[10],
        row[11], row[12], row[13], row[14], row[15], row[16],
    )  # fmt: skip


def _deed(row: Row) -> Deed:
    return Deed(row[0], row[1], row[2], row[3], DeedKind(row[4]), row[5], row[6], row[7])


async def next_number(tx: Transaction, organization_id: int) -> int:
    """One more than the last. Who asks at the same time waits for this transaction, so that no number is left out."""
    rows = await tx.fetch(
        "insert into ticket_counter (organization_id, last) values ($1, 1)"
        " on conflict (organization_id) do update set last = ticket_counter.last + 1 returning last",
        organization_id,
    )
    return rows[0][0]


async def insert(tx: Transaction, organization_id: int, ticket: Ticket) -> None:
    await tx.execute(
        "insert into ticket (organization_id, id, number, client_id, title, description, found_by, state, priority,"
        " assignee_id, team_id, due_at, contact_id, conversation_id, leave_message_id, made_by, made_at, changed_at,"
        " version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        organization_id, ticket.id, ticket.number, ticket.client_id, ticket.title, ticket.description,
        _found_by(ticket), ticket.state, ticket.priority, ticket.assignee_id, ticket.team_id, ticket.due_at,
        ticket.contact_id, ticket.conversation_id, ticket.leave_message_id, ticket.made_by, ticket.made_at,
        ticket.changed_at, ticket.version,
    )  # fmt: skip


async def update(tx: Transaction, organization_id: int, ticket: Ticket) -> None:
    """Keep what can change; where it came from never does."""
    await tx.execute(
        "update ticket set title = $1, description = $2, found_by = $3, state = $4, priority = $5, assignee_id = $6,"
        " team_id = $7, due_at = $8, changed_at = $9, version = $10 where organization_id = $11 and id = $12",
        ticket.title, ticket.description, _found_by(ticket), ticket.state, ticket.priority, ticket.assignee_id,
        ticket.team_id, ticket.due_at, ticket.changed_at, ticket.version, organization_id, ticket.id,
    )  # fmt: skip


async def find(reader: Reader, organization_id: int, reach: Reach, ticket_id: int) -> Ticket | None:
    """None also for one that is out of reach."""
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1{_REACHED} and id = $5",
        organization_id, reach.everything, list(reach.agents), list(reach.teams), ticket_id,
    )  # fmt: skip
    return None if row is None else _ticket(row)


async def find_by_client_id(
    reader: Reader, organization_id: int, made_by: int, client_id: str
) -> Ticket | None:
    row = await reader.fetch_one(
        f"{_SELECT} where organization_id = $1 and made_by = $2 and client_id = $3",
        organization_id, made_by, client_id,
    )  # fmt: skip
    return None if row is None else _ticket(row)


async def find_page(
    reader: Reader, organization_id: int, reach: Reach, wanted: WantedTickets, *, before: int, limit: int
) -> Sequence[Ticket]:
    """Those within reach that are wanted, with id < `before`, the newest first."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1{_REACHED} and id < $5 and state = any($6)"
        " and ($7 or assignee_id = $8 or ($9 and assignee_id is null)) and (team_id = $10 or $10 = 0)"
        " and (number = $11 or found_by like $12 escape '!') order by id desc limit $13",
        organization_id, reach.everything, list(reach.agents), list(reach.teams), before, list(wanted.states),
        wanted.assignee_id is None, wanted.assignee_id or 0, wanted.assignee_id == NOBODY, wanted.team_id or 0,
        _number(wanted.text), _pattern(wanted.text), limit,
    )  # fmt: skip
    return [_ticket(row) for row in rows]


async def count_open_of(reader: Reader, organization_id: int, assignee_id: int) -> int:
    row = await reader.fetch_one(
        "select count(*) from ticket where organization_id = $1 and assignee_id = $2 and state = 'open'",
        organization_id, assignee_id,
    )  # fmt: skip
    return 0 if row is None else row[0]


async def where_some_wait(reader: Reader, organization_ids: Collection[int]) -> Collection[int]:
    """Those of these organizations in which a ticket waits for a customer."""
    rows = await reader.fetch(
        "select distinct organization_id from ticket where organization_id = any($1) and state = 'waiting'",
        sorted(organization_ids),
    )
    return {row[0] for row in rows}


async def waiting_since(
    reader: Reader, organization_id: int, conversation_id: int, contact_ids: Sequence[int], at: Millis
) -> Sequence[Ticket]:
    """Those about this conversation or these contacts that wait, and did so before this moment. Oldest first."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and state = 'waiting'"
        f" and (conversation_id = $2 or contact_id = any($3)){_SAME_SINCE} order by id",
        organization_id, conversation_id, list(contact_ids), at,
    )  # fmt: skip
    return [_ticket(row) for row in rows]


async def insert_deed(tx: Transaction, organization_id: int, deed: Deed) -> None:
    await tx.execute(
        "insert into ticket_deed (organization_id, id, ticket_id, client_id, by_id, at, kind, before_it, after_it)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        organization_id, deed.id, deed.ticket_id, deed.client_id, deed.by, deed.at, deed.kind, deed.before, deed.after,
    )  # fmt: skip


async def find_deed_by_client_id(
    reader: Reader, organization_id: int, ticket_id: int, by: int, client_id: str
) -> Deed | None:
    row = await reader.fetch_one(
        f"{_DEEDS} where organization_id = $1 and ticket_id = $2 and by_id = $3 and client_id = $4",
        organization_id, ticket_id, by, client_id,
    )  # fmt: skip
    return None if row is None else _deed(row)


async def find_deeds(
    reader: Reader, organization_id: int, ticket_id: int, *, before: int, limit: int
) -> Sequence[Deed]:
    """With id < `before`, the newest first."""
    rows = await reader.fetch(
        f"{_DEEDS} where organization_id = $1 and ticket_id = $2 and id < $3 order by id desc limit $4",
        organization_id, ticket_id, before, limit,
    )  # fmt: skip
    return [_deed(row) for row in rows]


async def of_contacts(
    reader: Reader, organization_id: int, contact_ids: Sequence[int], *, after: int, limit: int
) -> Sequence[Ticket]:
    """Oldest first."""
    rows = await reader.fetch(
        f"{_SELECT} where organization_id = $1 and contact_id = any($2) and id > $3 order by id limit $4",
        organization_id, list(contact_ids), after, limit,
    )  # fmt: skip
    return [_ticket(row) for row in rows]


async def deeds_of(reader: Reader, organization_id: int, ticket_id: int) -> Sequence[Deed]:
    """All of them, oldest first."""
    rows = await reader.fetch(
        f"{_DEEDS} where organization_id = $1 and ticket_id = $2 order by id", organization_id, ticket_id
    )
    return [_deed(row) for row in rows]


async def delete_of_contacts(
    tx: Transaction, organization_id: int, contact_ids: Sequence[int]
) -> Sequence[int]:
    """With their history. Returns the ids of those that there were."""
    rows = await tx.fetch(
        "delete from ticket where organization_id = $1 and contact_id = any($2) returning id",
        organization_id, list(contact_ids),
    )  # fmt: skip
    removed = [row[0] for row in rows]
    await tx.execute(
        "delete from ticket_deed where organization_id = $1 and ticket_id = any($2)", organization_id, removed
    )
    return removed


def _found_by(ticket: Ticket) -> str:
    return f"{ticket.title}\n{ticket.description}".casefold()


def _pattern(text: str) -> str:
    return "%" + text.casefold().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"


def _number(text: str) -> int:
    """The number that somebody looks for by `12` or `#12`; 0, which no ticket has, for other words."""
    digits = text.removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0
