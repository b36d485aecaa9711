"""HTTP for files. Uploads are counted while they come in; downloads are by signature and run nothing."""

from typing import Annotated, Any, Final

from litestar import Request, Router, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler, HTTPReceiveMessage
from msgspec import UNSET, Struct, UnsetType

from frontdesk.core.errors import invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.media import signing, store
from frontdesk.media.describe import opened
from frontdesk.media.serve import serve
from frontdesk.media.types import MediaKind
from frontdesk.media.upload import check_size, upload
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

_FORM_OVERHEAD: Final = 16 * 1024  # boundaries and headers around the file
_DAY_SECONDS: Final = 86_400


class Uploaded(Struct, frozen=True):
    media_id: str
    kind: MediaKind
    name: str
    size: int
    mime: str
    url: str
    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET
    thumbnail_url: str | UnsetType = UNSET


@post(
    "/media", status_code=201, request_max_body_size=None, summary="Send a file, to be attached to a message"
)
async def post_media(
    request: Request[Any, Any, Any], platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> Uploaded:
    """Multipart form with one file in the field `file`."""
    name, data = await _read_file(request, platform)
    ref = await upload(platform, subject, name, data)
    organization_id = subject.organization_id
    url = signing.sign_url(platform, organization_id, ref.id, ref.name)
    answer = Uploaded(str(ref.id), ref.kind, ref.name, ref.size, ref.mime, url)
    if ref.kind is not MediaKind.IMAGE:
        return answer
    thumbnail = signing.sign_thumbnail_url(platform, organization_id, ref.id, ref.name)
    return Uploaded(
        str(ref.id), ref.kind, ref.name, ref.size, ref.mime, url, ref.width, ref.height, thumbnail
    )


@get("/media/{media_id:str}/{name:str}", summary="A file, by its signed address")
async def get_media(
    platform: NamedDependency[Platform],
    media_id: FromPath[str],
    name: FromPath[str],
    *,
    organization: Annotated[str, QueryParameter(name="o")],
    ends: Annotated[str, QueryParameter(name="e")],
    signature: Annotated[str, QueryParameter(name="s")],
    variant: Annotated[str, QueryParameter(name="v")] = "original",
) -> Stream:
    identity = path_id(media_id, what="file")
    organization_id = signing.verify(
        platform,
        organization=organization,
        media_id=identity,
        name=name,
        variant=variant,
        ends=ends,
        signature=signature,
    )
    if organization_id is None:
        raise not_found("file")
    media = await platform.database.read(
        organization_id, lambda reader: store.find(reader, organization_id, identity)
    )
    if media is None:
        raise not_found("file")
    file = opened(platform, media, thumbnail=variant == "thumbnail")
    return await serve(file, cache=f"private, max-age={_DAY_SECONDS}, immutable")


async def _read_file(request: Request[Any, Any, Any], platform: Platform) -> tuple[str, bytes]:
    """The name and the bytes of the form's file; stops reading as soon as there are too many."""
    check_size(platform, _announced(request) - _FORM_OVERHEAD)
    limit = platform.config.storage.max_upload + _FORM_OVERHEAD
    count = 0

    async def receive() -> HTTPReceiveMessage:
        """The rest of the body; its end when it is too long or the client has gone, so that the parser tidies up."""
        nonlocal count
        message = await request.receive()
        if message["type"] == "http.request":
            count += len(message["body"])
            if count <= limit:
                return message
        return {"type": "http.request", "body": b"", "more_body": False}

    try:
        form = await Request[Any, Any, Any](request.scope, receive, request.send).form()
    except ClientException:
        check_size(platform, count - _FORM_OVERHEAD)
        raise
    try:
        check_size(platform, count - _FORM_OVERHEAD)
        files = [value for value in form.getall("file", []) if isinstance(value, UploadFile)]
        if len(files) != 1:
            raise invalid("media.form", "Send one file in the field `file`.", hint="Use multipart/form-data.")
        return files[0].filename, await files[0].read()
    finally:
        await form.close()


def _announced(request: Request[Any, Any, Any]) -> int:
    try:
        return int(request.headers.get("content-length", "0"))
    except ValueError as error:
        raise ClientException from error


ROUTES: list[ControllerRouterHandler] = [
    Router("/v1", route_handlers=[post_media, get_media], tags=["media"])
]
