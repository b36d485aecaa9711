"""Values of the authorization server, and its errors as the standards spell them."""

from typing import Final

from msgspec import Struct

from frontdesk.auth.permissions import Permission
from frontdesk.core.clock import Millis

OPENID: Final = "openid"
PROFILE: Final = "profile"
OFFLINE: Final = "offline_access"
API: Final = "api"  # whatever the person may
SCOPES: Final = (OPENID, PROFILE, OFFLINE, API, *sorted(permission.value for permission in Permission))


class Client(Struct, frozen=True, kw_only=True):
    """An application. Without a secret it is a public one (a desktop or browser program), which proves itself by PKCE."""

    id: int
    organization_id: int
    code: str
    name: str
    secret_hash: str | None
    trusted: bool
    redirect_uris: tuple[str, ...]
    logout_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    service_account_id: int | None
    enabled: bool
    created_at: Millis


class Code(Struct, frozen=True):
    """An authorization that waits to be exchanged, once."""

    hash: str
    organization_id: int
    client_id: int
    account_id: int
    by_session_id: int
    redirect_uri: str
    scope: str
    nonce: str
    challenge: str
    expires_at: Millis
    session_id: int | None


class AuthorizationRequest(Struct, frozen=True, kw_only=True):
    """What an application asks for, as RFC 6749, RFC 7636 and OpenID Connect name it."""

    client_id: str
    redirect_uri: str
    response_type: str = ""
    scope: str = ""
    state: str = ""
    nonce: str = ""
    code_challenge: str = ""
    code_challenge_method: str = ""
    prompt: str = ""


class Authorization(Struct, frozen=True):
    """Where to send the browser; or, without an address yet, what the person is to be asked."""

    redirect_to: str | None
    client: str
    scopes: list[str]


class Granted(Struct, frozen=True):
    """What the token endpoint gives."""

    access_token: str
    expires_in: int
    scope: str
    refresh_token: str | None = None
    id_token: str | None = None


class OAuthError(Exception):
    """A refusal in the words of RFC 6749: `code` is one of its error codes."""

    def __init__(self, code: str, description: str, *, status: int = 400) -> None:
        super().__init__(f"{code}: {description}")
        self.code = code
        self.description = description
        self.status = status
