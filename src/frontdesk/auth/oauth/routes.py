"""The endpoints that the standards name: forms in, their JSON and their errors out. Thin: every rule is in the use cases."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, unquote_plus

from litestar import MediaType, Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.keys import refused
from frontdesk.auth.oauth import discovery, ending, granting
from frontdesk.auth.oauth.types import Client, Granted, OAuthError
from frontdesk.platform import Platform
from frontdesk.platform.web import public_address

Asking = Request[Any, Any, Any]
_NO_STORE: Final = {"cache-control": "no-store", "pragma": "no-cache"}
_MAX_FORM: Final = 16 * 1024
_METADATA: Final = {"cache-control": "public, max-age=300", "access-control-allow-origin": "*"}


def refuse(_: Asking, error: OAuthError) -> Response[dict[str, str]]:
    """An error as RFC 6749 has it (5.2)."""
    headers = dict(_NO_STORE)
    if error.status == 401:
        headers["www-authenticate"] = 'Basic realm="frontdesk"'
    body = {"error": error.code, "error_description": error.description}
    return Response(body, status_code=error.status, headers=headers, media_type=MediaType.JSON)


@get(
    ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"],
    include_in_schema=False,
)
async def metadata(request: Asking, platform: NamedDependency[Platform]) -> Response[dict[str, object]]:
    return Response(discovery.metadata(public_address(request, platform.config)), headers=_METADATA)


@post("/oauth/token", status_code=200, include_in_schema=False)
async def token(
    request: Asking, platform: NamedDependency[Platform], authenticator: NamedDependency[Authenticator]
) -> Response[dict[str, object]]:
    form, client = await _asked(request, platform)
    issuer = public_address(request, platform.config)
    match form.get("grant_type", ""):
        case "authorization_code":
            granted = await granting.exchange_code(
                platform,
                authenticator,
                client,
                code=form.get("code", ""),
                redirect_uri=form.get("redirect_uri", ""),
                verifier=form.get("code_verifier", ""),
                issuer=issuer,
            )
        case "refresh_token":
            granted = await granting.exchange_refresh(
                platform, authenticator, client, refresh_token=form.get("refresh_token", ""), issuer=issuer
            )
        case "client_credentials":
            granted = await granting.grant_to_itself(
                platform, authenticator, client, scope=form.get("scope", "")
            )
        case _:
            raise OAuthError("unsupported_grant_type", "A code, a refresh token, or the client's own secret.")
    return Response(_shown(granted), headers=_NO_STORE)


@post("/oauth/introspect", status_code=200, include_in_schema=False)
async def introspect(
    request: Asking, platform: NamedDependency[Platform], authenticator: NamedDependency[Authenticator]
) -> Response[ending.Introspection]:
    form, client = await _asked(request, platform)
    found = await ending.introspect(platform, authenticator, client, form.get("token", ""))
    return Response(found, headers=_NO_STORE)


@post("/oauth/revoke", status_code=200, include_in_schema=False)
async def revoke(
    request: Asking, platform: NamedDependency[Platform], authenticator: NamedDependency[Authenticator]
) -> Response[dict[str, object]]:
    form, client = await _asked(request, platform)
    await ending.revoke(platform, authenticator, client, form.get("token", ""))
    return Response({}, headers=_NO_STORE)


@get("/oauth/userinfo", include_in_schema=False)
async def userinfo(
    request: Asking, platform: NamedDependency[Platform], authenticator: NamedDependency[Authenticator]
) -> Response[dict[str, object]]:
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise refused()
    return Response(await ending.userinfo(platform, authenticator, bearer.strip()), headers=_NO_STORE)


@get("/oauth/logout", include_in_schema=False)
async def logout(
    request: Asking, platform: NamedDependency[Platform], authenticator: NamedDependency[Authenticator]
) -> Redirect:
    asked = request.query_params
    address = await ending.sign_out(
        platform,
        authenticator,
        hint=asked.get("id_token_hint", ""),
        address=asked.get("post_logout_redirect_uri", ""),
        state=asked.get("state", ""),  # the framework keeps this name for something of its own
    )
    return Redirect(address or "/console/", status_code=302, headers=_NO_STORE)


async def _asked(request: Asking, platform: Platform) -> tuple[Mapping[str, str], Client]:
    """The form, each field once, and the application that proved itself by its head or its form, not by both."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if kind != "application/x-www-form-urlencoded" or len(body) > _MAX_FORM:
        raise OAuthError("invalid_request", "The request is a form, application/x-www-form-urlencoded.")
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError as error:
        raise OAuthError("invalid_request", "The form cannot be read.") from error
    form = dict(fields)
    if len(form) != len(fields):
        raise OAuthError("invalid_request", "A field is there twice.")
    code, secret = form.get("client_id", ""), form.get("client_secret")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        if secret is not None:
            raise OAuthError("invalid_request", "The client proves itself in one way.")
        basic, secret = _basic(given)
        if code and code != basic:
            raise OAuthError("invalid_request", "The client has two names.")
        code = basic
    return form, await granting.find_client(platform, code, secret)


def _basic(given: str) -> tuple[str, str]:
    try:
        name, _, secret = b64decode(given.strip(), validate=True).decode().partition(":")
    except (Base64Error, ValueError) as error:
        raise OAuthError("invalid_client", "The client's proof cannot be read.", status=401) from error
    return unquote_plus(name), unquote_plus(secret)


def _shown(granted: Granted) -> dict[str, object]:
    shown: dict[str, object] = {
        "access_token": granted.access_token,
        "token_type": "Bearer",
        "expires_in": granted.expires_in,
        "scope": granted.scope,
        "refresh_token": granted.refresh_token,
        "id_token": granted.id_token,
    }
    return {name: value for name, value in shown.items() if value is not None}


ROUTES: Final[list[ControllerRouterHandler]] = [
    Router(
        "/",
        route_handlers=[metadata, token, introspect, revoke, userinfo, logout],
        exception_handlers={OAuthError: refuse},
    )
]
