"""HTTP for tickets. Thin: every rule is in the use cases."""

from collections.abc import Sequence
from typing import Annotated

from litestar import Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import UNSET, Struct, UnsetType

from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id, path_id
from frontdesk.tickets import changing, making, ticket_reading
from frontdesk.tickets.ticket_reading import OpenedTicket, TicketPage
from frontdesk.tickets.ticket_types import (
    NOBODY,
    DeedView,
    Moment,
    NewTicket,
    Priority,
    TicketChanges,
    TicketState,
    TicketView,
    Version,
    WantedTickets,
)


class NewTicketBody(Struct, frozen=True, kw_only=True):
    client_id: str
    title: str
    description: str = ""
    priority: Priority = Priority.NORMAL
    assignee_id: str | None = None
    team_id: str | None = None
    due_at: Moment | None = None
    conversation_id: str | None = None
    leave_message_id: str | None = None


class TicketChangesBody(Struct, frozen=True, kw_only=True):
    """`version` is the one that was seen; only what is set changes."""

    version: Version
    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    state: TicketState | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    assignee_id: str | UnsetType | None = UNSET
    team_id: str | UnsetType | None = UNSET
    due_at: Moment | UnsetType | None = UNSET


class RemarkBody(Struct, frozen=True):
    client_id: str
    text: str


class TicketAnswer(Struct, frozen=True):
    ticket: TicketView


class DeedAnswer(Struct, frozen=True):
    line: DeedView


class HistoryAnswer(Struct, frozen=True):
    items: Sequence[DeedView]
    cursor: str | None


@get("/tickets", summary="Tickets that one reaches, newest first")
async def list_tickets(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    states: Annotated[list[TicketState] | None, QueryParameter(name="state")] = None,
    assignee_id: FromQuery[str | None] = None,
    team_id: FromQuery[str | None] = None,
    q: FromQuery[str] = "",
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> TicketPage:
    wanted = WantedTickets(
        states=states or tuple(TicketState),
        assignee_id=NOBODY if assignee_id == "nobody" else optional_path_id(assignee_id, what="agent"),
        team_id=optional_path_id(team_id, what="team"),
        text=q,
    )
    return await ticket_reading.list_tickets(platform, subject, wanted, cursor=cursor, limit=limit)


@post("/tickets", summary="Make a ticket; a repeat of the client_id returns the first one")
async def make_ticket(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewTicketBody]
) -> TicketAnswer:
    new = NewTicket(
        client_id=data.client_id,
        title=data.title,
        description=data.description,
        priority=data.priority,
        assignee_id=optional_path_id(data.assignee_id, what="agent"),
        team_id=optional_path_id(data.team_id, what="team"),
        due_at=data.due_at,
        conversation_id=optional_path_id(data.conversation_id, what="conversation"),
        leave_message_id=optional_path_id(data.leave_message_id, what="message"),
    )
    return TicketAnswer(await making.make_ticket(platform, subject, new))


@get("/tickets/{ticket_id:str}", summary="A ticket")
async def get_ticket(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], ticket_id: FromPath[str]
) -> OpenedTicket:
    return await ticket_reading.get_ticket(platform, subject, path_id(ticket_id, what="ticket"))


@patch("/tickets/{ticket_id:str}", summary="Change a ticket, hand it on, solve it")
async def change_ticket(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    ticket_id: FromPath[str],
    data: JSONBody[TicketChangesBody],
) -> TicketAnswer:
    changes = TicketChanges(
        title=data.title,
        description=data.description,
        state=data.state,
        priority=data.priority,
        assignee_id=_optional(data.assignee_id, "agent"),
        team_id=_optional(data.team_id, "team"),
        due_at=data.due_at,
    )
    key = path_id(ticket_id, what="ticket")
    return TicketAnswer(await changing.change_ticket(platform, subject, key, data.version, changes))


@get("/tickets/{ticket_id:str}/history", summary="Who did what with a ticket, newest first")
async def history_of_ticket(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    ticket_id: FromPath[str],
    *,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> HistoryAnswer:
    page = await ticket_reading.history_of_ticket(
        platform, subject, path_id(ticket_id, what="ticket"), cursor=cursor, limit=limit
    )
    return HistoryAnswer(page.items, page.cursor)


@post("/tickets/{ticket_id:str}/remarks", summary="Remark on a ticket, for colleagues alone")
async def remark_on_ticket(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    ticket_id: FromPath[str],
    data: JSONBody[RemarkBody],
) -> DeedAnswer:
    key = path_id(ticket_id, what="ticket")
    return DeedAnswer(await changing.remark_on_ticket(platform, subject, key, data.client_id, data.text))


def _optional(key: str | UnsetType | None, what: str) -> int | UnsetType | None:
    return UNSET if key is UNSET else optional_path_id(key, what=what)


ROUTES = [
    Router(
        "/v1",
        route_handlers=[
            list_tickets, make_ticket, get_ticket, change_ticket, history_of_ticket, remark_on_ticket,
        ],
    )
]  # fmt: skip
