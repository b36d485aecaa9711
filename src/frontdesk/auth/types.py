"""Values of auth."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind

MAX_PASSWORD: Final = 256
MAX_USERNAME: Final = 64
MAX_EMAIL: Final = 254
MAX_SLUG: Final = 40
MAX_ORGANIZATION_NAME: Final = 80
MAX_ROLE_NAME: Final = 50
MAX_ROLES: Final = 50


class Scope(StrEnum):
    """Whose conversations a role reaches, each step with all before it: what one has or had; what one's teams have; what
    the colleagues of one's department have or had; everybody's.
    """

    OWN = "own"
    TEAMS = "teams"
    DEPARTMENT = "department"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class Organization:
    id: int
    slug: str
    name: str
    created_at: Millis


class SignInPolicy(Struct, frozen=True):
    """What an organization asks of those who sign in. A longer password is asked of the next one that is chosen, a second
    factor of the next sign-in.
    """

    password_length: int = 12
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may act for an organization: a person who signs in, or a bot, which has no password."""

    id: int
    organization_id: int
    username: str
    role: str
    enabled: bool
    created_at: Millis
    email: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser of an account, one browser of a visitor, or what an application was given (`client_id`)."""

    id: int
    organization_id: int
    principal_id: int
    kind: SubjectKind
    channel_id: int
    expires_at: Millis
    revoked_at: Millis | None
    client_id: int | None = None
    scope: str | None = None

    def is_live(self, now: Millis) -> bool:
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Device:
    """A standing session as its owner recognises it; `application` is whose it is, None for the console."""

    id: int
    account_id: int
    user_agent: str
    address: str
    created_at: Millis
    last_seen_at: Millis
    application: str | None


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


class OrganizationChanged(Struct, frozen=True):
    """An organization has another name."""

    organization_id: int


class SessionRevoked(Struct, frozen=True):
    """A session is over: its tokens are refused from now on, its sockets are to be cut."""

    organization_id: int
    session_id: int
    principal_id: int


@dataclass(frozen=True, slots=True)
class CustomRole:
    """A role that an organization made. Accounts name it by its id, as text. `version` grows with every change."""

    id: int
    organization_id: int
    name: str
    permissions: frozenset[str]
    scope: Scope
    version: int


class RoleChanged(Struct, frozen=True):
    """What a role of an organization's own grants from now on, reach included; nothing when it was removed."""

    organization_id: int
    role: str
    grants: tuple[str, ...]
    version: int


class AccountRoleChanged(Struct, frozen=True):
    """An account has another role from now on, whatever its tokens say."""

    organization_id: int
    account_id: int
    role: str
    version: int
