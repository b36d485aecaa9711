"""HTTP for leave-messages. Thin: every rule is in the use cases."""

from typing import Annotated

from litestar import Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import Struct

from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id, path_id
from frontdesk.tickets import leave_messages as use
from frontdesk.tickets.types import LeaveMessageState, LeaveMessageView, NewLeaveMessage


class LeaveBody(Struct, frozen=True, kw_only=True):
    client_id: str
    name: str
    text: str
    phone: str = ""
    email: str = ""
    conversation_id: str | None = None


class LeftAnswer(Struct, frozen=True):
    id: str


class HandleBody(Struct, frozen=True):
    state: LeaveMessageState
    remark: str | None = None


class LeaveMessageAnswer(Struct, frozen=True):
    leave_message: LeaveMessageView


class LeaveMessagesAnswer(Struct, frozen=True):
    items: list[LeaveMessageView]
    cursor: str | None
    open: int


@post(
    "/visitor/leave-messages", summary="Leave a message; a repeat of the client_id returns the first one's id"
)
async def leave_message(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[LeaveBody]
) -> LeftAnswer:
    new = NewLeaveMessage(
        client_id=data.client_id,
        name=data.name,
        text=data.text,
        phone=data.phone,
        email=data.email,
        conversation_id=optional_path_id(data.conversation_id, what="conversation"),
    )
    return LeftAnswer(str(await use.leave(platform, subject, new)))


@get("/leave-messages", summary="Leave-messages, newest first")
async def list_leave_messages(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    *,
    wanted: Annotated[LeaveMessageState | None, QueryParameter(name="state")] = None,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> LeaveMessagesAnswer:
    page = await use.list_leave_messages(platform, subject, state=wanted, cursor=cursor, limit=limit)
    return LeaveMessagesAnswer(
        [use.leave_message_view(message) for message in page.items], page.cursor, page.open
    )


@patch("/leave-messages/{message_id:str}", summary="Mark a leave-message as handled, or open it again")
async def handle_leave_message(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    message_id: FromPath[str],
    data: JSONBody[HandleBody],
) -> LeaveMessageAnswer:
    message = await use.handle(
        platform, subject, path_id(message_id, what="message"), data.state, data.remark
    )
    return LeaveMessageAnswer(use.leave_message_view(message))


ROUTES = [Router("/v1", route_handlers=[leave_message, list_leave_messages, handle_leave_message])]
