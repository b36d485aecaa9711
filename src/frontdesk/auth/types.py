"""Values of auth."""

from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.core.subject import Role, SubjectKind

MIN_PASSWORD: Final = 8
MAX_PASSWORD: Final = 256
MAX_USERNAME: Final = 64
MAX_SLUG: Final = 40
MAX_ORGANIZATION_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Organization:
    id: int
    slug: str
    name: str
    created_at: Millis


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may act for an organization: a person who signs in, or a bot, which has no password."""

    id: int
    organization_id: int
    username: str
    role: Role
    enabled: bool
    created_at: Millis


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser of an account, or one browser of a visitor."""

    id: int
    organization_id: int
    principal_id: int
    kind: SubjectKind
    channel_id: int
    expires_at: Millis
    revoked_at: Millis | None

    def is_live(self, now: Millis) -> bool:
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and when it ends."""

    text: str
    expires_at: Millis


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a sign-in and a refresh give. `refresh_token` is for the cookie alone and never in a body."""

    token: Token
    refresh_token: str
    refresh_expires_at: Millis
    account: Account
    organization: Organization


@dataclass(frozen=True, slots=True)
class VisitorKey:
    """A browser's lasting claim to be a contact. Its session stays the same however often the token is renewed."""

    organization_id: int
    contact_id: int
    session_id: int
    channel_id: int


class SessionRevoked(Struct, frozen=True):
    """A session is over: its tokens are refused from now on, its sockets are to be cut."""

    organization_id: int
    session_id: int
    principal_id: int
