"""HTTP for previews of links. Thin: every rule is in the use case."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id
from frontdesk.previews.previewer import Previewer
from frontdesk.previews.reading import preview_link
from frontdesk.previews.types import LinkPreview


class PreviewAnswer(Struct, frozen=True):
    preview: LinkPreview


@get(
    "/conversations/{conversation_id:str}/entries/{seq:str}/preview",
    summary="What the page of a link in an entry says of itself",
)
async def get_preview(
    *,
    platform: NamedDependency[Platform],
    previewer: NamedDependency[Previewer],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    seq: FromPath[str],
    link: FromQuery[str],
) -> PreviewAnswer:
    one, entry = path_id(conversation_id, what="conversation"), path_id(seq, what="link")
    return PreviewAnswer(await preview_link(platform, previewer, subject, one, seq=entry, link=link))


ROUTES = [Router("/v1", route_handlers=[get_preview])]
