"""HTTP for signing in by an identity provider, and for setting providers up. Thin."""

from typing import Annotated, Any, Final
from urllib.parse import urlencode

from litestar import Request, Response, Router, delete, get, patch, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from frontdesk.auth import AUTH_PATH, Authenticator, cookie_of
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import is_secure, path_id, public_address
from frontdesk.sso import providers, signing_in
from frontdesk.sso.oidc import Directory
from frontdesk.sso.types import ATTEMPT_LIFE, NewProvider, Provider, ProviderChanges, RoleRule

COOKIE: Final = "frontdesk_sso"
_PATH: Final = f"{AUTH_PATH}/sso"
_CALLBACK: Final = f"{_PATH}/callback"
_NO_STORE: Final = {"cache-control": "no-store"}
Asking = Request[Any, Any, Any]


class SignInProvider(Struct, frozen=True):
    id: str
    name: str


class SignInProviders(Struct, frozen=True):
    items: list[SignInProvider]


class Beginning(Struct, frozen=True):
    """`return_to` is the page of the console to come back to."""

    return_to: Annotated[str, Meta(max_length=2000)] = ""


class SendAway(Struct, frozen=True):
    redirect_to: str


class ProviderView(Struct, frozen=True):
    """A provider without its secret; `secret` says whether it has one."""

    id: str
    name: str
    issuer: str
    client_id: str
    secret: bool
    scopes: tuple[str, ...]
    role_claim: str
    role_rules: tuple[RoleRule, ...]
    default_role: str
    domains: tuple[str, ...]
    creates_accounts: bool
    enabled: bool
    created_at: Millis


class ProviderAnswer(Struct, frozen=True):
    provider: ProviderView


class ProvidersAnswer(Struct, frozen=True):
    """`redirect_uri` is what to register with each provider."""

    items: list[ProviderView]
    redirect_uri: str


@get("/", summary="The identity providers of an organization, for its sign-in page")
async def list_for_sign_in(
    platform: NamedDependency[Platform], organization: FromQuery[str]
) -> SignInProviders:
    found = await signing_in.list_for_sign_in(platform, organization)
    return SignInProviders([SignInProvider(str(number), name) for number, name in found])


@post("/{provider_id:str}", status_code=200, summary="Begin to sign in by an identity provider")
async def begin(  # noqa: PLR0917 - each is given by its name
    request: Asking,
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    directory: NamedDependency[Directory],
    provider_id: FromPath[str],
    data: JSONBody[Beginning],
) -> Response[SendAway]:
    authenticator.throttle.begin_from(authenticator.origin_of(request).address)
    begun = await signing_in.begin(
        platform,
        directory,
        path_id(provider_id, what="provider"),
        redirect_uri=_redirect_uri(request, platform),
        return_to=data.return_to,
        browser=request.cookies.get(COOKIE, ""),
    )
    cookie = _cookie(request, platform, begun.browser, ATTEMPT_LIFE // 1000)
    return Response(SendAway(begun.address), headers=_NO_STORE, cookies=[cookie])


@get("/callback", include_in_schema=False)
async def callback(
    request: Asking,
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    directory: NamedDependency[Directory],
) -> Redirect:
    """Where providers send browsers back to. What goes wrong is told on the sign-in page."""
    told = request.query_params
    back = signing_in.Returned(
        state=told.get("state", ""),
        code=told.get("code", ""),
        error=told.get("error", ""),
        issuer=told.get("iss", ""),
        browser=request.cookies.get(COOKIE, ""),
    )
    origin = authenticator.origin_of(request)
    try:
        done, return_to = await signing_in.complete(platform, authenticator, directory, back, origin)
    except FrontdeskError as error:
        problem = error.code if error.code.startswith("sso.") else "sso.failed"
        address = f"{signing_in.HOME}?{urlencode({'sso': problem.removeprefix('sso.')})}"
        return Redirect(address, status_code=303, headers=_NO_STORE)
    return Redirect(
        return_to, status_code=303, headers=_NO_STORE, cookies=[cookie_of(request, platform, done)]
    )


@get("/identity-providers", summary="Identity providers")
async def list_providers(
    request: Asking, platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> ProvidersAnswer:
    found = await providers.list_providers(platform, subject)
    return ProvidersAnswer([_view(one) for one in found], _redirect_uri(request, platform))


@post("/identity-providers", summary="Add an identity provider")
async def create_provider(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewProvider]
) -> ProviderAnswer:
    return ProviderAnswer(_view(await providers.create_provider(platform, subject, data)))


@patch("/identity-providers/{provider_id:str}", summary="Change an identity provider")
async def update_provider(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    provider_id: FromPath[str],
    data: JSONBody[ProviderChanges],
) -> ProviderAnswer:
    number = path_id(provider_id, what="provider")
    return ProviderAnswer(_view(await providers.update_provider(platform, subject, number, data)))


@delete("/identity-providers/{provider_id:str}", summary="Remove an identity provider")
async def remove_provider(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], provider_id: FromPath[str]
) -> None:
    await providers.remove_provider(platform, subject, path_id(provider_id, what="provider"))


def _redirect_uri(request: Asking, platform: Platform) -> str:
    return f"{public_address(request, platform.config)}{_CALLBACK}"


def _cookie(request: Asking, platform: Platform, value: str, seconds: int) -> Cookie:
    """Sent along when the provider's page sends the browser back, which `strict` would not be."""
    return Cookie(
        key=COOKIE,
        value=value,
        path=_PATH,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=is_secure(request, platform.config),
    )


def _view(one: Provider) -> ProviderView:
    return ProviderView(
        id=str(one.id),
        name=one.name,
        issuer=one.issuer,
        client_id=one.client_id,
        secret=bool(one.client_secret),
        scopes=one.scopes,
        role_claim=one.role_claim,
        role_rules=one.role_rules,
        default_role=one.default_role,
        domains=one.domains,
        creates_accounts=one.creates_accounts,
        enabled=one.enabled,
        created_at=one.created_at,
    )


ROUTES: Final[list[ControllerRouterHandler]] = [
    Router(_PATH, route_handlers=[list_for_sign_in, begin, callback], tags=["auth"]),
    Router(
        "/v1",
        route_handlers=[list_providers, create_provider, update_provider, remove_provider],
        tags=["auth"],
    ),
]
