"""Signatures as Standard Webhooks has them, so that receivers can use the libraries that there are for it."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

from frontdesk.core.clock import Millis
from frontdesk.core.ids import new_secret

PREFIX: Final = "whsec_"
_SIZE: Final = 24  # random bytes, which makes a key of 32 characters


def make_secret() -> str:
    """A fresh secret: `whsec_` and the base64 of a key with 192 random bits."""
    return PREFIX + base64.b64encode(new_secret(size=_SIZE).encode()).decode()


def headers(event_id: str, body: bytes, *, now: Millis, secrets: Iterable[str]) -> dict[str, str]:
    """What lets a receiver check a request: its id, its second, and a signature by each secret."""
    timestamp = str(now // 1000)
    signed = b".".join((event_id.encode(), timestamp.encode(), body))
    return {
        "webhook-id": event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{_sign(secret, signed)}" for secret in secrets),
    }


def _sign(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
