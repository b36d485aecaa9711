"""HTTP for signing in and out, and the public keys. The refresh token lives in a cookie that scripts cannot read."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from frontdesk.auth import devices, rotation, routes_policy, signing_in
from frontdesk.auth.authenticator import Authenticator, provide_subject
from frontdesk.auth.cookie import COOKIE, PATH, cookie_of, no_cookie
from frontdesk.auth.oauth import desk_routes
from frontdesk.auth.oauth import routes as oauth_routes
from frontdesk.auth.types import Device, SignedIn
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import client_address, path_id

_NO_STORE = {"cache-control": "no-store"}
_Text = Annotated[str, Meta(max_length=1024)]


class Credentials(Struct, frozen=True):
    organization: _Text
    username: _Text
    password: _Text


class PasswordChange(Struct, frozen=True):
    old: _Text
    new: _Text


class OrganizationView(Struct, frozen=True):
    id: str
    slug: str
    name: str


class SignInAnswer(Struct, frozen=True):
    """An access token and whom it is for; `GET /v1/me` tells the rest."""

    access_token: str
    expires_at: Millis
    agent_id: str
    role: str
    permissions: list[str]
    organization: OrganizationView


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
) -> Response[SignInAnswer]:
    signed_in = await signing_in.sign_in(
        platform,
        authenticator,
        organization=data.organization,
        username=data.username,
        password=data.password,
        address=client_address(request, platform.config),
        user_agent=request.headers.get("user-agent", ""),
    )
    return _answer(request, platform, authenticator, signed_in)


@post("/refresh", status_code=200, summary="The next access token, by the refresh cookie")
async def refresh(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
) -> Response[SignInAnswer]:
    address = client_address(request, platform.config)
    cookie = request.cookies.get(COOKIE, "")
    signed_in = await rotation.refresh(platform, authenticator, cookie, address=address)
    return _answer(request, platform, authenticator, signed_in)


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
    return Response(None, status_code=204, headers=_NO_STORE, cookies=[no_cookie(request, platform)])


@post("/password", status_code=204, summary="Change one's own password")
async def change_password(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    subject: NamedDependency[Subject],
    data: JSONBody[PasswordChange],
) -> None:
    address = client_address(request, platform.config)
    await signing_in.change_password(
        platform, authenticator, subject, old=data.old, new=data.new, address=address
    )


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


def _answer(
    request: Request[Any, Any, Any], platform: Platform, authenticator: Authenticator, signed_in: SignedIn
) -> Response[SignInAnswer]:
    account, organization = signed_in.account, signed_in.organization
    answer = SignInAnswer(
        access_token=signed_in.token.text,
        expires_at=signed_in.token.expires_at,
        agent_id=str(account.id),
        role=account.role,
        permissions=sorted(authenticator.grants.of_role(organization.id, account.role)),
        organization=OrganizationView(str(organization.id), organization.slug, organization.name),
    )
    cookie = cookie_of(request, platform, signed_in)
    return Response(answer, status_code=200, headers=_NO_STORE, cookies=[cookie])


ROUTES: list[ControllerRouterHandler] = [
    Router(PATH, route_handlers=[sign_in, refresh, sign_out, change_password], tags=["auth"]),
    jwks,
    list_sessions,
    end_other_sessions,
    end_own_session,
    list_agents_sessions,
    end_agents_sessions,
    end_agents_session,
    *routes_policy.ROUTES,
    *oauth_routes.ROUTES,
    *desk_routes.ROUTES,
]
