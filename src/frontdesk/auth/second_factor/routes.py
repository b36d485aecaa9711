"""HTTP for the second factor: the steps of a sign-in, one's own app and codes, and a colleague's who has lost them."""

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from frontdesk.auth import entering
from frontdesk.auth.answers import NO_STORE, SignInAnswer, sign_in_answer, with_cookie
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.second_factor import enrolling
from frontdesk.auth.second_factor.types import Offer, SecondFactorStatus
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

_Text = Annotated[str, Meta(max_length=1024)]
_Code = Annotated[str, Meta(max_length=64)]


class Continuation(Struct, frozen=True):
    continuation: _Text


class CodeStep(Struct, frozen=True):
    """`code` is the app's or a recovery code, however it is spaced."""

    continuation: _Text
    code: _Code


class PasswordProof(Struct, frozen=True):
    password: _Text


class CodeProof(Struct, frozen=True):
    code: _Code


class FullProof(Struct, frozen=True):
    password: _Text
    code: _Code


class RecoveryCodes(Struct, frozen=True):
    """Shown once: only their hashes are kept."""

    recovery_codes: list[str]


class EnrolledAnswer(Struct, frozen=True):
    signed_in: SignInAnswer
    recovery_codes: list[str]


@post("/v1/auth/code", status_code=200, summary="Go on signing in with a code", tags=["auth"])
async def show_code(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    data: JSONBody[CodeStep],
) -> Response[SignInAnswer]:
    origin = authenticator.origin_of(request)
    done = await entering.show_code(platform, authenticator, data.continuation, data.code, origin)
    return with_cookie(request, platform, done, sign_in_answer(authenticator, done))


@post(
    "/v1/auth/enrolment",
    status_code=200,
    summary="What an authenticator app needs, while signing in",
    tags=["auth"],
)
async def offer_app(platform: NamedDependency[Platform], data: JSONBody[Continuation]) -> Response[Offer]:
    return Response(await entering.offer_app(platform, data.continuation), headers=NO_STORE)


@post(
    "/v1/auth/enrolment/confirmation",
    status_code=200,
    summary="Go on signing in with the app that was set up",
    tags=["auth"],
)
async def confirm_app(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    data: JSONBody[CodeStep],
) -> Response[EnrolledAnswer]:
    origin = authenticator.origin_of(request)
    done, codes = await entering.confirm_app(platform, authenticator, data.continuation, data.code, origin)
    return with_cookie(request, platform, done, EnrolledAnswer(sign_in_answer(authenticator, done), codes))


@get("/v1/me/second-factor", summary="One's own second factor", tags=["auth"])
async def get_own(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> SecondFactorStatus:
    return await enrolling.get_status(platform, subject, subject.id)


@post(
    "/v1/me/second-factor",
    status_code=200,
    summary="What an authenticator app needs to be set up",
    tags=["auth"],
)
async def offer(
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    subject: NamedDependency[Subject],
    data: JSONBody[PasswordProof],
) -> Response[Offer]:
    return Response(
        await enrolling.offer(platform, authenticator, subject, password=data.password), headers=NO_STORE
    )


@post(
    "/v1/me/second-factor/confirmation",
    status_code=200,
    summary="Take the app into use by a code of it",
    tags=["auth"],
)
async def confirm(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[CodeProof]
) -> Response[RecoveryCodes]:
    codes = await enrolling.confirm(platform, subject, data.code)
    return Response(RecoveryCodes(codes), headers=NO_STORE)


@post(
    "/v1/me/second-factor/recovery-codes",
    status_code=200,
    summary="Ten other recovery codes in the place of the former ones",
    tags=["auth"],
)
async def renew_codes(
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    subject: NamedDependency[Subject],
    data: JSONBody[FullProof],
) -> Response[RecoveryCodes]:
    codes = await enrolling.renew_codes(
        platform, authenticator, subject, password=data.password, code=data.code
    )
    return Response(RecoveryCodes(codes), headers=NO_STORE)


@post("/v1/me/second-factor/removal", status_code=204, summary="Take the app out of use", tags=["auth"])
async def disable(
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    subject: NamedDependency[Subject],
    data: JSONBody[FullProof],
) -> None:
    await enrolling.disable(platform, authenticator, subject, password=data.password, code=data.code)


@get("/v1/agents/{agent_id:str}/second-factor", summary="An agent's second factor", tags=["auth"])
async def get_agents(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], agent_id: FromPath[str]
) -> SecondFactorStatus:
    return await enrolling.get_status(platform, subject, path_id(agent_id, what="agent"))


@delete(
    "/v1/agents/{agent_id:str}/second-factor",
    status_code=204,
    summary="Take a second factor away that its owner has lost",
    tags=["auth"],
)
async def reset(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], agent_id: FromPath[str]
) -> None:
    await enrolling.reset(platform, subject, path_id(agent_id, what="agent"))


ROUTES: list[ControllerRouterHandler] = [
    show_code,
    offer_app,
    confirm_app,
    get_own,
    offer,
    confirm,
    renew_codes,
    disable,
    get_agents,
    reset,
]
