"""HTTP for quick replies. Thin: every rule is in the use cases."""

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from frontdesk.conversations import Card, File, Image, signed_attachment, signed_card
from frontdesk.core.subject import Subject
from frontdesk.desk import replies
from frontdesk.desk.reply_types import NewQuickReply, QuickReply, QuickReplyChanges
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id


class QuickReplyView(Struct, frozen=True):
    """Its files have the addresses by which they are shown."""

    id: str
    title: str
    text: str
    group: str
    personal: bool
    attachments: list[Image | File]
    card: Card | None


class QuickReplyAnswer(Struct, frozen=True):
    quick_reply: QuickReplyView


class QuickRepliesAnswer(Struct, frozen=True):
    items: list[QuickReplyView]


@get("/quick-replies", summary="One's own quick replies, then the organization's")
async def list_quick_replies(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> QuickRepliesAnswer:
    found = await replies.list_quick_replies(platform, subject)
    return QuickRepliesAnswer([_view(platform, subject, reply) for reply in found])


@post("/quick-replies", summary="Add a quick reply: a text, files that were uploaded for it, a card")
async def create_quick_reply(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewQuickReply]
) -> QuickReplyAnswer:
    return QuickReplyAnswer(
        _view(platform, subject, await replies.create_quick_reply(platform, subject, data))
    )


@patch("/quick-replies/{reply_id:str}", summary="Change or move a quick reply")
async def update_quick_reply(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    reply_id: FromPath[str],
    data: JSONBody[QuickReplyChanges],
) -> QuickReplyAnswer:
    one = path_id(reply_id, what="quick reply")
    return QuickReplyAnswer(
        _view(platform, subject, await replies.update_quick_reply(platform, subject, one, data))
    )


@delete("/quick-replies/{reply_id:str}", summary="Remove a quick reply")
async def delete_quick_reply(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], reply_id: FromPath[str]
) -> None:
    await replies.delete_quick_reply(platform, subject, path_id(reply_id, what="quick reply"))


def _view(platform: Platform, subject: Subject, reply: QuickReply) -> QuickReplyView:
    organization_id = subject.organization_id
    return QuickReplyView(
        id=str(reply.id),
        title=reply.title,
        text=reply.text,
        group=reply.group,
        personal=reply.agent_id is not None,
        attachments=[signed_attachment(platform, organization_id, each) for each in reply.attachments],
        card=None if reply.card is None else signed_card(platform, organization_id, reply.card),
    )


REPLY_ROUTES = Router(
    "/v1", route_handlers=[list_quick_replies, create_quick_reply, update_quick_reply, delete_quick_reply]
)
