"""What the console asks of the authorization server: applications, and the person's answer to one. Thin."""

from typing import Any

from litestar import Request, Response, Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from frontdesk.auth.oauth import authorizing, clients
from frontdesk.auth.oauth.types import SCOPES, Authorization, AuthorizationRequest, Client
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id, public_address

_NO_STORE = {"cache-control": "no-store"}


class ClientView(Struct, frozen=True):
    """An application. `client_id` is its public name in OAuth."""

    id: str
    client_id: str
    name: str
    secret: bool
    trusted: bool
    redirect_uris: tuple[str, ...]
    logout_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    service: bool
    enabled: bool
    created_at: Millis


class ClientAnswer(Struct, frozen=True):
    """`secret` is shown when it is made and never again."""

    client: ClientView
    secret: str | None = None


class ClientsAnswer(Struct, frozen=True):
    items: list[ClientView]
    scopes: list[str]


class AuthorizationBody(Struct, frozen=True, kw_only=True):
    """What an application asks for, and what the person answered; null: they have not been asked."""

    request: AuthorizationRequest
    agreed: bool | None = None


@post("/oauth/authorizations", status_code=200, summary="Let an application in, or hear what it asks for")
async def authorize(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    data: JSONBody[AuthorizationBody],
) -> Response[Authorization]:
    issuer = public_address(request, platform.config)
    done = await authorizing.authorize(platform, subject, data.request, issuer=issuer, agreed=data.agreed)
    return Response(done, headers=_NO_STORE)


@get("/oauth/clients", summary="Applications")
async def list_clients(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> ClientsAnswer:
    found = await clients.list_clients(platform, subject)
    return ClientsAnswer([_view(client) for client in found], list(SCOPES))


@post("/oauth/clients", summary="Register an application")
async def create_client(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    data: JSONBody[clients.NewClient],
) -> Response[ClientAnswer]:
    client, secret = await clients.create_client(platform, subject, data)
    return Response(ClientAnswer(_view(client), secret), status_code=201, headers=_NO_STORE)


@patch("/oauth/clients/{client_id:str}", summary="Change an application")
async def update_client(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    client_id: FromPath[str],
    data: JSONBody[clients.ClientChanges],
) -> ClientAnswer:
    client = await clients.update_client(platform, subject, path_id(client_id, what="application"), data)
    return ClientAnswer(_view(client))


@post("/oauth/clients/{client_id:str}/secret", status_code=200, summary="Give an application another secret")
async def renew_secret(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], client_id: FromPath[str]
) -> Response[ClientAnswer]:
    client, secret = await clients.renew_secret(platform, subject, path_id(client_id, what="application"))
    return Response(ClientAnswer(_view(client), secret), headers=_NO_STORE)


@delete("/oauth/clients/{client_id:str}", summary="Remove an application")
async def remove_client(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], client_id: FromPath[str]
) -> None:
    await clients.remove_client(platform, subject, path_id(client_id, what="application"))


def _view(client: Client) -> ClientView:
    return ClientView(
        id=str(client.id),
        client_id=client.code,
        name=client.name,
        secret=client.secret_hash is not None,
        trusted=client.trusted,
        redirect_uris=client.redirect_uris,
        logout_uris=client.logout_uris,
        scopes=client.scopes,
        service=client.service_account_id is not None,
        enabled=client.enabled,
        created_at=client.created_at,
    )


ROUTES: list[ControllerRouterHandler] = [
    Router(
        "/v1",
        route_handlers=[authorize, list_clients, create_client, update_client, renew_secret, remove_client],
        tags=["oauth"],
    )
]
