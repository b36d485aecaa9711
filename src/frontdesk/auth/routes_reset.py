"""HTTP for a new password by e-mail. Every answer is the same, whoever is asked for."""

from typing import Annotated, Any, Final

from litestar import Request, Response, Router, get, post
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from frontdesk.auth import resetting
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.cookie import PATH
from frontdesk.platform import Platform

Asking = Request[Any, Any, Any]
_Text = Annotated[str, Meta(max_length=1024)]


class Availability(Struct, frozen=True):
    available: bool


class ResetWish(Struct, frozen=True, kw_only=True):
    """`name` is a user name or an e-mail address."""

    organization: _Text
    name: _Text
    language: resetting.Language = "en"


class NewPassword(Struct, frozen=True):
    word: _Text
    password: _Text


@get("/", summary="Whether passwords can be reset by e-mail here")
async def available(platform: NamedDependency[Platform]) -> Availability:
    return Availability(resetting.is_available(platform))


@post("/", status_code=202, summary="Ask for a new password by e-mail")
async def ask(
    request: Asking,
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    data: JSONBody[ResetWish],
) -> Response[None]:
    """Says nothing of whether there is such an account: what there is to do is done once this is answered."""
    resetting.check_available(platform)
    resetting.begin_reset(
        authenticator,
        organization=data.organization,
        name=data.name,
        address=authenticator.origin_of(request).address,
    )
    sending = BackgroundTask(
        resetting.send_reset,
        platform,
        organization=data.organization,
        name=data.name,
        language=data.language,
    )
    return Response(None, status_code=202, background=sending)


@post("/done", status_code=204, summary="Choose the new password")
async def finish(
    request: Asking,
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    data: JSONBody[NewPassword],
) -> None:
    resetting.check_available(platform)
    await resetting.finish_reset(
        platform,
        authenticator,
        word=data.word,
        password=data.password,
        origin=authenticator.origin_of(request),
    )


ROUTES: Final[list[ControllerRouterHandler]] = [
    Router(f"{PATH}/password-reset", route_handlers=[available, ask, finish], tags=["auth"])
]
