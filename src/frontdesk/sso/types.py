"""Values of signing in by a company's own identity provider."""

from typing import Final

from msgspec import UNSET, Struct, UnsetType

from frontdesk.core.clock import Millis

MAX_PROVIDERS: Final = 10
MAX_NAME: Final = 60
MAX_RULES: Final = 50
MAX_DOMAINS: Final = 50
MAX_TEXT: Final = 500  # of a client id, a secret, a value of a claim
ATTEMPT_LIFE: Final[Millis] = 600_000


class RoleRule(Struct, frozen=True):
    """Who has this value in the provider's claim gets this role."""

    value: str
    role: str


class Provider(Struct, frozen=True, kw_only=True):
    """An identity provider. The first of `role_rules` that fits gives the role, else `default_role`; empty: none fits,
    nobody comes in. `domains` are those whose addresses the provider may speak for; empty: for nobody's.
    """

    id: int
    organization_id: int
    name: str
    issuer: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...]
    role_claim: str
    role_rules: tuple[RoleRule, ...]
    default_role: str
    domains: tuple[str, ...]
    creates_accounts: bool
    enabled: bool
    created_at: Millis


class NewProvider(Struct, frozen=True, kw_only=True):
    name: str
    issuer: str
    client_id: str
    client_secret: str = ""
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    role_claim: str = ""
    role_rules: tuple[RoleRule, ...] = ()
    default_role: str = ""
    domains: tuple[str, ...] = ()
    creates_accounts: bool = False


class ProviderChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes. The issuer stays: people are known by it."""

    name: str | UnsetType = UNSET
    client_id: str | UnsetType = UNSET
    client_secret: str | UnsetType = UNSET
    scopes: tuple[str, ...] | UnsetType = UNSET
    role_claim: str | UnsetType = UNSET
    role_rules: tuple[RoleRule, ...] | UnsetType = UNSET
    default_role: str | UnsetType = UNSET
    domains: tuple[str, ...] | UnsetType = UNSET
    creates_accounts: bool | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class Link(Struct, frozen=True):
    """Who somebody at a provider is here."""

    provider_id: int
    subject: str
    organization_id: int
    account_id: int
    made: bool
    linked_at: Millis


class Attempt(Struct, frozen=True):
    """A browser that was sent away and may come back once."""

    state_hash: str
    organization_id: int
    provider_id: int
    browser_hash: str
    redirect_uri: str
    return_to: str
    expires_at: Millis


class Claimed(Struct, frozen=True):
    """What a provider has said of somebody, checked. `email` is empty unless the provider has verified it."""

    subject: str
    username: str
    name: str
    email: str
    roles: tuple[str, ...]


class Metadata(Struct, frozen=True):
    """Of the discovery document what is used."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False
