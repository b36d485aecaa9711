"""Values of the second factor."""

from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from frontdesk.core.clock import Millis


class Needs(StrEnum):
    """What a sign-in still needs after its first factor."""

    CODE = "code"
    ENROLMENT = "enrolment"
    PASSKEY = "passkey"


class NextStep(Struct, frozen=True):
    """The first factor was right. `continuation` is for going on with it, and worth nothing after `expires_at`.

    With `passkey` there is none: a passkey signs in by itself.
    """

    needs: Needs
    continuation: str
    expires_at: Millis


class Offer(Struct, frozen=True):
    """What an authenticator app needs, told once: as text, as the address in the picture, and as the picture, which
    is an address itself (`data:image/svg+xml`).
    """

    secret: str
    address: str
    picture: str


class SecondFactorStatus(Struct, frozen=True):
    """Whether somebody has an authenticator app in use, since when, how many recovery codes are left, and how many passkeys
    there are.
    """

    enabled: bool
    since: Millis | None
    recovery_codes: int
    required: bool
    passkeys: int


@dataclass(frozen=True, slots=True)
class Totp:
    account_id: int
    organization_id: int
    secret: str
    confirmed_at: Millis | None
    last_step: int
    failures: int
    failed_at: Millis


@dataclass(frozen=True, slots=True)
class Step:
    """A sign-in between its factors."""

    hash: str
    organization_id: int
    account_id: int
    needs: Needs
    expires_at: Millis
