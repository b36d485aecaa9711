"""Values of passkeys."""

from dataclasses import dataclass
from typing import Final

from frontdesk.core.clock import Millis

MOST: Final = 20
MAX_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Passkey:
    """`credential` is the authenticator's own name of it, `public_key` a COSE key; both base64url."""

    id: int
    organization_id: int
    account_id: int
    credential: str
    public_key: str
    sign_count: int
    name: str
    created_at: Millis
    used_at: Millis | None


@dataclass(frozen=True, slots=True)
class Challenge:
    """What was asked to be signed. Both ids are 0 for a sign-in."""

    organization_id: int
    account_id: int
    expires_at: Millis
