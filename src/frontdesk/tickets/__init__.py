"""What is left for later: messages that visitors leave when nobody is there, and who handled them.

Owns: leave_message.
Tells: the `changed` frame with the topic `leave-messages`, to all staff; to the outbox `leave_message.created` and
`leave_message.changed`.

Invariants:
- A visitor's `client_id` names one message: a repeat returns the first.
- What the visitor wrote never changes; staff add a state and a remark.
"""

from frontdesk.tickets.leave_messages import handle, leave, leave_message_view, list_leave_messages
from frontdesk.tickets.of_contacts import of_contacts_in, remove_of_contacts_in
from frontdesk.tickets.types import (
    LeaveMessage,
    LeaveMessagePage,
    LeaveMessageState,
    LeaveMessageView,
    NewLeaveMessage,
)

__all__ = [
    "LeaveMessage",
    "LeaveMessagePage",
    "LeaveMessageState",
    "LeaveMessageView",
    "NewLeaveMessage",
    "handle",
    "leave",
    "leave_message_view",
    "list_leave_messages",
    "of_contacts_in",
    "remove_of_contacts_in",
]
