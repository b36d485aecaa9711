"""HTTP for the tags of conversations. Thin: every rule is in the use cases."""

from collections.abc import Sequence

from litestar import Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from frontdesk.conversations import tagging
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id


class TagIds(Struct, frozen=True):
    tags: list[str]


@get("/conversations/{conversation_id:str}/tags", summary="The tags of a conversation")
async def tags_of(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> TagIds:
    return _ids(await tagging.tags_of(platform, subject, path_id(conversation_id)))


@put("/conversations/{conversation_id:str}/tags/{tag_id:str}", summary="Mark a conversation with a tag")
async def tag_conversation(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    tag_id: FromPath[str],
) -> TagIds:
    one, tag = path_id(conversation_id), path_id(tag_id, what="tag")
    return _ids(await tagging.tag_conversation(platform, subject, one, tag))


@delete(
    "/conversations/{conversation_id:str}/tags/{tag_id:str}",
    status_code=200,
    summary="Take a tag off a conversation",
)
async def untag_conversation(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    tag_id: FromPath[str],
) -> TagIds:
    one, tag = path_id(conversation_id), path_id(tag_id, what="tag")
    return _ids(await tagging.untag_conversation(platform, subject, one, tag))


def _ids(found: Sequence[int]) -> TagIds:
    return TagIds([str(tag) for tag in found])


TAG_ROUTES = Router("/v1", route_handlers=[tags_of, tag_conversation, untag_conversation])
