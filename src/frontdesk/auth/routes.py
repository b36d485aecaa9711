"""HTTP for signing in and out, where one is signed in, and the public keys."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from frontdesk.auth import devices, own_password, rotation, routes_organization, routes_policy, signing_in
from frontdesk.auth.answers import NO_STORE, SignInAnswer, sign_in_answer, with_cookie
from frontdesk.auth.authenticator import Authenticator, provide_subject
from frontdesk.auth.cookie import COOKIE, PATH, no_cookie
from frontdesk.auth.oauth import desk_routes
from frontdesk.auth.oauth import routes as oauth_routes
from frontdesk.auth.passkeys import routes as passkey_routes
from frontdesk.auth.second_factor import routes as second_factor_routes
from frontdesk.auth.second_factor.types import NextStep
from frontdesk.auth.types import Device
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import client_address, path_id

_Text = Annotated[str, Meta(max_length=1024)]


class Credentials(Struct, frozen=True):
    organization: _Text
    username: _Text
    password: _Text


class PasswordChange(Struct, frozen=True):
    old: _Text
    new: _Text


class DeviceView(Struct, frozen=True):
    """A standing session; `current` is the one that asks, `application` whose it is unless the console's."""

    id: str
    current: bool
    user_agent: str
    address: str
    application: str | None
    created_at: Millis
    last_seen_at: Millis


class DevicesAnswer(Struct, frozen=True):
    items: list[DeviceView]


class PublicKeys(Struct, frozen=True):
    keys: list[dict[str, str]]


@post("/sign-in", status_code=200, summary="Sign in with a password")
async def sign_in(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    data: JSONBody[Credentials],
) -> Response[SignInAnswer | NextStep]:
    """With a second factor the answer says what is needed next, and opens nothing."""
    entered = await signing_in.sign_in(
        platform,
        authenticator,
        organization=data.organization,
        username=data.username,
        password=data.password,
        address=client_address(request, platform.config),
        user_agent=request.headers.get("user-agent", ""),
    )
    if isinstance(entered, NextStep):
        return Response(entered, headers=NO_STORE)
    return with_cookie(request, platform, entered, sign_in_answer(authenticator, entered))


@post("/refresh", status_code=200, summary="The next access token, by the refresh cookie")
async def refresh(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
) -> Response[SignInAnswer]:
    address = client_address(request, platform.config)
    token = request.cookies.get(COOKIE, "")
    signed_in = await rotation.refresh(platform, authenticator, token, address=address)
    return with_cookie(request, platform, signed_in, sign_in_answer(authenticator, signed_in))


@post("/sign-out", status_code=204, summary="End this session")
async def sign_out(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
) -> Response[None]:
    """By the cookie, by the bearer token, or by both; what is no longer good needs no ending."""
    subject: Subject | None = None
    with suppress(FrontdeskError):
        subject = provide_subject(request, authenticator)
    if subject is not None:
        await signing_in.end_session(platform, subject)
    origin = authenticator.origin_of(request)
    await signing_in.sign_out(platform, request.cookies.get(COOKIE, ""), origin)
    return Response(None, status_code=204, headers=NO_STORE, cookies=[no_cookie(request, platform)])


@post("/password", status_code=204, summary="Change one's own password")
async def change_password(
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    subject: NamedDependency[Subject],
    data: JSONBody[PasswordChange],
) -> None:
    await own_password.change_password(platform, authenticator, subject, old=data.old, new=data.new)


@get("/.well-known/jwks.json", summary="The public keys that verify our access tokens")
async def jwks(authenticator: NamedDependency[Authenticator]) -> Response[PublicKeys]:
    keys = msgspec.convert(authenticator.keys.jwks(), PublicKeys)
    return Response(keys, headers={"cache-control": "public, max-age=300"})


@get("/v1/me/sessions", summary="Where one is signed in")
async def list_sessions(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> DevicesAnswer:
    return _devices(await devices.list_devices(platform, subject, subject.id), subject)


@delete("/v1/me/sessions", status_code=204, summary="Sign out everywhere else")
async def end_other_sessions(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> None:
    await devices.end_others(platform, subject)


@delete("/v1/me/sessions/{session_id:str}", status_code=204, summary="Sign out one device")
async def end_own_session(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], session_id: FromPath[str]
) -> None:
    await devices.end_device(platform, subject, subject.id, path_id(session_id, what="session"))


@get("/v1/agents/{agent_id:str}/sessions", summary="Where an agent is signed in", tags=["auth"])
async def list_agents_sessions(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], agent_id: FromPath[str]
) -> DevicesAnswer:
    account_id = path_id(agent_id, what="agent")
    return _devices(await devices.list_devices(platform, subject, account_id), subject)


@delete("/v1/agents/{agent_id:str}/sessions", status_code=204, summary="Sign an agent out everywhere")
async def end_agents_sessions(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], agent_id: FromPath[str]
) -> None:
    await devices.end_all(platform, subject, path_id(agent_id, what="agent"))


@delete(
    "/v1/agents/{agent_id:str}/sessions/{session_id:str}",
    status_code=204,
    summary="Sign out an agent's device",
)
async def end_agents_session(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    agent_id: FromPath[str],
    session_id: FromPath[str],
) -> None:
    account_id, session = path_id(agent_id, what="agent"), path_id(session_id, what="session")
    await devices.end_device(platform, subject, account_id, session)


def _devices(found: Sequence[Device], subject: Subject) -> DevicesAnswer:
    return DevicesAnswer(
        [
            DeviceView(
                str(one.id),
                one.id == subject.session_id,
                one.user_agent,
                one.address,
                one.application,
                one.created_at,
                one.last_seen_at,
            )
            for one in found
        ]
    )


ROUTES: list[ControllerRouterHandler] = [
    Router(PATH, route_handlers=[sign_in, refresh, sign_out, change_password], tags=["auth"]),
    jwks,
    list_sessions,
    end_other_sessions,
    end_own_session,
    list_agents_sessions,
    end_agents_sessions,
    end_agents_session,
    *routes_organization.ROUTES,
    *routes_policy.ROUTES,
    *second_factor_routes.ROUTES,
    *passkey_routes.ROUTES,
    *oauth_routes.ROUTES,
    *desk_routes.ROUTES,
]
