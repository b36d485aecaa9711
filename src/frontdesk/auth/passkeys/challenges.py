"""What an authenticator is asked to sign: random, once, for one purpose, for minutes."""

import hashlib
from typing import Final

from webauthn.helpers import bytes_to_base64url

from frontdesk.auth.passkeys import store
from frontdesk.auth.passkeys.types import Challenge
from frontdesk.core.clock import Millis
from frontdesk.core.ids import new_bytes
from frontdesk.platform import Platform, Transaction

LIFE: Final[Millis] = 5 * 60_000
_SIZE: Final = 32


async def ask_in(
    platform: Platform, tx: Transaction, *, organization_id: int = 0, account_id: int = 0
) -> bytes:
    """A new challenge, for this account's new passkey, or with neither for a sign-in."""
    challenge, now = new_bytes(_SIZE), platform.clock.now()
    kept = Challenge(organization_id, account_id, now + LIFE)
    await store.insert_challenge(tx, _hash(bytes_to_base64url(challenge)), kept, now=now)
    return challenge


async def answered_in(
    platform: Platform, tx: Transaction, challenge: str, *, organization_id: int = 0, account_id: int = 0
) -> bool:
    """Whether this was asked, for this purpose, and not too long ago. Nobody can answer it again, whatever it was for."""
    kept = await store.take_challenge(tx, _hash(challenge))
    return (
        kept is not None
        and (kept.organization_id, kept.account_id) == (organization_id, account_id)
        and platform.clock.now() < kept.expires_at
    )


def _hash(challenge: str) -> str:
    return hashlib.sha256(challenge.encode("utf-8", "surrogatepass")).hexdigest()
