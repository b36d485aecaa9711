"""HTTP for tags, and for giving them to contacts. Thin: every rule is in the use cases."""

from litestar import Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from frontdesk.contacts import tags
from frontdesk.contacts.types import Color, ContactView, NewTag, Tag, TagChanges
from frontdesk.contacts.views import contact_view
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id


class TagView(Struct, frozen=True):
    id: str
    name: str
    color: Color
    archived: bool


class TagAnswer(Struct, frozen=True):
    tag: TagView


class TagsAnswer(Struct, frozen=True):
    items: list[TagView]


class TaggedAnswer(Struct, frozen=True):
    contact: ContactView


@get("/tags", summary="The tags of contacts and conversations, by name")
async def list_tags(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> TagsAnswer:
    return TagsAnswer([_view(tag) for tag in await tags.list_tags(platform, subject)])


@post("/tags", summary="Add a tag; one of the same name is returned")
async def create_tag(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewTag]
) -> TagAnswer:
    return TagAnswer(_view(await tags.create_tag(platform, subject, data)))


@patch("/tags/{tag_id:str}", summary="Rename, recolour, archive or bring back a tag")
async def change_tag(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    tag_id: FromPath[str],
    data: JSONBody[TagChanges],
) -> TagAnswer:
    return TagAnswer(_view(await tags.change_tag(platform, subject, path_id(tag_id, what="tag"), data)))


@put("/contacts/{contact_id:str}/tags/{tag_id:str}", summary="Mark a contact with a tag")
async def give_tag(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    contact_id: FromPath[str],
    tag_id: FromPath[str],
) -> TaggedAnswer:
    one, tag = path_id(contact_id, what="contact"), path_id(tag_id, what="tag")
    return TaggedAnswer(contact_view(await tags.give_tag(platform, subject, one, tag)))


@delete("/contacts/{contact_id:str}/tags/{tag_id:str}", status_code=200, summary="Take a tag off a contact")
async def take_tag(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    contact_id: FromPath[str],
    tag_id: FromPath[str],
) -> TaggedAnswer:
    one, tag = path_id(contact_id, what="contact"), path_id(tag_id, what="tag")
    return TaggedAnswer(contact_view(await tags.take_tag(platform, subject, one, tag)))


def _view(tag: Tag) -> TagView:
    return TagView(str(tag.id), tag.name, tag.color, tag.archived)


TAG_ROUTES = Router("/v1", route_handlers=[list_tags, create_tag, change_tag, give_tag, take_tag])
