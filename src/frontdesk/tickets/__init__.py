"""What is left for later: messages that visitors leave when nobody is there, and tickets, which are work on a matter
that outlives its conversation.

Tables: leave_message, ticket, ticket_deed (who did what with it, remarks too), ticket_counter, ticket_position.
Reads: the log (`conversations.lines_after`), for answers that tickets wait for.
Tells: the `changed` frame with the topic `leave-messages` or `tickets`, to all staff; to the outbox
`leave_message.created`, `leave_message.changed`, `ticket.created` and `ticket.changed`; a note in a ticket's conversation.

Invariants:
- A `client_id` names one leave-message of a visitor, one ticket of an agent, one remark: a repeat returns the first.
- What the visitor wrote never changes; staff add a state and a remark. One ticket at most is made of it.
- A ticket's number is its own within the organization, and one more than the last.
- Every change of a ticket is a line in its history, in its transaction; nobody writes over what they have not seen.
- Who a ticket waits for opens it again by an answer; what was answered before it waited does not.
- Who is given a ticket may read the conversation that it comes from.
- A contact's tickets go with the contact.
"""

from frontdesk.tickets.answers import Answers
from frontdesk.tickets.changing import change_ticket, remark_on_ticket
from frontdesk.tickets.leave_messages import handle, leave, leave_message_view, list_leave_messages
from frontdesk.tickets.making import make_ticket
from frontdesk.tickets.of_contacts import (
    ToldTicket,
    of_contacts_in,
    remove_of_contacts_in,
    tickets_of_contacts_in,
)
from frontdesk.tickets.store_position import rewind_in as rewind_answers_in
from frontdesk.tickets.ticket_reading import get_ticket, history_of_ticket, list_tickets
from frontdesk.tickets.ticket_types import (
    NOBODY,
    DeedKind,
    DeedView,
    NewTicket,
    Priority,
    TicketChanges,
    TicketState,
    TicketView,
    WantedTickets,
)
from frontdesk.tickets.types import (
    LeaveMessage,
    LeaveMessagePage,
    LeaveMessageState,
    LeaveMessageView,
    NewLeaveMessage,
)

__all__ = [
    "NOBODY",
    "Answers",
    "DeedKind",
    "DeedView",
    "LeaveMessage",
    "LeaveMessagePage",
    "LeaveMessageState",
    "LeaveMessageView",
    "NewLeaveMessage",
    "NewTicket",
    "Priority",
    "TicketChanges",
    "TicketState",
    "TicketView",
    "ToldTicket",
    "WantedTickets",
    "change_ticket",
    "get_ticket",
    "handle",
    "history_of_ticket",
    "leave",
    "leave_message_view",
    "list_leave_messages",
    "list_tickets",
    "make_ticket",
    "of_contacts_in",
    "remark_on_ticket",
    "remove_of_contacts_in",
    "rewind_answers_in",
    "tickets_of_contacts_in",
]
