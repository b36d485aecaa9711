"""What a browser gets that has signed in."""

from typing import Any, Final, TypeVar

from litestar import Request, Response
from msgspec import Struct

from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.cookie import cookie_of
from frontdesk.auth.types import SignedIn
from frontdesk.core.clock import Millis
from frontdesk.platform import Platform

NO_STORE: Final = {"cache-control": "no-store"}
_T = TypeVar("_T")


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


def sign_in_answer(authenticator: Authenticator, signed_in: SignedIn) -> SignInAnswer:
    account, organization = signed_in.account, signed_in.organization
    return SignInAnswer(
        access_token=signed_in.token.text,
        expires_at=signed_in.token.expires_at,
        agent_id=str(account.id),
        role=account.role,
        permissions=sorted(authenticator.grants.of_role(organization.id, account.role)),
        organization=OrganizationView(str(organization.id), organization.slug, organization.name),
    )


def with_cookie(
    request: Request[Any, Any, Any], platform: Platform, signed_in: SignedIn, body: _T
) -> Response[_T]:
    kept = cookie_of(request, platform, signed_in)
    return Response(body, status_code=200, headers=NO_STORE, cookies=[kept])
