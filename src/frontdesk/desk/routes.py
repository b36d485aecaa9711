"""HTTP for what agents keep for themselves. Thin: every rule is in the use cases."""

from litestar import Router, get, patch, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from frontdesk.core.subject import Subject
from frontdesk.desk.drafts import keep_draft
from frontdesk.desk.marks import mark_conversation
from frontdesk.desk.preferences import change_preferences
from frontdesk.desk.read import read_desk
from frontdesk.desk.routes_filters import FILTER_ROUTES
from frontdesk.desk.routes_macros import MACRO_ROUTES
from frontdesk.desk.routes_replies import REPLY_ROUTES
from frontdesk.desk.types import (
    Desk,
    KeptDraft,
    Marks,
    MarksView,
    PreferenceChanges,
    Preferences,
    WrittenDraft,
)
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id


@get("/desk", summary="One's own drafts, pins, important marks and preferences")
async def get_desk(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> Desk:
    return await read_desk(platform, subject)


@put("/conversations/{conversation_id:str}/draft", summary="Keep one's draft; the one written last stands")
async def put_draft(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[WrittenDraft],
) -> KeptDraft:
    return await keep_draft(platform, subject, path_id(conversation_id), data)


@put(
    "/conversations/{conversation_id:str}/marks",
    summary="Pin a conversation for oneself or mark it as important",
)
async def put_marks(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[Marks],
) -> MarksView:
    return await mark_conversation(platform, subject, path_id(conversation_id), data)


@patch("/desk/preferences", summary="Change how one likes to work, on all devices")
async def patch_preferences(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    data: JSONBody[PreferenceChanges],
) -> Preferences:
    return await change_preferences(platform, subject, data)


ROUTES = [
    Router("/v1", route_handlers=[get_desk, put_draft, put_marks, patch_preferences]),
    FILTER_ROUTES,
    MACRO_ROUTES,
    REPLY_ROUTES,
]
